#include "app/figures/contour.h"

#include <array>
#include <cassert>
#include <cmath>
#include <cstdint>

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

class Tracer {
 public:
  Tracer(std::span<const float> values, int columns, int rows, double level)
      : values_(values),
        columns_(columns),
        rows_(rows),
        level_(level),
        crossing_of_edge_(2 * values.size(), kNone) {}

  std::vector<ContourLine> trace() {
    for (int row = 0; row + 1 < rows_; ++row) {
      for (int column = 0; column + 1 < columns_; ++column) add_cell(column, row);
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
  double value(int column, int row) const {
    return values_[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
                   static_cast<std::size_t>(column)];
  }

  // The crossing on the edge from (column, row) to its right or lower neighbour.
  std::int32_t crossing(int column, int row, bool downwards) {
    const std::size_t edge = 2 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
                                  static_cast<std::size_t>(column)) +
                             (downwards ? 1 : 0);
    if (crossing_of_edge_[edge] == kNone) {
      const double from = value(column, row);
      const double to = downwards ? value(column, row + 1) : value(column + 1, row);
      const double share = (level_ - from) / (to - from);
      const Point at = downwards ? Point{static_cast<double>(column), row + share}
                                 : Point{column + share, static_cast<double>(row)};
      crossing_of_edge_[edge] = static_cast<std::int32_t>(crossings_.size());
      crossings_.push_back({at, {kNone, kNone}, false});
    }
    return crossing_of_edge_[edge];
  }

  void link(std::int32_t a, std::int32_t b) {
    for (const auto& [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
      auto& linked = crossings_[static_cast<std::size_t>(from)].linked;
      linked[linked[0] == kNone ? 0 : 1] = to;
    }
  }

  void add_cell(int column, int row) {
    const double corners[] = {value(column, row), value(column + 1, row), value(column + 1, row + 1),
                              value(column, row + 1)};
    unsigned above = 0;
    double sum = 0;
    for (unsigned i = 0; i < 4; ++i) {
      if (!std::isfinite(corners[i])) return;
      if (corners[i] >= level_) above |= 1u << i;
      sum += corners[i];
    }
    if (above == 0 || above == 15) return;
    const auto top = [&] { return crossing(column, row, false); };
    const auto right = [&] { return crossing(column + 1, row, true); };
    const auto bottom = [&] { return crossing(column, row + 1, false); };
    const auto left = [&] { return crossing(column, row, true); };
    const bool middle_above = sum / 4 >= level_;
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
        if ((above == 5) == middle_above) {
          link(top(), right());
          link(bottom(), left());
        } else {
          link(left(), top());
          link(right(), bottom());
        }
    }
  }

  void follow(std::size_t start, std::vector<ContourLine>& lines) {
    ContourLine line;
    std::size_t at = start;
    for (;;) {
      Crossing& crossing = crossings_[at];
      crossing.used = true;
      // A corner that equals the level is met once from each of its edges.
      if (line.points.empty() || line.points.back().x != crossing.at.x ||
          line.points.back().y != crossing.at.y) {
        line.points.push_back(crossing.at);
      }
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
    line.closed = crossings_[start].linked[1] != kNone;
    if (line.points.size() >= 2) lines.push_back(std::move(line));
  }

  std::span<const float> values_;
  int columns_, rows_;
  double level_;
  std::vector<std::int32_t> crossing_of_edge_;  // two edges a grid point: to the right, downwards
  std::vector<Crossing> crossings_;
};

}  // namespace

std::vector<ContourLine> contour_lines(std::span<const float> values, int columns, int rows, double level) {
  assert(columns >= 0 && rows >= 0);
  assert(values.size() == static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  return Tracer(values, columns, rows, level).trace();
}

}  // namespace initlab
