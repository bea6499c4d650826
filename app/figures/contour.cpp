#include "app/figures/contour.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace initlab {
namespace {

constexpr std::int32_t kNone = -1;

// A point where the line crosses an edge of the grid. Each of the two cells beside the edge joins it to one
// other crossing, so crossings and their links are paths and rings.
struct Crossing {
  Point at;
  std::array<std::int32_t, 2> linked = {kNone, kNone};
  bool used = false;
};

// Of a grid value: which side of the level it is on, or that it is on none.
enum Side : std::uint8_t { kBelow = 0, kAbove = 1, kNeither = 2 };

class Tracer {
 public:
  Tracer(std::span<const float> values, int columns, int rows, double level)
      : values_(values), columns_(static_cast<std::size_t>(columns)), rows_(rows), level_(level) {
    // Eight more than there are, so that the last cells are looked at in eights too.
    for (std::vector<std::uint8_t>* sides : {&upper_sides_, &lower_sides_})
      sides->assign(columns_ + 8, kBelow);
    for (std::vector<std::int32_t>* crossings : {&on_top_, &on_bottom_, &on_left_})
      crossings->assign(columns_, kNone);
  }

  std::vector<ContourLine> trace() {
    if (rows_ > 0) find_sides(0, lower_sides_);
    for (int row = 0; row + 1 < rows_; ++row) {
      upper_sides_.swap(lower_sides_);
      find_sides(row + 1, lower_sides_);
      add_row(row);
    }
    std::vector<ContourLine> lines;
    for (std::size_t i = 0; i < crossings_.size(); ++i) {
      if (!crossings_[i].used && crossings_[i].linked[1] == kNone) follow(i, lines);
    }
    for (std::size_t i = 0; i < crossings_.size(); ++i) {
      if (!crossings_[i].used) follow(i, lines);
    }
    return lines;
  }

 private:
  double value(std::size_t column, int row) const {
    return values_[static_cast<std::size_t>(row) * columns_ + column];
  }

  void find_sides(int row, std::vector<std::uint8_t>& sides) const {
    const float* values = values_.data() + static_cast<std::size_t>(row) * columns_;
    for (std::size_t i = 0; i < columns_; ++i) {
      const bool finite = std::abs(values[i]) <= std::numeric_limits<float>::max();
      const Side side = values[i] >= level_ ? kAbove : kBelow;
      sides[i] = finite ? side : kNeither;
    }
  }

  // The cells between two rows of the grid. A line crosses few of them: eight that lie on one side altogether
  // are passed over at once.
  void add_row(int row) {
    const auto eight = [](const std::vector<std::uint8_t>& sides, std::size_t from) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, sides.data() + from, sizeof bytes);
      return bytes;
    };
    bool touched = false;
    for (std::size_t first = 0; first + 1 < columns_; first += 8) {
      const std::uint64_t upper = eight(upper_sides_, first);
      const std::uint64_t lower = eight(lower_sides_, first);
      const std::size_t last = std::min(first + 8, columns_ - 1);
      const bool even = upper == lower && (upper == 0 || upper == kAllAbove) &&
                        upper_sides_[last] == upper_sides_[first] &&
                        lower_sides_[last] == upper_sides_[first];
      if (even) continue;
      touched = true;
      for (std::size_t column = first; column < last; ++column) add_cell(column, row);
    }
    // The lower edges of these cells are the upper ones of the next.
    on_top_.swap(on_bottom_);
    if (touched || bottom_is_used_) {
      std::ranges::fill(on_bottom_, kNone);
      std::ranges::fill(on_left_, kNone);
    }
    bottom_is_used_ = touched;
  }

  // The crossing on the edge from (column, row) to its right or lower neighbour.
  std::int32_t crossing(std::int32_t& known, std::size_t column, int row, bool downwards) {
    if (known == kNone) {
      const double from = value(column, row);
      const double to = downwards ? value(column, row + 1) : value(column + 1, row);
      const double share = (level_ - from) / (to - from);
      const auto x = static_cast<double>(column);
      known = static_cast<std::int32_t>(crossings_.size());
      crossings_.push_back({downwards ? Point{x, row + share} : Point{x + share, static_cast<double>(row)}});
    }
    return known;
  }

  void link(std::int32_t a, std::int32_t b) {
    for (const auto& [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
      auto& linked = crossings_[static_cast<std::size_t>(from)].linked;
      linked[linked[0] == kNone ? 0 : 1] = to;
    }
  }

  void add_cell(std::size_t column, int row) {
    const std::array<std::uint8_t, 4> sides = {upper_sides_[column], upper_sides_[column + 1],
                                               lower_sides_[column + 1], lower_sides_[column]};
    unsigned above = 0;
    for (unsigned i = 0; i < 4; ++i) {
      if (sides[i] == kNeither) return;
      above |= static_cast<unsigned>(sides[i]) << i;
    }
    if (above == 0 || above == 15) return;
    const auto top = [&] { return crossing(on_top_[column], column, row, false); };
    const auto right = [&] { return crossing(on_left_[column + 1], column + 1, row, true); };
    const auto bottom = [&] { return crossing(on_bottom_[column], column, row + 1, false); };
    const auto left = [&] { return crossing(on_left_[column], column, row, true); };
    switch (above) {
      case 1:
      case 14:
        link(left(), top());
        break;
      case 2:
      case 13:
        link(top(), right());
        break;
      case 4:
      case 11:
        link(right(), bottom());
        break;
      case 8:
      case 7:
        link(bottom(), left());
        break;
      case 3:
      case 12:
        link(left(), right());
        break;
      case 6:
      case 9:
        link(top(), bottom());
        break;
      default:
        // Saddle: two opposite corners are above. The middle decides whether they are joined.
        if ((above == 5) == (mean_of_corners(column, row) >= level_)) {
          link(top(), right());
          link(bottom(), left());
        } else {
          link(left(), top());
          link(right(), bottom());
        }
    }
  }

  double mean_of_corners(std::size_t column, int row) const {
    return (value(column, row) + value(column + 1, row) + value(column + 1, row + 1) +
            value(column, row + 1)) /
           4;
  }

  void follow(std::size_t start, std::vector<ContourLine>& lines) {
    path_.clear();
    std::size_t at = start;
    for (;;) {
      Crossing& crossing = crossings_[at];
      crossing.used = true;
      // A corner that equals the level is met once from each of its edges.
      if (path_.empty() || path_.back().x != crossing.at.x || path_.back().y != crossing.at.y)
        path_.push_back(crossing.at);
      std::int32_t next = kNone;
      for (const std::int32_t candidate : crossing.linked) {
        if (candidate == kNone) continue;
        if (!crossings_[static_cast<std::size_t>(candidate)].used) {
          next = candidate;
          break;
        }
      }
      if (next == kNone) break;
      at = static_cast<std::size_t>(next);
    }
    if (path_.size() >= 2) lines.push_back({path_, crossings_[start].linked[1] != kNone});
  }

  static constexpr std::uint64_t kAllAbove = 0x0101010101010101U;

  std::span<const float> values_;
  std::size_t columns_;
  int rows_;
  double level_;
  // Of the two rows of the grid in hand.
  std::vector<std::uint8_t> upper_sides_, lower_sides_;
  // Crossings on the edges of the cells between them, by column.
  std::vector<std::int32_t> on_top_, on_bottom_, on_left_;
  bool bottom_is_used_ = false;
  std::vector<Crossing> crossings_;
  std::vector<Point> path_;  // the line in work
};

}  // namespace

std::vector<ContourLine> contour_lines(std::span<const float> values, int columns, int rows, double level) {
  assert(columns >= 0 && rows >= 0);
  assert(values.size() == static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  return Tracer(values, columns, rows, level).trace();
}

}  // namespace initlab
