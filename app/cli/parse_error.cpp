#include "app/cli/parse_error.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <vector>

#include "core/numeric/input_text.h"

namespace initlab {
namespace {

std::string call_of(const CLI::App& root, const CLI::App& verb) {
  return &root == &verb ? root.get_name() : root.get_name() + " " + verb.get_name();
}

std::string unknown_option_line(const std::string& call, const CLI::App& verb, std::string_view word) {
  std::vector<std::string> names;
  for (const CLI::Option* option : verb.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  word = word.substr(0, word.find('='));
  return fmt::format("{}: unknown option {}{}", call, in_quotes(word), suggestion(word, candidates));
}

// "--steps: 1 required TEXT missing", "--check was given a disallowed flag override" and their kin.
std::string mismatch_line(const std::string& call, std::string_view text) {
  std::string option(text.substr(0, text.find_first_of(": ")));
  if (!option.starts_with('-')) option = "--" + option;
  const auto tells = [text](std::string_view part) { return text.find(part) != std::string_view::npos; };
  if (tells("flag override")) return fmt::format("{}: {} takes no value", call, option);
  if (tells("At Most")) return fmt::format("{}: {} is given more than once", call, option);
  return fmt::format("{}: {} needs a value ({} --help)", call, option, call);
}

}  // namespace

std::string parse_error_line(const CLI::App& app, const CLI::ParseError& error,
                             std::span<const std::string_view> verbs) {
  const auto parsed = app.get_subcommands();
  const CLI::App& verb = parsed.empty() ? app : *parsed.back();
  const std::string call = call_of(app, verb);
  // A word that nobody knows explains whatever else is wrong or missing.
  const std::vector<std::string> unknown = app.remaining(true);
  for (const std::string& word : unknown) {
    if (word.size() > 1 && word.front() == '-') return unknown_option_line(call, verb, word);
  }
  if (!unknown.empty() && parsed.empty()) {
    const std::string word = app["EXPERIMENT"]->as<std::string>();
    return fmt::format("unknown verb {}{}", in_quotes(word), suggestion(word, verbs));
  }
  if (!unknown.empty())
    return fmt::format("{}: {} is one argument too many", call, in_quotes(unknown.front()));
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) return mismatch_line(call, error.what());
  return fmt::format("{}: {} ({} --help)", call, error.what(), call);
}

}  // namespace initlab
