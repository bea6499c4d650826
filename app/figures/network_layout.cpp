#include "app/figures/network_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

#include "app/figures/network_notes.h"

namespace initlab {
namespace {

constexpr double kHeaderHeight = 20;
constexpr double kLineHeight = 15;  // of a caption
constexpr double kCoarseTile = 15;
constexpr double kLeastGap = 2;
constexpr double kLeastTile = 8;  // of a unit that can be told from its neighbours
constexpr double kMostTile = 64;
constexpr double kCondensedPitch = 17;  // of units where not all have room
constexpr double kDotsHeight = 12;      // below a condensed column
constexpr double kTightPitch = 22;      // between columns, where that lets all of them stand
constexpr double kLeastPitch = 32;      // between columns
constexpr double kMostPitch = 320;
constexpr double kGapShare = 0.22;  // of a tile
constexpr double kGroundMargin = 4;
constexpr double kNameHeight = 15;
constexpr double kNotesGap = 4;          // below the units
constexpr double kCrowd = 0.3;           // share of a column's height that its links may cover at full width
constexpr std::size_t kPlainCells = 24;  // of tiles without a map

std::size_t whole(double count) {
  return count < 1 ? 0 : static_cast<std::size_t>(count);
}

// The layers (0: inputs) that get one of `most` columns: all, or the inputs, the first two, the last two, and
// between them neighbouring pairs, so that there are links to see.
std::vector<std::size_t> shown_columns(std::size_t layers, std::size_t most) {
  std::vector<std::size_t> shown;
  if (layers + 1 <= most) {
    for (std::size_t layer = 0; layer <= layers; ++layer) shown.push_back(layer);
    return shown;
  }
  if (most < 5) {
    shown = {0, layers};
    if (most >= 3) shown.insert(shown.begin() + 1, 1);
    if (most >= 4) shown.insert(shown.begin() + 2, layers - 1);
    return shown;
  }
  shown = {0, 1, 2};
  const std::size_t pairs = (most - 5) / 2;
  for (std::size_t pair = 1; pair <= pairs; ++pair) {
    const std::size_t first = 2 + pair * (layers - 4) / (pairs + 1);
    for (const std::size_t layer : {first, first + 1}) {
      if (layer > shown.back() && layer + 1 < layers) shown.push_back(layer);
    }
  }
  for (const std::size_t layer : {layers - 1, layers}) {
    if (layer > shown.back()) shown.push_back(layer);
  }
  return shown;
}

// How tall a column may be.
struct Room {
  double height;
  std::size_t all;        // units that stand where all do
  std::size_t condensed;  // of more than that, so many

  // Up to 16 units stand as close as can be told apart, more only where each has room to be looked at.
  explicit Room(double body)
      : height(body),
        all(std::max({std::min<std::size_t>(whole(body / (kLeastTile + kLeastGap)), 16),
                      std::min<std::size_t>(whole(body / kCondensedPitch), 32), std::size_t{1}})),
        condensed(std::clamp<std::size_t>(whole((body - kDotsHeight) / kCondensedPitch), 1, 24)) {}
  std::size_t fitting(std::size_t units) const { return units <= all ? units : condensed; }
};

std::size_t unit_count(const NetworkView& view, std::size_t layer) {
  return layer == 0 ? view.layers.front().inputs : view.layers[layer - 1].units;
}

void fill_units(const NetworkView& view, std::size_t fitting, DiagramColumn& column) {
  const auto& inputs = view.layers.front().shown_inputs;
  const std::size_t viewed = column.layer == 0 ? inputs.size() : view.layers[column.layer - 1].shown.size();
  const std::size_t count = std::min(fitting, viewed);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t shown = count <= 1 ? 0 : i * (viewed - 1) / (count - 1);
    const std::size_t unit =
        column.layer == 0 ? inputs[shown] : view.layers[column.layer - 1].shown[shown].unit;
    column.units.push_back({shown, unit, {}});
  }
}

// One ground behind each run of neighbours that are copies, and of near copies one behind all.
void add_grounds(const RunSnapshot& run, DiagramColumn& column) {
  if (column.layer == 0 || column.units.empty()) return;
  const std::vector<UnitView>& shown = run.network.layers[column.layer - 1].shown;
  const auto around = [&](std::size_t first, std::size_t last, bool exact) {
    const Rect top = column.units[first].tile;
    const Rect whole = {top.x, top.y, top.width, column.units[last].tile.bottom() - top.y};
    column.grounds.push_back({whole.inset(-kGroundMargin, -kGroundMargin), exact});
  };
  if (has_near_copies(run, column.layer)) around(0, column.units.size() - 1, false);
  for (std::size_t i = 0; i < column.units.size();) {
    const std::size_t group = shown[column.units[i].shown].group;
    std::size_t end = i + 1;
    while (group > 0 && end < column.units.size() && shown[column.units[end].shown].group == group) ++end;
    // Of a condensed layer one shown unit may stand for many.
    const bool condensed = column.units.size() < column.unit_count;
    if (group > 0 && (end - i > 1 || condensed)) around(i, end - 1, true);
    i = end;
  }
}

void place_units(const RunSnapshot& run, Rect body, double center, const LaneDiagram& diagram,
                 DiagramColumn& column) {
  const double cell = diagram.tile / static_cast<double>(diagram.cells);
  const double gap = static_cast<double>(column.gap_cells) * cell;
  const auto count = static_cast<double>(column.units.size());
  const bool condensed = column.units.size() < column.unit_count;
  const double height = count * diagram.tile + (count - 1) * gap + (condensed ? kDotsHeight : 0);
  double y = body.center().y - height / 2;
  for (DiagramUnit& unit : column.units) {
    unit.tile = {center - diagram.tile / 2, y, diagram.tile, diagram.tile};
    y += diagram.tile + gap;
  }
  add_grounds(run, column);
}

void choose_tile(double height, double pitch, LaneDiagram& diagram) {
  std::size_t tallest = 1;
  bool condensed = false;
  for (const DiagramColumn& column : diagram.columns) {
    tallest = std::max(tallest, column.units.size());
    condensed = condensed || column.units.size() < column.unit_count;
  }
  // The ground's margin stands above and below.
  const double room = height - 2 * kGroundMargin - (condensed ? kDotsHeight : 0);
  const auto count = static_cast<double>(tallest);
  const double share = tallest > 12 || room / count < 14 ? kGapShare * 0.75 : kGapShare;
  double tile = room / (count + share * (count - 1));
  if (share * tile < kLeastGap) tile = (room - kLeastGap * (count - 1)) / count;
  diagram.tile = std::clamp(tile, 4.0, std::max(std::min(kMostTile, 0.45 * pitch), 4.0));
  // A small tile shows no more than half of a map's columns.
  if (diagram.tile <= kCoarseTile && diagram.cells % 2 == 0) diagram.cells /= 2;
  const double cell = diagram.tile / static_cast<double>(diagram.cells);
  for (DiagramColumn& column : diagram.columns) {
    double gap = std::clamp(share * diagram.tile, kLeastGap, 10.0);
    // A few inputs stand far enough apart for their names.
    if (column.layer == 0 && column.unit_count <= kNamedInputs)
      gap = std::max(gap, kNameHeight - diagram.tile);
    column.gap_cells = std::max<std::size_t>(whole(gap / cell), 1);
  }
}

// A lane's diagram on its way: columns with their units, and words without a place yet.
struct Sketch {
  LaneDiagram diagram;
  double pitch = 0;
  double left = 0;          // of the inputs' slot
  double notes_height = 0;  // of the captions at its foot

  double center(std::size_t i) const {
    return i == 0 ? left + kInputSlot * pitch / 2
                  : left + (kInputSlot + static_cast<double>(i) - 0.5) * pitch;
  }
};

Sketch sketch_lane(Rect rect, const RunSnapshot& run, std::size_t lane) {
  Sketch sketch;
  LaneDiagram& diagram = sketch.diagram;
  diagram.lane = lane;
  diagram.rect = rect;
  const NetworkView& view = run.network;
  if (view.empty() || rect.width < 1.8 * kLeastPitch || rect.height < kHeaderHeight + 3 * kLeastTile) {
    return sketch;
  }
  const auto columns_at = [&](double pitch) { return whole(rect.width / pitch + 1 - kInputSlot); };
  const bool all_fit = columns_at(kTightPitch) > view.layers.size();
  const std::vector<std::size_t> shown =
      shown_columns(view.layers.size(),
                    all_fit ? view.layers.size() + 1 : std::max<std::size_t>(columns_at(kLeastPitch), 2));
  diagram.cells = view.layers.front().inputs == 2 ? view.map_side : kPlainCells;
  const double slots = static_cast<double>(shown.size()) - 1 + kInputSlot;
  sketch.pitch = std::min(rect.width / slots, kMostPitch);
  sketch.left = rect.x + (rect.width - sketch.pitch * slots) / 2;

  // As tall as if every line were wanted, to know what there is to say.
  const auto lines = std::clamp<std::size_t>(whole((rect.height - kHeaderHeight) / 4 / kLineHeight), 1, 4);
  const Room room(rect.height - kHeaderHeight - static_cast<double>(lines) * kLineHeight);
  for (const std::size_t layer : shown) {
    DiagramColumn column;
    column.layer = layer;
    column.unit_count = unit_count(view, layer);
    column.joined = !diagram.columns.empty() && diagram.columns.back().layer + 1 == layer;
    if (layer > 0) column.left_out = layer - diagram.columns.back().layer - 1;
    fill_units(view, room.fitting(column.unit_count), column);
    diagram.columns.push_back(std::move(column));
  }
  sketch.notes_height =
      place_notes(run, sketch.pitch, sketch.left + kInputSlot * sketch.pitch, lines, kLineHeight, diagram);
  return sketch;
}

// `notes_height` is that of the lane with most to say, so that the columns of all lanes stand level.
LaneDiagram finish_lane(Sketch sketch, const RunSnapshot& run, double notes_height) {
  LaneDiagram diagram = std::move(sketch.diagram);
  if (diagram.columns.empty()) return diagram;
  const Rect rect = diagram.rect;
  const Rect body = {rect.x, rect.y + kHeaderHeight, rect.width, rect.height - kHeaderHeight - notes_height};
  choose_tile(body.height, sketch.pitch, diagram);
  double top = body.bottom();
  double bottom = body.y;
  for (std::size_t i = 0; i < diagram.columns.size(); ++i) {
    DiagramColumn& column = diagram.columns[i];
    const double center = sketch.center(i);
    place_units(run, body, center, diagram, column);
    const bool condensed = column.units.size() < column.unit_count;
    top = std::min(top, column.units.front().tile.y - kGroundMargin);
    bottom =
        std::max(bottom, column.units.back().tile.bottom() + kGroundMargin + (condensed ? kDotsHeight : 0));
    if (column.left_out == 0) continue;
    column.left_out_at = {(sketch.center(i - 1) + center) / 2, body.center().y};
    column.left_out_width = center - sketch.center(i - 1) - diagram.tile - 2 * kGroundMargin;
  }
  // Words stand at the units, wherever those ended.
  const double unused = rect.bottom() - sketch.notes_height - bottom - kNotesGap;
  for (DiagramText& text : diagram.texts) text.at.y -= std::max(unused, 0.0);
  std::vector<double> centers;
  for (std::size_t i = 0; i < diagram.columns.size(); ++i) centers.push_back(sketch.center(i));
  place_headers(run, centers, sketch.pitch, std::max(rect.y, top - kHeaderHeight) + kHeaderHeight / 2 - 2,
                diagram);
  return diagram;
}

// What the width of a link shows. A gradient is held against the largest of its layer: its size says nothing
// by itself.
double strength_of(const LayerView& layer, DiagramLinks shows, double value) {
  if (!std::isfinite(value)) return std::numeric_limits<double>::infinity();
  if (shows == DiagramLinks::kGradients)
    return layer.largest_gradient > 0 ? 4 * std::abs(value) / layer.largest_gradient : 0;
  return std::abs(value) * std::sqrt(static_cast<double>(layer.inputs));
}

// Where many links meet all are drawn thinner, by their number alone, so that lanes stay comparable.
void thin_out(std::span<DiagramLink> links, const std::vector<DiagramUnit>& before,
              const std::vector<DiagramUnit>& after) {
  constexpr double kUsualWidth = 1.5;
  double height = 1;
  for (const auto* units : {&before, &after})
    height = std::max(height, units->back().tile.bottom() - units->front().tile.y);
  const double crowd = static_cast<double>(links.size()) * kUsualWidth / height;
  for (DiagramLink& link : links) link.thinness = std::clamp(kCrowd / crowd, 0.4, 1.0);
}

}  // namespace

std::vector<std::size_t> shown_lanes(const Snapshot& snapshot, const NetworkDiagramOptions& options) {
  std::vector<std::size_t> lanes(options.lanes.begin(), options.lanes.end());
  std::erase_if(lanes, [&](std::size_t lane) { return lane >= snapshot.runs.size(); });
  if (!lanes.empty()) return lanes;
  lanes.resize(snapshot.runs.size());
  std::iota(lanes.begin(), lanes.end(), std::size_t{0});
  return lanes;
}

std::vector<LaneDiagram> layout_networks(Rect rect, const Snapshot& snapshot,
                                         const NetworkDiagramOptions& options) {
  constexpr double kGap = 24;
  const std::vector<std::size_t> lanes = shown_lanes(snapshot, options);
  std::vector<Sketch> sketches;
  double notes_height = 0;
  const auto count = static_cast<double>(lanes.size());
  const double width = (rect.width + kGap) / count - kGap;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    ColumnSpan span = {rect.x + static_cast<double>(i) * (width + kGap), width};
    if (options.columns.size() == lanes.size()) span = options.columns[i];
    sketches.push_back(
        sketch_lane({span.x, rect.y, span.width, rect.height}, snapshot.runs[lanes[i]], lanes[i]));
    notes_height = std::max(notes_height, sketches.back().notes_height);
  }
  std::vector<LaneDiagram> diagrams;
  for (std::size_t i = 0; i < lanes.size(); ++i)
    diagrams.push_back(finish_lane(std::move(sketches[i]), snapshot.runs[lanes[i]], notes_height));
  return diagrams;
}

void list_links(const LaneDiagram& diagram, const NetworkView& view, DiagramLinks shows, std::size_t most,
                std::vector<DiagramLink>& links) {
  links.clear();
  std::size_t pairs = 0;
  for (const DiagramColumn& column : diagram.columns) pairs += column.joined;
  if (pairs == 0) return;
  const auto stronger = [](const DiagramLink& a, const DiagramLink& b) { return a.strength > b.strength; };
  const std::size_t most_of_pair = std::max<std::size_t>(most / pairs, 12);
  for (std::size_t c = 1; c < diagram.columns.size(); ++c) {
    const DiagramColumn& column = diagram.columns[c];
    if (!column.joined) continue;
    const LayerView& layer = view.layers[column.layer - 1];
    const Matrix& values = shows == DiagramLinks::kWeights ? layer.weights : layer.d_weights;
    const std::vector<DiagramUnit>& before = diagram.columns[c - 1].units;
    const auto first = static_cast<std::ptrdiff_t>(links.size());
    for (std::size_t from = 0; from < before.size(); ++from) {
      for (std::size_t to = 0; to < column.units.size(); ++to) {
        const Rect& a = before[from].tile;
        const Rect& b = column.units[to].tile;
        const double value = values(column.units[to].shown, before[from].shown);
        links.push_back({c,
                         from,
                         to,
                         {a.right(), a.center().y},
                         {b.x, b.center().y},
                         value,
                         strength_of(layer, shows, value),
                         1});
      }
    }
    if (links.size() - static_cast<std::size_t>(first) > most_of_pair) {
      const auto end = links.begin() + first + static_cast<std::ptrdiff_t>(most_of_pair);
      std::nth_element(links.begin() + first, end, links.end(), stronger);
      links.erase(end, links.end());
    }
    thin_out(std::span(links).subspan(static_cast<std::size_t>(first)), before, column.units);
    std::sort(links.begin() + first, links.end(),
              [&](const DiagramLink& a, const DiagramLink& b) { return stronger(b, a); });
  }
}

}  // namespace initlab
