// An experiment as the text of its file: a line a section, a line a lane, numbers as short as they read back
// the same, so that a file can be read, compared and edited by hand.
#include <fmt/format.h>

#include "core/experiment/file/events_json.h"
#include "core/experiment/file/experiment_json.h"
#include "core/experiment/file/field_json.h"
#include "core/experiment/file/fields.h"
#include "core/experiment/file/layers_json.h"

namespace initlab {
namespace {

// "key": value, ...: every field that the section reads, save what files leave out.
template <class Section>
std::string members_text(Section section) {
  std::string text;
  for (const Field<Section>& field : fields<Section>()) {
    if (!applies(field, section) || !is_written(field, section)) continue;
    text += (text.empty() ? "" : ", ") + json_text(field.key) + ": " + json_text(field.member(section));
  }
  return text;
}

template <class Section>
std::string section_text(const Section& section) {
  return "{" + members_text(section) + "}";
}

std::string lane_text(const Lane& lane) {
  const std::string layers = layers_text(lane);
  return "{" + members_text(lane) + (layers.empty() ? "" : ", " + json_text(kLayersKey) + ": " + layers) +
         "}";
}

std::string expectation_text(const Expectation& expectation) {
  return fmt::format(R"({{"lane": {}, "quantity": {}, "relation": {}, "value": {}}})",
                     json_text(expectation.lane), json_text(expectation.quantity),
                     json_text(relation_sign(expectation.relation)), json_number(expectation.value));
}

// ,\n  "hide": [ words ]; nothing for an empty list.
std::string hide_text(const std::vector<HiddenControl>& hide) {
  std::string text;
  for (const HiddenControl control : hide) {
    text += (text.empty() ? "" : ", ") + json_text(kHiddenControls[static_cast<std::size_t>(control)].id);
  }
  return text.empty() ? "" : ",\n  \"hide\": [" + text + "]";
}

// ,\n  "key": [ one item a line ]; nothing for an empty list.
template <class Item>
std::string list_text(std::string_view key, const std::vector<Item>& items,
                      std::string (*item_text)(const Item&)) {
  if (items.empty()) return "";
  std::string text = ",\n  " + json_text(key) + ": [\n";
  for (const Item& item : items) text += "    " + item_text(item) + (&item == &items.back() ? "\n" : ",\n");
  return text + "  ]";
}

}  // namespace

std::string experiment_to_json(const Experiment& experiment) {
  const std::string watch =
      experiment.watch.empty() ? "" : "\n  \"watch\": " + json_text(experiment.watch) + ",";
  std::string text = fmt::format(
      R"({{
  "initlab": 1,
  "name": {},
  "title": {},{}
  "data":     {},
  "network":  {},
  "training": {})",
      json_text(experiment.name), json_text(experiment.title), watch, section_text(experiment.data),
      section_text(experiment.network), section_text(experiment.training));
  text += list_text<Lane>("lanes", experiment.lanes, lane_text);
  text += list_text<Event>("events", experiment.events, event_text);
  text += list_text<Expectation>("expect", experiment.expect, expectation_text);
  text += hide_text(experiment.hide);
  return text + "\n}\n";
}

}  // namespace initlab
