#include "app/figures/cost_path.h"

#include <algorithm>
#include <cmath>

namespace initlab {
namespace {

constexpr std::int64_t kStepsDrawn = 2;  // in one pixel column; more are drawn by their range
constexpr double kNoisyHeight = 3;       // pixels beyond the way from first to last that make a column noisy
constexpr std::size_t kScrap = 5;        // points
constexpr double kJaggedHeight = 6;      // pixels up and down again that make a line jagged

// Splits a line into its smooth and its jagged parts, which share their end points. A scrap between noise and
// noise is jagged.
void add_parts(const std::vector<Point>& line, bool scrap, std::vector<CostLine>& parts) {
  const auto turns = [&](std::size_t i) {
    if (i == 0 || i + 1 >= line.size()) return false;
    const double before = line[i].y - line[i - 1].y;
    const double after = line[i + 1].y - line[i].y;
    return before * after < 0 && std::min(std::abs(before), std::abs(after)) > kJaggedHeight;
  };
  const std::size_t from = parts.size();
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const bool jagged = scrap || turns(i) || turns(i + 1);
    if (parts.size() == from || parts.back().jagged != jagged) {
      parts.push_back({{}, jagged});
      parts.back().points.reserve(line.size() - i);
      parts.back().points.push_back(line[i]);
    }
    parts.back().points.push_back(line[i + 1]);
  }
  for (std::size_t i = from + 1; i < parts.size(); ++i) {
    if (parts[i - 1].jagged && parts[i].points.size() <= kScrap) parts[i].jagged = true;
  }
}

class PathBuilder {
 public:
  PathBuilder(const CostPlot& plot, const CostHistory& history, std::int64_t first, std::int64_t last)
      : plot_(plot), history_(history), first_(first), last_(std::min(last, history.size())) {}

  CostPath build() {
    if (first_ >= last_) return std::move(path_);
    const double first_visible = plot_.x.to_value(plot_.plot.x);
    std::int64_t step = std::max(first_, static_cast<std::int64_t>(std::floor(first_visible)));
    if (step < last_) add_step(step++);
    for (double x = std::floor(plot_.plot.x); x <= plot_.plot.right() && step < last_; x += 1) {
      const double end_value = std::ceil(plot_.x.to_value(x + 1));
      const auto end = static_cast<std::int64_t>(std::min(end_value, static_cast<double>(last_)));
      if (end - step > kStepsDrawn) {
        add_column(x, step, end);
        step = end;
      } else {
        while (step < end) add_step(step++);
      }
    }
    if (step < last_) add_step(step);
    finish_line();
    find_end();
    return std::move(path_);
  }

 private:
  // Far outside is as good as outside, and no back end need handle a pixel at 1e300.
  double pixel(double cost) const {
    const double reach = 2 * plot_.plot.height;
    return std::clamp(plot_.y.to_pixel(cost), plot_.plot.y - reach, plot_.plot.bottom() + reach);
  }

  void add_step(std::int64_t step) {
    const double cost = history_[step];
    if (!std::isfinite(cost)) {
      finish_line();
      return;
    }
    add_point({plot_.x.to_pixel(static_cast<double>(step)), pixel(cost)});
  }

  // The steps of one column of pixels: the way from the first to the last where they run one way, else their
  // range.
  void add_column(double x, std::int64_t first, std::int64_t last) {
    const CostRange range = history_.range(first, last);
    if (range.min > range.max) {
      finish_line();
      return;
    }
    const double top = pixel(range.max);
    const double bottom = pixel(range.min);
    const double begin = history_[first];
    const double end = history_[last - 1];
    const bool finite = std::isfinite(begin) && std::isfinite(end);
    if (finite && bottom - top <= std::abs(pixel(end) - pixel(begin)) + kNoisyHeight) {
      add_point({x, pixel(begin)});
      add_point({x + 1, pixel(end)});
      return;
    }
    finish_line(line_.size() <= kScrap && !path_.noise.empty());
    note_above({x, top});
    path_.noise.push_back({x, top - 0.5, 1, bottom - top + 1});
    if (finite) line_.push_back({x + 1, pixel(end)});  // where a line that comes after begins
  }

  void add_point(Point at) {
    note_above(at);
    line_.push_back(at);
  }

  void finish_line(bool scrap = false) {
    add_parts(line_, scrap, path_.lines);
    line_.clear();
  }

  void note_above(Point at) {
    if (at.y < plot_.plot.y - 0.5) path_.above_until = at.x;
  }

  void find_end() {
    constexpr int kTries = 4096;  // costs that are not finite at the end of a history
    std::int64_t last = last_ - 1;
    for (int tries = 0; last > first_ && !std::isfinite(history_[last]) && tries < kTries; ++tries) --last;
    if (!std::isfinite(history_[last])) return;
    const double x = plot_.x.to_pixel(static_cast<double>(last));
    if (x < plot_.plot.x - 0.5 || x > plot_.plot.right() + 0.5) return;
    path_.end = Point{x, std::clamp(pixel(history_[last]), plot_.plot.y, plot_.plot.bottom())};
  }

  const CostPlot& plot_;
  const CostHistory& history_;
  const std::int64_t first_;
  const std::int64_t last_;
  CostPath path_;
  std::vector<Point> line_;  // the one in work
};

}  // namespace

CostPath cost_path(const CostPlot& plot, const CostHistory& history, std::int64_t first, std::int64_t last) {
  return PathBuilder(plot, history, first, last).build();
}

}  // namespace initlab
