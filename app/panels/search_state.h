// What a search field and its list remember between frames.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace initlab {

struct SearchState {
  bool shown = false;  // asked for
  bool opened = false;
  bool begins = false;  // the field asks for the keyboard
  bool cursor_moved = false;
  std::array<char, 512> text{};
  std::size_t cursor = 0;  // row that Enter takes

  std::string_view query() const { return text.data(); }
};

}  // namespace initlab
