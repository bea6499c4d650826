#include "core/experiment/file/events_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "core/experiment/file/field_json.h"
#include "core/experiment/file/fields.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

using Kind = JsonValue::Kind;
using Trouble = std::optional<InputError>;

constexpr std::array<std::string_view, 3> kEventKeys = {"step", "lane", "set"};
constexpr std::string_view kLayers = "layers.";

Trouble read_whole(const JsonValue& object, std::string_view key, const std::string& path, double maximum,
                   std::int64_t& number) {
  const JsonValue* value = object.find(key);
  if (value == nullptr) return std::nullopt;
  const FieldRule rule{0, maximum, "0 to " + format_number(maximum), false};
  return assign(&number, rule, *value, path + "." + std::string(key));
}

Trouble read_weight(const JsonMember& change, const std::string& path, Event event,
                    std::vector<Event>& events) {
  constexpr double kAny = std::numeric_limits<double>::max();
  const FieldRule rule{-kAny, kAny, "any number", false};
  event.weight = weight_place(change.key);
  if (!event.weight) {
    return not_allowed(path + ".set", in_quotes(change.key) + " names no weight or bias",
                       "layers.2.weights.3.1 (layer 2, unit 3, input 1) or layers.2.bias.3, from 1");
  }
  if (Trouble trouble = assign(&event.value, rule, change.value, path + ".set " + change.key)) return trouble;
  events.push_back(event);
  return std::nullopt;
}

// One change, as one more event.
Trouble read_change(const JsonMember& change, const std::string& path, Event event,
                    std::vector<Event>& events) {
  if (change.key.starts_with(kLayers)) return read_weight(change, path, event, events);
  constexpr std::array kSettings = {LiveSetting::kLearningRate, LiveSetting::kL1, LiveSetting::kL2};
  std::vector<std::string> paths;
  for (const LiveSetting setting : kSettings) paths.push_back(live_path(setting));
  const auto found = std::find(paths.begin(), paths.end(), change.key);
  if (found == paths.end()) {
    const std::vector<std::string_view> words(paths.begin(), paths.end());
    return InputError{path + ".set: " + in_quotes(change.key) +
                      " is not a setting that may change while it runs" + suggestion(change.key, words)};
  }
  event.setting = kSettings[static_cast<std::size_t>(found - paths.begin())];
  const FieldRule rule = rule_of(live_field(event.setting));
  if (Trouble trouble = assign(&event.value, rule, change.value, path + ".set " + change.key)) return trouble;
  events.push_back(event);
  return std::nullopt;
}

// The part of `rest` before its first dot, as a number from 1; both are taken off.
std::optional<std::size_t> take_number(std::string_view& rest) {
  const std::string_view digits = rest.substr(0, rest.find('.'));
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.starts_with('0')) {
    return std::nullopt;
  }
  rest.remove_prefix(std::min(digits.size() + 1, rest.size()));
  return number;
}

Trouble check_number(const std::string& path, const std::string& what, const std::string& where,
                     std::size_t number, std::size_t count) {
  if (number >= 1 && number <= count) return std::nullopt;
  return not_allowed(path, fmt::format("there is no {} {}{}", what, number, where),
                     fmt::format("1 to {}", count));
}

}  // namespace

std::optional<InputError> read_events(const JsonValue& list, std::vector<Event>& events) {
  if (list.kind != Kind::kList) return InputError{"events: " + shown(list) + " is not a list"};
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const JsonValue& object = list.items[i];
    const std::string path = fmt::format("events.{}", i + 1);
    if (Trouble trouble = check_keys(object, kEventKeys, 1, path)) return trouble;
    Event event;
    std::int64_t lane = 0;
    if (Trouble trouble = read_whole(object, "step", path, kMaximumSteps, event.step)) return trouble;
    if (Trouble trouble = read_whole(object, "lane", path, kMaximumLanes, lane)) return trouble;
    event.lane = static_cast<std::size_t>(lane);
    const JsonValue* set = object.find("set");
    if (set == nullptr || set->kind != Kind::kObject || set->members.empty()) {
      return InputError{path + ".set: not an object of one or more settings"};
    }
    for (const JsonMember& change : set->members) {
      if (Trouble trouble = read_change(change, path, event, events)) return trouble;
    }
  }
  return std::nullopt;
}

std::string event_text(const Event& event) {
  const std::string path = event.weight ? weight_path(*event.weight) : live_path(event.setting);
  return fmt::format(R"({{"step": {}, "lane": {}, "set": {{{}: {}}}}})", event.step, event.lane,
                     json_text(path), json_number(event.value));
}

std::string weight_path(const WeightPlace& place) {
  if (place.input == 0) return fmt::format("{}{}.bias.{}", kLayers, place.layer, place.unit);
  return fmt::format("{}{}.weights.{}.{}", kLayers, place.layer, place.unit, place.input);
}

std::optional<WeightPlace> weight_place(std::string_view path) {
  constexpr std::string_view kWeights = "weights.";
  constexpr std::string_view kBias = "bias.";
  if (!path.starts_with(kLayers) || path.ends_with('.')) return std::nullopt;
  std::string_view rest = path.substr(kLayers.size());
  const std::optional<std::size_t> layer = take_number(rest);
  const bool is_weight = rest.starts_with(kWeights);
  if (!layer || (!is_weight && !rest.starts_with(kBias))) return std::nullopt;
  rest.remove_prefix(is_weight ? kWeights.size() : kBias.size());
  const std::optional<std::size_t> unit = take_number(rest);
  const std::optional<std::size_t> input = is_weight ? take_number(rest) : 0;
  if (!unit || !input || !rest.empty()) return std::nullopt;
  return WeightPlace{*layer, *unit, *input};
}

std::optional<InputError> check_weight_place(const Experiment& experiment, const DataShape& shape,
                                             const WeightPlace& place) {
  const std::vector<std::size_t> sizes = layer_sizes(experiment, shape);
  const std::string path = weight_path(place);
  if (Trouble trouble = check_number(path, "layer", "", place.layer, sizes.size() - 1)) return trouble;
  const std::string where = fmt::format(" in layer {}", place.layer);
  if (Trouble trouble = check_number(path, "unit", where, place.unit, sizes[place.layer])) return trouble;
  if (place.input == 0) return std::nullopt;
  return check_number(path, "input", where, place.input, sizes[place.layer - 1]);
}

}  // namespace initlab
