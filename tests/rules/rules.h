// The rules of the house that a compiler does not check: which room may include what, and how a file is kept.
// Each takes one file and gives one line for every breach: "core/a.cpp:3: ...".
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/rules/source_file.h"

namespace initlab::rules {

using Breaches = std::vector<std::string>;

struct Rule {
  std::string_view name;  // of the test: "core_shows_nothing"
  Breaches (*breaches)(const SourceFile& file);
};

std::span<const Rule> rules();

Breaches breaches_of(std::string_view rule, const SourceFile& file);

}  // namespace initlab::rules
