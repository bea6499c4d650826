// What one frame is told and what it answers: the same for the window on a screen and for the off-screen
// surface. The frame's code runs inside an ImGui frame whose coordinates are logical pixels.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/canvas/geometry.h"

namespace initlab {

// Keys that the laboratory reacts to. Letters and digits are their upper-case character ('S', '1').
enum Key : int {
  kKeySpace = ' ',
  kKeyEnter = 256,
  kKeyEscape,
  kKeyTab,
  kKeyBackspace,
  kKeyDelete,
  kKeyLeft,
  kKeyRight,
  kKeyUp,
  kKeyDown,
  kKeyHome,
  kKeyEnd,
  kKeyPlus,   // = and + of any layout, and of the number pad
  kKeyMinus,  // - of any layout, and of the number pad
  kKeyQuestion,
  kKeyF1,
  kKeyF11,
  kKeyPageUp,
  kKeyPageDown,
};

struct KeyPress {
  int key = 0;  // a Key, or an upper-case letter or digit
  bool ctrl = false;
  bool shift = false;
};

// Where a window stands.
struct WindowPlace {
  int x = 0;  // as the desktop counts
  int y = 0;
  int width = 0;  // logical pixels at text size 1
  int height = 0;
  bool operator==(const WindowPlace&) const = default;
};

// What a frame showed.
struct FramePicture {
  int width = 0;  // device pixels
  int height = 0;
  std::vector<Color> pixels;  // row by row from the top
};

struct FrameInput {
  double width = 0;                             // of the window, logical pixels
  double height = 0;                            // likewise
  double scale = 1;                             // device pixels a logical pixel
  std::vector<KeyPress> keys;                   // pressed (or repeated) since the last frame, in order
  std::vector<std::string> dropped_files;       // dropped on the window since the last frame
  std::optional<WindowPlace> place;             // of a window that is neither full screen nor maximized
  std::shared_ptr<const FramePicture> picture;  // of the frame before, where it asked for it
};

struct FrameAnswer {
  bool close = false;    // end the window
  bool animate = false;  // draw again at once (at most at the display's rate)
  double zoom = 1;       // text size: the whole surface is enlarged by it, from the next frame on
  bool toggle_full_screen = false;
  bool take_picture = false;  // of this frame, for the next one
  std::string title = "InitLab";
};

class Fonts;          // app/platform/fonts.h
class ImageTextures;  // app/canvas/imgui_canvas.h

// What a canvas on the screen needs; good for the frame that it is handed to.
struct FrameTools {
  Fonts& fonts;
  ImageTextures& textures;
  double scale = 1;  // device pixels a logical pixel, as in FrameInput
};

using FrameFunction = std::function<FrameAnswer(const FrameInput&, FrameTools&)>;

}  // namespace initlab
