// The network diagram of every experiment that comes with the program, and of networks that have no room.
#include "app/figures/network_diagram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "app/canvas/recording_canvas.h"
#include "app/figures/figure_table.h"
#include "app/figures/network_layout.h"
#include "core/experiment/comparison.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;

const fs::path kExperiments = fs::path(INITLAB_GOLDEN_DIR) / ".." / ".." / "assets" / "experiments";

Result<Experiment> read_asset(std::string_view name) {
  return experiment_from_file(kExperiments / (std::string(name) + ".json"));
}

std::unique_ptr<Comparison> comparison_of(Experiment experiment) {
  ComparisonOptions options;
  options.find = [](std::string_view name, const fs::path&) { return read_asset(name); };
  auto made = Comparison::make(std::move(experiment), options);
  EXPECT_TRUE(std::holds_alternative<std::unique_ptr<Comparison>>(made));
  return std::get<std::unique_ptr<Comparison>>(std::move(made));
}

std::shared_ptr<const Snapshot> snapshot_of(Experiment experiment, std::int64_t steps) {
  experiment.lanes.resize(std::min<std::size_t>(experiment.lanes.size(), 6));
  for (Lane& lane : experiment.lanes) lane.replicas = 1;
  const auto comparison = comparison_of(std::move(experiment));
  comparison->advance(steps);
  return comparison->snapshot({.field = {8, 8}, .histograms = false, .spectra = false, .network = true});
}

std::shared_ptr<const Snapshot> snapshot_of(std::string_view asset, std::int64_t steps = 0) {
  auto read = read_asset(asset);
  EXPECT_TRUE(std::holds_alternative<Experiment>(read)) << asset;
  return snapshot_of(std::get<Experiment>(std::move(read)), steps);
}

Experiment course_with(std::vector<std::int64_t> hidden) {
  auto experiment = std::get<Experiment>(read_asset("course-initialization"));
  experiment.network.hidden.assign(hidden.begin(), hidden.end());
  experiment.expect.clear();
  return experiment;
}

bool reaches_out(const Rect& inner, const Rect& outer) {
  constexpr double kSlack = 1;
  return inner.x < outer.x - kSlack || inner.y < outer.y - kSlack || inner.right() > outer.right() + kSlack ||
         inner.bottom() > outer.bottom() + kSlack;
}

// The first line that both write on, and what lies outside `rect`.
void expect_sound(const RecordingCanvas& canvas, Rect rect) {
  for (const DrawnItem& item : canvas.items()) {
    EXPECT_TRUE(std::isfinite(item.bounds.x) && std::isfinite(item.bounds.y) &&
                std::isfinite(item.bounds.width) && std::isfinite(item.bounds.height));
    EXPECT_FALSE(reaches_out(item.bounds, rect)) << static_cast<int>(item.kind) << " " << item.text;
    if (reaches_out(item.bounds, rect)) return;
  }
  for (const auto& [a, b] : canvas.overlapping_texts(1.0)) ADD_FAILURE() << a << " over " << b;
  EXPECT_EQ(canvas.open_clip_count(), 0u);
}

struct Size {
  double width, height;
};
constexpr Size kSizes[] = {{1180, 400}, {1000, 150}, {560, 110}, {1800, 900}};

TEST(network_diagram, of_every_experiment_nothing_is_cut_and_no_words_overlap) {
  for (const fs::directory_entry& entry : fs::directory_iterator(kExperiments)) {
    const std::string name = entry.path().stem().string();
    for (const std::int64_t steps : {0, 20}) {
      const auto snapshot = snapshot_of(name, steps);
      for (const Size& size : kSizes) {
        SCOPED_TRACE(name + " at step " + std::to_string(steps) + ", " + std::to_string(int(size.width)) +
                     " x " + std::to_string(int(size.height)));
        const Rect rect{10, 20, size.width, size.height};
        RecordingCanvas canvas;
        draw_network_diagram(canvas, theme(ThemeId::kLight), rect, *snapshot);
        EXPECT_NE(canvas.find_text("out"), nullptr);
        expect_sound(canvas, rect);
      }
    }
  }
}

TEST(network_diagram, the_figure_holds_it_with_its_legend_on_pages_of_any_shape) {
  for (const char* name : {"course-initialization", "transfer", "born-dead", "orthogonal-deep"}) {
    const auto snapshot = snapshot_of(name);
    const FigureRow& row = *find_figure("network");
    for (const Size& size : {Size{row.width, row.height}, Size{640, 480}, Size{800, 1100}}) {
      SCOPED_TRACE(name);
      const Rect rect{0, 0, size.width, size.height};
      RecordingCanvas canvas;
      row.draw(canvas, theme(ThemeId::kDark), rect, *snapshot, {});
      expect_sound(canvas, rect);
      EXPECT_NE(canvas.find_text("positive weight"), nullptr);
    }
  }
}

TEST(network_diagram, copies_stand_on_one_ground_with_their_number) {
  const auto snapshot = snapshot_of("course-initialization");
  const std::vector<LaneDiagram> diagrams = layout_networks({0, 0, 1180, 400}, *snapshot, {});
  ASSERT_EQ(diagrams.size(), 3u);
  const DiagramColumn& layer = diagrams[0].columns[1];
  ASSERT_EQ(layer.grounds.size(), 1u);
  EXPECT_TRUE(layer.grounds[0].exact);
  for (const DiagramUnit& unit : layer.units) EXPECT_FALSE(reaches_out(unit.tile, layer.grounds[0].rect));
  for (const DiagramColumn& column : diagrams[2].columns) EXPECT_TRUE(column.grounds.empty());
  RecordingCanvas canvas;
  draw_network_diagram(canvas, theme(ThemeId::kLight), {0, 0, 1180, 400}, *snapshot);
  EXPECT_NE(canvas.find_text("10 copies"), nullptr);
  RecordingCanvas clones;
  draw_network_diagram(clones, theme(ThemeId::kLight), {0, 0, 1180, 400}, *snapshot_of("clone-army"));
  EXPECT_NE(clones.find_text("2 copies of one unit"), nullptr);
}

TEST(network_diagram, near_copies_are_told_apart_from_copies) {
  const auto snapshot = snapshot_of("near-clones");
  const std::vector<LaneDiagram> diagrams = layout_networks({0, 0, 1180, 400}, *snapshot, {});
  ASSERT_EQ(diagrams[1].columns[2].grounds.size(), 1u);
  EXPECT_FALSE(diagrams[1].columns[2].grounds[0].exact);
}

TEST(network_diagram, a_link_s_colour_is_its_sign_its_width_its_size_and_zero_is_dotted) {
  const auto snapshot = snapshot_of("course-initialization");
  const Theme& light = theme(ThemeId::kLight);
  const auto drawn = [&](std::size_t lane) {
    const std::size_t lanes[] = {lane};
    RecordingCanvas canvas;
    draw_network_diagram(canvas, light, {0, 0, 400, 400}, *snapshot, {.lanes = lanes});
    std::vector<DrawnItem> lines;
    for (const DrawnItem& item : canvas.items()) {
      const bool link = item.kind == DrawnKind::kPolyline && item.points.size() == 2 &&
                        item.points[1].x - item.points[0].x > 20;
      if (link) lines.push_back(item);
    }
    return lines;
  };
  for (const DrawnItem& line : drawn(0)) EXPECT_EQ(line.dash.size(), 2u);
  double widest_large = 0;
  double widest_he = 0;
  for (const DrawnItem& line : drawn(1)) widest_large = std::max(widest_large, line.stroke_width);
  bool positive = false, negative = false;
  const auto is_hue = [](Color a, Color b) { return a.r == b.r && a.g == b.g && a.b == b.b; };
  for (const DrawnItem& line : drawn(2)) {
    EXPECT_TRUE(line.dash.empty());
    widest_he = std::max(widest_he, line.stroke_width);
    positive |= is_hue(line.color, light.classes[1].fill);
    negative |= is_hue(line.color, light.classes[0].fill);
  }
  EXPECT_TRUE(positive && negative);
  EXPECT_GT(widest_large, 1.5 * widest_he);
}

TEST(network_diagram, frozen_layers_are_dashed_and_locked) {
  const auto snapshot = snapshot_of("transfer");
  RecordingCanvas canvas;
  draw_network_legend(canvas, theme(ThemeId::kLight), {0, 0, 1000, 20}, *snapshot);
  EXPECT_NE(canvas.find_text("frozen"), nullptr);
  const std::vector<LaneDiagram> diagrams = layout_networks({0, 0, 1180, 400}, *snapshot, {});
  const auto locked = [](const LaneDiagram& d) {
    return std::ranges::count(d.texts, true, &DiagramText::lock);
  };
  EXPECT_EQ(locked(diagrams[0]), 0);
  EXPECT_EQ(locked(diagrams[1]), 2);
}

TEST(network_diagram, a_pixel_is_the_unit_or_the_link_drawn_there) {
  const auto snapshot = snapshot_of("course-initialization");
  const Rect rect{10, 20, 1180, 400};
  const std::vector<LaneDiagram> diagrams = layout_networks(rect, *snapshot, {});
  const DiagramColumn& column = diagrams[2].columns[2];
  const auto unit = diagram_at(rect, *snapshot, {}, column.units[3].tile.center());
  ASSERT_TRUE(unit.has_value());
  EXPECT_EQ(unit->lane, 2u);
  EXPECT_EQ(unit->layer, 2u);
  EXPECT_EQ(unit->unit, 4u);
  EXPECT_EQ(unit->input, 0u);
  EXPECT_EQ(value_of_hit(*snapshot, *unit), snapshot->runs[2].network.layers[1].shown[3].bias);
  EXPECT_EQ(title_of_hit(*snapshot, *unit), "Layer 2, unit 4");

  std::vector<DiagramLink> links;
  list_links(diagrams[2], snapshot->runs[2].network, DiagramLinks::kWeights, 400, links);
  ASSERT_EQ(links.size(), 75u);
  for (const DiagramLink& link : links) {
    // Near its end links of one unit have parted from those of its neighbours, if not from each other.
    const Point at = {link.begin.x + 0.9 * (link.end.x - link.begin.x),
                      link.begin.y + 0.9 * (link.end.y - link.begin.y)};
    const auto hit = diagram_at(rect, *snapshot, {}, at);
    ASSERT_TRUE(hit.has_value());
    EXPECT_GT(hit->input, 0u);
    EXPECT_EQ(hit->layer, diagrams[2].columns[link.column].layer);
  }
  const DiagramHit link = {2, 1, 3, 2, {}, {}, {}};
  EXPECT_EQ(value_of_hit(*snapshot, link), snapshot->runs[2].network.layers[0].weights(2, 1));
  EXPECT_EQ(title_of_hit(*snapshot, link), "Layer 1, unit 3, from x2");
  EXPECT_FALSE(diagram_at(rect, *snapshot, {}, {rect.x + 2, rect.bottom() - 2}).has_value());
}

TEST(network_diagram, hover_reads_out_what_is_there_inside_the_rectangle) {
  const auto snapshot = snapshot_of("course-initialization", 20);
  const Rect rect{0, 0, 1180, 300};
  for (const LaneDiagram& diagram : layout_networks(rect, *snapshot, {})) {
    for (const DiagramColumn& column : diagram.columns) {
      for (const DiagramUnit& unit : {column.units.front(), column.units.back()}) {
        RecordingCanvas canvas;
        draw_network_diagram(canvas, theme(ThemeId::kLight), rect, *snapshot,
                             {.hover = unit.tile.center(), .editable = true});
        EXPECT_TRUE(canvas.texts_outside(rect).empty());
        const bool is_input = column.layer == 0;
        EXPECT_EQ(canvas.find_text("bias ") != nullptr, !is_input);
        EXPECT_EQ(canvas.find_text("click to edit") != nullptr, !is_input);
      }
    }
  }
}

TEST(network_diagram, huge_networks_are_drawn_in_a_bounded_number_of_pieces) {
  for (const auto& hidden : std::vector<std::vector<std::int64_t>>{
           {4096}, {300, 300, 300}, std::vector<std::int64_t>(100, 8), std::vector<std::int64_t>(40, 64)}) {
    const auto snapshot = snapshot_of(course_with(hidden), 0);
    for (const Size& size : kSizes) {
      const Rect rect{0, 0, size.width, size.height};
      RecordingCanvas canvas;
      draw_network_diagram(canvas, theme(ThemeId::kLight), rect, *snapshot);
      EXPECT_LT(canvas.items().size(), 6000u) << hidden.size() << " layers of " << hidden[0];
      expect_sound(canvas, rect);
    }
  }
}

TEST(network_diagram, what_has_no_room_is_counted) {
  const auto wide = snapshot_of(course_with({4096}), 0);
  RecordingCanvas canvas;
  draw_network_diagram(canvas, theme(ThemeId::kLight), {0, 0, 1180, 400}, *wide);
  EXPECT_NE(canvas.find_text(" more"), nullptr);
  EXPECT_NE(canvas.find_text("4,096 copies"), nullptr);
  const auto deep = snapshot_of("orthogonal-deep");
  const std::vector<LaneDiagram> diagrams = layout_networks({0, 0, 1180, 400}, *deep, {});
  for (const LaneDiagram& diagram : diagrams) {
    std::size_t layers = 0;
    for (const DiagramColumn& column : diagram.columns) layers += column.left_out + (column.layer > 0);
    EXPECT_EQ(layers, 101u);
    EXPECT_EQ(diagram.columns.back().layer, 101u);
  }
}

TEST(network_diagram, numbers_that_are_not_finite_are_drawn_too) {
  auto experiment = std::get<Experiment>(read_asset("to-nan"));
  const auto snapshot = snapshot_of(std::move(experiment), 200);
  const bool diverged =
      std::ranges::any_of(snapshot->runs, [](const RunSnapshot& r) { return r.diverged.has_value(); });
  EXPECT_TRUE(diverged);
  const Rect rect{0, 0, 1180, 400};
  RecordingCanvas canvas;
  draw_network_diagram(canvas, theme(ThemeId::kLight), rect, *snapshot);
  expect_sound(canvas, rect);
}

}  // namespace
}  // namespace initlab
