#include "app/figures/depth_map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "app/canvas/recording_canvas.h"
#include "tests/app/figures/sample_snapshots.h"

namespace initlab {
namespace {

constexpr Rect kRect{0, 0, 1200, 400};
const Theme& light() {
  return theme(ThemeId::kLight);
}

// What hovering finds in every layer of every lane, by lane and layer.
std::map<std::pair<std::size_t, std::size_t>, std::int64_t> values_found(
    const Snapshot& snapshot, const HistogramGridOptions& options) {
  std::map<std::pair<std::size_t, std::size_t>, std::int64_t> found;
  std::set<std::string> seen;
  for (double x = 0; x < kRect.width; x += 40) {
    for (double y = 0; y < kRect.height; y += 2) {
      const auto hit = depth_map_at(kRect, snapshot, options, {x, y});
      if (!hit || !seen.insert(std::to_string(hit->lane) + " " + hit->text).second) continue;
      found[{hit->lane, hit->layer}] += hit->count;
    }
  }
  return found;
}

TEST(DepthMap, every_value_of_every_layer_stands_somewhere) {
  for (const char* name : {"normal", "not_finite", "constant"}) {
    for (const bool per_layer : {false, true}) {
      const auto snapshot = sample_snapshot(name);
      HistogramGridOptions options;
      options.tensor = HistogramTensor::kPreActivations;
      options.axis_per_layer = per_layer;
      const auto found = values_found(*snapshot, options);
      for (std::size_t lane = 0; lane < snapshot->runs.size(); ++lane) {
        for (std::size_t layer = 1; layer <= 3; ++layer) {
          const auto at = found.find({lane, layer});
          ASSERT_NE(at, found.end()) << name << " lane " << lane << " layer " << layer;
          EXPECT_EQ(at->second, snapshot->runs[lane].layers[layer - 1].z.histogram.total())
              << name << " lane " << lane << " layer " << layer;
        }
      }
    }
  }
}

TEST(DepthMap, what_is_out_of_range_or_not_finite_has_a_labelled_strip) {
  HistogramGridOptions options;
  options.tensor = HistogramTensor::kPreActivations;
  RecordingCanvas canvas;
  draw_depth_map(canvas, light(), kRect, *sample_snapshot("not_finite"), options);
  EXPECT_NE(canvas.find_text("nan, inf"), nullptr);
  EXPECT_NE(canvas.find_text("> 1"), nullptr);
  EXPECT_NE(canvas.find_text("< \u22121"), nullptr);
  RecordingCanvas inside;
  draw_depth_map(inside, light(), kRect, *sample_snapshot("one_lane"), options);
  EXPECT_EQ(inside.find_text("nan, inf"), nullptr);
  EXPECT_EQ(inside.find_text("> "), nullptr);
}

TEST(DepthMap, layers_of_zeros_are_named) {
  HistogramGridOptions options;
  RecordingCanvas canvas;
  draw_depth_map(canvas, light(), kRect, *sample_snapshot("constant"), options);
  EXPECT_NE(canvas.find_text("all 0: layer 1 to 2"), nullptr);
}

// Draws nothing and keeps the revisions of the pictures that it was given.
class RevisionWatcher final : public Canvas {
 public:
  std::vector<std::uint64_t> revisions;

  void push_clip(Rect) override {}
  void pop_clip() override {}
  void polyline(std::span<const Point>, const Stroke&, bool) override {}
  void fill_rect(Rect, Color, double) override {}
  void stroke_rect(Rect, const Stroke&, double) override {}
  void fill_circle(Point, double, Color) override {}
  void stroke_circle(Point, double, const Stroke&) override {}
  void fill_polygon(std::span<const Point>, Color) override {}
  void image(Rect, const ImageSource& source) override { revisions.push_back(source.revision); }
  void text(Point, std::string_view, const TextStyle&) override {}
};

TEST(DepthMap, a_map_is_painted_anew_only_when_its_own_cells_change) {
  const auto revisions = [](const Snapshot& snapshot) {
    RevisionWatcher watcher;
    draw_depth_map(watcher, light(), kRect, snapshot);
    return watcher.revisions;
  };
  auto snapshot = sample_snapshot("two_lanes");
  const auto before = revisions(*snapshot);
  ASSERT_EQ(before.size(), 2u);
  EXPECT_EQ(revisions(*snapshot), before);
  std::vector<std::int64_t>& counts = snapshot->runs[1].layers[1].a.histogram.counts;
  counts[3] += 1;
  const auto after = revisions(*snapshot);
  EXPECT_EQ(after[0], before[0]);
  EXPECT_NE(after[1], before[1]);
}

}  // namespace
}  // namespace initlab
