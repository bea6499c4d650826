// field/course_512: the decision field of the course's He network, 512 x 512 cells. Every cell is held
// against a plain pass through the network.
#include <cmath>
#include <vector>

#include "core/experiment/measure/decision_field.h"
#include "tests/bench/bench.h"
#include "tests/bench/work.h"

namespace initlab::bench {
namespace {

constexpr FieldSize kSize = kTimedField;
constexpr std::int64_t kStep = 1000;  // trained that long, so that the field shows something

double plain_logit(const Network& network, double x, double y) {
  std::vector<double> in = {x, y};
  std::vector<double> out;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const Layer& layer = network.layers[l];
    out = layer.b;
    for (std::size_t u = 0; u < layer.units(); ++u) {
      for (std::size_t i = 0; i < in.size(); ++i) out[u] += layer.w(u, i) * in[i];
      if (l + 1 < network.layers.size()) out[u] = std::max(out[u], 0.0);
    }
    in.swap(out);
  }
  return in[0];
}

// Null, or what is wrong.
std::string trouble_in(const DecisionField& field, const Network& network) {
  const Domain& d = field.domain;
  if (field.size != kSize || field.logit.size() != 512 * 512) return "the field has another size";
  for (int row = 0; row < kSize.rows; ++row) {
    for (int column = 0; column < kSize.columns; ++column) {
      const double x = d.x_min + (column + 0.5) / kSize.columns * d.width();
      const double y = d.y_max - (row + 0.5) / kSize.rows * d.height();
      const double expected = plain_logit(network, x, y);
      const double found = field.at(column, row);
      if (!(std::abs(found - expected) <= 1e-6 * (1 + std::abs(expected))))
        return "column " + std::to_string(column) + ", row " + std::to_string(row) +
               " differs from a plain pass";
    }
  }
  return "";
}

void course_512(benchmark::State& state, Session& session) {
  const Work work = course_work();
  const std::unique_ptr<Run> run = make_run(work.experiment);
  run->advance(kStep);
  const Domain domain = domain_of(make_dataset(work.experiment.data), 1);
  FieldScratch scratch;
  DecisionField field;
  for (auto _ : state) {
    fill_decision_field(run->network(), domain, kSize, scratch, field);
    benchmark::DoNotOptimize(field.logit.data());
  }
  const std::string trouble = trouble_in(field, run->network());
  if (!trouble.empty()) fail(state, session, trouble);
}

}  // namespace

void register_field(Session& session) {
  benchmark::RegisterBenchmark("field/course_512", [&session](benchmark::State& state) {
    course_512(state, session);
  })->Unit(benchmark::kMillisecond);
}

}  // namespace initlab::bench
