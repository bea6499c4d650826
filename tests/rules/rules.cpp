// To add a rule: its function and its row in kRules, and in rules_test.cpp a text that breaks it.
#include "tests/rules/rules.h"

#include <algorithm>
#include <array>
#include <regex>
#include <set>
#include <sstream>

namespace initlab::rules {
namespace {

using Prefixes = std::span<const std::string_view>;

bool begins_with_any(std::string_view text, Prefixes prefixes) {
  return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
}

void add(Breaches& breaches, const SourceFile& file, std::size_t line, const std::string& what) {
  breaches.push_back(file.path + ":" + std::to_string(line) + ": " + what);
}

// What may be drawn with, listen to, or show.
constexpr std::string_view kImgui[] = {"imgui", "backends/imgui"};
constexpr std::string_view kWindow[] = {"glad/", "GLFW/", "EGL/", "GL/", "GLES", "X11/", "backends/imgui"};
constexpr std::string_view kPictures[] = {"cairo", "ft2build", "freetype", "png.h", "stb_"};

Breaches core_shows_nothing(const SourceFile& file) {
  Breaches breaches;
  if (!file.path.starts_with("core/") && !file.path.starts_with("tests/core/")) return breaches;
  for (const Include& include : includes_of(file)) {
    if (begins_with_any(include.name, kImgui) || begins_with_any(include.name, kWindow) ||
        begins_with_any(include.name, kPictures)) {
      add(breaches, file, include.line, "core is built without a display: " + include.name);
    }
  }
  return breaches;
}

Breaches core_prints_nothing(const SourceFile& file) {
  Breaches breaches;
  if (!file.path.starts_with("core/")) return breaches;
  constexpr std::string_view kHeaders[] = {"iostream", "print",         "cstdio",
                                           "stdio.h",  "fmt/ostream.h", "fmt/os.h"};
  for (const Include& include : includes_of(file)) {
    if (std::ranges::find(kHeaders, include.name) != std::end(kHeaders))
      add(breaches, file, include.line, "core prints nothing: " + include.name);
  }
  const std::string code = code_only(file.text);
  for (const std::string_view word :
       {"printf", "fprintf", "puts", "fputs", "putchar", "cout", "cerr", "clog", "println"}) {
    for (const std::size_t line : lines_with_word(code, word))
      add(breaches, file, line, "core prints nothing: " + std::string(word));
  }
  for (std::size_t at = code.find("fmt::print"); at != std::string::npos;
       at = code.find("fmt::print", at + 1))
    add(breaches, file, line_at(code, at), "core prints nothing: fmt::print");
  return breaches;
}

Breaches only_the_platform_knows_the_window_system(const SourceFile& file) {
  Breaches breaches;
  if (file.path.starts_with("app/platform/")) return breaches;
  for (const Include& include : includes_of(file)) {
    if (begins_with_any(include.name, kWindow))
      add(breaches, file, include.line, "only app/platform may include " + include.name);
  }
  return breaches;
}

// Figures and the canvas draw for paper as well as for the screen: of the canvas, the one back end of ImGui
// knows it.
Breaches figures_and_canvas_know_no_gui(const SourceFile& file) {
  Breaches breaches;
  const bool figure = file.path.starts_with("app/figures/");
  const bool canvas = file.path.starts_with("app/canvas/") && !file.path.starts_with("app/canvas/imgui_");
  if (!figure && !canvas) return breaches;
  for (const Include& include : includes_of(file)) {
    const bool picture = figure && begins_with_any(include.name, kPictures);
    if (picture || begins_with_any(include.name, kImgui) || include.name.starts_with("app/canvas/imgui_"))
      add(breaches, file, include.line, "drawn on a Canvas alone: " + include.name);
  }
  return breaches;
}

// A room, and the beginnings of what files in it may include by quotes.
struct Room {
  std::string_view path;
  std::vector<std::string_view> may_include;
};

const Room* room_of(std::string_view path) {
  // The first that fits holds.
  static const std::vector<Room> kRooms = {
      {"core/numeric/", {"core/numeric/"}},
      {"core/network/", {"core/numeric/", "core/network/"}},
      {"core/data/", {"core/numeric/", "core/data/"}},
      {"core/experiment/", {"core/numeric/", "core/network/", "core/data/", "core/experiment/"}},
      {"core/", {"core/"}},
      {"app/canvas/imgui_",
       {"core/", "app/canvas/", "app/file_output.h", "app/platform/frame.h", "app/platform/fonts.h"}},
      {"app/canvas/", {"core/numeric/", "app/canvas/", "app/file_output.h"}},
      {"app/figures/",
       {"core/numeric/", "core/network/", "core/data/", "core/experiment/", "app/canvas/", "app/figures/",
        "app/theme.h"}},
      {"app/platform/", {"core/", "app/canvas/", "app/platform/", "app/theme.h"}},
      {"app/document/", {"core/", "app/canvas/", "app/document/", "app/theme.h"}},
      {"app/panels/",
       {"core/", "app/canvas/", "app/document/", "app/figures/", "app/panels/", "app/platform/",
        "app/layout.h", "app/theme.h", "app/assets.h", "app/file_output.h"}},
      {"app/", {"core/", "app/"}},
      {"tests/core/", {"core/", "tests/core/"}},
      {"tests/", {"core/", "app/", "tests/"}},
  };
  const auto room = std::ranges::find_if(kRooms, [&](const Room& r) { return path.starts_with(r.path); });
  return room == kRooms.end() ? nullptr : &*room;
}

Breaches include_arrows_point_one_way(const SourceFile& file) {
  Breaches breaches;
  const Room* room = is_code(file) ? room_of(file.path) : nullptr;
  if (!room) return breaches;
  for (const Include& include : includes_of(file)) {
    if (include.quoted && !begins_with_any(include.name, room->may_include))
      add(breaches, file, include.line, std::string(room->path) + " may not include " + include.name);
  }
  return breaches;
}

// Once a target, for the vector code that Highway compiles several times.
Breaches headers_are_included_once(const SourceFile& file) {
  Breaches breaches;
  if (!file.path.ends_with(".h")) return breaches;
  const std::string guard = file.path.ends_with("-inl.h") ? "HWY_TARGET_TOGGLE" : "#pragma once";
  if (code_only(file.text).find(guard) == std::string::npos)
    add(breaches, file, 1, "a header without " + guard);
  return breaches;
}

// A header says what its room is for; a source may leave that to its own header, which then stands first.
Breaches files_open_with_what_they_are_for(const SourceFile& file) {
  Breaches breaches;
  if (!is_code(file) || file.text.starts_with("//")) return breaches;
  const std::vector<Include> includes = includes_of(file);
  const bool own_header =
      file.path.ends_with(".cpp") && !includes.empty() && includes[0].line == 1 && includes[0].quoted;
  if (!own_header) add(breaches, file, 1, "opens neither with a comment nor with its own header");
  return breaches;
}

Breaches files_are_short_enough_to_read(const SourceFile& file) {
  constexpr std::size_t kLongest = 600;
  Breaches breaches;
  const auto lines = static_cast<std::size_t>(std::ranges::count(file.text, '\n'));
  if (lines > kLongest)
    add(breaches, file, lines, "longer than " + std::to_string(kLongest) + " lines: split it");
  return breaches;
}

Breaches nothing_is_left_for_later(const SourceFile& file) {
  Breaches breaches;
  // Spelled in halves, or this file would be in breach.
  for (const std::string& mark : {std::string("TO") + "DO", std::string("FIX") + "ME"}) {
    for (const std::size_t line : lines_with_word(file.text, mark))
      add(breaches, file, line, "a mark " + mark);
  }
  return breaches;
}

Breaches packages_are_names_one_a_line(const SourceFile& file) {
  static const std::regex kName("[a-z0-9][a-z0-9+.-]+");
  Breaches breaches;
  if (file.path != "third_party/packages.txt") return breaches;
  std::set<std::string> seen;
  std::istringstream lines(file.text);
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    if (line.empty() || line.starts_with("#")) continue;
    if (!std::regex_match(line, kName)) add(breaches, file, number, "not the name of a package: " + line);
    if (!seen.insert(line).second) add(breaches, file, number, "named twice: " + line);
  }
  if (seen.empty()) add(breaches, file, 1, "names no package");
  return breaches;
}

Breaches lines_end_plainly(const SourceFile& file) {
  Breaches breaches;
  if (file.text.empty() || file.text.back() != '\n') add(breaches, file, 1, "does not end with a line break");
  const std::size_t at = file.text.find('\r');
  if (at != std::string::npos) add(breaches, file, line_at(file.text, at), "a carriage return");
  return breaches;
}

constexpr std::array kRules = {
    Rule{"core_shows_nothing", core_shows_nothing},
    Rule{"core_prints_nothing", core_prints_nothing},
    Rule{"only_the_platform_knows_the_window_system", only_the_platform_knows_the_window_system},
    Rule{"figures_and_canvas_know_no_gui", figures_and_canvas_know_no_gui},
    Rule{"include_arrows_point_one_way", include_arrows_point_one_way},
    Rule{"headers_are_included_once", headers_are_included_once},
    Rule{"files_open_with_what_they_are_for", files_open_with_what_they_are_for},
    Rule{"files_are_short_enough_to_read", files_are_short_enough_to_read},
    Rule{"nothing_is_left_for_later", nothing_is_left_for_later},
    Rule{"packages_are_names_one_a_line", packages_are_names_one_a_line},
    Rule{"lines_end_plainly", lines_end_plainly},
};

}  // namespace

std::span<const Rule> rules() {
  return kRules;
}

Breaches breaches_of(std::string_view rule, const SourceFile& file) {
  const auto row = std::ranges::find(kRules, rule, &Rule::name);
  return row == kRules.end() ? Breaches{"no rule " + std::string(rule)} : row->breaches(file);
}

}  // namespace initlab::rules
