#include "tests/app/monkey/events.h"

#include <fmt/format.h>

#include <array>
#include <fstream>

namespace initlab::monkey {
namespace {

constexpr std::array kKeys = {kKeySpace,     kKeySpace,  kKeyEnter, kKeyEscape, kKeyTab,
                              kKeyBackspace, kKeyDelete, kKeyLeft,  kKeyRight,  kKeyUp,
                              kKeyDown,      kKeyHome,   kKeyEnd,   kKeyPlus,   kKeyMinus,
                              kKeyQuestion,  kKeyF1,     kKeyF11,   kKeyPageUp, kKeyPageDown};

// Numbers in and out of range, names, a setting, what no program expects.
constexpr std::array kTexts = {"0",
                               "1",
                               "2",
                               "3",
                               "0.5",
                               "-1",
                               "1e-3",
                               "7",
                               "10, 5",
                               "3,3,3,3",
                               "1e308",
                               "-1e308",
                               "nan",
                               "inf",
                               "100",
                               "64",
                               "[]",
                               "none",
                               "16",
                               "tanh",
                               "he",
                               "clone",
                               "open",
                               "lane 2",
                               "seed",
                               "?",
                               "lanes.1.seed = 4",
                               "training.learning_rate=1000",
                               "999999999999999999999",
                               "\xC3\xA9\xE2\x88\x87\xF0\x9F\x90\x92",
                               "\xFF\xFE",
                               "a\tb\nc",
                               "\"",
                               "{}",
                               "   ",
                               "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                               "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};

constexpr std::array kSizes = {Event::Size{1440, 900, 1}, Event::Size{1024, 700, 1},
                               Event::Size{640, 480, 1},  Event::Size{1920, 1080, 1},
                               Event::Size{1440, 900, 2}, Event::Size{2560, 700, 1},
                               Event::Size{700, 1300, 1}, Event::Size{320, 200, 1}};

std::string written(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
  return file.string();
}

}  // namespace

Events::Events(unsigned seed, const std::filesystem::path& folder,
               std::vector<std::filesystem::path> experiments)
    : random_(seed) {
  for (const auto& file : experiments) experiments_.push_back(file.string());
  std::string table = "x,y,kind\n";
  for (int i = 0; i < 40; ++i) {
    table += fmt::format("{},{},{}\n", i % 7 - 3, i % 5 - 2, i % 2 == 0 ? "leaf" : "petal");
  }
  files_ = {written(folder / "table.csv", table),
            written(folder / "one_row.csv", "1,2,3\n"),
            written(folder / "ragged.csv", "1,2\n3\n4,5,6\n"),
            written(folder / "empty.csv", ""),
            written(folder / "empty.json", ""),
            written(folder / "half.json", R"({"initlab": 1, "lanes": [)"),
            written(folder / "unknown.json", R"({"initlab": 1, "colour": "red"})"),
            written(folder / "bytes.bin", std::string("\0\xFF\x80\n\0x", 6)),
            written(folder / "words.txt", "no table and no experiment\n"),
            folder.string(),
            (folder / "missing.json").string(),
            ""};
}

Point Events::somewhere(const FrameRecord& shown) {
  if (!shown.widgets().empty() && !one_in(5)) {
    const Rect rect = any(shown.widgets()).rect;
    const auto share = [this] { return (below(101)) / 100.0; };
    return {rect.x + share() * rect.width, rect.y + share() * rect.height};
  }
  return {static_cast<double>(below(size_.width + 40) - 20),
          static_cast<double>(below(size_.height + 40) - 20)};
}

Event Events::next(const FrameRecord& shown) {
  const int kind = below(100);
  if (kind < 42) return click(shown);
  if (kind < 54) return drag(shown);
  if (kind < 62) return wheel(shown);
  if (kind < 80) return key();
  if (kind < 90) return type();
  if (kind < 95) return move(shown);
  if (kind < 97) return drop();
  return resize();
}

Event Events::move(const FrameRecord& shown) {
  held_.mouse = one_in(10) ? GuiInput{}.mouse : somewhere(shown);
  Event event{fmt::format("move to ({:.0f},{:.0f})", held_.mouse.x, held_.mouse.y), {}, {}, {}};
  event.inputs.assign(one_in(4) ? 40 : 1, held_);  // now and then it waits for a note
  return event;
}

Event Events::click(const FrameRecord& shown) {
  held_.mouse = somewhere(shown);
  const auto button = static_cast<std::size_t>(one_in(6) ? 1 + below(2) : 0);
  const int times = one_in(8) ? 2 : 1;
  Event event{fmt::format("click {} x{} at ({:.0f},{:.0f})", button, times, held_.mouse.x, held_.mouse.y),
              {},
              {},
              {}};
  event.inputs.push_back(held_);
  for (int i = 0; i < times; ++i) {
    GuiInput down = held_;
    down.button[button] = true;
    down.ctrl = one_in(10);
    down.shift = one_in(10);
    event.inputs.push_back(down);
    event.inputs.push_back(held_);
  }
  return event;
}

Event Events::drag(const FrameRecord& shown) {
  const Point from = somewhere(shown);
  const Point to = somewhere(shown);
  Event event{fmt::format("drag ({:.0f},{:.0f}) to ({:.0f},{:.0f})", from.x, from.y, to.x, to.y), {}, {}, {}};
  held_.mouse = from;
  event.inputs.push_back(held_);
  const auto button = static_cast<std::size_t>(one_in(8) ? 1 : 0);
  for (int i = 0; i <= 4; ++i) {
    GuiInput down = held_;
    down.button[button] = true;
    down.mouse = {from.x + (to.x - from.x) * i / 4, from.y + (to.y - from.y) * i / 4};
    down.shift = one_in(8);
    event.inputs.push_back(down);
  }
  held_.mouse = to;
  event.inputs.push_back(held_);
  return event;
}

Event Events::wheel(const FrameRecord& shown) {
  held_.mouse = somewhere(shown);
  GuiInput input = held_;
  input.wheel = below(13) - 6;
  input.wheel_horizontal = one_in(5) ? below(5) - 2 : 0;
  input.ctrl = one_in(8);
  return {
      fmt::format("wheel {} at ({:.0f},{:.0f})", input.wheel, held_.mouse.x, held_.mouse.y), {input}, {}, {}};
}

Event Events::key() {
  KeyPress press;
  const int kind = below(10);
  if (kind < 5) {
    press.key = kKeys[static_cast<std::size_t>(below(static_cast<int>(kKeys.size())))];
  } else if (kind < 8) {
    press.key = 'A' + below(26);
  } else {
    press.key = '0' + below(10);
  }
  press.ctrl = one_in(5);
  press.shift = one_in(8);
  GuiInput input = held_;
  input.keys.push_back(press);
  if (one_in(20)) input.keys.push_back({kKeyEscape, false, false});
  return {fmt::format("key {}{}{}", press.ctrl ? "Ctrl+" : "", press.shift ? "Shift+" : "", press.key),
          {input},
          {},
          {}};
}

// Into whatever has the keyboard; half of the time Enter follows.
Event Events::type() {
  GuiInput input = held_;
  input.text = kTexts[static_cast<std::size_t>(below(static_cast<int>(kTexts.size())))];
  Event event{fmt::format("type '{}'", input.text), {input, held_}, {}, {}};
  if (one_in(2)) {
    GuiInput enter = held_;
    enter.keys.push_back({kKeyEnter, false, false});
    event.inputs.push_back(enter);
  }
  return event;
}

Event Events::drop() {
  GuiInput input = held_;
  input.dropped_files.push_back(one_in(2) ? any(experiments_) : any(files_));
  if (one_in(6)) input.dropped_files.push_back(any(files_));
  return {fmt::format("drop {}", input.dropped_files.back()), {input}, {}, {}};
}

Event Events::resize() {
  Event event{"", {held_}, {}, {}};
  if (one_in(2)) {
    event.theme = one_in(2) ? ThemeId::kDark : ThemeId::kLight;
    event.name = "theme";
  } else {
    size_ = kSizes[static_cast<std::size_t>(below(static_cast<int>(kSizes.size())))];
    event.size = size_;
    event.name = fmt::format("size {}x{} scale {}", size_.width, size_.height, size_.scale);
  }
  return event;
}

}  // namespace initlab::monkey
