#include "app/figures/network_read_out.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/canvas/text_metrics.h"
#include "app/figures/unit_tiles.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kPortraitSide = 84;
constexpr double kLine = 18;
constexpr double kPadding = 10;

std::string input_name(const Snapshot& snapshot, std::size_t layer, std::size_t unit) {
  if (layer > 0) return fmt::format("layer {}, unit {}", layer, unit);
  const bool alone = !snapshot.runs.empty() && !snapshot.runs.front().network.empty() &&
                     snapshot.runs.front().network.layers.front().inputs == 1;
  return alone ? "x" : fmt::format("x{}", unit);
}

const LayerView* layer_of(const Snapshot& snapshot, const DiagramHit& hit) {
  if (hit.lane >= snapshot.runs.size() || hit.layer == 0) return nullptr;
  const auto& layers = snapshot.runs[hit.lane].network.layers;
  return hit.layer <= layers.size() ? &layers[hit.layer - 1] : nullptr;
}

std::optional<std::size_t> shown_unit(const LayerView& layer, std::size_t unit) {
  const auto at = std::ranges::find(layer.shown, unit, &UnitView::unit);
  if (at == layer.shown.end()) return std::nullopt;
  return static_cast<std::size_t>(at - layer.shown.begin());
}

std::optional<std::size_t> shown_input(const LayerView& layer, std::size_t input) {
  const auto at = std::ranges::find(layer.shown_inputs, input);
  if (at == layer.shown_inputs.end()) return std::nullopt;
  return static_cast<std::size_t>(at - layer.shown_inputs.begin());
}

std::vector<std::string> lines_of_link(const LayerView& layer, const DiagramHit& hit) {
  const auto unit = shown_unit(layer, hit.unit);
  const auto input = shown_input(layer, hit.input);
  if (!unit || !input) return {};
  const double weight = layer.weights(*unit, *input);
  std::vector<std::string> lines = {"weight " + number_text(weight, 4),
                                    "gradient " + number_text(layer.d_weights(*unit, *input), 3)};
  if (layer.frozen) lines.push_back("frozen: no step changes it");
  return lines;
}

std::vector<std::string> lines_of_unit(const LayerView& layer, const UnitView& unit) {
  std::vector<std::string> lines = {
      fmt::format("bias {}, gradient {}", number_text(unit.bias, 4), number_text(unit.d_bias, 3)),
      fmt::format("activation {}, std {}", number_text(unit.mean, 3), number_text(unit.std, 3))};
  if (unit.copies > 1)
    lines.push_back(fmt::format("one of {} copies", count_text(static_cast<std::int64_t>(unit.copies))));
  if (unit.dead) lines.emplace_back("dead: z \u2264 0 for every sample");
  if (unit.saturated > 0) lines.push_back(share_text(unit.saturated) + " of samples saturated");
  if (unit.non_finite > 0)
    lines.push_back(count_text(static_cast<std::int64_t>(unit.non_finite)) + " samples not finite");
  if (layer.frozen) lines.emplace_back("frozen: no step changes it");
  return lines;
}

}  // namespace

std::optional<double> value_of_hit(const Snapshot& snapshot, const DiagramHit& hit) {
  const LayerView* layer = layer_of(snapshot, hit);
  if (layer == nullptr) return std::nullopt;
  const auto unit = shown_unit(*layer, hit.unit);
  if (!unit) return std::nullopt;
  if (hit.input == 0) return layer->shown[*unit].bias;
  const auto input = shown_input(*layer, hit.input);
  if (!input) return std::nullopt;
  return layer->weights(*unit, *input);
}

std::string title_of_hit(const Snapshot& snapshot, const DiagramHit& hit) {
  if (hit.layer == 0) return "Input " + input_name(snapshot, 0, hit.unit);
  const std::string unit = fmt::format("Layer {}, unit {}", hit.layer, hit.unit);
  if (hit.input == 0) return unit;
  return fmt::format("{}, from {}", unit,
                     hit.layer == 1 ? input_name(snapshot, 0, hit.input) : fmt::format("unit {}", hit.input));
}

std::vector<std::string> lines_of_hit(const Snapshot& snapshot, const DiagramHit& hit) {
  const LayerView* layer = layer_of(snapshot, hit);
  if (layer == nullptr) return {};
  if (hit.input > 0) return lines_of_link(*layer, hit);
  const auto unit = shown_unit(*layer, hit.unit);
  if (!unit) return {};
  return lines_of_unit(*layer, layer->shown[*unit]);
}

void draw_network_read_out(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                           const DiagramHit& hit, Point mouse, bool editable) {
  const std::string title = title_of_hit(snapshot, hit);
  std::vector<std::string> lines = lines_of_hit(snapshot, hit);
  if (editable && hit.layer > 0)
    lines.emplace_back(hit.input > 0 ? "click to edit the weight" : "click to edit the bias");
  double width = measure_text(title, kSecondarySize, FontWeight::kMedium).width;
  for (const std::string& line : lines) width = std::max(width, measure_text(line, kSecondarySize).width);
  const LayerView* layer = layer_of(snapshot, hit);
  const bool has_portrait =
      hit.input == 0 && layer != nullptr && !layer->shown.empty() && !layer->shown.front().map.empty();
  const double beside = has_portrait ? kPortraitSide + kPadding : 0;
  const double text_height = kLine * static_cast<double>(lines.size() + 1);
  const double height = std::max(text_height, has_portrait ? kPortraitSide : 0) + 2 * kPadding;
  Rect box{mouse.x + 16, mouse.y - height / 2, std::ceil(width + beside + 2 * kPadding), std::ceil(height)};
  if (box.right() > rect.right()) box.x = mouse.x - 16 - box.width;
  box.x = std::clamp(box.x, rect.x, std::max(rect.x, rect.right() - box.width));
  box.y = std::clamp(box.y, std::min(rect.y, rect.bottom() - box.height), rect.bottom() - box.height);
  canvas.fill_rect(box, theme.card, kCornerRadius);
  canvas.stroke_rect(box.inset(0.5, 0.5), {theme.hairline, 1, {}}, kCornerRadius);
  if (has_portrait) {
    const Rect portrait = {box.x + kPadding, box.center().y - kPortraitSide / 2, kPortraitSide,
                           kPortraitSide};
    if (const auto unit = shown_unit(*layer, hit.unit))
      draw_unit_portrait(canvas, theme, portrait, hit.lane, snapshot.runs[hit.lane], hit.layer, *unit);
  }
  const double x = box.x + kPadding + beside;
  double y = box.center().y - text_height / 2 + kLine / 2;
  canvas.text({x, y}, title,
              {.size = kSecondarySize,
               .color = theme.ink,
               .weight = FontWeight::kMedium,
               .vertical = VerticalAlign::kMiddle});
  for (const std::string& line : lines) {
    y += kLine;
    canvas.text({x, y}, line,
                {.size = kSecondarySize, .color = theme.secondary, .vertical = VerticalAlign::kMiddle});
  }
}

}  // namespace initlab
