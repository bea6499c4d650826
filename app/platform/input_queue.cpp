#include "app/platform/input_queue.h"

#include <type_traits>
#include <utility>

#include "app/canvas/utf8.h"

namespace initlab {

// What the frame being filled has had so far.
struct InputQueue::Taken {
  bool button = false;
  bool wheel = false;
  bool key = false;    // one that is not typed
  bool typed = false;  // one that is
  bool text = false;
};

// The key of a character that is typed as well: in a text field the character counts, and the key does
// nothing.
bool InputQueue::is_typed(const KeyPress& press) {
  return !press.ctrl &&
         (press.key < 256 || press.key == kKeyPlus || press.key == kKeyMinus || press.key == kKeyQuestion);
}

void InputQueue::button(int index, bool down) {
  if (index < 0 || index >= static_cast<int>(held_.button.size())) return;
  events_.emplace_back(Button{static_cast<std::size_t>(index), down});
}

void InputQueue::follow(const GuiInput& input) {
  if (input.ctrl != held_.ctrl || input.shift != held_.shift || input.alt != held_.alt) {
    modifiers(input.ctrl, input.shift, input.alt);
  }
  if (input.mouse.x != held_.mouse.x || input.mouse.y != held_.mouse.y) move(input.mouse);
  for (std::size_t i = 0; i < input.button.size(); ++i) {
    if (input.button[i] != held_.button[i]) button(static_cast<int>(i), input.button[i]);
  }
  if (input.wheel != 0 || input.wheel_horizontal != 0) wheel(input.wheel, input.wheel_horizontal);
  for (const KeyPress& press : input.keys) key(press);
  for (std::size_t at = 0; at < input.text.size();) character(next_character(input.text, at));
  for (const std::string& file : input.dropped_files) drop(file);
}

GuiInput InputQueue::take(bool text_field_active) {
  GuiInput input = held_;
  Taken taken;
  while (!events_.empty() && !must_wait(events_.front(), taken, text_field_active)) {
    apply(events_.front(), input, taken);
    events_.pop_front();
  }
  held_.mouse = input.mouse;
  held_.button = input.button;
  held_.ctrl = input.ctrl;
  held_.shift = input.shift;
  held_.alt = input.alt;
  return input;
}

bool InputQueue::must_wait(const Event& event, const Taken& taken, bool text_field_active) {
  if (std::holds_alternative<Move>(event) || std::holds_alternative<Modifiers>(event)) {
    return taken.button || taken.wheel;
  }
  if (std::holds_alternative<Button>(event))
    return taken.button || taken.wheel || taken.key || taken.typed || taken.text;
  if (std::holds_alternative<Wheel>(event)) return taken.button;
  if (const auto* press = std::get_if<KeyPress>(&event)) {
    return taken.button || (text_field_active && (taken.key || (taken.text && !is_typed(*press))));
  }
  if (std::holds_alternative<char32_t>(event)) return taken.button || (text_field_active && taken.key);
  return false;
}

void InputQueue::apply(Event& event, GuiInput& input, Taken& taken) {
  const auto apply_one = [&](auto& e) {
    using T = std::remove_cvref_t<decltype(e)>;
    if constexpr (std::is_same_v<T, Move>) {
      input.mouse = e.to;
    } else if constexpr (std::is_same_v<T, Button>) {
      input.button[e.index] = e.down;
      taken.button = true;
    } else if constexpr (std::is_same_v<T, Wheel>) {
      input.wheel += e.vertical;
      input.wheel_horizontal += e.horizontal;
      taken.wheel = true;
    } else if constexpr (std::is_same_v<T, Modifiers>) {
      input.ctrl = e.ctrl;
      input.shift = e.shift;
      input.alt = e.alt;
    } else if constexpr (std::is_same_v<T, KeyPress>) {
      input.keys.push_back(e);
      (is_typed(e) ? taken.typed : taken.key) = true;
    } else if constexpr (std::is_same_v<T, char32_t>) {
      append_utf8(input.text, e);
      taken.text = true;
    } else {
      input.dropped_files.push_back(std::move(e));
    }
  };
  std::visit(apply_one, event);
}

}  // namespace initlab
