// `initlab list`: the tables that the program is made of, as text for people or JSON for programs.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <memory>

#include "app/cli/arguments.h"
#include "app/cli/listing.h"
#include "app/cli/output.h"
#include "app/cli/verbs.h"

namespace initlab {
namespace {

struct Kind {
  std::string_view name;
  Result<Listing> (*list)();
};
constexpr std::array kKinds = {
    Kind{"schemes", list_schemes},       Kind{"activations", list_activations},
    Kind{"datasets", list_datasets},     Kind{"experiments", list_experiments},
    Kind{"figures", list_figures},       Kind{"settings", list_settings},
    Kind{"optimizers", list_optimizers}, Kind{"losses", list_losses},
    Kind{"outputs", list_outputs},       Kind{"biases", list_biases},
    Kind{"verdicts", list_verdicts},
};

struct ListArguments {
  std::string what;
  std::optional<std::string> id;
  bool json = false;
};

// Only the row with this id; false when there is none.
bool keep_only(std::string_view id, Listing& listing) {
  const auto place =
      std::ranges::find_if(listing.rows, [id](const ListingRow& row) { return row.object["id"] == id; });
  if (place == listing.rows.end()) return false;
  listing.rows = {std::move(*place)};
  return true;
}

std::string id_suggestion(std::string_view id, const Listing& listing) {
  std::vector<std::string> ids;
  for (const ListingRow& row : listing.rows) ids.push_back(row.object["id"]);
  return suggestion(id, std::vector<std::string_view>(ids.begin(), ids.end()));
}

int list(const ListArguments& arguments) {
  const auto* const kind = std::ranges::find(kKinds, arguments.what, &Kind::name);
  if (kind == kKinds.end()) {
    std::array<std::string_view, kKinds.size()> names;
    std::ranges::transform(kKinds, names.begin(), &Kind::name);
    return bad_input(fmt::format("initlab list: {} is no list{}", in_quotes(arguments.what),
                                 suggestion(arguments.what, names)));
  }
  auto listed = kind->list();
  if (const auto* error = error_in(listed)) return bad_input(error->message);
  Listing& listing = value_of(listed);
  if (arguments.id && !keep_only(*arguments.id, listing)) {
    return bad_input(fmt::format("initlab list {}: there is no {}{}", arguments.what,
                                 in_quotes(*arguments.id), id_suggestion(*arguments.id, listing)));
  }
  return print(arguments.json ? listing_json(listing) : listing_text(listing));
}

}  // namespace

VerbAction add_list(CLI::App& app) {
  const auto arguments = std::make_shared<ListArguments>();
  std::string names;
  for (const Kind& kind : kKinds) names += fmt::format("{}{}", names.empty() ? "" : ", ", kind.name);
  app.add_option("WHAT", arguments->what, names)->required()->option_text(" ");
  app.add_option("ID", arguments->id, "only this row of it, such as he_normal")->option_text(" ");
  app.add_flag("--json", arguments->json, "an array of objects, each with an id")->disable_flag_override();
  return [arguments] { return list(*arguments); };
}

}  // namespace initlab
