// What stands about a lane's picture: its heading above, its numbers and its verdict below. One line each,
// drawn into the rectangle that a page or a panel gives.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/canvas/canvas.h"
#include "app/theme.h"
#include "core/experiment/snapshot.h"

namespace initlab {

inline constexpr double kLaneHeadingHeight = 28;
inline constexpr double kLaneHeadingTwoLines = 46;
inline constexpr double kLaneNumbersHeight = 32;
inline constexpr double kVerdictLineHeight = 18;
inline constexpr double kVerdictPadding = 8;  // above and below its lines, and beside them

// Swatch and name; then, in the same line or where the rectangle is high enough below it, as much of
// "He normal  W ~ N(0, 2 / fan_in), bias log-odds" as fits.
void draw_lane_heading(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                       std::size_t lane);
// Swatch and name alone, smaller: the head of a column.
void draw_lane_name(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                    std::size_t lane);
// Whether name and formula have room in one line of `width`.
bool lane_heading_fits(const Snapshot& snapshot, std::size_t lane, double width);

// What is read off a lane, the most telling first: its cost, then accuracies, or for a regression the cost of
// the test points.
struct LaneNumber {
  std::string_view name;
  std::string value;
};
std::vector<LaneNumber> lane_numbers(const Snapshot& snapshot, std::size_t lane);

// "cost 0.2939 ... train 95.3 % test 95 %".
void draw_lane_numbers(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                       std::size_t lane);

// The same numbers below each other, for a small picture's side.
void draw_lane_numbers_stacked(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                               std::size_t lane);

// The verdicts as lines of `width`, the most telling first: whole sentences, at least the first, at most
// `lines` lines.
std::vector<std::string> verdict_lines(const RunSnapshot& run, double width, std::size_t lines);
// The verdicts on their ground, good or warning. Nothing where there is no verdict.
void draw_lane_verdict(Canvas& canvas, const Theme& theme, Rect rect, const RunSnapshot& run);

}  // namespace initlab
