// The laboratory on an off-screen surface, for tests that work it as a person does: with a mouse that finds
// things where they are drawn, keys and typed text.
#pragma once

#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "app/lab_frame.h"
#include "app/layout.h"
#include "tests/app/window/surface_fixture.h"

namespace initlab {

inline Experiment course() {
  Experiment experiment;
  experiment.name = "course";
  experiment.lanes = course_lanes();
  return experiment;
}

class LabTest : public SurfaceTest {
 protected:
  // Opens a surface of width x height logical pixels with the laboratory on it; false: to be skipped.
  bool start(const Experiment& experiment, int width = 1440, int height = 900, double scale = 1) {
    lab_.reset();
    if (!open(static_cast<int>(width * scale), static_cast<int>(height * scale), scale)) return false;
    width_ = width;
    height_ = height;
    lab_ = std::make_unique<Lab>(std::make_unique<Comparison>(experiment), ThemeId::kLight, 1.0);
    frames(2);
    EXPECT_TRUE(obeyed());  // the first frames ask for pictures of their own size
    return true;
  }

  void frame(const GuiInput& input) {
    surface_->frame([this](const FrameInput& in, FrameTools& tools) { return lab_->frame(in, tools); },
                    input);
  }
  void frames(int count) {
    GuiInput input;
    input.mouse = mouse_;
    for (int i = 0; i < count; ++i) frame(input);
  }
  void press(int key, bool ctrl = false) {
    GuiInput input;
    input.mouse = mouse_;
    input.keys = {{key, ctrl, false}};
    frame(input);
    frames(1);
  }
  void move(Point to) {
    mouse_ = to;
    frames(1);
  }
  void click(Point at) {
    move(at);
    GuiInput input;
    input.mouse = at;
    input.button[0] = true;
    frame(input);
    frames(4);  // a text field that it opens takes three to listen
  }
  void type(const std::string& text) {
    GuiInput input;
    input.mouse = mouse_;
    input.text = text;
    frame(input);
    frames(1);
  }

  const LabState& state() const { return lab_->state(); }
  std::shared_ptr<const Report> report() const { return lab_->worker().latest(); }
  std::shared_ptr<const Snapshot> snapshot() const { return report()->snapshot; }
  const std::string& title() const { return surface_->answer().title; }
  const Layout& layout() const { return lab_->layout(); }

  // Draws frames until `condition` holds; false after a minute without it.
  template <class Condition>
  bool eventually(Condition condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return false;
      frames(1);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
  }
  // Until the worker has obeyed all that the window has asked for, and the window shows it.
  bool obeyed() {
    // Asks for nothing: it only tells where the queue stands.
    const std::uint64_t number = lab_->worker().post(command::SetSpeed{0});
    const bool done = eventually([&] { return report()->commands_obeyed >= number; });
    frames(1);
    return done;
  }
  // Until the training rests at `step`, asked for already.
  bool rests_at(std::int64_t step) {
    return obeyed() && eventually([&] { return snapshot()->step >= step; }) && obeyed() &&
           snapshot()->step == step && !report()->playing;
  }
  // Trains to `step` and rests there.
  bool train_to(std::int64_t step) {
    lab_->worker().post(command::Step{step - snapshot()->step});
    return rests_at(step);
  }

  // Where the thing of that id (a button's label, a setting's path) answers the mouse, looked for by moving
  // the mouse across the top bar or down the column's boxes.
  std::optional<Point> in_top_bar(std::string_view id) {
    for (double x = 8; x < width_; x += 24) {
      if (hovers(id, {x, layout().top_bar.center().y})) return mouse_;
    }
    return std::nullopt;
  }
  std::optional<Point> in_column(std::string_view id) {
    const Rect column = layout().column;
    for (double y = column.y; y < column.bottom(); y += 17) {
      if (hovers(id, {column.right() - 60, y})) return mouse_;
    }
    return std::nullopt;
  }
  bool hovers(std::string_view id, Point at) {
    move(at);
    const ImGuiID seed = ImHashStr(id.data(), id.size(), ImGui::FindWindowByName("laboratory")->ID);
    return ImGui::GetCurrentContext()->HoveredId == ImHashStr("touch", 0, seed);
  }

  // The list that is open on top, in logical pixels inside its padding; null when none is.
  std::optional<Rect> open_list() const {
    const ImGuiContext& gui = *ImGui::GetCurrentContext();
    if (gui.OpenPopupStack.empty() || gui.OpenPopupStack.back().Window == nullptr) return std::nullopt;
    ImRect inner = gui.OpenPopupStack.back().Window->WorkRect;
    inner.ClipWith(gui.OpenPopupStack.back().Window->InnerRect);  // what is scrolled away is not there
    return Rect{static_cast<double>(inner.Min.x), static_cast<double>(inner.Min.y),
                static_cast<double>(inner.GetWidth()), static_cast<double>(inner.GetHeight())};
  }

  std::unique_ptr<Lab> lab_;
  double width_ = 0;
  double height_ = 0;
  Point mouse_ = {-1e9, -1e9};
};

#define INITLAB_START_OR_SKIP(...) \
  if (!start(__VA_ARGS__)) GTEST_SKIP() << error_

}  // namespace initlab
