// What `initlab list` shows: rows that are a JSON object for programs and lines of cells for people. One
// function a list; a new list needs its function here and a row in list.cpp.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/text_table.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {

struct ListingRow {
  nlohmann::ordered_json object;                // has an "id"
  std::vector<std::vector<std::string>> lines;  // the first begins with the id
};
struct Listing {
  std::vector<Align> columns = {Align::kLeft, Align::kLeft};
  std::vector<ListingRow> rows;
};
std::string listing_text(const Listing& listing);
std::string listing_json(const Listing& listing);

// Of words between spaces or commas, an array.
nlohmann::ordered_json words_of(std::string_view text);

// list_tables.cpp
Result<Listing> list_schemes();
Result<Listing> list_activations();
Result<Listing> list_datasets();
Result<Listing> list_optimizers();
Result<Listing> list_losses();
Result<Listing> list_outputs();
Result<Listing> list_biases();
Result<Listing> list_verdicts();
// list_settings.cpp
Result<Listing> list_settings();
// listing.cpp
Result<Listing> list_experiments();
Result<Listing> list_figures();

}  // namespace initlab
