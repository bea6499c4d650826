// Points painted and erased with the mouse over a lane's picture.
#include <algorithm>

#include "core/experiment/file/experiment_json.h"
#include "tests/app/window/lab_fixture.h"

namespace initlab {
namespace {

class LabPaintTest : public LabTest {
 protected:
  Experiment shown() const { return *snapshot()->experiment; }
  std::int64_t count_of(std::int64_t label) const {
    return std::ranges::count(shown().data.points, label, &PlacedPoint::label);
  }
  // Drags with a button from one point to another and waits until the engine has what came of it.
  void drag(Point from, Point to, int button = 0) {
    move(from);
    GuiInput input;
    input.button[static_cast<std::size_t>(button)] = true;
    for (int i = 0; i <= 8; ++i) {
      input.mouse = {from.x + (to.x - from.x) * i / 8, from.y + (to.y - from.y) * i / 8};
      frame(input);
    }
    mouse_ = to;
    frames(2);
    ASSERT_TRUE(obeyed());
    frames(2);
  }
  Rect field(std::size_t lane) const { return layout().lanes[lane].field; }
};

TEST_F(LabPaintTest, a_stroke_adds_points_of_the_chosen_class_to_those_there_are) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  ASSERT_TRUE(train_to(20));
  press('B');
  ASSERT_TRUE(state().paint.on);
  frames(2);
  const Rect over = field(1);
  drag({over.x + 20, over.y + 20}, {over.right() - 20, over.y + 20});
  EXPECT_EQ(shown().data.kind, DatasetId::kPoints);
  const std::int64_t painted = static_cast<std::int64_t>(shown().data.points.size()) - 300;
  EXPECT_GT(painted, 10);
  EXPECT_EQ(count_of(0), 150 + painted);
  EXPECT_EQ(snapshot()->step, 0) << "other data: all lanes start again";
  press('2');
  drag({over.x + 20, over.bottom() - 20}, {over.right() - 20, over.bottom() - 20});
  EXPECT_EQ(count_of(0), 150 + painted);
  EXPECT_GT(count_of(1), 160);
  EXPECT_FALSE(state().paint.draft) << "the snapshot shows it all";
  EXPECT_FALSE(check_experiment(shown()));
  press(kKeyEscape);
  EXPECT_FALSE(state().paint.on);
}

TEST_F(LabPaintTest, points_are_on_the_screen_before_the_engine_has_them) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  press('B');
  frames(2);
  GuiInput input;
  input.mouse = {field(0).x + 30, field(0).y + 30};
  frame(input);
  input.button[0] = true;
  frame(input);
  frame(input);
  ASSERT_TRUE(state().paint.draft);
  EXPECT_EQ(state().paint.draft->added.size(), 1u);
  EXPECT_EQ(shown().data.kind, DatasetId::kCircles);
}

TEST_F(LabPaintTest, the_right_button_and_the_eraser_take_points_away) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  press('B');
  frames(2);
  const Rect over = field(0);
  drag({over.x + 4, over.center().y}, {over.right() - 4, over.center().y}, 1);
  const std::size_t left = shown().data.points.size();
  EXPECT_EQ(shown().data.kind, DatasetId::kPoints);
  EXPECT_LT(left, 300u);
  EXPECT_GT(left, 200u);
  press('E');
  EXPECT_TRUE(state().paint.erases);
  drag({over.center().x, over.y + 4}, {over.center().x, over.bottom() - 4});
  EXPECT_LT(shown().data.points.size(), left);
}

TEST_F(LabPaintTest, a_third_class_brings_softmax_along) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  press('B');
  press('3');
  EXPECT_EQ(state().paint.brush, 2);
  frames(2);
  drag(field(0).center(), {field(0).center().x + 60, field(0).center().y});
  EXPECT_EQ(shown().network.output, OutputId::kSoftmax);
  EXPECT_GT(count_of(2), 2);
  EXPECT_EQ(snapshot()->data->classes, 3u);
}

TEST_F(LabPaintTest, what_has_no_plane_or_no_classes_is_not_painted_on) {
  Experiment wide = course();
  wide.data.kind = DatasetId::kBlobs;
  wide.data.features = 5;
  Experiment regression = course();
  regression.data.kind = DatasetId::kSine;
  regression.network.output = OutputId::kLinear;
  regression.training.loss = LossId::kMeanSquaredError;
  for (const Experiment& experiment : {wide, regression}) {
    INITLAB_START_OR_SKIP(experiment, 1024, 700);
    press('B');
    EXPECT_FALSE(state().paint.on);
    EXPECT_TRUE(state().message.warning);
    EXPECT_NE(state().message.text.find("feature"), std::string::npos) << state().message.text;
  }
}

TEST_F(LabPaintTest, all_points_can_go_and_the_lanes_wait_for_two_classes) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  press('B');
  frames(2);
  const double y = layout().paint.center().y;
  std::optional<Point> clear;
  for (double x = layout().paint.x; x < layout().paint.right() && !clear; x += 16) {
    if (hovers("Clear", {x, y})) clear = mouse_;
  }
  ASSERT_TRUE(clear);
  click(*clear);
  const Rect over = field(0);
  drag({over.x + 20, over.y + 20}, {over.x + 90, over.y + 20});
  EXPECT_EQ(shown().data.kind, DatasetId::kCircles) << "one class is nothing to tell apart";
  EXPECT_TRUE(state().paint.draft);
  press('2');
  drag({over.x + 20, over.bottom() - 20}, {over.x + 90, over.bottom() - 20});
  EXPECT_EQ(shown().data.kind, DatasetId::kPoints);
  EXPECT_LT(shown().data.points.size(), 40u);
  EXPECT_GT(count_of(0), 2);
  EXPECT_GT(count_of(1), 2);
}

}  // namespace
}  // namespace initlab
