// Maps of a column are one picture with clear gaps, so that a lane needs a picture a layer and not one a
// unit.
#include "app/figures/unit_tiles.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "app/figures/marks.h"

namespace initlab {
namespace {

constexpr std::uint64_t kImageIds = 0x6e65'7477'0000;  // "netw": a picture a column
constexpr std::uint64_t kIdsOfLane = 256;
constexpr std::uint64_t kPortrait = 255;
constexpr double kDeadTone = 0.75;  // towards the paper
constexpr double kCurveWidth = 1.4;

// Numbers that stand side by side on one scale.
struct Scale {
  double low = 0, high = 0;
  double size() const { return std::max(std::abs(low), std::abs(high)); }
  // Of the way from low to high, for numbers of any size; the middle where all are 0.
  double share(double value) const {
    const double unit = size();
    if (unit == 0) return 0.5;
    return std::clamp((value / unit - low / unit) / (high / unit - low / unit), 0.0, 1.0);
  }
  void include(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

Scale scale_of(const LayerView& layer) {
  Scale scale;
  for (const UnitView& unit : layer.shown) {
    if (!unit.map.empty()) {
      scale.include(static_cast<double>(unit.map_low));
      scale.include(static_cast<double>(unit.map_high));
    } else {
      scale.include(unit.mean - unit.std);
      scale.include(unit.mean + unit.std);
    }
  }
  return scale;
}

// How a layer's activations become colours.
class Tones {
 public:
  Tones(const Theme& theme, const NetworkView& view, std::size_t layer)
      : theme_(theme),
        output_(layer == view.layers.size() ? view.output : OutputId::kLinear),
        size_(scale_of(view.layers[layer - 1]).size()) {}

  Color operator()(double value, const UnitView& unit) const {
    Color color;
    if (output_ == OutputId::kSigmoid) {
      color = field_color(theme_, value);
    } else if (output_ == OutputId::kSoftmax) {
      color = class_field_color(theme_, unit.unit - 1, value);
    } else {
      color = field_color(theme_, 0.5 + tone(value) / 2);
    }
    return unit.dead ? dimmed(color) : color;
  }

 private:
  Color dimmed(Color color) const {
    const auto mixed = [](std::uint8_t from, std::uint8_t to) {
      return static_cast<std::uint8_t>(from + (to - from) * kDeadTone + 0.5);
    };
    return {mixed(color.r, theme_.paper.r), mixed(color.g, theme_.paper.g), mixed(color.b, theme_.paper.b)};
  }
  // The root of the share of the layer's largest: what is small is seen, and 0 stays 0.
  double tone(double value) const {
    if (std::isnan(value) || size_ == 0) return value;
    return std::copysign(std::sqrt(std::abs(value) / size_), value);
  }

  const Theme& theme_;
  OutputId output_;
  double size_;
};

// Of input `feature` (from 1) at a cell: the plane itself.
double input_at(const Domain& domain, std::size_t feature, std::size_t column, std::size_t row,
                std::size_t side) {
  const auto cells = static_cast<double>(side);
  const double x = domain.x_min + (static_cast<double>(column) + 0.5) / cells * domain.width();
  const double y = domain.y_max - (static_cast<double>(row) + 0.5) / cells * domain.height();
  const double size = feature == 1 ? std::max(std::abs(domain.x_min), std::abs(domain.x_max))
                                   : std::max(std::abs(domain.y_min), std::abs(domain.y_max));
  return (feature == 1 ? x : y) / std::max(size, 1e-300);
}

// What a unit answers at a pixel of a picture of `side` columns: the mean of the map's cells there.
double answer_at(const UnitView& unit, std::size_t map_side, std::size_t side, std::size_t pixel) {
  const std::size_t block = map_side / side;
  if (block == 1) return static_cast<double>(unit.map[pixel]);
  const float* first = unit.map.data() + pixel / side * block * map_side + pixel % side * block;
  double sum = 0;
  for (std::size_t row = 0; row < block; ++row) {
    for (std::size_t column = 0; column < block; ++column)
      sum += static_cast<double>(first[row * map_side + column]);
  }
  return sum / static_cast<double>(block * block);
}

// Fills `side` columns and rows; `side` divides the map's.
void paint_map(const Theme& theme, const NetworkView& view, std::size_t layer, std::size_t shown,
               std::size_t side, std::span<Color> pixels) {
  if (layer == 0) {
    const std::size_t feature = view.layers.front().shown_inputs[shown];
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      pixels[i] = field_color(theme, 0.5 + input_at(view.domain, feature, i % side, i / side, side) / 2);
    }
    return;
  }
  const UnitView& unit = view.layers[layer - 1].shown[shown];
  const Tones tones(theme, view, layer);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = tones(answer_at(unit, view.map_side, side, i), unit);
  }
}

// Maps one below the other, clear rows between them that keep the colour above, so that edges stay
// clean where the picture is resized.
void paint_column(const Theme& theme, const NetworkView& view, const DiagramColumn& column, std::size_t side,
                  std::span<Color> pixels) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < column.units.size(); ++i) {
    paint_map(theme, view, column.layer, column.units[i].shown, side, pixels.subspan(at, side * side));
    at += side * side;
    if (i + 1 == column.units.size()) break;
    for (std::size_t row = 0; row < column.gap_cells; ++row) {
      for (std::size_t x = 0; x < side; ++x, ++at) pixels[at] = pixels[at - side].with_alpha(0);
    }
  }
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  return (hash ^ value) * 0x9e37'79b9'7f4a'7c15 + (hash >> 29);
}

std::uint64_t packed(Color color) {
  return static_cast<std::uint64_t>(color.r) << 16 | static_cast<std::uint64_t>(color.g) << 8 | color.b;
}

// Changes with everything that a picture of maps is made of, besides the units.
std::uint64_t revision_of(const Theme& theme, const RunSnapshot& run) {
  std::uint64_t hash = mixed(run.revision, run.network.map_side);
  for (const Color color : {theme.paper, theme.classes[0].field_end, theme.classes[1].field_end}) {
    hash = mixed(hash, packed(color));
  }
  return hash;
}

void draw_maps(Canvas& canvas, const Theme& theme, const LaneDiagram& diagram, std::size_t c,
               const RunSnapshot& run) {
  const DiagramColumn& column = diagram.columns[c];
  const std::size_t side = diagram.cells;
  const std::size_t count = column.units.size();
  ImageSource image;
  image.id = kImageIds + diagram.lane * kIdsOfLane + c;
  image.revision = mixed(mixed(revision_of(theme, run), column.gap_cells), column.layer * 64 + side);
  for (const DiagramUnit& unit : column.units) image.revision = mixed(image.revision, unit.shown);
  image.width = static_cast<int>(side);
  image.height = static_cast<int>(count * side + (count - 1) * column.gap_cells);
  image.paint = [&theme, &run, &column, side](std::span<Color> pixels) {
    paint_column(theme, run.network, column, side, pixels);
  };
  const Rect first = column.units.front().tile;
  canvas.image({first.x, first.y, first.width, column.units.back().tile.bottom() - first.y}, image);
}

void draw_curve(Canvas& canvas, const Theme& theme, Rect rect, const UnitView& unit, const Scale& scale) {
  const double pad = std::max(1.5, rect.width * 0.08);
  const Rect plot = rect.inset(pad, pad);
  const auto y_of = [&](double value) { return plot.bottom() - scale.share(value) * plot.height; };
  canvas.line({plot.x, y_of(0)}, {plot.right(), y_of(0)}, {theme.hairline, 1, {}});
  const Stroke stroke{unit.dead ? theme.hairline : theme.ink, kCurveWidth, {}};
  const std::size_t every = rect.width < 32 ? 3 : 1;
  std::vector<Point> points;
  for (std::size_t i = 0; i < unit.map.size(); i += every) {
    const double value = static_cast<double>(unit.map[i]);
    const double share = static_cast<double>(i) / static_cast<double>(unit.map.size() - 1);
    if (std::isfinite(value)) {
      points.push_back({plot.x + share * plot.width, y_of(value)});
    } else {
      canvas.polyline(points, stroke);
      points.clear();
    }
  }
  canvas.polyline(points, stroke);
}

// Mean and one standard deviation to either side, upwards from the layer's smallest to its largest.
void draw_spread(Canvas& canvas, const Theme& theme, Rect rect, const UnitView& unit, const Scale& scale) {
  const Rect plot = rect.inset(rect.width * 0.15, rect.height * 0.12);
  const auto y_of = [&](double value) { return plot.bottom() - scale.share(value) * plot.height; };
  canvas.line({plot.x, y_of(0)}, {plot.right(), y_of(0)}, {theme.hairline, 1, {}});
  const Color color = class_color(theme, unit.mean < 0 ? 0 : 1);
  const double top = y_of(unit.mean + unit.std);
  const double bottom = y_of(unit.mean - unit.std);
  canvas.fill_rect({plot.center().x - plot.width / 4, top, plot.width / 2, bottom - top},
                   color.with_alpha(0.4));
  canvas.line({plot.x, y_of(unit.mean)}, {plot.right(), y_of(unit.mean)}, {color, 1.5, {}});
}

void draw_marks(Canvas& canvas, const Theme& theme, Rect tile, const UnitView& unit, bool is_output) {
  if (unit.saturated > kLeastSaturated && !is_output) {  // an output is meant to be sure
    const double width = std::clamp(tile.width * 0.14, 2.0, 5.0);
    const double height = tile.height * unit.saturated;
    canvas.fill_rect({tile.right() - width, tile.bottom() - height, width, height}, theme.ink);
  }
  if (unit.dead) draw_cross(canvas, tile.center(), tile.width * 0.3, {theme.secondary, 1.5, {}});
  const bool sound = unit.non_finite == 0;
  canvas.stroke_rect(tile.inset(0.5, 0.5),
                     {sound ? theme.secondary.with_alpha(0.55) : theme.warning, sound ? 1.0 : 2.0, {}});
}

}  // namespace

void draw_unit_tiles(Canvas& canvas, const Theme& theme, const LaneDiagram& diagram, const RunSnapshot& run) {
  const NetworkView& view = run.network;
  const std::size_t features = view.layers.front().inputs;
  for (std::size_t c = 0; c < diagram.columns.size(); ++c) {
    const DiagramColumn& column = diagram.columns[c];
    if (column.units.empty()) continue;
    if (features == 2) {
      draw_maps(canvas, theme, diagram, c, run);
    } else {
      for (const DiagramUnit& unit : column.units) canvas.fill_rect(unit.tile, theme.paper);
    }
    if (column.layer == 0) {
      for (const DiagramUnit& unit : column.units) {
        canvas.stroke_rect(unit.tile.inset(0.5, 0.5), {theme.secondary.with_alpha(0.55), 1, {}});
        if (features == 1) {
          const Rect plot = unit.tile.inset(2, 2);
          canvas.line({plot.x, plot.bottom()}, {plot.right(), plot.y}, {theme.ink, kCurveWidth, {}});
        }
      }
      continue;
    }
    const LayerView& layer = view.layers[column.layer - 1];
    const Scale scale = features == 2 ? Scale{} : scale_of(layer);
    for (const DiagramUnit& unit : column.units) {
      const UnitView& shown = layer.shown[unit.shown];
      if (features == 1) draw_curve(canvas, theme, unit.tile, shown, scale);
      if (features > 2) draw_spread(canvas, theme, unit.tile, shown, scale);
      draw_marks(canvas, theme, unit.tile, shown, column.layer == view.layers.size());
    }
  }
}

void draw_unit_portrait(Canvas& canvas, const Theme& theme, Rect rect, std::size_t lane,
                        const RunSnapshot& run, std::size_t layer, std::size_t shown) {
  const NetworkView& view = run.network;
  if (view.layers.front().inputs > 2) return;
  if (view.layers.front().inputs == 2) {
    ImageSource image;
    image.id = kImageIds + lane * kIdsOfLane + kPortrait;
    image.revision = mixed(mixed(revision_of(theme, run), layer + 1000), shown);
    image.width = image.height = static_cast<int>(view.map_side);
    image.paint = [&theme, &view, layer, shown](std::span<Color> pixels) {
      paint_map(theme, view, layer, shown, view.map_side, pixels);
    };
    canvas.image(rect, image);
  } else {
    canvas.fill_rect(rect, theme.paper);
    if (layer > 0) {
      const LayerView& whole = view.layers[layer - 1];
      draw_curve(canvas, theme, rect, whole.shown[shown], scale_of(whole));
    }
  }
  canvas.stroke_rect(rect.inset(0.5, 0.5), {theme.hairline, 1, {}});
}

}  // namespace initlab
