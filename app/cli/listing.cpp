// Listings as text and JSON, and those of files and figures. The tables of the engine are list_tables.cpp.
#include "app/cli/listing.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/assets.h"
#include "app/cli/arguments.h"
#include "app/figures/figure_table.h"

namespace initlab {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string listing_text(const Listing& listing) {
  TextTable table(listing.columns);
  for (const ListingRow& row : listing.rows) {
    for (const std::vector<std::string>& line : row.lines) table.add(line);
  }
  return table.text();
}

std::string listing_json(const Listing& listing) {
  Json array = Json::array();
  for (const ListingRow& row : listing.rows) array.push_back(row.object);
  return array.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Json words_of(std::string_view text) {
  Json words = Json::array();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" ,"), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

Result<Listing> list_experiments() {
  Listing listing;
  const auto files = experiment_files();
  if (const auto* error = error_in(files)) return *error;
  for (const ExperimentFile& file : std::get<0>(files)) {
    auto found = experiment_from_file(file.path);
    if (const auto* error = error_in(found)) return *error;
    const Experiment& experiment = value_of(found);
    Json object = {{"id", file.name},
                   {"title", experiment.title},
                   {"watch", experiment.watch},
                   {"lanes", Json::array()},
                   {"path", file.path.string()}};
    for (const Lane& lane : experiment.lanes) object["lanes"].push_back(lane.name);
    listing.rows.push_back({std::move(object), {{file.name, experiment.title}}});
  }
  return listing;
}

Result<Listing> list_figures() {
  Listing listing{.columns = {Align::kLeft, Align::kRight, Align::kLeft}, .rows = {}};
  for (const FigureRow& row : figures()) {
    listing.rows.push_back(
        {{{"id", row.id},
          {"label", row.label},
          {"help", row.help},
          {"width", row.width},
          {"height", row.height}},
         {{std::string(row.id), fmt::format("{}x{}", row.width, row.height), std::string(row.help)}}});
  }
  return listing;
}

}  // namespace initlab
