#include "app/panels/plane_zoom.h"

#include <imgui.h>

#include <cmath>

namespace initlab {
namespace {

constexpr double kNotch = 0.85;  // of what is shown stays shown after a notch of the wheel
// Times what the data ask for: from a hair on one point to how a network answers far away from all of them.
constexpr double kSmallest = 1e-4;
constexpr double kLargest = 20;

bool can_show(const Domain& view, const Dataset& data) {
  const double all = domain_of(data, view.width() / view.height()).width();
  return view.width() >= kSmallest * all && view.width() <= kLargest * all;
}

}  // namespace

Domain zoomed_view(const PlaneView& view, Point fixed, double factor) {
  const Point stays = view.to_plane(fixed);
  const Domain& shown = view.domain;
  return {stays.x + (shown.x_min - stays.x) * factor, stays.x + (shown.x_max - stays.x) * factor,
          stays.y + (shown.y_min - stays.y) * factor, stays.y + (shown.y_max - stays.y) * factor};
}

void steer_plane(PlaneState& state, const Snapshot& snapshot, const PlaneView& shown,
                 const PlaneSteering& steering) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool hovered = ImGui::IsItemHovered();
  if (hovered && steering.drag_pans && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    state.view.reset();
    return;
  }
  if (hovered && io.MouseWheel != 0) {
    const Point mouse = {static_cast<double>(io.MousePos.x), static_cast<double>(io.MousePos.y)};
    const double factor = std::pow(kNotch, static_cast<double>(io.MouseWheel));
    const Domain wanted = zoomed_view(shown, mouse, factor);
    if (can_show(wanted, *snapshot.data)) state.view = wanted;
    return;
  }
  if (!steering.drag_pans || !ImGui::IsItemActive() || !ImGui::IsMouseDragging(ImGuiMouseButton_Left)) return;
  const double x = static_cast<double>(io.MouseDelta.x) / shown.rect.width * shown.domain.width();
  const double y = static_cast<double>(io.MouseDelta.y) / shown.rect.height * shown.domain.height();
  if (x == 0 && y == 0) return;
  const Domain& d = shown.domain;
  state.view = Domain{d.x_min - x, d.x_max - x, d.y_min + y, d.y_max + y};
}

void follow_data(PlaneState& state, const Snapshot& snapshot) {
  if (state.seen == snapshot.data.get()) return;
  state.seen = snapshot.data.get();
  if (!state.view) return;
  const bool plane = snapshot.data && snapshot.data->train.x.rows() == 2 && snapshot.data->train.count() > 0;
  if (plane) {
    const Domain all = domain_of(*snapshot.data, 1);
    const Domain& view = *state.view;
    const bool meets =
        view.x_min < all.x_max && all.x_min < view.x_max && view.y_min < all.y_max && all.y_min < view.y_max;
    if (meets && can_show(view, *snapshot.data)) return;
  }
  state.view.reset();
}

}  // namespace initlab
