#include "app/figures/field_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace initlab {
namespace {

// The colours of the field over the logit: beyond 12 a probability is its end to 1e-5.
constexpr double kLogitBound = 12;
constexpr std::size_t kShades = 2048;
constexpr std::size_t kClassShades = 128;  // of each class, where there are many

// A place between cell centres: the centre before it, the one after it and how far it is between them.
struct Between {
  int first = 0;
  int second = 0;
  double share = 0;
};
Between between_centers(double cells, int count) {
  const double at = std::clamp(cells - 0.5, 0.0, static_cast<double>(count - 1));
  const int first = static_cast<int>(at);
  return {first, std::min(first + 1, count - 1), at - first};
}

// Between four cell centres; the nearest one's value where one of them is not finite.
double logit_between(const DecisionField& field, const Between& column, const Between& row) {
  const double top_left = field.at(column.first, row.first);
  const double top_right = field.at(column.second, row.first);
  const double bottom_left = field.at(column.first, row.second);
  const double bottom_right = field.at(column.second, row.second);
  const double top = top_left + (top_right - top_left) * column.share;
  const double bottom = bottom_left + (bottom_right - bottom_left) * column.share;
  const double value = top + (bottom - top) * row.share;
  if (std::isfinite(value)) return value;
  return field.at(column.share < 0.5 ? column.first : column.second,
                  row.share < 0.5 ? row.first : row.second);
}

using Shades = std::array<Color, kShades + 1>;

Shades make_shades(const Theme& theme) {
  Shades shades;
  for (std::size_t i = 0; i <= kShades; ++i) {
    const double logit = (2.0 * static_cast<double>(i) / kShades - 1) * kLogitBound;
    shades[i] = field_color(theme, 1 / (1 + std::exp(-logit)));
  }
  return shades;
}

const Shades& shades_of(const Theme& of) {
  static const std::array<Shades, kThemeCount> shades = [] {
    std::array<Shades, kThemeCount> all;
    for (const PaletteRow& palette : palettes()) {
      for (const ThemeId id : {ThemeId::kLight, ThemeId::kDark}) {
        const Theme& row = theme(id, palette.id);
        all[theme_index(row)] = make_shades(row);
      }
    }
    return all;
  }();
  return shades[theme_index(of)];
}

Color shade_at(const Shades& shades, double logit, Color not_finite) {
  if (std::isnan(logit)) return not_finite;
  const double share = (std::clamp(logit, -kLogitBound, kLogitBound) / kLogitBound + 1) / 2;
  return shades[static_cast<std::size_t>(share * kShades + 0.5)];
}

// Two classes are told apart by the sign of one number.
void paint_two_classes(const Theme& theme, const DecisionField& field, int fineness,
                       std::span<Color> pixels) {
  const Shades& shades = shades_of(theme);
  const Color not_finite = field_color(theme, std::nan(""));
  if (fineness == 1) {  // a pixel is a cell
    std::ranges::transform(field.logit, pixels.begin(),
                           [&](float logit) { return shade_at(shades, logit, not_finite); });
    return;
  }
  const int width = field.size.columns * fineness;
  const int height = field.size.rows * fineness;
  std::vector<Between> columns(static_cast<std::size_t>(width));
  for (int x = 0; x < width; ++x) {
    columns[static_cast<std::size_t>(x)] = between_centers((x + 0.5) / fineness, field.size.columns);
  }
  std::size_t at = 0;
  for (int y = 0; y < height; ++y) {
    const Between row = between_centers((y + 0.5) / fineness, field.size.rows);
    for (const Between& column : columns)
      pixels[at++] = shade_at(shades, logit_between(field, column, row), not_finite);
  }
}

// One of more than two classes, and how far it stands above the next.
struct Answer {
  std::size_t winner = kNoWinner;
  double margin = 0;
};

// Between four cell centres: the class whose lead, negative where another one wins, is largest there.
Answer answer_between(const DecisionField& field, const Between& column, const Between& row) {
  const std::array<std::size_t, 4> cells = {
      field.index(column.first, row.first), field.index(column.second, row.first),
      field.index(column.first, row.second), field.index(column.second, row.second)};
  const std::array<double, 4> shares = {(1 - column.share) * (1 - row.share), column.share * (1 - row.share),
                                        (1 - column.share) * row.share, column.share * row.share};
  const std::size_t nearest = cells[(column.share < 0.5 ? 0u : 1u) + (row.share < 0.5 ? 0u : 2u)];
  Answer best;
  for (const std::size_t candidate : cells) {
    const std::uint8_t winner = field.winner[candidate];
    if (winner == best.winner) continue;
    double lead = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const double margin = static_cast<double>(field.logit[cells[i]]);
      lead += shares[i] * (field.winner[cells[i]] == winner ? margin : -margin);
    }
    if (!std::isfinite(lead)) return {field.winner[nearest], static_cast<double>(field.logit[nearest])};
    if (best.winner == kNoWinner || lead > best.margin) best = {winner, lead};
  }
  return best;
}

void paint_many_classes(const Theme& theme, const DecisionField& field, int fineness,
                        std::span<Color> pixels) {
  std::vector<Color> shades;
  for (std::size_t k = 0; k < field.classes; ++k) {
    for (std::size_t i = 0; i <= kClassShades; ++i) {
      shades.push_back(class_field_color(theme, k, static_cast<double>(i) / kClassShades));
    }
  }
  const Color not_finite = field_color(theme, std::nan(""));
  const int width = field.size.columns * fineness;
  const int height = field.size.rows * fineness;
  std::size_t at = 0;
  for (int y = 0; y < height; ++y) {
    const Between row = between_centers((y + 0.5) / fineness, field.size.rows);
    for (int x = 0; x < width; ++x) {
      const Between column = between_centers((x + 0.5) / fineness, field.size.columns);
      const Answer answer = answer_between(field, column, row);
      if (answer.winner >= field.classes || std::isnan(answer.margin)) {
        pixels[at++] = not_finite;
        continue;
      }
      // How far the winner's probability against the next one's stands above one half, doubled.
      const double certainty = std::tanh(std::max(answer.margin, 0.0) / 2);
      pixels[at++] = shades[answer.winner * (kClassShades + 1) +
                            static_cast<std::size_t>(std::lround(certainty * kClassShades))];
    }
  }
}

bool covers(const Domain& domain, double x, double y) {
  return x >= domain.x_min && x <= domain.x_max && y >= domain.y_min && y <= domain.y_max;
}
Between column_of(const DecisionField& field, double x) {
  return between_centers((x - field.domain.x_min) / field.domain.width() * field.size.columns,
                         field.size.columns);
}
Between row_of(const DecisionField& field, double y) {
  return between_centers((field.domain.y_max - y) / field.domain.height() * field.size.rows, field.size.rows);
}

}  // namespace

void paint_field(const Theme& theme, const DecisionField& field, int fineness, std::span<Color> pixels) {
  if (field.classes > 2) {
    paint_many_classes(theme, field, fineness, pixels);
  } else {
    paint_two_classes(theme, field, fineness, pixels);
  }
}

void paint_winners(const Theme& theme, const DecisionField& field, std::span<Color> pixels) {
  const Color not_finite = field_color(theme, std::nan(""));
  for (std::size_t i = 0; i < field.logit.size(); ++i) {
    const bool known = !std::isnan(field.logit[i]);
    const std::size_t winner = field.classes > 2 ? field.winner[i] : field.logit[i] >= 0 ? 1 : 0;
    pixels[i] = known && winner < field.classes ? class_field_color(theme, winner, 1) : not_finite;
  }
}

std::vector<ContourLine> field_lines(const DecisionField& field) {
  if (field.classes <= 2) return contour_lines(field.logit, field.size.columns, field.size.rows, 0);
  std::vector<ContourLine> lines;
  std::vector<float> lead(field.logit.size());
  for (std::size_t k = 0; k < field.classes; ++k) {
    bool wins = false;
    for (std::size_t i = 0; i < lead.size(); ++i) {
      const bool here = field.winner[i] == k;
      wins = wins || here;
      lead[i] = here ? field.logit[i] : -field.logit[i];
    }
    if (!wins) continue;
    for (ContourLine& line : contour_lines(lead, field.size.columns, field.size.rows, 0)) {
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

std::optional<double> probability_at(const DecisionField& field, double x, double y) {
  if (field.empty() || field.classes > 2 || !covers(field.domain, x, y)) return std::nullopt;
  const double logit = logit_between(field, column_of(field, x), row_of(field, y));
  if (!std::isfinite(logit)) return std::nullopt;
  return 1 / (1 + std::exp(-logit));
}

std::optional<std::size_t> winner_at(const DecisionField& field, double x, double y) {
  if (field.empty() || !covers(field.domain, x, y)) return std::nullopt;
  if (field.classes > 2) {
    const Answer answer = answer_between(field, column_of(field, x), row_of(field, y));
    return answer.winner < field.classes ? std::optional(answer.winner) : std::nullopt;
  }
  const double logit = logit_between(field, column_of(field, x), row_of(field, y));
  if (std::isnan(logit)) return std::nullopt;
  return logit >= 0 ? 1 : 0;
}

}  // namespace initlab
