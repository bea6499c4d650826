// Bits of training, hashed: what must be the same on every path, at every thread count, from every compiler.
#include <fmt/format.h>

#include <array>
#include <bit>

#include "core/experiment/result_json.h"

namespace initlab {
namespace {

// FNV-1a over 64-bit words, with a final mix so that every bit of the last word counts.
class Hash {
 public:
  void add(double value) {
    // All NaNs are one: their sign and payload are the processor's choice.
    add(value == value ? std::bit_cast<std::uint64_t>(value) : std::uint64_t{0x7ff8000000000000});
  }
  void add(std::uint64_t word) {
    state_ = (state_ ^ word) * 0x100000001b3;
    state_ ^= state_ >> 29;
  }
  std::string text() const { return fmt::format("{:016x}", state_); }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325;
};

void add_run(const Run& run, Hash& hash) {
  for (const Layer& layer : run.network().layers) {
    for (std::size_t r = 0; r < layer.units(); ++r) {
      for (const double w : layer.w.row_span(r)) hash.add(w);
      hash.add(layer.b[r]);
    }
  }
  // The cost at the step itself is known only once someone has looked.
  for (std::int64_t step = 0; step < run.step(); ++step) hash.add(run.history()[step]);
  hash.add(static_cast<std::uint64_t>(run.step()));
}

void add_comparison(const Comparison& comparison, Hash& hash) {
  for (std::size_t lane = 0; lane < comparison.experiment().lanes.size(); ++lane)
    add_run(comparison.run(lane), hash);
}

// Between them these use every dataset, activation, scheme, loss and output.
std::vector<Experiment> fingerprint_experiments() {
  std::vector<Experiment> list;
  std::size_t next = 0;
  for (const DatasetRow& data : datasets()) {
    for (const Activation& row : activations()) {
      Experiment experiment;
      experiment.data.kind = data.kind;
      experiment.data.samples = 61;  // neither even nor a multiple of the lanes
      experiment.data.noise = 0.1;
      experiment.network.hidden = {9, 17, 3};
      experiment.network.activation = row.kind;
      const bool regression = next % 3 == 2;
      experiment.training.loss = regression ? LossId::kMeanSquaredError : LossId::kCrossEntropy;
      experiment.network.output = next % 6 == 5 ? OutputId::kLinear : OutputId::kSigmoid;
      experiment.training.l1 = next % 4 == 1 ? 1e-3 : 0;
      experiment.training.l2 = next % 4 == 2 ? 1e-2 : 0;
      experiment.training.learning_rate = 0.1;
      experiment.training.steps = 50;
      for (std::size_t lane = 0; lane < 3; ++lane) {
        const Scheme& drawn = schemes()[(next + 3 * lane) % schemes().size()];
        experiment.lanes.push_back(
            {.name = std::string(drawn.id), .scheme = drawn.kind, .parameters = {}, .seed = 7});
      }
      experiment.events = {{20, 0, LiveSetting::kLearningRate, 0.05}};
      list.push_back(std::move(experiment));
      ++next;
    }
  }
  return list;
}

}  // namespace

std::string fingerprint_of(const Comparison& comparison) {
  Hash hash;
  add_comparison(comparison, hash);
  return hash.text();
}

std::string fingerprint(unsigned threads) {
  Hash hash;
  for (const Experiment& experiment : fingerprint_experiments()) {
    Comparison comparison(experiment, {.threads = threads});
    comparison.advance(experiment.training.steps);
    add_comparison(comparison, hash);
  }
  return hash.text();
}

}  // namespace initlab
