#include "app/figures/histogram_grid.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/canvas/recording_canvas.h"
#include "app/figures/histogram_layout.h"
#include "tests/app/figures/sample_snapshots.h"

namespace initlab {
namespace {

constexpr Rect kRect{0, 0, 900, 360};
const Theme& light() {
  return theme(ThemeId::kLight);
}

TEST(HistogramGrid, the_tensor_table_stands_in_the_order_of_its_enum) {
  ASSERT_EQ(histogram_tensors().size(), static_cast<std::size_t>(HistogramTensor::kCount));
  for (std::size_t i = 0; i < histogram_tensors().size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(histogram_tensors()[i].tensor), i);
  }
}

// The height of a bar says its count: read back, all bars and end bins of a cell add up to the tensor's size.
TEST(HistogramGrid, the_drawn_bars_add_up_to_every_value_of_the_tensor) {
  for (const SampleSnapshot& sample : sample_snapshots()) {
    for (const bool log_counts : {true, false}) {
      for (const HistogramTensorRow& row : histogram_tensors()) {
        HistogramGridOptions options;
        options.tensor = row.tensor;
        options.log_counts = log_counts;
        const Rect tall{0, 0, 3000, 40000};
        const HistogramLayout layout = layout_histograms(tall, *sample.snapshot, options);
        RecordingCanvas canvas;
        draw_histogram_grid(canvas, light(), tall, *sample.snapshot, options);
        for (const HistogramCell& cell : layout.cells) {
          double total = 0;
          for (const DrawnItem& item : canvas.items()) {
            if (item.kind != DrawnKind::kFilledRect || !cell.whole.contains(item.bounds.center())) continue;
            const double share = item.bounds.height / cell.bars.height;
            const double full = static_cast<double>(cell.full_count);
            total += log_counts ? std::expm1(share * std::log1p(full)) : share * full;
          }
          const double expected = static_cast<double>(cell.probe->histogram.total());
          EXPECT_NEAR(total, expected, 0.02 * expected) << sample << " " << row.id << " layer " << cell.layer;
        }
      }
    }
  }
}

TEST(HistogramGrid, a_layer_that_lies_off_the_axis_says_where_it_is) {
  auto snapshot = sample_snapshot("one_lane");
  TensorProbe& probe = snapshot->runs[0].layers[2].a;
  probe.summary = {.mean = 1500, .std = 100, .min = 1200, .max = 1900, .count = 300, .non_finite = 0};
  std::fill(probe.histogram.counts.begin(), probe.histogram.counts.end(), 0);
  probe.histogram.zero = 0;
  probe.histogram.overflow = 300;
  RecordingCanvas canvas;
  draw_histogram_grid(canvas, light(), kRect, *snapshot);
  EXPECT_NE(canvas.find_text("1,200 to 1,900"), nullptr);
  EXPECT_NE(canvas.find_text("> 2"), nullptr);
  probe.summary.max = probe.summary.min;
  probe.summary.std = 0;
  RecordingCanvas constant;
  draw_histogram_grid(constant, light(), kRect, *snapshot);
  EXPECT_NE(constant.find_text("all 1,200, off the axis"), nullptr);
}

TEST(HistogramGrid, all_lanes_and_layers_share_one_axis_unless_asked_otherwise) {
  auto snapshot = sample_snapshot("normal");
  snapshot->runs[0].layers[1].a.histogram.high = 9;
  for (const bool per_layer : {false, true}) {
    HistogramGridOptions options;
    options.axis_per_layer = per_layer;
    const HistogramLayout layout = layout_histograms(kRect, *snapshot, options);
    ASSERT_EQ(layout.cells.size(), 9u);
    for (const HistogramCell& cell : layout.cells) {
      EXPECT_EQ(cell.axis.high, !per_layer || cell.layer == 2 ? 9 : 2);
      EXPECT_NEAR(cell.bars.width, layout.cells[(cell.layer - 1) * 3].bars.width, 1e-9);
    }
  }
}

TEST(HistogramGrid, what_lies_outside_and_what_is_not_finite_stands_in_labelled_end_bins) {
  HistogramGridOptions options;
  options.tensor = HistogramTensor::kPreActivations;
  RecordingCanvas canvas;
  draw_histogram_grid(canvas, light(), kRect, *sample_snapshot("not_finite"), options);
  EXPECT_NE(canvas.find_text("> 1"), nullptr);
  EXPECT_NE(canvas.find_text("< \u22121"), nullptr);
  EXPECT_NE(canvas.find_text("nan, inf"), nullptr);
  EXPECT_NE(canvas.find_text("38 %"), nullptr) << "3 of 8 values are not finite";
  EXPECT_NE(canvas.find_text("25 % zero"), nullptr);
}

TEST(HistogramGrid, a_constant_tensor_is_a_labelled_spike) {
  RecordingCanvas canvas;
  draw_histogram_grid(canvas, light(), kRect, *sample_snapshot("constant"));
  const std::vector<std::string> texts = canvas.texts();
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "all 0"), 6);
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "all 0.5"), 3);
  EXPECT_EQ(canvas.count(DrawnKind::kFilledRect), 9u);
}

TEST(HistogramGrid, layers_are_named_and_the_last_is_the_output) {
  RecordingCanvas canvas;
  draw_histogram_grid(canvas, light(), kRect, *sample_snapshot("normal"));
  EXPECT_NE(canvas.find_text("Layer 1"), nullptr);
  EXPECT_NE(canvas.find_text("Layer 3 (output)"), nullptr);
}

TEST(HistogramGrid, columns_stand_where_the_caller_has_its_lanes) {
  const std::vector<ColumnSpan> columns = {{10, 200}, {300, 250}, {600, 150}};
  HistogramGridOptions options;
  options.columns = columns;
  const HistogramLayout layout = layout_histograms(kRect, *sample_snapshot("normal"), options);
  for (const HistogramCell& cell : layout.cells) {
    EXPECT_EQ(cell.whole.x, columns[cell.lane].x);
    EXPECT_EQ(cell.whole.width, columns[cell.lane].width);
  }
}

TEST(HistogramGrid, of_many_layers_the_first_the_last_and_some_between_are_shown_and_the_rest_named) {
  EXPECT_EQ(shown_layers(3, 400), (std::vector<std::size_t>{1, 2, 3}));
  for (double height = 40; height < 1500; height += 7) {
    const std::vector<std::size_t> layers = shown_layers(21, height);
    ASSERT_FALSE(layers.empty());
    EXPECT_EQ(layers.front(), 1u);
    EXPECT_EQ(layers.back(), layers.size() > 1 ? 21u : 1u);
    EXPECT_TRUE(std::is_sorted(layers.begin(), layers.end()));
    EXPECT_EQ(std::adjacent_find(layers.begin(), layers.end()), layers.end());
  }
  RecordingCanvas canvas;
  draw_histogram_grid(canvas, light(), kRect, *sample_snapshot("deep"));
  ASSERT_NE(canvas.find_text("not shown: layers 2 to "), nullptr);
  EXPECT_NE(canvas.find_text("Layer 21 (output)"), nullptr);
}

TEST(HistogramGrid, hovering_reads_bin_and_count) {
  const auto snapshot = sample_snapshot("normal");
  const HistogramLayout layout = layout_histograms(kRect, *snapshot, {});
  const HistogramCell& cell = layout.cells[5];  // layer 2 of lane 3
  const Histogram& histogram = cell.probe->histogram;
  for (std::size_t bin = 0; bin < histogram.counts.size(); bin += 7) {
    const double value =
        histogram.low + (static_cast<double>(bin) + 0.5) * (histogram.high - histogram.low) / 40;
    const Point pixel{cell.axis.to_pixel(value), cell.bars.center().y};
    const auto hit = histogram_at(kRect, *snapshot, {}, pixel);
    ASSERT_TRUE(hit);
    EXPECT_EQ(hit->lane, 2u);
    EXPECT_EQ(hit->layer, 2u);
    EXPECT_EQ(hit->count, histogram.counts[bin]);
    EXPECT_NE(hit->text.find("of 300"), std::string::npos) << hit->text;
  }
  EXPECT_FALSE(histogram_at(kRect, *snapshot, {}, {-5, -5}));
  HistogramGridOptions options;
  options.hover = Point{cell.axis.to_pixel(0.1), cell.bars.center().y};
  RecordingCanvas canvas;
  draw_histogram_grid(canvas, light(), kRect, *snapshot, options);
  EXPECT_NE(canvas.find_text("of 300"), nullptr);
  EXPECT_TRUE(canvas.texts_outside(kRect).empty());
}

TEST(HistogramGrid, tensors_that_were_not_measured_say_so) {
  RecordingCanvas canvas;
  draw_histogram_grid(canvas, light(), kRect, *sample_snapshot("not_measured"));
  EXPECT_NE(canvas.find_text("not measured"), nullptr);
}

}  // namespace
}  // namespace initlab
