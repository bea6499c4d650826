#include "app/canvas/imgui_record.h"

#include <imgui_internal.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace initlab {
namespace {

constexpr int kTopmost = std::numeric_limits<int>::max();

Rect common(Rect a, Rect b) {
  const double x = std::max(a.x, b.x);
  const double y = std::max(a.y, b.y);
  return {x, y, std::max(0.0, std::min(a.right(), b.right()) - x),
          std::max(0.0, std::min(a.bottom(), b.bottom()) - y)};
}

Rect rect_of(ImVec2 min, ImVec2 max) {
  const auto x = static_cast<double>(min.x);
  const auto y = static_cast<double>(min.y);
  return {x, y, static_cast<double>(max.x) - x, static_cast<double>(max.y) - y};
}

// Half of it at least, or nobody could say what it is.
bool is_seen_in(Rect rect, Rect clip) {
  const Rect seen = common(rect, clip);
  return seen.width * seen.height >= 0.5 * rect.width * rect.height && seen.width > 0 && seen.height > 0;
}

Rect clip_of(const ImDrawList& list) {
  const ImVec4 clip = list._CmdHeader.ClipRect;
  return rect_of({clip.x, clip.y}, {clip.z, clip.w});
}

}  // namespace

// The windows of the frame, the lowest first, and between them and above all the lists that belong to none.
struct FrameRecord::Layers {
  const ImVector<ImGuiWindow*>& windows = ImGui::GetCurrentContext()->Windows;
  const ImDrawList* foreground = ImGui::GetForegroundDrawList();

  static bool is_shown(const ImGuiWindow& window) { return window.Active && !window.Hidden; }

  // Negative: not shown, or below all windows.
  int layer_of(const ImDrawList* list) const {
    if (list == foreground) return kTopmost;
    for (int i = 0; i < windows.Size; ++i) {
      if (windows[i]->DrawList == list) return is_shown(*windows[i]) ? i : -1;
    }
    return -1;
  }
  // Whether a window that lies above `layer`, and is no part of the same one, covers `point`.
  bool is_covered(Point point, int layer) const {
    if (layer == kTopmost) return false;
    const ImVec2 at(static_cast<float>(point.x), static_cast<float>(point.y));
    for (int i = layer + 1; i < windows.Size; ++i) {
      const ImGuiWindow& above = *windows[i];
      const bool covers = is_shown(above) && above.RootWindow != windows[layer]->RootWindow &&
                          (above.Flags & ImGuiWindowFlags_NoBackground) == 0;
      if (covers && above.Rect().Contains(at)) return true;
    }
    return false;
  }
};

void FrameRecord::begin() {
  texts_.clear();
  widgets_.clear();
  text_marks_.clear();
  widget_marks_.clear();
  covers_.clear();
  order_ = 0;
}

void FrameRecord::text(const ImDrawList& list, std::string_view utf8, Rect rect) {
  texts_.push_back({std::string(utf8), rect, 0});
  text_marks_.push_back({&list, rect, clip_of(list), order_++});
}

void FrameRecord::cover(const ImDrawList& list, Rect rect) {
  covers_.push_back({&list, common(rect, clip_of(list)), {}, order_++});
}

void FrameRecord::widget(ShownWidget widget) {
  const ImDrawList* const list = ImGui::GetWindowDrawList();
  widget_marks_.push_back({list, widget.rect, clip_of(*list), order_++});
  widgets_.push_back(std::move(widget));
}

bool FrameRecord::is_painted_over(const Mark& mark, int layer, const Layers& layers) const {
  return std::ranges::any_of(covers_, [&](const Mark& cover) {
    if (!cover.rect.contains(mark.rect.center())) return false;
    if (cover.list == mark.list) return cover.order > mark.order;
    return layers.layer_of(cover.list) > layer;
  });
}

void FrameRecord::finish() {
  const Layers layers;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    const Mark& mark = text_marks_[i];
    const int layer = layers.layer_of(mark.list);
    if (layer < 0 || !is_seen_in(mark.rect, mark.clip)) continue;
    if (layers.is_covered(mark.rect.center(), layer) || is_painted_over(mark, layer, layers)) continue;
    texts_[i].layer = layer;
    if (kept != i) texts_[kept] = std::move(texts_[i]);
    ++kept;
  }
  texts_.resize(kept);
  kept = 0;
  for (std::size_t i = 0; i < widgets_.size(); ++i) {
    const Mark& mark = widget_marks_[i];
    const int layer = layers.layer_of(mark.list);
    if (layer < 0 || !is_seen_in(mark.rect, mark.clip)) continue;
    if (layers.is_covered(mark.rect.center(), layer)) continue;
    widgets_[i].layer = layer;
    if (kept != i) widgets_[kept] = std::move(widgets_[i]);
    ++kept;
  }
  widgets_.resize(kept);
}

FrameRecord* frame_record() {
  return static_cast<FrameRecord*>(ImGui::GetIO().UserData);
}

void record_frames(FrameRecord* record) {
  ImGui::GetIO().UserData = record;
}

}  // namespace initlab
