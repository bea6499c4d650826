// The network over a grid, as many cells at a time as stay in cache.
#include "core/experiment/measure/decision_field.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace initlab {
namespace {

// What one forward pass over some cells may leave behind, so that it stays in the second cache.
constexpr std::size_t kPassBytes = 256 * 1024;
constexpr std::size_t kLeastCells = 64;  // enough to use each weight that was fetched

// Cells of one pass: whole rows where they fit, and then so many that no shorter block is left at the end if
// that can be had for little.
std::size_t cells_in_a_pass(const Network& network, FieldSize size) {
  std::size_t units = network.layers.front().inputs();
  for (const Layer& layer : network.layers) units += 2 * layer.units();
  const std::size_t cells = std::max(kPassBytes / (units * sizeof(double)), kLeastCells);
  const auto columns = static_cast<std::size_t>(size.columns);
  if (cells < columns) return cells / kLaneCount * kLaneCount;
  const auto rows = static_cast<std::size_t>(size.rows);
  const std::size_t most = std::min(cells / columns, rows);
  std::size_t taken = most;
  while (rows % taken != 0 && 2 * taken > most) --taken;
  return (rows % taken == 0 ? taken : most) * columns;
}

// The centres of the cells from `first` on, as many as the grid has columns; `with_x` unless they stand
// there.
void fill_grid(const DecisionField& field, std::size_t first, bool with_x, Matrix& grid) {
  const Domain& domain = field.domain;
  const auto columns = static_cast<std::size_t>(field.size.columns);
  std::size_t column = first % columns;
  std::size_t row = first / columns;
  double* x = grid.row(0);
  double* y = grid.row(1);
  for (std::size_t i = 0; i < grid.columns(); ++row, column = 0) {
    const std::size_t length = std::min(columns - column, grid.columns() - i);
    const double height = domain.y_max - (static_cast<double>(row) + 0.5) / field.size.rows * domain.height();
    std::fill_n(y + i, length, height);
    if (with_x) {
      for (std::size_t c = 0; c < length; ++c) {
        const double place = static_cast<double>(column + c) + 0.5;
        x[i + c] = domain.x_min + place / field.size.columns * domain.width();
      }
    }
    i += length;
  }
}

void widen(double& low, double& high, double wanted) {
  const double extra = (wanted - (high - low)) / 2;
  if (extra <= 0) return;
  low -= extra;
  high += extra;
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

// Where the output is the answer itself, 0 to 1, the logit that would give it: the line at one half stays at
// 0.
double logit_of(double answer) {
  constexpr double kLeast = 1e-6;
  const double p = std::clamp(answer, kLeast, 1 - kLeast);
  return std::isnan(answer) ? answer : std::log(p / (1 - p));
}

// Of two outputs: a compare, a difference and nothing that depends on another cell.
void fill_winners_of_two(const Matrix& z, std::size_t start, DecisionField& field) {
  const double* first = z.row(0);
  const double* second = z.row(1);
  for (std::size_t i = 0; i < z.columns(); ++i) {
    const bool a_number = !std::isnan(first[i]) && !std::isnan(second[i]);
    const auto winner = static_cast<std::uint8_t>(second[i] > first[i]);
    const auto margin = static_cast<float>(second[i] - first[i]);
    field.winner[start + i] = a_number ? winner : kNoWinner;
    field.logit[start + i] = a_number ? margin : std::numeric_limits<float>::quiet_NaN();
  }
}

// Of more outputs.
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
    const double margin = z(best, i) - second;
    field.winner[start + i] = a_number ? static_cast<std::uint8_t>(best) : kNoWinner;
    field.logit[start + i] = a_number ? static_cast<float>(margin) : std::numeric_limits<float>::quiet_NaN();
  }
}

// What Z (outputs, m) answers, from cell `start` on.
void fill_answers(const Network& network, const Matrix& z, std::size_t start, DecisionField& field) {
  if (z.rows() == 2) return fill_winners_of_two(z, start, field);
  if (z.rows() > 2) return fill_winners(z, start, field);
  const double* answer = z.row(0);
  float* logit = field.logit.data() + start;
  if (network.output == OutputId::kSigmoid) {
    for (std::size_t i = 0; i < z.columns(); ++i) logit[i] = static_cast<float>(answer[i]);
  } else {
    for (std::size_t i = 0; i < z.columns(); ++i) logit[i] = static_cast<float>(logit_of(answer[i]));
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

FieldSize coarser(FieldSize size, int divisor) {
  return {(size.columns + divisor - 1) / divisor, (size.rows + divisor - 1) / divisor};
}

void begin_decision_field(const Network& network, Domain domain, FieldSize size, DecisionField& field) {
  field.domain = domain;
  field.size = size;
  const std::size_t cells = static_cast<std::size_t>(size.columns) * static_cast<std::size_t>(size.rows);
  const std::size_t outputs = network.layers.back().units();
  if (network.layers.front().inputs() != 2 || outputs >= kNoWinner) {
    field.logit.clear();
    field.winner.clear();
    return;
  }
  field.classes = std::max<std::size_t>(outputs, 2);
  field.logit.resize(cells);
  field.winner.resize(outputs > 1 ? cells : 0);
}

void fill_cells(const Network& network, std::size_t first, std::size_t count, FieldScratch& scratch,
                DecisionField& field) {
  assert(first + count <= field.logit.size());
  if (count == 0) return;
  const auto columns = static_cast<std::size_t>(field.size.columns);
  const std::size_t block = cells_in_a_pass(network, field.size);
  const std::size_t end = first + count;
  Matrix& grid = scratch.grid;
  bool has_x = false;  // of whole rows: the same in every block
  while (first < end) {
    const std::size_t taken = std::min(block, end - first);
    const bool whole_rows = first % columns == 0 && taken % columns == 0;
    if (grid.rows() != 2 || grid.columns() != taken) {
      grid.resize(2, taken);
      has_x = false;
    }
    fill_grid(field, first, !(whole_rows && has_x), grid);
    has_x = whole_rows;
    if (small_forward(network, grid, scratch.small, scratch.answers)) {
      fill_answers(network, scratch.answers, first, field);
    } else {
      forward(network, grid, scratch.pass, Pass::kEvaluation);
      fill_answers(network, scratch.pass.layers.back().z, first, field);
    }
    first += taken;
  }
}

void fill_decision_field(const Network& network, Domain domain, FieldSize size, FieldScratch& scratch,
                         DecisionField& field) {
  begin_decision_field(network, domain, size, field);
  fill_cells(network, 0, field.logit.size(), scratch, field);
}

}  // namespace initlab
