#include "app/panels/lane_menu.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <vector>

#include "app/figures/captions.h"
#include "app/panels/field_row.h"
#include "app/panels/lane_changes.h"
#include "app/panels/lane_fields.h"
#include "app/panels/widgets.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {
namespace {

constexpr double kWidth = 344;
constexpr double kIndent = 12;
constexpr double kLayersHeight = 6 * kFieldRowHeight;  // of a network with more layers: they scroll

// What a lane sets besides its scheme, in this order, where it reads it.
constexpr std::array<std::string_view, 7> kSettings = {"activation", "slope", "bias",    "bias_value",
                                                       "batch_norm", "seed",  "replicas"};
// Of a layer with its own scheme: what that scheme may read.
constexpr std::array<std::string_view, 11> kLayerSettings = {
    "gain", "mean", "std", "limit", "value", "mode", "sparsity", "omega", "path", "experiment", "lane"};

ImVec2 vec(double x, double y) {
  return {static_cast<float>(x), static_cast<float>(y)};
}

std::string popup_name(std::size_t lane) {
  return fmt::format("menu of lane {}", lane);
}

void small_heading(PanelContext& context, ListPen& pen, std::string_view text) {
  const Rect rect = pen.row(24);
  context.canvas.text({rect.x + kIndent, rect.center().y}, text,
                      {.size = kTickSize + 0.5,
                       .color = context.theme.secondary,
                       .weight = FontWeight::kMedium,
                       .vertical = VerticalAlign::kMiddle});
}

void draw_name(PanelContext& context, ListPen& pen, std::size_t lane) {
  const Rect rect = pen.row(kFieldRowHeight + 4).inset(kIndent, 0);
  label(context.canvas, {rect.x, rect.center().y}, "Name", 60,
        {.size = kBodySize, .color = context.theme.ink, .vertical = VerticalAlign::kMiddle});
  const std::string path = fmt::format("lanes.{}.name", lane + 1);
  const Rect box = {rect.x + 64, rect.center().y - 14, rect.width - 64, 28};
  const auto typed = edit_box(context, path, box, context.experiment().lanes[lane].name);
  if (!typed) return;
  Experiment changed = context.experiment();
  if (const auto error = set_by_path(changed, path, *typed)) {
    show_message(context.state, error->message, true);
    edit_again(context.state, path);
    return;
  }
  change_experiment(context, std::move(changed));
}

// Copies, moves or removes the lane; the menu goes, as the lane may stand elsewhere afterwards.
void draw_place(PanelContext& context, ListPen& pen, std::size_t lane) {
  const std::size_t count = context.experiment().lanes.size();
  const auto pair = [&](double share) {
    const Rect row = {pen.x + kIndent, pen.y, pen.width - 2 * kIndent, 30};
    const double half = (row.width - 8) / 2;
    return Rect{row.x + share * (half + 8), row.y, half, row.height};
  };
  bool done = false;
  if (button(context, pair(0), "Duplicate",
             {.tooltip = "A second lane like this one, to change one thing in it."})) {
    copy_lane(context, lane);
    done = true;
  }
  if (button(context, pair(1), "Remove", {.tooltip = "Takes this lane away; the others go on."})) {
    remove_lane(context, lane);
    done = true;
  }
  pen.skip(38);
  const bool first = lane == 0;
  const bool last = lane + 1 >= count;
  if (!first && button(context, pair(0), "Move left", {.tooltip = "The lanes go on where they are."})) {
    move_lane(context, lane, -1);
    done = true;
  }
  if (!last &&
      button(context, pair(first ? 0 : 1), "Move right", {.tooltip = "The lanes go on where they are."})) {
    move_lane(context, lane, 1);
    done = true;
  }
  if (!first || !last) pen.skip(38);
  if (done) ImGui::CloseCurrentPopup();
}

const LayerException* exception_of(const Lane& lane, std::size_t layer) {
  const auto place = std::ranges::find(lane.layers, layer, &LayerException::layer);
  return place == lane.layers.end() ? nullptr : &*place;
}

bool gives(const LayerException& exception, std::string_view key) {
  return std::ranges::find(exception.given, key) != exception.given.end();
}

// The layer begins as its lane does; what it sets besides a scheme stays.
void drop_layer_scheme(Lane& lane, std::size_t layer) {
  constexpr std::array<std::string_view, 4> kKept = {"activation", "slope", "bias", "bias_value"};
  const auto place = std::ranges::find(lane.layers, layer, &LayerException::layer);
  if (place == lane.layers.end()) return;
  std::erase_if(place->given,
                [&](std::string_view key) { return std::ranges::find(kKept, key) == kKept.end(); });
  if (place->given.empty()) lane.layers.erase(place);
}

void set_layer_scheme(PanelContext& context, std::size_t lane, std::size_t layer, const Choice* chosen) {
  Experiment changed = context.experiment();
  changed.expect.clear();
  drop_layer_scheme(changed.lanes[lane], layer);
  if (chosen != nullptr) {
    const std::string path = fmt::format("lanes.{}.layers.{}.scheme", lane + 1, layer);
    if (const auto error = set_by_path(changed, path, std::string(chosen->id))) {
      show_message(context.state, error->message, true);
      return;
    }
  }
  change_lane(context, lane, changed.lanes[lane]);
}

void draw_layer(PanelContext& context, ListPen& pen, std::size_t lane, std::size_t layer) {
  const Lane& shown = context.experiment().lanes[lane];
  const std::size_t layer_count = context.experiment().network.hidden.size() + 1;
  const Rect rect = pen.row(kFieldRowHeight).inset(kIndent, 0);
  label(context.canvas, {rect.x, rect.center().y}, layer_caption(layer, layer_count), rect.width * 0.42,
        {.size = kBodySize, .color = context.theme.ink, .vertical = VerticalAlign::kMiddle});
  std::vector<Choice> choices = {{"", "As the lane"}};
  for (const Scheme& row : schemes()) choices.push_back({row.id, row.label});
  const LayerException* exception = exception_of(shown, layer);
  const bool own = exception != nullptr && gives(*exception, "scheme");
  const std::size_t current = own ? static_cast<std::size_t>(exception->start.scheme) + 1 : 0;
  const Rect box = {rect.x + rect.width * 0.42, rect.center().y - 14, rect.width * 0.58, 28};
  const std::string id = fmt::format("lanes.{}.layers.{}.scheme", lane + 1, layer);
  if (const auto chosen = choice_box(context, id, box, choices, current)) {
    set_layer_scheme(context, lane, layer, *chosen == 0 ? nullptr : &choices[*chosen]);
  }
  if (!own) return;
  for (const std::string_view key : kLayerSettings) layer_field_row(context, pen, lane, layer, key);
}

// A row a layer; those of a deep network in a part that scrolls.
void draw_layers(PanelContext& context, ListPen& pen, std::size_t lane) {
  small_heading(context, pen, "SCHEMES OF SINGLE LAYERS");
  const std::size_t layer_count = context.experiment().network.hidden.size() + 1;
  const Rect rect = {pen.x, pen.y, pen.width, kLayersHeight};
  const bool scrolls = static_cast<double>(layer_count) * kFieldRowHeight > kLayersHeight;
  if (!scrolls) {
    for (std::size_t layer = 1; layer <= layer_count; ++layer) draw_layer(context, pen, lane, layer);
    return;
  }
  pen.row(kLayersHeight);
  ImGui::SetCursorScreenPos(vec(rect.x, rect.y));
  ImGui::BeginChild("layers", vec(rect.width, rect.height));
  ImguiCanvas canvas(*ImGui::GetWindowDrawList(), context.tools);
  PanelContext inside = inside_list(context, canvas);
  ListPen rows = ListPen::here(rect.width - 14);
  for (std::size_t layer = 1; layer <= layer_count; ++layer) draw_layer(inside, rows, lane, layer);
  rows.finish();
  ImGui::EndChild();
}

}  // namespace

void open_lane_menu(PanelContext& context, std::size_t lane) {
  context.state.selected_lane = lane;
  ImGui::OpenPopup(popup_name(lane).c_str());
}

void draw_lane_menu(PanelContext& context, std::size_t lane, Rect dots) {
  std::optional<std::size_t>& open = context.state.lanes.open_menu;
  const double display_width = static_cast<double>(ImGui::GetIO().DisplaySize.x);
  const double display_height = static_cast<double>(ImGui::GetIO().DisplaySize.y);
  const double x = std::clamp(dots.right() - kWidth - 16, 0.0, std::max(0.0, display_width - kWidth - 16));
  ImGui::SetNextWindowPos(vec(x, std::min(dots.bottom() + 2, std::max(8.0, display_height - 540))));
  ImGui::SetNextWindowSizeConstraints(vec(0, 0), vec(10000, display_height - 16));
  if (!ImGui::BeginPopup(popup_name(lane).c_str(), ImGuiWindowFlags_NoMove)) {
    if (open == lane) open.reset();
    return;
  }
  close_on_escape();
  open = lane;
  ImguiCanvas canvas(*ImGui::GetWindowDrawList(), context.tools);
  PanelContext inside = inside_list(context, canvas);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, vec(0, 0));
  ListPen pen = ListPen::here(kWidth);
  draw_name(inside, pen, lane);
  pen.skip(4);
  draw_place(inside, pen, lane);
  pen.line(inside);
  for (const std::string_view key : kSettings) lane_field_row(inside, pen, lane, key);
  pen.line(inside);
  draw_layers(inside, pen, lane);
  lane_effect_row(inside, pen);
  pen.finish();
  ImGui::PopStyleVar();
  ImGui::EndPopup();
}

}  // namespace initlab
