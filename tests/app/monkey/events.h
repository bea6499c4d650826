// What a monkey does to the window: clicks, drags, wheel, keys, typed text, dropped files, other sizes and
// themes, drawn from a seeded generator and aimed at what the last frame showed more often than at nothing.
#pragma once

#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "app/canvas/imgui_record.h"
#include "app/platform/gui_input.h"
#include "app/theme.h"

namespace initlab::monkey {

// One event: the frames' inputs in order, or another window.
struct Event {
  std::string name;  // for who looks for the one that broke something
  std::vector<GuiInput> inputs;
  struct Size {
    int width = 0;  // logical pixels
    int height = 0;
    double scale = 1;
  };
  std::optional<Size> size;
  std::optional<ThemeId> theme;
};

class Events {
 public:
  // Writes the files that it drops into `folder`; `experiments` are dropped too.
  Events(unsigned seed, const std::filesystem::path& folder, std::vector<std::filesystem::path> experiments);

  Event next(const FrameRecord& shown);

 private:
  int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }
  bool one_in(int count) { return below(count) == 0; }
  template <class T>
  const T& any(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
  }
  Point somewhere(const FrameRecord& shown);
  GuiInput held() const { return held_; }

  Event move(const FrameRecord& shown);
  Event click(const FrameRecord& shown);
  Event drag(const FrameRecord& shown);
  Event wheel(const FrameRecord& shown);
  Event key();
  Event type();
  Event drop();
  Event resize();

  std::mt19937 random_;
  std::vector<std::string> files_;
  std::vector<std::string> experiments_;
  Event::Size size_ = {1440, 900, 1};
  GuiInput held_;
};

}  // namespace initlab::monkey
