#include "app/platform/offscreen.h"

#include <cstring>

#include "app/platform/style.h"
#include "app/platform/window.h"
#include "tests/app/window/surface_fixture.h"

namespace initlab {
namespace {

// A window with a text field at (10, 10) and a button below it.
struct Form {
  char text[32] = "";
  int clicks = 0;
  std::vector<KeyPress> keys;

  FrameAnswer operator()(const FrameInput& input, FrameTools&) {
    keys.insert(keys.end(), input.keys.begin(), input.keys.end());
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({static_cast<float>(input.width), static_cast<float>(input.height)});
    ImGui::Begin("form", nullptr, ImGuiWindowFlags_NoDecoration);
    ImGui::SetCursorScreenPos({10, 10});
    ImGui::SetNextItemWidth(120);
    ImGui::InputText("##name", text, sizeof text);
    ImGui::SetCursorScreenPos({10, 60});
    if (ImGui::Button("Next", {80, 24})) ++clicks;
    ImGui::End();
    return {};
  }
};

class OffscreenTest : public SurfaceTest {
 protected:
  void click(const FrameFunction& frame, Point at) {
    GuiInput input;
    input.mouse = at;
    surface_->frame(frame, input);
    input.button[0] = true;
    surface_->frame(frame, input);
    input.button[0] = false;
    surface_->frame(frame, input);
  }
  void press(const FrameFunction& frame, KeyPress key) {
    GuiInput input;
    input.keys = {key};
    surface_->frame(frame, input);
  }
};

TEST_F(OffscreenTest, a_click_presses_a_button) {
  INITLAB_OPEN_OR_SKIP(400, 200, 2);
  Form form;
  const FrameFunction frame = std::ref(form);
  surface_->settle(frame);
  click(frame, {30, 70});
  EXPECT_EQ(form.clicks, 1);
  click(frame, {150, 70});
  EXPECT_EQ(form.clicks, 1);
}

TEST_F(OffscreenTest, a_text_field_keeps_what_is_typed_from_the_laboratory) {
  INITLAB_OPEN_OR_SKIP(300, 200, 1);
  Form form;
  const FrameFunction frame = std::ref(form);
  surface_->settle(frame);
  press(frame, {'S', false, false});
  ASSERT_EQ(form.keys.size(), 1U);
  click(frame, {40, 20});
  form.keys.clear();

  GuiInput typed;
  typed.text = "xyz";
  typed.keys = {{'X', false, false}};
  surface_->frame(frame, typed);
  press(frame, {kKeyBackspace, false, false});
  press(frame, {kKeyBackspace, false, false});
  EXPECT_TRUE(form.keys.empty());
  EXPECT_STREQ(form.text, "x");
  press(frame, {kKeyF1, false, false});
  press(frame, {kKeyPlus, true, false});
  EXPECT_EQ(form.keys.size(), 2U);
  press(frame, {kKeyEnter, false, false});
  form.keys.clear();
  press(frame, {'S', false, false});
  EXPECT_EQ(form.keys.size(), 1U);
  EXPECT_STREQ(form.text, "x");
}

TEST_F(OffscreenTest, the_same_frames_give_the_same_pixels) {
  INITLAB_OPEN_OR_SKIP(300, 200, 1.5);
  Form form;
  const FrameFunction frame = std::ref(form);
  surface_->settle(frame);
  const std::vector<Color> first = surface_->render(frame);
  INITLAB_OPEN_OR_SKIP(300, 200, 1.5);
  surface_->settle(frame);
  EXPECT_EQ(surface_->render(frame), first);
}

TEST_F(OffscreenTest, two_surfaces_live_side_by_side) {
  INITLAB_OPEN_OR_SKIP(300, 200, 1);
  Form form;
  const FrameFunction frame = std::ref(form);
  surface_->settle(frame);
  const std::vector<Color> first = surface_->render(frame);
  const std::unique_ptr<OffscreenSurface> kept = std::move(surface_);
  INITLAB_OPEN_OR_SKIP(600, 400, 2);
  surface_->settle(frame);
  EXPECT_EQ(kept->render(frame), first);
  surface_.reset();
  EXPECT_EQ(kept->render(frame), first);
}

TEST_F(OffscreenTest, a_zoom_is_followed_there_and_back) {
  INITLAB_OPEN_OR_SKIP(300, 200, 1);
  double zoom = 1;
  FrameInput told;
  const FrameFunction frame = [&](const FrameInput& input, FrameTools& tools) {
    told = input;
    ImguiCanvas canvas(*ImGui::GetBackgroundDrawList(), tools);
    canvas.fill_rect({0, 0, 20, 20}, kInk);
    canvas.text({30, 30}, "zoom", {.size = 15, .color = kInk});
    FrameAnswer answer;
    answer.zoom = zoom;
    return answer;
  };
  surface_->settle(frame);
  const std::vector<Color> before = surface_->pixels();
  zoom = 1.5;
  surface_->settle(frame);
  EXPECT_DOUBLE_EQ(told.scale, 1.5);
  EXPECT_NEAR(told.width, 200, 0.001);
  EXPECT_TRUE(near(surface_->pixels().at(29 * 300 + 29), kInk));
  zoom = 1;
  surface_->settle(frame);
  EXPECT_EQ(surface_->pixels(), before);
}

TEST_F(OffscreenTest, native_widgets_wear_the_theme) {
  INITLAB_OPEN_OR_SKIP(300, 200, 1);
  for (const Theme& t : all_themes()) {
    Form form;
    const FrameFunction frame = [&](const FrameInput& input, FrameTools& tools) {
      apply_style(t);
      return form(input, tools);
    };
    surface_->settle(frame);
    const std::vector<Color> pixels = surface_->pixels();
    EXPECT_TRUE(near(pixels.at(150 * 300 + 200), t.ground));
    EXPECT_TRUE(near(pixels.at(20 * 300 + 100), t.soft));
  }
}

TEST(Window, waking_without_a_window_does_nothing) {
  wake_window();
}

TEST(Window, without_a_display_it_says_so_in_one_line) {
  const char* const before = std::getenv("DISPLAY");
  const std::string display = before != nullptr ? before : "";
  unsetenv("DISPLAY");
  const auto trouble = run_window({}, {}, [](const FrameInput&, FrameTools&) { return FrameAnswer{}; });
  if (before != nullptr) setenv("DISPLAY", display.c_str(), 1);
  ASSERT_TRUE(trouble.has_value());
  EXPECT_NE(trouble->find("cannot open a window"), std::string::npos);
  EXPECT_EQ(trouble->find('\n'), std::string::npos);
}

}  // namespace
}  // namespace initlab
