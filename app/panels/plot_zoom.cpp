#include "app/panels/plot_zoom.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace initlab {
namespace {

constexpr double kNotch = 0.85;  // of what is shown stays shown after a notch of the wheel
constexpr double kLeastLog = 1e-307;
constexpr double kLargest = 1e307;
constexpr double kLeastShare = 1e-6;  // of the values, of a span of them

// Where the span lies within what can be shown; null where it covers all of it.
std::optional<AxisSpan> within(const Axis& axis, const AxisSpan& span, const PlotReach& reach) {
  const double low = axis.to_pixel(span.low);
  const double high = axis.to_pixel(span.high);
  const double all_low = axis.to_pixel(reach.x_all.low);
  const double all_high = axis.to_pixel(reach.x_all.high);
  constexpr double kSame = 0.01;  // pixels
  if (high - low >= all_high - all_low - kSame) return std::nullopt;
  double shift = 0;
  if (low < all_low) shift = all_low - low;
  if (high > all_high) shift = all_high - high;
  return AxisSpan{axis.to_value(low + shift), axis.to_value(high + shift)};
}

bool can_show(const Axis& axis, const AxisSpan& span) {
  if (!std::isfinite(span.low) || !std::isfinite(span.high)) return false;
  if (axis.scale == AxisScale::kLog && (span.low < kLeastLog || span.high > kLargest)) return false;
  const double size = std::max(std::abs(span.low), std::abs(span.high));
  return size <= kLargest && span.high - span.low > kLeastShare * size;
}

}  // namespace

AxisSpan moved_span(const Axis& axis, double fixed, double factor, double shift) {
  const auto value = [&](double end) { return axis.to_value(fixed + (end - fixed) * factor - shift); };
  return {value(axis.pixel_low), value(axis.pixel_high)};
}

void steer_plot_zoom(PlotZoom& zoom, const Axis& x, const Axis& y, Rect plot, const PlotReach& reach) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool hovered = ImGui::IsItemHovered();
  if (hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    zoom = {};
    return;
  }
  const Point mouse = {static_cast<double>(io.MousePos.x), static_cast<double>(io.MousePos.y)};
  const double wheel = hovered ? static_cast<double>(io.MouseWheel) : 0;
  const bool drags = ImGui::IsItemActive() && ImGui::IsMouseDragging(ImGuiMouseButton_Left);
  const Point moved =
      drags ? Point{static_cast<double>(io.MouseDelta.x), static_cast<double>(io.MouseDelta.y)} : Point{};
  if (wheel == 0 && moved.x == 0 && moved.y == 0) return;
  // What is fitted has nowhere to be panned to along its steps, and would only lose its fit.
  if (wheel == 0 && !zoom.zoomed()) return;
  const double factor = std::pow(kNotch, wheel);
  if (drags || mouse.x >= plot.x) {
    const AxisSpan span = moved_span(x, std::clamp(mouse.x, plot.x, plot.right()), factor, moved.x);
    if (span.high - span.low >= reach.x_least || factor > 1) zoom.x = within(x, span, reach);
    if (!zoom.x && factor > 1) {
      zoom = {};
      return;
    }
  }
  if (drags || mouse.y <= plot.bottom()) {
    const AxisSpan span = moved_span(y, std::clamp(mouse.y, plot.y, plot.bottom()), factor, moved.y);
    if (can_show(y, span)) zoom.y = span;
  }
}

}  // namespace initlab
