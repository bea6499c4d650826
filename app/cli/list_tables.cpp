// The lists of the engine's tables, whose rows are what the program knows.
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "app/cli/json_figure.h"
#include "app/cli/listing.h"
#include "core/data/dataset.h"
#include "core/experiment/verdict/verdict.h"
#include "core/network/activations.h"
#include "core/network/initializers.h"
#include "core/network/losses.h"
#include "core/network/mean_field.h"
#include "core/network/optimizers.h"

namespace initlab {
namespace {

using Json = nlohmann::ordered_json;

template <class Row>
constexpr bool has_reference = requires(const Row& row) {
  row.reference;
};

// "id  formula", with help and reference below the formula.
template <class Row>
ListingRow formula_row(const Row& row) {
  ListingRow result;
  result.object = {{"id", row.id}, {"label", row.label}, {"formula", row.formula}, {"help", row.help}};
  result.lines = {{std::string(row.id), std::string(row.formula)}, {"", std::string(row.help)}};
  if constexpr (has_reference<Row>) {
    result.object["reference"] = row.reference;
    if (!row.reference.empty()) result.lines.push_back({"", std::string(row.reference)});
  }
  return result;
}

template <class Row>
Listing formula_listing(std::span<const Row> rows) {
  Listing listing;
  for (const Row& row : rows) listing.rows.push_back(formula_row(row));
  return listing;
}

// "normal distribution; reads mean std; PyTorch normal_, Keras RandomNormal, JAX normal"
std::string scheme_facts(const Scheme& row, std::string_view distribution) {
  std::string text = fmt::format("distribution: {}", distribution);
  if (!row.parameters.empty()) text += fmt::format("; keys: {}", row.parameters);
  const std::array names = {std::pair("PyTorch", row.pytorch), std::pair("Keras", row.keras),
                            std::pair("JAX", row.jax)};
  for (const auto& [framework, name] : names) {
    if (!name.empty()) text += fmt::format("; {}: {}", framework, name);
  }
  return text;
}

// "gain 1.4142; of z ~ N(0, 1): E[f²] 0.5, E[f'²] 0.5"
std::string activation_facts(const Activation& row, double gain, const GaussianMoments& moments) {
  return fmt::format("gain: {}; of z ~ N(0, 1): E[f²] {:.6g}, E[f'²] {:.6g}, 1/√E[f²] {:.6g}",
                     std::isnan(gain) ? "none" : fmt::format("{:.6g}", gain), moments.second,
                     moments.derivative_second, 1 / std::sqrt(moments.second)) +
         (row.can_die ? "; can die" : "");
}

}  // namespace

Result<Listing> list_schemes() {
  // Some laws depend on the layer's shape: one that is like most.
  constexpr LayerContext kTypical{.shape = {.fan_in = 64, .fan_out = 64}, .activation_parameters = {}};
  Listing listing;
  for (const Scheme& row : schemes()) {
    const std::string_view distribution =
        distribution_name(row.law(SchemeParameters{}, kTypical).distribution);
    ListingRow one = formula_row(row);
    one.object["distribution"] = distribution;
    one.object["parameters"] = words_of(row.parameters);
    one.object["pytorch"] = row.pytorch;
    one.object["keras"] = row.keras;
    one.object["jax"] = row.jax;
    one.lines.push_back({"", scheme_facts(row, distribution)});
    listing.rows.push_back(std::move(one));
  }
  return listing;
}

Result<Listing> list_activations() {
  Listing listing;
  for (const Activation& row : activations()) {
    const GaussianMoments moments = gaussian_moments(nonlinearity(row.kind), 1);
    const double gain = row.gain(ActivationParameters{});
    ListingRow one = formula_row(row);
    one.object["gain"] = std::isnan(gain) ? Json(nullptr) : Json(gain);
    one.object["second_moment"] = json_figure(moments.second);
    one.object["derivative_second_moment"] = json_figure(moments.derivative_second);
    // With weights of variance gain²/fan_in, a layer passes on the second moment of its sums.
    one.object["forward_gain"] = json_figure(1 / std::sqrt(moments.second));
    one.lines.push_back({"", activation_facts(row, gain, moments)});
    listing.rows.push_back(std::move(one));
  }
  return listing;
}

Result<Listing> list_datasets() {
  Listing listing;
  for (const DatasetRow& row : datasets()) {
    ListingRow one = formula_row(row);
    one.object["parameters"] = words_of(row.parameters);
    one.object["regression"] = row.is_regression;
    one.lines.push_back({"", fmt::format("keys: {}", row.parameters)});
    listing.rows.push_back(std::move(one));
  }
  return listing;
}

Result<Listing> list_optimizers() {
  return formula_listing(optimizers());
}
Result<Listing> list_losses() {
  return formula_listing(losses());
}
Result<Listing> list_outputs() {
  return formula_listing(outputs());
}
Result<Listing> list_biases() {
  return formula_listing(biases());
}

Result<Listing> list_verdicts() {
  Listing listing;
  for (const VerdictRow& row : verdict_rows()) {
    listing.rows.push_back(
        {{{"id", row.id}, {"label", row.label}, {"threshold", row.threshold}, {"source", row.source}},
         {{std::string(row.id), std::string(row.threshold)}, {"", std::string(row.source)}}});
  }
  return listing;
}

}  // namespace initlab
