// `initlab list`: the tables that the program is made of, as text for people or JSON for programs.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "app/assets.h"
#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs.h"
#include "app/figures/figure_table.h"
#include "core/data/dataset.h"
#include "core/experiment/fields.h"
#include "core/network/activations.h"
#include "core/network/initializers.h"

namespace initlab {
namespace {

using Json = nlohmann::ordered_json;

// What a list is made of: objects, and the same for people.
struct Listing {
  Json rows = Json::array();
  std::string text;
};

// Of words between spaces or commas.
Json words_of(std::string_view text) {
  Json words = Json::array();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" ,"), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

// "id  formula" with help and reference below the formula.
template <class Row>
std::string formula_text(std::span<const Row> rows) {
  TextTable table({Align::kLeft, Align::kLeft});
  for (const Row& row : rows) {
    table.add({std::string(row.id), std::string(row.formula)});
    table.add({"", std::string(row.help)});
    if (!row.reference.empty()) table.add({"", std::string(row.reference)});
  }
  return table.text();
}

template <class Row>
Json formula_json(const Row& row) {
  return {{"id", row.id},
          {"label", row.label},
          {"formula", row.formula},
          {"help", row.help},
          {"reference", row.reference}};
}

Result<Listing> list_schemes() {
  Listing listing{.text = formula_text(schemes())};
  for (const Scheme& row : schemes()) {
    Json object = formula_json(row);
    object["parameters"] = words_of(row.parameters);
    object["pytorch"] = row.pytorch;
    object["keras"] = row.keras;
    object["jax"] = row.jax;
    listing.rows.push_back(object);
  }
  return listing;
}

Result<Listing> list_activations() {
  Listing listing{.text = formula_text(activations())};
  for (const Activation& row : activations()) listing.rows.push_back(formula_json(row));
  return listing;
}

Result<Listing> list_datasets() {
  Listing listing{.text = formula_text(datasets())};
  for (const DatasetRow& row : datasets()) {
    Json object = formula_json(row);
    object["parameters"] = words_of(row.parameters);
    object["regression"] = row.is_regression;
    listing.rows.push_back(object);
  }
  return listing;
}

Result<Listing> list_experiments() {
  Listing listing;
  TextTable table({Align::kLeft, Align::kLeft});
  const auto files = experiment_files();
  if (const auto* error = error_in(files)) return *error;
  for (const ExperimentFile& file : std::get<0>(files)) {
    auto experiment = experiment_from_file(file.path);
    if (const auto* error = error_in(experiment)) return *error;
    const std::string& title = value_of(experiment).title;
    listing.rows.push_back({{"id", file.name}, {"title", title}, {"path", file.path.string()}});
    table.add({file.name, title});
  }
  listing.text = table.text();
  return listing;
}

Result<Listing> list_figures() {
  Listing listing;
  TextTable table({Align::kLeft, Align::kRight, Align::kLeft});
  for (const FigureRow& row : figures()) {
    listing.rows.push_back({{"id", row.id},
                            {"label", row.label},
                            {"help", row.help},
                            {"width", row.width},
                            {"height", row.height}});
    table.add({std::string(row.id), fmt::format("{}x{}", row.width, row.height), std::string(row.help)});
  }
  listing.text = table.text();
  return listing;
}

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
void add_settings(std::string_view prefix, Listing& listing, TextTable& table) {
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
    listing.rows.push_back(object);

    const std::string shown = !has_default        ? "the lane's"
                              : value.is_number() ? format_number(value.template get<double>())
                              : value.is_string() ? value.template get<std::string>()
                                                  : value.dump();
    table.add({path, std::string(field.help)});
    table.add({"", fmt::format("{}allowed: {}{}", shown.empty() ? "" : fmt::format("default: {}; ", shown),
                               allowed_values(field), users.empty() ? "" : fmt::format("; for {}", users))});
  }
}

Result<Listing> list_settings() {
  Listing listing;
  TextTable table({Align::kLeft, Align::kLeft});
  add_settings<Experiment>("", listing, table);
  add_settings<DataSettings>("data.", listing, table);
  add_settings<NetworkSettings>("network.", listing, table);
  add_settings<TrainingSettings>("training.", listing, table);
  add_settings<Lane>("lanes.N.", listing, table);
  add_settings<LayerStart>("lanes.N.layers.L.", listing, table);
  listing.text = table.text();
  return listing;
}

struct Kind {
  std::string_view name;
  Result<Listing> (*list)();
};
constexpr std::array kKinds = {
    Kind{"schemes", list_schemes},   Kind{"activations", list_activations},
    Kind{"datasets", list_datasets}, Kind{"experiments", list_experiments},
    Kind{"figures", list_figures},   Kind{"settings", list_settings},
};

int list(std::string_view name, bool json) {
  std::vector<std::string_view> names;
  for (const Kind& kind : kKinds) {
    names.push_back(kind.name);
    if (kind.name != name) continue;
    auto listing = kind.list();
    if (const auto* error = error_in(listing)) return bad_input(error->message);
    return print(json ? value_of(listing).rows.dump(2) + '\n' : value_of(listing).text);
  }
  return bad_input(fmt::format("initlab list: {} is no list{}", in_quotes(name), suggestion(name, names)));
}

}  // namespace

VerbAction add_list(CLI::App& app) {
  struct Arguments {
    std::string what;
    bool json = false;
  };
  const auto arguments = std::make_shared<Arguments>();
  app.add_option("WHAT", arguments->what, "schemes, activations, datasets, experiments, figures or settings")
      ->required()
      ->option_text(" ");
  app.add_flag("--json", arguments->json, "an array of objects, each with an id")->disable_flag_override();
  return [arguments] { return list(arguments->what, arguments->json); };
}

}  // namespace initlab
