#include "app/figures/network_notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "app/canvas/text_metrics.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr std::size_t kNearCopyInputs = 8;  // of fewer, directions meet by chance
constexpr double kMuchSaturated = 0.3;
constexpr double kNoteGap = 6;  // between neighbours
constexpr double kLockWidth = 12;

// Words in several lengths, the longest first; a line break makes two lines of it.
struct Note {
  std::vector<std::string> forms;
  bool warning = false;
  bool operator==(const Note&) const = default;
};

std::string count(std::size_t number) {
  return count_text(static_cast<std::int64_t>(number));
}

const LayerProbe* probe_of(const RunSnapshot& run, std::size_t layer) {
  return layer >= 1 && layer <= run.layers.size() ? &run.layers[layer - 1] : nullptr;
}

std::optional<Note> copies_note(const RunSnapshot& run, const DiagramColumn& column) {
  std::size_t copies = 1;
  for (const UnitView& unit : run.network.layers[column.layer - 1].shown) {
    copies = std::max(copies, unit.copies);
  }
  const std::string number = count(copies);
  if (copies > 1) {
    return Note{{number + " copies of one unit", number + " copies\nof one unit", number + " copies",
                 number + "\ncopies", "\u00d7" + number},
                true};
  }
  if (!has_near_copies(run, column.layer)) return std::nullopt;
  const std::string near = count(probe_of(run, column.layer)->near_copies);
  return Note{{near + " nearly alike", near + " nearly\nalike", near + " alike"}, true};
}

std::optional<Note> dead_note(const RunSnapshot& run, const DiagramColumn& column) {
  const LayerProbe* probe = probe_of(run, column.layer);
  if (probe == nullptr || probe->dead_units == 0) return std::nullopt;
  if (probe->dead_units == probe->units) return Note{{"all dead", "dead"}, true};
  return Note{{fmt::format("{} of {} dead", count(probe->dead_units), count(probe->units)),
               count(probe->dead_units) + " dead"},
              false};
}

std::optional<Note> saturated_note(const RunSnapshot& run, const DiagramColumn& column) {
  const LayerProbe* probe = probe_of(run, column.layer);
  if (probe == nullptr || !probe->saturated || *probe->saturated < kMuchSaturated) return std::nullopt;
  if (column.layer == run.network.layers.size()) return std::nullopt;  // an output is meant to be sure
  const std::string share = share_text(*probe->saturated);
  return Note{{share + " saturated", share + "\nsaturated"}, true};
}

std::optional<Note> count_note(const RunSnapshot&, const DiagramColumn& column) {
  if (column.units.size() >= column.unit_count) return std::nullopt;
  const std::string all = count(column.unit_count);
  return Note{{fmt::format("\u2026 {} more", count(column.unit_count - column.units.size())),
               fmt::format("{} of {}", column.units.size(), all), all},
              false};
}

constexpr std::array kKinds = {copies_note, dead_note, saturated_note, count_note};

std::size_t lines_in(const std::string& text) {
  return 1 + static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

// The parts between line breaks.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  lines.push_back(text.substr(begin));
  return lines;
}

double width_of(const std::string& text) {
  double width = 0;
  for (const std::string& line : lines_of(text)) width = std::max(width, measure_text(line, kTickSize).width);
  return width;
}

struct PlacedNote {
  double x = 0;
  std::size_t row = 0;  // line of its first line
  std::string text;
  bool warning = false;
};

}  // namespace

bool has_near_copies(const RunSnapshot& run, std::size_t layer) {
  const LayerProbe* probe = probe_of(run, layer);
  return probe != nullptr && probe->inputs >= kNearCopyInputs && probe->distinct_units == probe->units &&
         2 * probe->near_copies > probe->compared;
}

double place_notes(const RunSnapshot& run, double pitch, double x, std::size_t most_lines, double line_height,
                   LaneDiagram& diagram) {
  std::vector<PlacedNote> placed;
  std::size_t row = 0;
  for (const auto& kind : kKinds) {
    std::size_t rows = 0;
    for (std::size_t i = 1; i < diagram.columns.size();) {
      const std::optional<Note> note = kind(run, diagram.columns[i]);
      std::size_t end = i + 1;
      while (note && end < diagram.columns.size() && kind(run, diagram.columns[end]) == note) ++end;
      const double width = static_cast<double>(end - i) * pitch - kNoteGap;
      const double middle = x + static_cast<double>(i + end - 2) / 2 * pitch;
      for (const std::string& form : note ? note->forms : std::vector<std::string>()) {
        if (row + lines_in(form) > most_lines || width_of(form) > width) continue;
        placed.push_back({middle, row, form, note->warning});
        rows = std::max(rows, lines_in(form));
        break;
      }
      i = end;
    }
    row += rows;
  }
  const double height = static_cast<double>(row) * line_height;
  const double top = diagram.rect.bottom() - height;
  for (const PlacedNote& note : placed) {
    double y = top + (static_cast<double>(note.row) + 0.5) * line_height;
    for (std::string& line : lines_of(note.text)) {
      diagram.texts.push_back({{note.x, y}, std::move(line), note.warning, false});
      y += line_height;
    }
  }
  return height;
}

void place_headers(const RunSnapshot& run, const std::vector<double>& centers, double pitch, double y,
                   LaneDiagram& diagram) {
  const std::size_t layers = run.network.layers.size();
  const bool lock = std::ranges::any_of(run.network.layers, &LayerView::frozen);
  const std::string longest = fmt::format("layer {}", layers);
  const double room = pitch - kNoteGap / 2 - (lock ? kLockWidth : 0);
  const bool in_words = measure_text(longest, kTickSize).width <= room &&
                        measure_text("inputs", kTickSize).width <= kInputSlot * pitch;
  for (std::size_t i = 0; i < centers.size(); ++i) {
    const std::size_t layer = diagram.columns[i].layer;
    std::string text = fmt::format("{}{}", in_words ? "layer " : "", layer);
    if (layer == 0) text = in_words ? "inputs" : "in";
    if (layer == layers) text = in_words ? "output" : "out";
    diagram.texts.push_back(
        {{centers[i], y}, std::move(text), false, layer > 0 && run.network.layers[layer - 1].frozen});
  }
}

}  // namespace initlab
