// Looking closer at the plane, at costs and at signals with the mouse, and choosing what figures show.
#include "app/panels/histogram_panel.h"
#include "app/panels/plot_zoom.h"
#include "tests/app/window/lab_fixture.h"

namespace initlab {
namespace {

class PlotsTest : public LabTest {
 protected:
  void wheel(Point at, double notches) {
    move(at);
    GuiInput input;
    input.mouse = at;
    input.wheel = notches;
    frame(input);
    frames(1);
  }
  void drag(Point from, Point to) {
    move(from);
    GuiInput input;
    input.button[0] = true;
    for (int i = 0; i <= 8; ++i) {
      input.mouse = {from.x + (to.x - from.x) * i / 8, from.y + (to.y - from.y) * i / 8};
      frame(input);
    }
    move(to);
  }
  void double_click(Point at) {
    click(at);
    click(at);
  }
  // Where the thing of that id answers the mouse along the line of a panel's title.
  std::optional<Point> in_title(std::string_view id, Rect panel) {
    for (double x = panel.x + 4; x < panel.right(); x += 5) {
      if (hovers(id, {x, panel.y + 13})) return mouse_;
    }
    return std::nullopt;
  }
};

TEST_F(PlotsTest, the_wheel_over_one_boundary_looks_closer_in_every_lane) {
  INITLAB_START_OR_SKIP(course());
  const Domain whole = snapshot()->runs[0].field.domain;
  const Rect field = layout().lanes[1].field;
  const Point at = {field.x + field.width / 4, field.y + field.height / 3};
  wheel(at, 3);
  ASSERT_TRUE(state().plane.view);
  EXPECT_NEAR(state().plane.view->width() / whole.width(), std::pow(0.85, 3), 0.02);
  const Domain wanted = plane_view(layout().lanes[0].field, *state().plane.view).domain;
  EXPECT_TRUE(eventually([&] {
    for (const RunSnapshot& run : snapshot()->runs) {
      if (run.field.domain != wanted) return false;
    }
    return true;
  })) << "the answer is measured anew where one looks, as finely as before";
  double_click(field.center());
  EXPECT_FALSE(state().plane.view);
  EXPECT_TRUE(eventually([&] { return snapshot()->runs[2].field.domain == whole; }));
}

TEST_F(PlotsTest, a_drag_takes_the_plane_along) {
  INITLAB_START_OR_SKIP(course());
  const Domain whole = snapshot()->runs[0].field.domain;
  const Rect field = layout().lanes[0].field;
  drag(field.center(), {field.center().x + 60, field.center().y - 30});
  ASSERT_TRUE(state().plane.view);
  const double unit = whole.width() / field.width;
  const double moved = (state().plane.view->x_min + state().plane.view->x_max) / 2;
  const double raised = (state().plane.view->y_min + state().plane.view->y_max) / 2;
  // The first pixels of a drag only tell it from a click.
  EXPECT_NEAR(moved - (whole.x_min + whole.x_max) / 2, -60 * unit, 12 * unit);
  EXPECT_NEAR(raised - (whole.y_min + whole.y_max) / 2, -30 * unit, 12 * unit);
}

TEST_F(PlotsTest, the_wheel_over_the_cost_curve_zooms_at_the_cursor_and_a_double_click_fits) {
  INITLAB_START_OR_SKIP(course());
  ASSERT_TRUE(train_to(300));
  const Point at = layout().cost.center();
  wheel(at, 2);
  ASSERT_TRUE(state().cost_zoom.x);
  EXPECT_GT(state().cost_zoom.x->low, 0);
  EXPECT_LT(state().cost_zoom.x->high, 15000);
  double_click(at);
  EXPECT_FALSE(state().cost_zoom.zoomed());
  wheel(at, 2);
  wheel(at, -4);
  EXPECT_FALSE(state().cost_zoom.zoomed()) << "once everything is seen again it is fitted";
}

TEST_F(PlotsTest, tabs_choose_the_signal_that_is_shown) {
  INITLAB_START_OR_SKIP(course());
  const auto tab = in_title("signal quantity/dz", layout().signal);
  ASSERT_TRUE(tab);
  click(*tab);
  EXPECT_EQ(state().signal.quantity, SignalQuantity::kGradients);
}

TEST_F(PlotsTest, a_deep_network_is_shown_by_depth_until_it_is_asked_for_layer_by_layer) {
  Experiment deep = course();
  deep.network.hidden.assign(30, 6);
  INITLAB_START_OR_SKIP(deep);
  EXPECT_FALSE(state().by_depth);
  EXPECT_TRUE(state().depth_is_shown);
  const auto link = in_title("by depth", layout().histograms);
  ASSERT_TRUE(link);
  click(*link);
  EXPECT_EQ(state().by_depth, std::optional(false));
  EXPECT_FALSE(state().depth_is_shown);
  ASSERT_TRUE(start(course()));
  EXPECT_FALSE(state().depth_is_shown) << "three layers have room for a histogram each";
}

TEST(PlotZoom, what_stands_at_the_cursor_stays_there) {
  for (const AxisScale scale : {AxisScale::kLinear, AxisScale::kLog, AxisScale::kLogPlusOne}) {
    const Axis axis{AxisDirection::kHorizontal, scale, 1, 1000, 100, 500};
    const double value = axis.to_value(180);
    const AxisSpan span = moved_span(axis, 180, 0.5, 0);
    Axis closer = axis;
    closer.low = span.low;
    closer.high = span.high;
    EXPECT_NEAR(closer.to_pixel(value), 180, 1e-6);
    const AxisSpan shifted = moved_span(axis, 300, 1, 25);
    closer.low = shifted.low;
    closer.high = shifted.high;
    EXPECT_NEAR(closer.to_pixel(value), 205, 1e-6);
  }
}

TEST(PlaneZoom, what_stands_at_the_cursor_stays_there) {
  const PlaneView view = plane_view({0, 0, 400, 300}, {-2, 2, -1.5, 1.5});
  const Point fixed = {90, 40};
  const PlaneView closer = plane_view(view.rect, zoomed_view(view, fixed, 0.5));
  EXPECT_NEAR(closer.domain.width(), 2, 1e-12);
  EXPECT_NEAR(closer.to_plane(fixed).x, view.to_plane(fixed).x, 1e-12);
  EXPECT_NEAR(closer.to_plane(fixed).y, view.to_plane(fixed).y, 1e-12);
}

}  // namespace
}  // namespace initlab
