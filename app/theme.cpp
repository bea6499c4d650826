// The two rows of the theme, the palettes of classes, and what is computed from them. A third theme is a
// third row and a value of ThemeId; another palette is a row of each of the two tables of palettes and a
// value of PaletteId.
#include "app/theme.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "app/canvas/oklab.h"

namespace initlab {
namespace {

constexpr std::array<Theme, 2> kBaseThemes = {{
    {.id = ThemeId::kLight,
     .palette = PaletteId::kBlueOrange,
     .name = "light",
     .ground = rgb(0xF6F5F1),
     .card = rgb(0xFFFFFF),
     .paper = rgb(0xFAFAF7),
     .ink = rgb(0x1E2328),
     .secondary = rgb(0x5C646D),
     .hairline = rgb(0xDFDDD6),
     .soft = rgb(0xECEAE3),
     .accent = rgb(0x2F6DB5),
     .on_accent = rgb(0xFFFFFF),
     .warning = rgb(0x9A4608),
     .warning_ground = rgb(0xFBEFE3),
     .good = rgb(0x1B6E4C),
     .good_ground = rgb(0xE8F3EC),
     .classes = {{{rgb(0x0072B2), rgb(0x5AA5D8)},
                  {rgb(0xD98200), rgb(0xEDB755)},
                  {rgb(0x69B4A5), rgb(0xACD3C9)},
                  {rgb(0x960000), rgb(0xCB8073)},
                  {rgb(0xC387FF), rgb(0xDBBCFE)},
                  {rgb(0x0000C3), rgb(0x618BE2)},
                  {rgb(0x96695A), rgb(0xC3A89E)},
                  {rgb(0x692D69), rgb(0xAA86A8)},
                  {rgb(0x000F4B), rgb(0x627598)},
                  {rgb(0x3C0000), rgb(0x926B64)}}},
     .lanes = {{rgb(0x56606B), rgb(0xA42E07), rgb(0x40A144), rgb(0x371780), rgb(0xA278E4), rgb(0x670223)}}},
    {.id = ThemeId::kDark,
     .palette = PaletteId::kBlueOrange,
     .name = "dark",
     .ground = rgb(0x16191D),
     .card = rgb(0x1E2227),
     .paper = rgb(0x23282E),
     .ink = rgb(0xE8E6E1),
     .secondary = rgb(0x98A1AB),
     .hairline = rgb(0x31373E),
     .soft = rgb(0x292E35),
     .accent = rgb(0x6FA8E6),
     .on_accent = rgb(0x16191D),
     .warning = rgb(0xF0A45D),
     .warning_ground = rgb(0x33281C),
     .good = rgb(0x63C79A),
     .good_ground = rgb(0x1C2E27),
     .classes = {{{rgb(0x56B4E9), rgb(0x1B5C8C)},
                  {rgb(0xF2B134), rgb(0x855807)},
                  {rgb(0xE1691E), rgb(0x7E4A33)},
                  {rgb(0x87F0FF), rgb(0x54858F)},
                  {rgb(0x960FC3), rgb(0x5B2C75)},
                  {rgb(0xFFFF96), rgb(0x888C63)},
                  {rgb(0x1E6969), rgb(0x26474B)},
                  {rgb(0xB41E0F), rgb(0x6B2E29)},
                  {rgb(0x6987A5), rgb(0x455566)},
                  {rgb(0xB45AFF), rgb(0x684490)}}},
     .lanes = {{rgb(0x9AA5B1), rgb(0xC64F2E), rgb(0x70F6AA), rgb(0x636DD7), rgb(0xE4BBFE), rgb(0x916D88)}}},
}};
constexpr std::array<PaletteRow, 3> kPalettes = {
    {{PaletteId::kBlueOrange, "blue-orange", "blue, orange", "Blue and orange."},
     {PaletteId::kBlueYellow, "blue-yellow", "blue, yellow", "Deep blue and yellow: a stronger contrast."},
     {PaletteId::kLightness, "lightness", "dark, light",
      "Dark and light: told apart in shades of grey too."}}};

using Classes = std::array<ClassStyle, 10>;
// Of the palettes after the first, whose colours stand in the themes: for the light and for the dark one.
constexpr std::array<std::array<Classes, 2>, 2> kOtherClasses = {{
    {{{{{rgb(0x0A3C9C), rgb(0x7C9BD8)},
        {rgb(0xE3B505), rgb(0xF2DB6B)},
        {rgb(0x69B4A5), rgb(0xACD3C9)},
        {rgb(0x960000), rgb(0xCB8073)},
        {rgb(0x96695A), rgb(0xC3A89E)},
        {rgb(0x000F4B), rgb(0x627598)},
        {rgb(0x3C0000), rgb(0x926B64)},
        {rgb(0x0F5AFF), rgb(0x7CAAFF)},
        {rgb(0x000000), rgb(0x535352)},
        {rgb(0xB487F0), rgb(0xD3BCF5)}}},
      {{{rgb(0x7FA6FF), rgb(0x2C4C9E)},
        {rgb(0xFFE45C), rgb(0x8A7A10)},
        {rgb(0xE1691E), rgb(0x874E32)},
        {rgb(0x87F0FF), rgb(0x598F9A)},
        {rgb(0x960FC3), rgb(0x612C7D)},
        {rgb(0x1E6969), rgb(0x264B4D)},
        {rgb(0xB41E0F), rgb(0x722E28)},
        {rgb(0x6987A5), rgb(0x485A6C)},
        {rgb(0xC3A596), rgb(0x766965)},
        {rgb(0xB44BFF), rgb(0x6F419B)}}}}},
    {{{{{rgb(0x1F2F52), rgb(0x68799C)},
        {rgb(0xEE9F4F), rgb(0xF3D6AC)},
        {rgb(0x960000), rgb(0xCB8073)},
        {rgb(0x96695A), rgb(0xC3A89E)},
        {rgb(0x3C0000), rgb(0x926B64)},
        {rgb(0x2D1EF0), rgb(0x7896FB)},
        {rgb(0x4BC3E1), rgb(0xA4DCEC)},
        {rgb(0x0087B4), rgb(0x88BBD3)},
        {rgb(0x692D96), rgb(0xA88AC4)},
        {rgb(0x00003C), rgb(0x5A6C8F)}}},
      {{{rgb(0x5B7DB0), rgb(0x080A0E)},
        {rgb(0xFFE3B8), rgb(0x8C7B64)},
        {rgb(0xE1691E), rgb(0x874E32)},
        {rgb(0x1EA5FF), rgb(0x2E6A9A)},
        {rgb(0x5A4BA5), rgb(0x403C6D)},
        {rgb(0x964B00), rgb(0x613D26)},
        {rgb(0xFFB43C), rgb(0x957241)},
        {rgb(0xA500FF), rgb(0x67309B)},
        {rgb(0xB4D2FF), rgb(0x6E809A)},
        {rgb(0xA5A596), rgb(0x676965)}}}}},
}};

// Both themes in the first palette, then in the second, ...
constexpr std::array<Theme, kThemeCount> make_themes() {
  std::array<Theme, kThemeCount> themes{};
  for (std::size_t i = 0; i < themes.size(); ++i) {
    themes[i] = kBaseThemes[i % 2];
    if (i < 2) continue;
    themes[i].palette = kPalettes[i / 2].id;
    themes[i].classes = kOtherClasses[i / 2 - 1][i % 2];
  }
  return themes;
}
constexpr std::array<Theme, kThemeCount> kThemes = make_themes();
static_assert(kThemes[static_cast<std::size_t>(ThemeId::kLight)].id == ThemeId::kLight);
static_assert(kThemes[static_cast<std::size_t>(ThemeId::kDark)].id == ThemeId::kDark);
static_assert(kThemes.back().palette == kPalettes.back().id);

// Lanes 1 and 3 are solid and told apart by lightness; the others by pattern as well. Gaps are wide enough to
// stay open at a curve's width of 1.75.
constexpr std::array<double, 2> kDashed = {7, 4};
constexpr std::array<double, 2> kDotted = {2.5, 3};
constexpr std::array<double, 4> kDashDot = {10, 3.5, 2.5, 3.5};
constexpr std::array<double, 6> kDashDotDot = {14, 3, 2.5, 3, 2.5, 3};

// Fine enough that neighbouring entries differ by at most one step of an 8-bit channel.
constexpr std::size_t kFieldSteps = 1024;
using FieldTable = std::array<Color, kFieldSteps + 1>;

FieldTable make_field_table(const Theme& theme) {
  const Oklab paper = to_oklab(theme.paper);
  const Oklab ends[] = {to_oklab(theme.classes[0].field_end), to_oklab(theme.classes[1].field_end)};
  FieldTable table;
  for (std::size_t i = 0; i <= kFieldSteps; ++i) {
    const double certainty = 2.0 * static_cast<double>(i) / kFieldSteps - 1;  // -1: class 0, 1: class 1
    table[i] = from_oklab(mix(paper, certainty < 0 ? ends[0] : ends[1], std::abs(certainty)));
  }
  return table;
}

const FieldTable& field_table(const Theme& theme) {
  static const std::array<FieldTable, kThemeCount> tables = [] {
    std::array<FieldTable, kThemeCount> all;
    std::ranges::transform(kThemes, all.begin(), make_field_table);
    return all;
  }();
  return tables[theme_index(theme)];
}

}  // namespace

const Theme& theme(ThemeId id, PaletteId palette) {
  return kThemes[static_cast<std::size_t>(palette) * 2 + static_cast<std::size_t>(id)];
}

std::size_t theme_index(const Theme& theme) {
  return static_cast<std::size_t>(theme.palette) * 2 + static_cast<std::size_t>(theme.id);
}

std::span<const PaletteRow> palettes() {
  return kPalettes;
}

const PaletteRow* find_palette(std::string_view name) {
  const auto at = std::ranges::find(kPalettes, name, &PaletteRow::name);
  return at == kPalettes.end() ? nullptr : &*at;
}

const Theme* find_theme(std::string_view name) {
  const std::span<const Theme> rows = all_themes();
  const auto at = std::ranges::find(rows, name, &Theme::name);
  return at == rows.end() ? nullptr : &*at;
}

std::span<const Theme> all_themes() {
  return std::span(kThemes).first(2);
}

std::span<const double> lane_dash(std::size_t lane) {
  static constexpr std::array<std::span<const double>, 6> kDashes = {
      {{}, kDashed, {}, kDotted, kDashDot, kDashDotDot}};
  assert(lane < kDashes.size());
  return kDashes[lane];
}

Color lane_color(const Theme& theme, std::size_t lane) {
  assert(lane < theme.lanes.size());
  return theme.lanes[lane];
}

Color field_color(const Theme& theme, double probability) {
  if (std::isnan(probability)) return theme.hairline;
  const double step = std::clamp(probability, 0.0, 1.0) * kFieldSteps + 0.5;
  return field_table(theme)[static_cast<std::size_t>(step)];
}

Color class_color(const Theme& theme, std::size_t point_class) {
  return theme.classes[point_class % theme.classes.size()].fill;
}

Color class_field_color(const Theme& theme, std::size_t winner, double certainty) {
  if (std::isnan(certainty)) return theme.hairline;
  const Color end = theme.classes[winner % theme.classes.size()].field_end;
  return from_oklab(mix(to_oklab(theme.paper), to_oklab(end), std::clamp(certainty, 0.0, 1.0)));
}

void field_palette(const Theme& theme, std::span<Color, 256> palette) {
  for (std::size_t i = 0; i < palette.size(); ++i) {
    palette[i] = field_color(theme, static_cast<double>(i) / 255.0);
  }
}

}  // namespace initlab
