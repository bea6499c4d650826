// GLFW's keys in the laboratory's words, by what the user's keyboard layout writes on them.
#pragma once

#include <optional>

namespace initlab {

// The Key, upper-case letter or digit of a GLFW key press; null for keys that mean nothing here, and for
// signs
// (+ - ?) without Ctrl: those arrive as characters, whatever keys a layout needs for them.
std::optional<int> key_of_press(int glfw_key, int scancode, bool ctrl);

// The Key that a typed character is; null for all but + = - ?.
std::optional<int> key_of_character(char32_t character);

}  // namespace initlab
