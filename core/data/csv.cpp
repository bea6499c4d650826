// Two walks through the text: the first counts the rows and gathers the labels, so that the memory is known
// before it is taken; the second writes each number to its place.
#include "core/data/csv.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/data/csv_table.h"
#include "core/numeric/input_text.h"
#include "core/numeric/random.h"
#include "core/numeric/statistics.h"

namespace initlab {
namespace {

constexpr std::size_t kLabelsGathered = 1000;  // beyond it a column is no column of labels, whatever it holds
constexpr std::size_t kNameCharacters = 60;
constexpr std::size_t kInTraining = std::numeric_limits<std::size_t>::max();

struct Label {
  std::size_t line = 0;  // where it was first seen
  double label = 0;      // its class
};
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Labels = std::unordered_map<std::string, Label, TextHash, std::equal_to<>>;

std::string count_of(std::size_t count) {
  return format_number(static_cast<double>(count));
}

// What the first walk finds.
struct Survey {
  std::size_t rows = 0;
  Labels labels;  // empty for a column of numbers
  std::vector<std::string> class_names;
};

Label* find(Labels& labels, const CsvCell& cell) {
  const auto found = cell.has_doubled_quotes ? labels.find(cell.value()) : labels.find(cell.text);
  return found == labels.end() ? nullptr : &found->second;
}

std::optional<DataError> survey_rows(const CsvTable& table, TargetKind targets, Survey& survey) {
  CsvReader reader = table.rows();
  while (reader.next()) {
    ++survey.rows;
    if (reader.cell_count() != table.columns) {
      return table.error_at(reader.line(), count_of(reader.cell_count()) +
                                               " columns; allowed: " + count_of(table.columns) +
                                               ", as in line " + count_of(table.first_line));
    }
    const CsvCell& cell = reader.cells()[table.label];
    if (cell.text.empty()) {
      return table.error_at(reader.line(), table.label, "the cell is empty; allowed: what is to be learned");
    }
    if (targets == TargetKind::kNumbers || survey.labels.size() > kLabelsGathered) continue;
    if (!find(survey.labels, cell)) survey.labels.emplace(cell.value(), Label{reader.line(), 0});
  }
  if (reader.error()) return table.error_at(reader.line(), *reader.error());
  if (survey.rows == 0) return table.error("no rows; allowed: a line for every sample");
  return std::nullopt;
}

bool all_are_numbers(const Labels& labels) {
  return std::all_of(labels.begin(), labels.end(), [](const auto& entry) { return csv_number(entry.first); });
}

// Equal numbers are one class, however they are written.
void number_classes(Survey& survey) {
  std::vector<double> values;
  for (const auto& [text, label] : survey.labels) values.push_back(*csv_number(text));
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  for (auto& [text, label] : survey.labels) {
    const auto place = std::lower_bound(values.begin(), values.end(), *csv_number(text));
    label.label = static_cast<double>(place - values.begin());
  }
  for (const double value : values) survey.class_names.push_back(shortest(value + 0.0));
}

void text_classes(Survey& survey) {
  std::vector<std::string> texts;
  for (const auto& entry : survey.labels) texts.push_back(entry.first);
  std::sort(texts.begin(), texts.end());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    survey.labels.find(texts[i])->second.label = static_cast<double>(i);
    survey.class_names.push_back(one_line(texts[i], kNameCharacters));
  }
}

std::optional<DataError> find_classes(const CsvTable& table, Survey& survey) {
  const bool numbers = all_are_numbers(survey.labels);
  if (numbers) {
    for (const auto& [text, label] : survey.labels) {
      if (std::isfinite(*csv_number(text))) continue;
      return table.error_at(
          label.line, table.label,
          in_quotes(text) + " is not a finite number; allowed: labels, all numbers or all text");
    }
  }
  numbers ? number_classes(survey) : text_classes(survey);
  const std::size_t count = survey.class_names.size();
  const std::string allowed = "; allowed: 2 to " + count_of(kMaximumClasses);
  if (count == 1) {
    return table.error_in(table.label, "one label only, " + in_quotes(survey.class_names[0]) + allowed);
  }
  const bool gathered_all = survey.labels.size() <= kLabelsGathered;
  if (count > kMaximumClasses || !gathered_all) {
    const std::string many = gathered_all ? count_of(count) : "more than " + count_of(kLabelsGathered);
    return table.error_in(table.label,
                          many + " different labels" + allowed +
                              (numbers ? "; with a linear output the column is learned as numbers" : ""));
  }
  return std::nullopt;
}

std::optional<DataError> check_size(const CsvTable& table, const Survey& survey, std::int64_t test_samples) {
  const std::uint64_t bytes = std::uint64_t{survey.rows} * table.columns * sizeof(double);
  if (bytes > kMaximumCsvMemory) {
    return table.error(count_of(survey.rows) + " rows of " + count_of(table.columns) + " columns take " +
                       count_of(bytes) + " bytes; allowed: up to " + count_of(kMaximumCsvMemory));
  }
  if (static_cast<std::size_t>(test_samples) >= survey.rows) {
    return table.error("data.test_samples " + count_of(static_cast<std::size_t>(test_samples)) + " of " +
                       count_of(survey.rows) + " rows; allowed: 0 to " + count_of(survey.rows - 1));
  }
  return std::nullopt;
}

// Where each row goes: its place in the test set, or kInTraining.
std::vector<std::size_t> test_places(std::size_t rows, const DataSettings& settings) {
  std::vector<std::size_t> places(rows, kInTraining);
  if (settings.test_samples == 0) return places;
  NumpyRandom random(static_cast<std::uint32_t>(settings.test_seed));
  const std::vector<std::int64_t> order = random.permutation(rows);
  for (std::size_t i = 0; i < static_cast<std::size_t>(settings.test_samples); ++i) {
    places[static_cast<std::size_t>(order[i])] = i;
  }
  return places;
}

DataError wrong_number(const CsvTable& table, std::size_t line, std::size_t column, const CsvCell& cell) {
  const std::string allowed =
      column == table.label
          ? "; allowed: numbers, because a linear output learns numbers"
          : "; allowed: numbers in every column but " +
                (table.has_header ? in_quotes(table.names[table.label]) : table.column_text(table.label));
  if (cell.text.empty()) return table.error_at(line, column, "the cell is empty" + allowed);
  const bool is_number = csv_number(cell.text).has_value();
  return table.error_at(
      line, column,
      in_quotes(cell.value()) + (is_number ? " is not a finite number" : " is not a number") + allowed);
}

// Writes one line into column `sample` of `samples`.
std::optional<DataError> write_row(const CsvTable& table, Survey& survey, const CsvReader& reader,
                                   Samples& samples, std::size_t sample) {
  std::size_t feature = 0;
  for (std::size_t column = 0; column < table.columns; ++column) {
    const CsvCell& cell = reader.cells()[column];
    const bool is_label = column == table.label;
    double& place = is_label ? samples.y(0, sample) : samples.x(feature++, sample);
    if (is_label && !survey.labels.empty()) {
      place = find(survey.labels, cell)->label;
      continue;
    }
    const std::optional<double> value = csv_number(cell.text);
    if (!value || !std::isfinite(*value)) return wrong_number(table, reader.line(), column, cell);
    place = *value;
  }
  return std::nullopt;
}

std::optional<DataError> fill(const CsvTable& table, Survey& survey, const DataSettings& settings,
                              Dataset& data) {
  const auto test_count = static_cast<std::size_t>(settings.test_samples);
  const std::size_t features = table.columns - 1, train_count = survey.rows - test_count;
  data.train = {Matrix(features, train_count), Matrix(1, train_count)};
  if (test_count > 0) data.test = {Matrix(features, test_count), Matrix(1, test_count)};
  const std::vector<std::size_t> places = test_places(survey.rows, settings);
  CsvReader reader = table.rows();
  for (std::size_t row = 0, next = 0; reader.next(); ++row) {
    const bool in_training = places[row] == kInTraining;
    Samples& samples = in_training ? data.train : data.test;
    const std::size_t sample = in_training ? next++ : places[row];
    if (auto error = write_row(table, survey, reader, samples, sample)) return error;
  }
  return std::nullopt;
}

// Numbers at both ends of what a double holds, or a test row far from all training rows, may leave it.
std::optional<DataError> standardize(const CsvTable& table, Dataset& data) {
  for (std::size_t feature = 0; feature < data.train.x.rows(); ++feature) {
    const Summary summary = summarize(data.train.x.row_span(feature));
    // The mean of equal numbers may be rounded, so that they seem to vary.
    const bool is_constant = summary.min == summary.max;
    const double mean = is_constant ? summary.min : summary.mean;
    const double divisor = is_constant ? 1 : summary.std;
    for (Samples* samples : {&data.train, &data.test}) {
      if (samples->count() == 0) continue;
      for (double& value : samples->x.row_span(feature)) {
        value = (value - mean) / divisor;
        if (std::isfinite(value)) continue;
        const std::size_t column = feature < table.label ? feature : feature + 1;
        return table.error_in(column,
                              "too large once it is standardized; allowed: numbers nearer to each other, or "
                              "data.standardize false");
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::variant<Dataset, DataError> read_csv(const DataSettings& settings, const std::filesystem::path& folder,
                                          TargetKind targets) {
  auto opened = open_csv(settings, folder);
  if (const auto* error = std::get_if<DataError>(&opened)) return *error;
  const CsvTable& table = std::get<CsvTable>(opened);
  Survey survey;
  if (auto error = survey_rows(table, targets, survey)) return *error;
  if (targets == TargetKind::kClasses) {
    if (auto error = find_classes(table, survey)) return *error;
  }
  if (auto error = check_size(table, survey, settings.test_samples)) return *error;
  Dataset data;
  if (auto error = fill(table, survey, settings, data)) return *error;
  if (settings.standardize) {
    if (auto error = standardize(table, data)) return *error;
  }
  data.classes = survey.class_names.size();
  data.class_names = std::move(survey.class_names);
  return data;
}

}  // namespace initlab
