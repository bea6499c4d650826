// To add a command: its struct in script.h, its row in kForms here, and what it does in player.cpp.
#include "app/tour/script.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "app/tour/line_words.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

constexpr std::int64_t kMostSteps = 1'000'000'000;

struct NamedKey {
  std::string_view name;
  int key;
};
constexpr std::array kNamedKeys = {
    NamedKey{"Space", kKeySpace},   NamedKey{"Enter", kKeyEnter},         NamedKey{"Escape", kKeyEscape},
    NamedKey{"Tab", kKeyTab},       NamedKey{"Backspace", kKeyBackspace}, NamedKey{"Delete", kKeyDelete},
    NamedKey{"Left", kKeyLeft},     NamedKey{"Right", kKeyRight},         NamedKey{"Up", kKeyUp},
    NamedKey{"Down", kKeyDown},     NamedKey{"Home", kKeyHome},           NamedKey{"End", kKeyEnd},
    NamedKey{"PageUp", kKeyPageUp}, NamedKey{"PageDown", kKeyPageDown},   NamedKey{"Plus", kKeyPlus},
    NamedKey{"Minus", kKeyMinus},   NamedKey{"?", kKeyQuestion},          NamedKey{"F1", kKeyF1},
    NamedKey{"F11", kKeyF11},
};

TourAction read_open(LineWords& words) {
  return tour::Open{words.take_word("an experiment's name or file")};
}
TourAction read_click(LineWords& words) {
  return tour::Click{words.take_target(), 0, 1};
}
TourAction read_double_click(LineWords& words) {
  return tour::Click{words.take_target(), 0, 2};
}
TourAction read_right_click(LineWords& words) {
  return tour::Click{words.take_target(), 1, 1};
}
TourAction read_hover(LineWords& words) {
  return tour::Hover{words.take_target()};
}
TourAction read_wheel(LineWords& words) {
  const double notches = words.take_number("notches", -1000, 1000);
  return tour::Wheel{notches, words.take_target()};
}
TourAction read_drag(LineWords& words) {
  TourTarget from = words.take_target();
  if (!words.take_if("to")) words.fail("to is missing");
  return tour::Drag{std::move(from), words.take_target()};
}
TourAction read_drag_slider(LineWords& words) {
  TourTarget slider = words.take_target();
  if (!words.take_if("to")) words.fail("to is missing");
  return tour::DragSlider{std::move(slider), words.take_number("where to", 0, 1)};
}
TourAction read_key(LineWords& words) {
  const std::string typed = words.take_word("a key");
  std::string_view name = typed;
  tour::Press press;
  while (true) {
    const auto modifier = [&](std::string_view prefix) {
      const bool has = name.starts_with(prefix) && name.size() > prefix.size();
      if (has) name.remove_prefix(prefix.size());
      return has;
    };
    if (modifier("Ctrl+")) {
      press.key.ctrl = true;
    } else if (modifier("Shift+")) {
      press.key.shift = true;
    } else {
      break;
    }
  }
  const auto named = std::ranges::find(kNamedKeys, name, &NamedKey::name);
  if (named != kNamedKeys.end()) {
    press.key.key = named->key;
  } else if (name.size() == 1 && ((name[0] >= 'A' && name[0] <= 'Z') || (name[0] >= '0' && name[0] <= '9'))) {
    press.key.key = name[0];
  } else {
    std::array<std::string_view, kNamedKeys.size()> names;
    std::ranges::transform(kNamedKeys, names.begin(), &NamedKey::name);
    words.fail(fmt::format("{} is no key; keys are A to Z, 0 to 9, {}, with Ctrl+ or Shift+ before them",
                           in_quotes(typed), joined(names)));
  }
  return press;
}
TourAction read_type(LineWords& words) {
  return tour::Type{words.take_label("a text")};
}
TourAction read_drop(LineWords& words) {
  return tour::Drop{words.take_word("a file")};
}
TourAction read_size(LineWords& words) {
  const std::string size = words.take_word("a size");
  const std::size_t cross = size.find('x');
  const auto width = number_in(std::string_view(size).substr(0, cross));
  const auto height =
      number_in(cross == std::string::npos ? std::string_view() : std::string_view(size).substr(cross + 1));
  const auto fits = [](const std::optional<double>& length) {
    return length && *length >= 64 && *length <= 8192 && *length == static_cast<int>(*length);
  };
  if (!fits(width) || !fits(height)) {
    words.fail(fmt::format("{} is no size such as 1440x900 (64 to 8,192 each)", in_quotes(size)));
    return tour::Resize{};
  }
  tour::Resize resize{static_cast<int>(*width), static_cast<int>(*height), 1};
  if (words.take_if("scale")) resize.scale = words.take_number("scale", 0.5, 4);
  return resize;
}
TourAction read_theme(LineWords& words) {
  const std::string name = words.take_word("a theme");
  const Theme* const found = find_theme(name);
  if (found == nullptr) words.fail(fmt::format("{} is no theme; light and dark are", in_quotes(name)));
  return tour::SetTheme{found != nullptr ? found->id : ThemeId::kLight};
}
TourAction read_picture(LineWords& words) {
  const std::string file = words.take_word("a file");
  if (!file.ends_with(".png")) words.fail(fmt::format("{} does not end in .png", in_quotes(file)));
  return tour::Picture{file};
}
TourAction read_wait(LineWords& words) {
  if (words.take_if("steps")) return tour::WaitSteps{words.take_whole("the step", 0, kMostSteps)};
  if (words.take_if("frames"))
    return tour::WaitFrames{static_cast<int>(words.take_whole("frames", 1, 100'000))};
  if (!words.take_if("until")) {
    words.fail(fmt::format("wait is followed by {}", in_quotes(words.take_word("steps, frames or until"))));
  } else if (words.take_if("paused")) {
    return tour::WaitPaused{};
  } else if (!words.take_if("text")) {
    words.fail("until is followed by neither text nor paused");
  }
  return tour::WaitText{words.take_label("a text")};
}
TourAction read_expect_lane(LineWords& words) {
  tour::ExpectLane expect;
  const std::string lane = words.take_word("a lane");
  const auto number = number_in(lane);
  if (number && *number >= 1 && *number <= 6) {
    expect.lane = static_cast<std::size_t>(*number);
  } else {
    expect.lane = lane;
  }
  expect.quantity = words.take_word("a quantity");
  expect.relation = words.take_relation();
  expect.value = words.take_number("the value", -1e308, 1e308);
  return expect;
}
TourAction read_expect(LineWords& words) {
  if (words.take_if("lane")) return read_expect_lane(words);
  if (words.take_if("text")) return tour::ExpectText{words.take_label("a text"), true};
  if (words.take_if("results")) return tour::ExpectResults{};
  if (words.take_if("playing")) return tour::ExpectPlaying{true};
  if (words.take_if("paused")) return tour::ExpectPlaying{false};
  if (words.take_if("no")) {
    if (!words.take_if("text")) words.fail("no is not followed by text");
    return tour::ExpectText{words.take_label("a text"), false};
  }
  tour::ExpectCount expect;
  if (words.take_if("lanes")) {
    expect.what = tour::Count::kLanes;
  } else if (!words.take_if("step")) {
    words.fail(fmt::format("{} cannot be expected", in_quotes(words.take_word("what is expected"))));
  }
  expect.relation = words.take_relation();
  expect.value = words.take_number("the value", 0, kMostSteps);
  return expect;
}

struct Form {
  std::string_view words;  // that begin the line
  std::string_view usage;
  TourAction (*read)(LineWords& words);
};
// The longer beginning first.
constexpr std::string_view kTarget = "TARGET";
constexpr std::array kForms = {
    Form{"open", "open NAME|FILE", read_open},
    Form{"double click", "double click TARGET", read_double_click},
    Form{"right click", "right click TARGET", read_right_click},
    Form{"click", "click TARGET", read_click},
    Form{"hover", "hover TARGET", read_hover},
    Form{"wheel", "wheel NOTCHES TARGET", read_wheel},
    Form{"drag slider", "drag slider \"label\" to SHARE (0 to 1)", read_drag_slider},
    Form{"drag", "drag TARGET to TARGET", read_drag},
    Form{"key", "key [Ctrl+][Shift+]KEY", read_key},
    Form{"type", "type \"text\"", read_type},
    Form{"drop", "drop FILE", read_drop},
    Form{"size", "size WxH [scale S]", read_size},
    Form{"theme", "theme light|dark", read_theme},
    Form{"picture", "picture FILE.png", read_picture},
    Form{"wait", "wait steps N | wait frames N | wait until text \"text\" | wait until paused", read_wait},
    Form{"expect",
         "expect lane N|\"name\" QUANTITY RELATION VALUE | expect step|lanes RELATION N | expect [no] text "
         "\"text\" | expect results | expect playing|paused",
         read_expect},
};

// Takes the words that begin a form.
const Form* take_form(LineWords& words) {
  for (const Form& form : kForms) {
    LineWords rest = words;
    std::string_view left = form.words;
    bool fits = true;
    while (fits && !left.empty()) {
      const std::size_t space = std::min(left.find(' '), left.size());
      fits = rest.take_if(left.substr(0, space));
      left.remove_prefix(std::min(space + 1, left.size()));
    }
    if (!fits) continue;
    words = std::move(rest);
    return &form;
  }
  return nullptr;
}

std::string usage_line(const Form& form) {
  std::string text(form.usage);
  if (text.find(kTarget) != std::string::npos) {
    text += "; a TARGET is (x,y) or \"label\" [near \"label\"] [nth N] [at X,Y]";
  }
  return text;
}

}  // namespace

Result<TourScript> tour_from_text(std::string_view text, std::string_view source) {
  TourScript script;
  script.source = source;
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    const auto wrong = [&](std::string_view what) {
      return InputError{fmt::format("{}:{}: {}: {}", source, number, in_quotes(line), what)};
    };
    LineWords words(line);
    if (words.error()) return wrong(*words.error());
    if (words.at_end()) continue;
    const Form* const form = take_form(words);
    if (form == nullptr) {
      std::array<std::string_view, kForms.size()> names;
      std::ranges::transform(kForms, names.begin(), &Form::words);
      const std::string first = words.take_word("a command");
      return wrong(fmt::format("there is no command {}{}", in_quotes(first), suggestion(first, names)));
    }
    TourAction action = form->read(words);
    if (!words.error() && !words.at_end()) {
      words.fail(fmt::format("{} is one word too many", in_quotes(words.take_word("a word"))));
    }
    if (words.error()) return wrong(fmt::format("{}; allowed: {}", *words.error(), usage_line(*form)));
    const std::size_t begin = line.find_first_not_of(" \t");
    script.commands.push_back({number, std::string(line.substr(begin)), std::move(action)});
  }
  return script;
}

Result<TourScript> tour_from_file(const std::string& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    return InputError{fmt::format("{} is no file", in_quotes(file))};
  }
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) return InputError{fmt::format("{} cannot be read", in_quotes(file))};
  return tour_from_text(text.str(), file);
}

}  // namespace initlab
