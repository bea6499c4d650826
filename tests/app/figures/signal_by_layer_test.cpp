#include "app/figures/signal_by_layer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/canvas/recording_canvas.h"
#include "app/figures/layer_ticks.h"
#include "tests/app/figures/sample_snapshots.h"

namespace initlab {
namespace {

constexpr Rect kRect{0, 0, 620, 240};
const Theme& light() {
  return theme(ThemeId::kLight);
}

std::shared_ptr<LaneTheory> level_theory(std::size_t layers, double z, double d_z) {
  auto theory = std::make_shared<LaneTheory>();
  theory->layers.assign(layers, LayerTheory{z, d_z});
  return theory;
}

TEST(SignalByLayer, the_table_of_quantities_stands_in_the_order_of_its_enum) {
  ASSERT_EQ(signal_quantities().size(), static_cast<std::size_t>(SignalQuantity::kCount));
  for (std::size_t i = 0; i < signal_quantities().size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(signal_quantities()[i].quantity), i);
    EXPECT_FALSE(signal_quantities()[i].help.empty());
  }
}

TEST(SignalByLayer, every_quantity_reads_its_own_tensor) {
  const auto snapshot = sample_snapshot("normal");
  const RunSnapshot& run = snapshot->runs[2];
  const LayerProbe& layer = run.layers[1];
  const auto value = [&](SignalQuantity quantity) { return measured_signal(run, quantity, 1).value; };
  EXPECT_EQ(value(SignalQuantity::kPreActivations), layer.z.summary.std);
  EXPECT_EQ(value(SignalQuantity::kActivations), layer.a.summary.std);
  EXPECT_EQ(value(SignalQuantity::kGradients), layer.d_z.summary.std);
  EXPECT_EQ(value(SignalQuantity::kWeightNorm), layer.weight_norm());
  EXPECT_EQ(value(SignalQuantity::kGradientNorm), layer.gradient_norm());
}

TEST(SignalByLayer, zero_has_a_place_below_the_decades_and_what_is_not_finite_above_them) {
  const auto zeros = sample_snapshot("constant");
  const SignalPlot flat = signal_plot(kRect, *zeros, {});
  ASSERT_TRUE(flat.zero_y);
  EXPECT_GT(*flat.zero_y, flat.y.to_pixel(flat.y.low));
  EXPECT_FALSE(flat.not_finite_y);
  const auto blown = sample_snapshot("not_finite");
  const SignalPlot plot = signal_plot(kRect, *blown, {});
  ASSERT_TRUE(plot.not_finite_y);
  EXPECT_LT(*plot.not_finite_y, plot.y.to_pixel(plot.y.high));
  RecordingCanvas canvas;
  draw_signal_by_layer(canvas, light(), kRect, *zeros);
  const std::vector<std::string> texts = canvas.texts();
  EXPECT_NE(std::find(texts.begin(), texts.end(), "0"), texts.end());
}

TEST(SignalByLayer, a_signal_of_0_is_drawn_as_a_dot_on_its_place) {
  const auto snapshot = sample_snapshot("constant");
  const SignalPlot plot = signal_plot(kRect, *snapshot, {});
  RecordingCanvas canvas;
  draw_signal_by_layer(canvas, light(), kRect, *snapshot);
  std::size_t dots = 0;
  for (const DrawnItem& item : canvas.items()) {
    if (item.kind != DrawnKind::kFilledCircle) continue;
    EXPECT_NEAR(item.bounds.center().y, *plot.zero_y, 1e-9);
    ++dots;
  }
  EXPECT_EQ(dots, 9u);  // three lanes of three layers
}

TEST(SignalByLayer, theory_is_a_dashed_line_where_it_has_something_to_say) {
  auto snapshot = sample_snapshot("one_lane");
  RecordingCanvas without;
  draw_signal_by_layer(without, light(), kRect, *snapshot);
  snapshot->runs[0].theory = level_theory(3, 0.5, 0.01);
  const auto dashed = [&](const RecordingCanvas& canvas) {
    return std::ranges::count_if(canvas.items(), [](const DrawnItem& item) {
      return item.kind == DrawnKind::kPolyline && !item.dash.empty() && item.points.size() == 3;
    });
  };
  EXPECT_EQ(dashed(without), 0);
  SignalOptions options;
  for (const SignalQuantityRow& row : signal_quantities()) {
    options.quantity = row.quantity;
    RecordingCanvas canvas;
    draw_signal_by_layer(canvas, light(), kRect, *snapshot, options);
    const bool predicted =
        row.quantity == SignalQuantity::kPreActivations || row.quantity == SignalQuantity::kGradients;
    EXPECT_EQ(dashed(canvas), predicted ? 1 : 0) << row.id;
  }
}

TEST(SignalByLayer, the_band_is_about_a_healthy_lane) {
  const auto snapshot = sample_snapshot("normal");
  const auto band = signal_band(*snapshot, {});
  ASSERT_TRUE(band);
  EXPECT_NE(band->caption.find("He"), std::string::npos);
  const double first = snapshot->runs[2].layers[0].z.summary.std;
  EXPECT_LT(band->low, first / 19);
  EXPECT_GT(band->high, first * 19);
  SignalOptions norms;
  norms.quantity = SignalQuantity::kWeightNorm;
  EXPECT_FALSE(signal_band(*snapshot, norms)) << "no verdict speaks of norms";
  EXPECT_FALSE(signal_band(*sample_snapshot("constant"), {})) << "no lane has a signal";
}

TEST(SignalByLayer, hovering_reads_every_lane_and_its_theory) {
  auto snapshot = sample_snapshot("normal");
  snapshot->runs[2].theory = level_theory(3, 0.75, 0.01);
  SignalOptions options;
  const SignalPlot plot = signal_plot(kRect, *snapshot, options);
  options.hover_x = plot.x.to_pixel(2.2);
  RecordingCanvas canvas;
  draw_signal_by_layer(canvas, light(), kRect, *snapshot, options);
  EXPECT_NE(canvas.find_text("std of z, layer 2"), nullptr);
  EXPECT_NE(canvas.find_text("theory 0.75"), nullptr);
  EXPECT_TRUE(canvas.texts_outside(kRect).empty());
}

TEST(SignalByLayer, a_zoom_shows_the_part_that_was_asked_for) {
  const auto snapshot = sample_snapshot("deep");
  SignalOptions options;
  options.layers = LayerRange{4, 9};
  options.values = SignalRange{0.1, 1};
  const SignalPlot plot = signal_plot(kRect, *snapshot, options);
  EXPECT_DOUBLE_EQ(plot.x.to_pixel(4), plot.plot.x);
  EXPECT_DOUBLE_EQ(plot.x.to_pixel(9), plot.plot.right());
  EXPECT_DOUBLE_EQ(plot.y.to_value(plot.y.pixel_high), 1);
}

TEST(LayerTicks, the_first_and_the_last_layer_are_always_named) {
  for (const std::size_t count : {2u, 3u, 11u, 21u, 101u}) {
    for (const double width : {150.0, 400.0, 1200.0}) {
      const Axis axis{
          AxisDirection::kHorizontal, AxisScale::kLinear, 0.5, static_cast<double>(count) + 0.5, 0, width};
      const std::vector<Tick> ticks = layer_ticks(axis, count);
      ASSERT_GE(ticks.size(), 2u) << count << " in " << width;
      EXPECT_EQ(ticks.front().label, "layer 1");
      EXPECT_EQ(ticks.back().label, "output");
    }
  }
}

}  // namespace
}  // namespace initlab
