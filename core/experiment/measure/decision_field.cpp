// The network over a grid, some thousand cells at a time.
#include "core/experiment/measure/decision_field.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlab {
namespace {

constexpr std::size_t kBlock = 2048;  // cells in one forward pass: small enough to stay in cache

void widen(double& low, double& high, double wanted) {
  const double extra = (wanted - (high - low)) / 2;
  if (extra <= 0) return;
  low -= extra;
  high += extra;
}

// Where the output is the answer itself, 0 to 1, the logit that would give it: the line at one half stays at
// 0.
double logit_of(double answer) {
  constexpr double kLeast = 1e-6;
  const double p = std::clamp(answer, kLeast, 1 - kLeast);
  return std::isnan(answer) ? answer : std::log(p / (1 - p));
}

// What the columns of Z (outputs, m) answer, from cell `start` on.
void fill_winners(const Matrix& z, std::size_t start, DecisionField& field) {
  for (std::size_t i = 0; i < z.columns(); ++i) {
    std::size_t best = 0;
    double second = -std::numeric_limits<double>::infinity();
    bool a_number = !std::isnan(z(0, i));
    for (std::size_t k = 1; k < z.rows(); ++k) {
      a_number = a_number && !std::isnan(z(k, i));
      if (z(k, i) > z(best, i)) {
        second = z(best, i);
        best = k;
      } else {
        second = std::max(second, z(k, i));
      }
    }
    const double margin = field.classes == 2 ? z(1, i) - z(0, i) : z(best, i) - second;
    field.winner[start + i] = a_number ? static_cast<std::uint8_t>(best) : kNoWinner;
    field.logit[start + i] = a_number ? static_cast<float>(margin) : std::numeric_limits<float>::quiet_NaN();
  }
}

void include(const Samples& samples, Domain& domain) {
  for (std::size_t i = 0; i < samples.count(); ++i) {
    const double x = samples.x(0, i);
    const double y = samples.x.rows() > 1 ? samples.x(1, i) : samples.y(0, i);
    domain.x_min = std::min(domain.x_min, x);
    domain.x_max = std::max(domain.x_max, x);
    domain.y_min = std::min(domain.y_min, y);
    domain.y_max = std::max(domain.y_max, y);
  }
}

}  // namespace

Domain domain_of(const Dataset& data, double aspect) {
  constexpr double kMargin = 0.2;  // of the extent, on each side
  const double x = data.train.x(0, 0);
  const double y = data.train.x.rows() > 1 ? data.train.x(1, 0) : data.train.y(0, 0);
  Domain domain{x, x, y, y};
  include(data.train, domain);
  include(data.test, domain);
  // The smallest rectangle of this shape that holds the points and their margin.
  const double width = std::max(domain.width(), 1e-6) * (1 + 2 * kMargin);
  const double height = std::max(domain.height(), 1e-6) * (1 + 2 * kMargin);
  widen(domain.x_min, domain.x_max, std::max(width, height * aspect));
  widen(domain.y_min, domain.y_max, std::max(height, width / aspect));
  return domain;
}

void fill_decision_field(const Network& network, Domain domain, FieldSize size, Workspace& scratch,
                         Matrix& grid, DecisionField& field) {
  field.domain = domain;
  field.size = size;
  const auto columns = static_cast<std::size_t>(size.columns);
  const std::size_t cells = columns * static_cast<std::size_t>(size.rows);
  const std::size_t outputs = network.layers.back().units();
  if (network.layers.front().inputs() != 2 || outputs >= kNoWinner) {
    field.logit.clear();
    field.winner.clear();
    return;
  }
  field.classes = std::max<std::size_t>(outputs, 2);
  field.logit.resize(cells);
  field.winner.resize(outputs > 1 ? cells : 0);
  for (std::size_t start = 0; start < cells; start += kBlock) {
    const std::size_t count = std::min(kBlock, cells - start);
    if (grid.rows() != 2 || grid.columns() != count) grid.resize(2, count);
    for (std::size_t i = 0; i < count; ++i) {
      const double column = static_cast<double>((start + i) % columns);
      const double row = static_cast<double>((start + i) / columns);
      grid(0, i) = domain.x_min + (column + 0.5) / size.columns * domain.width();
      grid(1, i) = domain.y_max - (row + 0.5) / size.rows * domain.height();
    }
    forward(network, grid, scratch, Pass::kEvaluation);
    if (outputs > 1) {
      fill_winners(scratch.layers.back().z, start, field);
      continue;
    }
    const double* z = scratch.layers.back().z.row(0);
    const bool answers_directly = network.output != OutputId::kSigmoid;
    for (std::size_t i = 0; i < count; ++i) {
      field.logit[start + i] = static_cast<float>(answers_directly ? logit_of(z[i]) : z[i]);
    }
  }
}

}  // namespace initlab
