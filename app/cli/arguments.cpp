#include "app/cli/arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace initlab {
namespace {

// Whether a setting decides which others are read: the kind of the data, a scheme.
bool decides(const SettingText& setting) {
  return setting.path == "data.kind" || setting.path.ends_with(".scheme");
}

}  // namespace

Result<std::int64_t> read_whole_number(std::string_view option, std::string_view text, std::int64_t minimum,
                                       std::int64_t maximum) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc() && stop == end && number >= minimum && number <= maximum) return number;
  return InputError{fmt::format("{} {}: a whole number from {} to {} is allowed", option, in_quotes(text),
                                format_number(static_cast<double>(minimum)),
                                format_number(static_cast<double>(maximum)))};
}

Result<double> read_number(std::string_view option, std::string_view text, double minimum, double maximum) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc() && stop == end && number >= minimum && number <= maximum) return number;
  return InputError{fmt::format("{} {}: a number from {} to {} is allowed", option, in_quotes(text),
                                format_number(minimum), format_number(maximum))};
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

Result<Assignment> read_assignment(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return InputError{fmt::format(
        "--set {}: SETTING=VALUE is allowed, such as training.learning_rate=0.05 (initlab list settings)",
        in_quotes(text))};
  }
  return Assignment{text.substr(0, equals), text.substr(equals + 1)};
}

std::optional<InputError> apply_assignments(Experiment& experiment,
                                            const std::vector<std::string>& assignments) {
  std::vector<SettingText> settings;
  for (const std::string& text : assignments) {
    auto assignment = read_assignment(text);
    if (const auto* error = error_in(assignment)) return *error;
    const auto [path, value] = value_of(assignment);
    settings.push_back({std::string(path), std::string(value)});
  }
  // A path may stand before the scheme that reads it: their order does not matter.
  std::stable_partition(settings.begin(), settings.end(), decides);
  const auto error = set_by_paths(experiment, settings);
  return error ? std::optional(InputError{fmt::format("--set {}", error->message)}) : std::nullopt;
}

}  // namespace initlab
