// Both searches sort the rows by one number that copies must share, and compare only such neighbours: what is
// different is told apart by a few of its numbers, so the work is one pass over the matrix and little more.
#include "core/experiment/measure/unit_groups.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace initlab {
namespace {

constexpr double kSame = 1e-12;
constexpr double kNearCosine = 0.999;

// Weights without a pattern in [0.5, 1.5): multiples of the golden ratio, which fill an interval evenly. The
// first are the same for every count.
void make_mixing(std::size_t count, std::vector<double>& mix) {
  for (std::size_t column = mix.size(); column < count; ++column) {
    const double turn = static_cast<double>(column) * 0.6180339887498949;
    mix.push_back(0.5 + (turn - std::floor(turn)));
  }
}

double power_of_two_near(double largest) {
  return largest > 0 ? std::ldexp(1.0, std::clamp(-std::ilogb(largest), -1022, 1022)) : 1.0;
}

// The columns beside the matrix that are there, as rows of [W b ...].
class WideRows {
 public:
  WideRows(const Matrix& rows, const std::array<std::span<const double>, 3>& more)
      : rows_(rows), more_(more) {}

  // In eight lanes, so that the sum is not one long chain of additions.
  double key(std::size_t r, std::span<const double> mix, double scale) const {
    std::array<double, kLaneCount> lanes{};
    const double* row = rows_.row(r);
    std::size_t c = 0;
    for (; c + kLaneCount <= rows_.columns(); c += kLaneCount) {
      for (std::size_t lane = 0; lane < kLaneCount; ++lane) {
        lanes[lane] += mix[c + lane] * (row[c + lane] * scale);
      }
    }
    for (; c < rows_.columns(); ++c) lanes[0] += mix[c] * (row[c] * scale);
    for (std::size_t i = 0; i < more_.size(); ++i) {
      if (!more_[i].empty()) lanes[1] += mix[rows_.columns() + i] * (more_[i][r] * scale);
    }
    return std::accumulate(lanes.begin(), lanes.end(), 0.0);
  }

  // Written so that NaN differs from everything.
  bool same(std::size_t r, std::size_t s, double tolerance) const {
    const double* a = rows_.row(r);
    const double* b = rows_.row(s);
    for (std::size_t c = 0; c < rows_.columns(); ++c) {
      if (!(std::abs(a[c] - b[c]) <= tolerance)) return false;
    }
    for (const auto& column : more_) {
      if (!column.empty() && !(std::abs(column[r] - column[s]) <= tolerance)) return false;
    }
    return true;
  }

 private:
  const Matrix& rows_;
  const std::array<std::span<const double>, 3>& more_;
};

// Squares of the distances between two rows of length 1, given by their sizes, and between one and the
// other's opposite: whether either stays below `limit`. Leaves as soon as neither does.
bool is_near(std::span<const double> a, double a_scale, double a_bias, std::span<const double> b,
             double b_scale, double b_bias, double limit) {
  const double first = a_bias * a_scale;
  const double second = b_bias * b_scale;
  double difference = (first - second) * (first - second);
  double sum = (first + second) * (first + second);
  for (std::size_t c = 0; c < a.size() && (difference < limit || sum < limit); ++c) {
    const double u = a[c] * a_scale;
    const double v = b[c] * b_scale;
    difference += (u - v) * (u - v);
    sum += (u + v) * (u + v);
  }
  return difference < limit || sum < limit;
}

}  // namespace

RowGroups group_rows(const Matrix& rows, double largest, RowScratch& scratch,
                     const std::array<std::span<const double>, 3>& more) {
  const WideRows wide(rows, more);
  const double scale = power_of_two_near(largest);
  make_mixing(rows.columns() + more.size(), scratch.mix);
  const auto mix = std::span<const double>(scratch.mix).first(rows.columns() + more.size());
  const double total = std::accumulate(mix.begin(), mix.end(), 0.0);
  std::vector<RowScratch::Keyed>& order = scratch.order;
  order.clear();
  for (std::size_t r = 0; r < rows.rows(); ++r) {
    const double key = wide.key(r, mix, scale);
    if (std::isfinite(key)) order.push_back({key, r});
  }
  std::ranges::sort(order, {}, &RowScratch::Keyed::key);

  RowGroups groups{rows.rows() - order.size(), rows.rows() > 0 ? std::size_t{1} : std::size_t{0}};
  const double tolerance = kSame * largest;
  // Of copies the keys differ by at most the tolerance in every column, and by rounding.
  const double window = 2 * total * tolerance * scale;
  std::vector<std::size_t>& group = scratch.group;
  std::vector<std::size_t>& sizes = scratch.sizes;
  group.resize(order.size());
  sizes.clear();
  for (std::size_t i = 0; i < order.size(); ++i) {
    std::size_t j = i;
    while (j > 0 && order[i].key - order[j - 1].key <= window &&
           !wide.same(order[i].row, order[j - 1].row, tolerance)) {
      --j;
    }
    const bool is_copy = j > 0 && order[i].key - order[j - 1].key <= window;
    group[i] = is_copy ? group[j - 1] : sizes.size();
    if (!is_copy) sizes.push_back(0);
    groups.largest = std::max(groups.largest, ++sizes[group[i]]);
  }
  groups.distinct += sizes.size();
  return groups;
}

void list_groups(RowScratch& scratch, std::span<RowGroup> rows) {
  std::ranges::fill(rows, RowGroup{});
  for (std::size_t i = 0; i < scratch.order.size(); ++i) {
    const std::size_t size = scratch.sizes[scratch.group[i]];
    if (size > 1) rows[scratch.order[i].row] = {scratch.group[i] + 1, size};
  }
  // Groups were found in the order of their keys; told in the order of their rows.
  std::vector<std::size_t>& number = scratch.number;
  number.assign(scratch.sizes.size() + 1, 0);
  std::size_t next = 0;
  for (RowGroup& row : rows) {
    if (row.number == 0) continue;
    if (number[row.number] == 0) number[row.number] = ++next;
    row.number = number[row.number];
  }
}

std::size_t count_near_copies(const Matrix& w, std::span<const double> b, std::size_t count,
                              RowScratch& scratch) {
  using Direction = RowScratch::Direction;
  count = std::min(count, w.rows());
  std::vector<Direction>& directions = scratch.directions;
  directions.clear();
  const double mix_length = std::sqrt(static_cast<double>(w.columns() + 1));
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t r = i * w.rows() / count;
    double largest = std::abs(b[r]);
    for (const double value : w.row_span(r)) largest = std::max(largest, std::abs(value));
    const double near_one = power_of_two_near(largest);
    double squares = b[r] * near_one * (b[r] * near_one);
    double key = b[r] * near_one;
    for (std::size_t c = 0; c < w.columns(); ++c) {
      const double value = w(r, c) * near_one;
      squares += value * value;
      key += c % 2 == 0 ? value : -value;
    }
    const double scale = near_one / std::sqrt(squares);
    if (!(squares > 0) || !std::isfinite(squares) || !std::isfinite(scale)) continue;
    directions.push_back({r, scale, std::abs(key) / std::sqrt(squares) / mix_length});
  }
  std::ranges::sort(directions, {}, &Direction::key);

  const double limit = 2 - 2 * kNearCosine;  // square of the distance between two rows of length 1
  const double window = std::sqrt(limit);
  for (std::size_t i = 0; i < directions.size(); ++i) {
    Direction& one = directions[i];
    for (std::size_t j = i; j-- > 0 && one.key - directions[j].key <= window;) {
      Direction& other = directions[j];
      if (one.is_near && other.is_near) continue;
      if (is_near(w.row_span(one.row), one.scale, b[one.row], w.row_span(other.row), other.scale,
                  b[other.row], limit)) {
        one.is_near = other.is_near = true;
      }
    }
  }
  return static_cast<std::size_t>(std::ranges::count(directions, true, &Direction::is_near));
}

}  // namespace initlab
