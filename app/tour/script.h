// A tour as a value: a script of clicks, keys, waits, pictures and expectations, one command a line, read and
// checked before anything is played. It knows no window; player.h plays it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/canvas/geometry.h"
#include "app/platform/frame.h"
#include "app/theme.h"
#include "core/experiment/experiment.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {

// Where the mouse goes: a place, or what is written there.
struct TourTarget {
  std::optional<Point> place;  // logical pixels
  std::string label;           // without a place
  std::string near;            // of several, the one nearest to this label; empty: in the order of reading
  int nth = 1;
  std::optional<Point> share;  // where on the widget, 0 to 1 from its upper left corner; null: on the label
};

namespace tour {

struct Open {
  std::string experiment;  // a name or a file
};
struct Click {
  TourTarget target;
  int button = 0;  // left, right
  int count = 1;
};
struct Hover {
  TourTarget target;
};
struct Wheel {
  double notches = 0;  // positive away from the user
  TourTarget target;
};
struct Drag {
  TourTarget from, to;
};
struct DragSlider {
  TourTarget slider;
  double share = 0;  // 0 to 1
};
struct Press {
  KeyPress key;
};
struct Type {
  std::string text;
};
struct Drop {
  std::string file;
};
struct Resize {
  int width = 0;  // logical pixels
  int height = 0;
  double scale = 1;  // device pixels a logical pixel; of a window on a screen the desktop's
};
struct SetTheme {
  ThemeId theme = ThemeId::kLight;
};
struct Picture {
  std::string file;
};
struct WaitSteps {
  std::int64_t step = 0;
};
struct WaitFrames {
  int count = 0;
};
struct WaitText {
  std::string text;
};
struct WaitPaused {};
// A quantity of one lane, by a path as in an experiment's `expect`.
struct ExpectLane {
  std::variant<std::size_t, std::string> lane;  // counted from 1, or its name
  std::string quantity;
  Relation relation = Relation::kEqual;
  double value = 0;
};
enum class Count { kStep, kLanes };
struct ExpectCount {
  Count what = Count::kStep;
  Relation relation = Relation::kEqual;
  double value = 0;
};
struct ExpectText {
  std::string text;
  bool shown = true;  // else: nowhere
};
// The experiment's own expectations hold.
struct ExpectResults {};
struct ExpectPlaying {
  bool playing = true;
};

}  // namespace tour

using TourAction =
    std::variant<tour::Open, tour::Click, tour::Hover, tour::Wheel, tour::Drag, tour::DragSlider, tour::Press,
                 tour::Type, tour::Drop, tour::Resize, tour::SetTheme, tour::Picture, tour::WaitSteps,
                 tour::WaitFrames, tour::WaitText, tour::WaitPaused, tour::ExpectLane, tour::ExpectCount,
                 tour::ExpectText, tour::ExpectResults, tour::ExpectPlaying>;

struct TourCommand {
  int line = 0;      // counted from 1
  std::string text;  // as it stands there
  TourAction action;
};

struct TourScript {
  std::string source;  // named in messages
  std::vector<TourCommand> commands;
};

// `source` names the text in messages. Else the first wrong line, quoted with its number, and what is
// allowed.
Result<TourScript> tour_from_text(std::string_view text, std::string_view source);
Result<TourScript> tour_from_file(const std::string& file);

}  // namespace initlab
