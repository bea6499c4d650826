// The list of settings: every key of an experiment's file, from the rows that read it.
#include <fmt/format.h>

#include <type_traits>

#include "app/cli/listing.h"
#include "core/experiment/file/fields.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

using Json = nlohmann::ordered_json;

// What kind of value a setting takes, and its value in a default-constructed section.
struct ValueKind {
  std::string_view type;
  Json value;
};
ValueKind value_kind(const FieldValue& field) {
  return std::visit(
      [&](auto member) -> ValueKind {
        using T = std::remove_cvref_t<decltype(*member)>;
        if constexpr (std::is_same_v<T, std::int64_t>) return {"integer", *member};
        if constexpr (std::is_same_v<T, double>) return {"number", *member};
        if constexpr (std::is_same_v<T, bool>) return {"boolean", *member};
        if constexpr (std::is_same_v<T, std::string>) return {"text", *member};
        if constexpr (std::is_same_v<T, std::vector<std::int64_t>>) return {"integers", *member};
        if constexpr (std::is_same_v<T, std::vector<PlacedPoint>>) return {"points", Json::array()};
        // What is left is chosen from a list.
        return {"choice", choices(field)[choice_index(field)].id};
      },
      field);
}

template <class Section>
void add_settings(std::string_view prefix, Listing& listing) {
  Section section;
  for (const Field<Section>& field : fields<Section>()) {
    const FieldValue member = field.member(section);
    const auto [type, value] = value_kind(member);
    const std::string path = fmt::format("{}{}", prefix, field.key);
    Json object = {{"id", path}, {"label", field.label}, {"unit", field.unit}, {"type", type}};
    if (type == "integer" || type == "integers") {
      object["minimum"] = static_cast<std::int64_t>(field.minimum);
      object["maximum"] = static_cast<std::int64_t>(field.maximum);
    }
    if (type == "number") {
      object["minimum"] = field.minimum;
      object["maximum"] = field.maximum;
    }
    if (type == "choice") {
      for (const Choice& choice : choices(member)) object["choices"].push_back(choice.id);
    }
    // A layer begins as its lane does unless it says otherwise.
    constexpr bool has_default = !std::is_same_v<Section, LayerStart>;
    if (has_default) object["default"] = value;
    object["help"] = field.help;
    const std::string users = readers(field);
    if (!users.empty()) object["read_by"] = words_of(users);

    const std::string shown = !has_default        ? "the lane's"
                              : value.is_number() ? format_number(value.template get<double>())
                              : value.is_string() ? value.template get<std::string>()
                                                  : value.dump();
    const std::string allowed =
        fmt::format("{}allowed: {}{}", shown.empty() ? "" : fmt::format("default: {}; ", shown),
                    allowed_values(field), users.empty() ? "" : fmt::format("; for {}", users));
    listing.rows.push_back({std::move(object), {{path, std::string(field.help)}, {"", allowed}}});
  }
}

}  // namespace

Result<Listing> list_settings() {
  Listing listing;
  add_settings<Experiment>("", listing);
  add_settings<DataSettings>("data.", listing);
  add_settings<NetworkSettings>("network.", listing);
  add_settings<TrainingSettings>("training.", listing);
  add_settings<Lane>("lanes.N.", listing);
  add_settings<LayerStart>("lanes.N.layers.L.", listing);
  return listing;
}

}  // namespace initlab
