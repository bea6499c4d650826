// Mouse and keyboard between the window's callbacks and the frames. Every event is kept, in order: what would
// hide another event from a frame (the release after a press, the way on after a click) waits for the next
// one, so that no click or key is lost however slow a frame is. UI thread; knows no window.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <variant>

#include "app/platform/gui_input.h"

namespace initlab {

class InputQueue {
 public:
  void move(Point mouse) { events_.emplace_back(Move{mouse}); }  // logical pixels
  void button(int index, bool down);  // of others than left, right, middle: ignored
  void wheel(double vertical, double horizontal) { events_.emplace_back(Wheel{vertical, horizontal}); }
  void modifiers(bool ctrl, bool shift, bool alt) { events_.emplace_back(Modifiers{ctrl, shift, alt}); }
  void key(KeyPress press) { events_.emplace_back(press); }
  void character(char32_t c) { events_.emplace_back(c); }
  void drop(std::string path) { events_.emplace_back(std::move(path)); }

  // The events that lead from what the queue's last frame was told to `input`.
  void follow(const GuiInput& input);

  // Where mouse, buttons and modifiers are held, as the last frame was told.
  const GuiInput& held() const { return held_; }

  bool empty() const { return events_.empty(); }
  // What the next frame is told. While a text field has the keyboard, a frame gets typed characters or one
  // key, not both, so that their order is kept.
  GuiInput take(bool text_field_active);

 private:
  struct Move {
    Point to;
  };
  struct Button {
    std::size_t index;
    bool down;
  };
  struct Wheel {
    double vertical, horizontal;
  };
  struct Modifiers {
    bool ctrl, shift, alt;
  };
  using Event = std::variant<Move, Button, Wheel, Modifiers, KeyPress, char32_t, std::string>;
  struct Taken;
  static bool is_typed(const KeyPress& press);
  static bool must_wait(const Event& event, const Taken& taken, bool text_field_active);
  static void apply(Event& event, GuiInput& input, Taken& taken);

  std::deque<Event> events_;
  GuiInput held_;  // mouse, buttons and modifiers as after the last frame's events
};

}  // namespace initlab
