#include "app/theme.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "app/canvas/oklab.h"

namespace initlab {
namespace {

// WCAG 2.1, relative luminance and contrast ratio.
double luminance(Color c) {
  return 0.2126 * srgb_to_linear(c.r / 255.0) + 0.7152 * srgb_to_linear(c.g / 255.0) +
         0.0722 * srgb_to_linear(c.b / 255.0);
}

double contrast(Color a, Color b) {
  const double x = luminance(a) + 0.05;
  const double y = luminance(b) + 0.05;
  return x > y ? x / y : y / x;
}

// Machado, Oliveira and Fernandes 2009, severity 1, on light (linear) channels.
struct Vision {
  const char* name;
  double matrix[3][3];
};
constexpr Vision kVisions[] = {
    {"normal", {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {"protan",
     {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
    {"deutan",
     {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
    {"tritan",
     {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
};

Oklab seen(Color color, const Vision& vision) {
  const double light[] = {srgb_to_linear(color.r / 255.0), srgb_to_linear(color.g / 255.0),
                          srgb_to_linear(color.b / 255.0)};
  double out[3] = {};
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) out[row] += vision.matrix[row][column] * light[column];
    out[row] = std::clamp(out[row], 0.0, 1.0);
  }
  return oklab_from_linear(out[0], out[1], out[2]);
}

double distance(Oklab a, Oklab b) {
  return 100 * std::hypot(a.lightness - b.lightness, a.a - b.a, a.b - b.b);
}

int largest_channel_difference(Color a, Color b) {
  return std::max({std::abs(a.r - b.r), std::abs(a.g - b.g), std::abs(a.b - b.b)});
}

TEST(Theme, text_has_a_contrast_of_4_5_on_every_ground) {
  for (const Theme& t : all_themes()) {
    for (const Color ground : {t.ground, t.card, t.paper, t.soft}) {
      EXPECT_GE(contrast(t.ink, ground), 4.5) << t.name;
      EXPECT_GE(contrast(t.secondary, ground), 4.5) << t.name;
    }
    EXPECT_GE(contrast(t.accent, t.ground), 4.5) << t.name;
    EXPECT_GE(contrast(t.accent, t.card), 4.5) << t.name;
    EXPECT_GE(contrast(t.on_accent, t.accent), 4.5) << t.name;
    EXPECT_GE(contrast(t.warning, t.warning_ground), 4.5) << t.name;
    EXPECT_GE(contrast(t.good, t.good_ground), 4.5) << t.name;
  }
}

TEST(Theme, lane_colours_have_a_contrast_of_3_on_ground_and_card) {
  for (const Theme& t : all_themes()) {
    for (const Color lane : t.lanes) {
      EXPECT_GE(contrast(lane, t.ground), 3) << t.name << luminance(lane);
      EXPECT_GE(contrast(lane, t.card), 3) << t.name << luminance(lane);
    }
  }
}

TEST(Theme, lane_colours_differ_by_12_under_every_kind_of_colour_vision) {
  for (const Theme& t : all_themes()) {
    for (const Vision& vision : kVisions) {
      for (std::size_t i = 0; i < t.lanes.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          EXPECT_GE(distance(seen(t.lanes[i], vision), seen(t.lanes[j], vision)), 12)
              << t.name << " " << vision.name << " lanes " << j + 1 << " and " << i + 1;
        }
      }
    }
  }
}

// Each theme in each palette.
std::vector<Theme> all_rows() {
  std::vector<Theme> rows;
  for (const PaletteRow& palette : palettes()) {
    for (const ThemeId id : {ThemeId::kLight, ThemeId::kDark}) rows.push_back(theme(id, palette.id));
  }
  return rows;
}

TEST(Theme, classes_differ_under_every_kind_of_colour_vision) {
  for (const Theme& t : all_rows()) {
    for (const Vision& vision : kVisions) {
      for (std::size_t i = 0; i < t.classes.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          EXPECT_GE(distance(seen(t.classes[i].fill, vision), seen(t.classes[j].fill, vision)), 12)
              << t.name << " " << static_cast<int>(t.palette) << " " << vision.name << " classes " << j
              << " and " << i;
        }
      }
      EXPECT_GE(distance(seen(t.classes[0].field_end, vision), seen(t.classes[1].field_end, vision)), 12)
          << vision.name;
    }
  }
}

TEST(Theme, the_palette_by_lightness_differs_in_grey) {
  for (const ThemeId id : {ThemeId::kLight, ThemeId::kDark}) {
    const Theme& t = theme(id, PaletteId::kLightness);
    const auto lightness = [](Color c) { return 100 * to_oklab(c).lightness; };
    EXPECT_GE(std::abs(lightness(t.classes[0].fill) - lightness(t.classes[1].fill)), 30) << t.name;
    EXPECT_GE(std::abs(lightness(t.classes[0].field_end) - lightness(t.classes[1].field_end)), 25) << t.name;
  }
}

TEST(Theme, a_palette_changes_the_classes_and_nothing_else) {
  for (const PaletteRow& row : palettes()) {
    ASSERT_EQ(find_palette(row.name), &row);
    for (const ThemeId id : {ThemeId::kLight, ThemeId::kDark}) {
      const Theme& t = theme(id, row.id);
      EXPECT_EQ(t.palette, row.id);
      EXPECT_EQ(t.id, id);
      EXPECT_EQ(t.lanes, theme(id).lanes);
      EXPECT_EQ(field_color(t, 1), t.classes[1].field_end);
    }
  }
  EXPECT_EQ(find_palette("red-green"), nullptr);
}

TEST(Theme, is_found_by_its_name) {
  for (const Theme& t : all_themes()) {
    ASSERT_EQ(find_theme(t.name), &t);
    EXPECT_EQ(&theme(t.id), &t);
  }
  EXPECT_EQ(find_theme("Light"), nullptr);
  EXPECT_EQ(find_theme(""), nullptr);
}

TEST(FieldColor, runs_from_one_class_over_paper_to_the_other) {
  for (const Theme& t : all_themes()) {
    EXPECT_EQ(field_color(t, 0), t.classes[0].field_end);
    EXPECT_EQ(field_color(t, 0.5), t.paper);
    EXPECT_EQ(field_color(t, 1), t.classes[1].field_end);
    EXPECT_EQ(field_color(t, -3), t.classes[0].field_end);
    EXPECT_EQ(field_color(t, std::numeric_limits<double>::infinity()), t.classes[1].field_end);
    EXPECT_EQ(field_color(t, std::numeric_limits<double>::quiet_NaN()), t.hairline);
  }
}

TEST(FieldColor, equals_the_oklab_mix_to_one_step_of_a_channel) {
  for (const Theme& t : all_themes()) {
    for (int i = 0; i <= 3000; ++i) {
      const double p = i / 3000.0;
      const Color end = t.classes[p < 0.5 ? 0 : 1].field_end;
      const Color direct = from_oklab(mix(to_oklab(t.paper), to_oklab(end), std::abs(2 * p - 1)));
      EXPECT_LE(largest_channel_difference(field_color(t, p), direct), 1) << p;
    }
  }
}

TEST(FieldColor, of_many_classes_runs_from_paper_to_the_winners_end) {
  for (const Theme& t : all_themes()) {
    for (std::size_t winner = 0; winner < t.classes.size(); ++winner) {
      EXPECT_EQ(class_field_color(t, winner, 0), t.paper);
      EXPECT_EQ(class_field_color(t, winner, 1), t.classes[winner].field_end);
    }
    EXPECT_EQ(class_field_color(t, 3, std::numeric_limits<double>::quiet_NaN()), t.hairline);
  }
}

TEST(FieldColor, the_palette_is_the_same_ramp) {
  std::array<Color, 256> palette;
  for (const Theme& t : all_themes()) {
    field_palette(t, palette);
    for (std::size_t i = 0; i < palette.size(); ++i) {
      EXPECT_EQ(palette[i], field_color(t, static_cast<double>(i) / 255));
    }
  }
}

TEST(OklabColor, agrees_with_the_papers_reference_values) {
  const Oklab red = to_oklab(rgb(0xFF0000));
  EXPECT_NEAR(red.lightness, 0.627955, 1e-4);
  EXPECT_NEAR(red.a, 0.224863, 1e-4);
  EXPECT_NEAR(red.b, 0.125846, 1e-4);
  EXPECT_NEAR(to_oklab(rgb(0xFFFFFF)).lightness, 1, 1e-6);
}

TEST(OklabColor, every_colour_comes_back_as_it_went) {
  for (std::uint32_t hex = 0; hex <= 0xFFFFFF; hex += 0x010307)
    EXPECT_EQ(from_oklab(to_oklab(rgb(hex))), rgb(hex));
}

}  // namespace
}  // namespace initlab
