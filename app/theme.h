// Colours and sizes of everything seen: the light and the dark theme, rows of one table, each with a choice
// of colours for the classes. What is drawn asks the theme and types no colour itself.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "app/canvas/geometry.h"

namespace initlab {

enum class ThemeId { kLight, kDark };

// The colours of classes and of the decision field.
enum class PaletteId { kBlueOrange, kBlueYellow, kLightness, kCount };

struct PaletteRow {
  PaletteId id;
  std::string_view name;   // "blue-yellow": in files
  std::string_view label;  // "blue, yellow"
  std::string_view help;   // one sentence
};

struct ClassStyle {
  Color fill;       // of a point
  Color field_end;  // the decision field where this class is certain
};

struct Theme {
  ThemeId id;
  PaletteId palette;
  std::string_view name;  // "light", "dark": file and command line
  Color ground, card, paper, ink, secondary, hairline, soft, accent, on_accent;
  Color warning, warning_ground, good, good_ground;
  // 0: blue circles, 1: orange triangles (or what the palette has). Fills differ from each other like lanes
  // do, by 12 in Oklab under every kind of colour vision; shapes tell them apart besides (marks.h).
  std::array<ClassStyle, 10> classes;
  std::array<Color, 6> lanes;
};

const Theme& theme(ThemeId id, PaletteId palette = PaletteId::kBlueOrange);
// From 0 to kThemeCount - 1, for tables that are computed from themes.
inline constexpr std::size_t kThemeCount = 2 * static_cast<std::size_t>(PaletteId::kCount);
std::size_t theme_index(const Theme& theme);
std::span<const PaletteRow> palettes();
// Null when no palette has that name.
const PaletteRow* find_palette(std::string_view name);
// Null when no theme has that name.
const Theme* find_theme(std::string_view name);
// With the first palette.
std::span<const Theme> all_themes();

// Type sizes in logical pixels.
inline constexpr double kBodySize = 15;
inline constexpr double kSecondarySize = 13.5;
inline constexpr double kTickSize = 12;
inline constexpr double kReadoutSize = 18;
inline constexpr double kCornerRadius = 6;
inline constexpr double kGrid = 8;

// Dash pattern of a lane (0-based), the same in every figure; empty for a solid line.
std::span<const double> lane_dash(std::size_t lane);
Color lane_color(const Theme& theme, std::size_t lane);

// The decision field's colour for a probability of class 1 in [0, 1]: class 0's end, paper at one half, class
// 1's end, interpolated in Oklab (Ottosson 2020). Beyond [0, 1] is the nearest end; NaN gives `hairline`. A
// table is read: cheap enough for every pixel of every frame.
Color field_color(const Theme& theme, double probability);
// The decision field where `winner` of many classes is largest: paper where `certainty` is 0, its end at 1.
Color class_field_color(const Theme& theme, std::size_t winner, double certainty);
// A class beyond the last one takes the first one's colour again.
Color class_color(const Theme& theme, std::size_t point_class);
// `field_color` for 256 probabilities from 0 to 1, for a colour bar or a texture.
void field_palette(const Theme& theme, std::span<Color, 256> palette);

}  // namespace initlab
