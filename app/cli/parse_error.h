// What is wrong with a command line, as one line: the library's own texts are of several lines and name no
// alternatives.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace initlab {

// `app` is the root, after its parse() threw `error`. The line names the nearest option, verb or experiment.
std::string parse_error_line(const CLI::App& app, const CLI::ParseError& error,
                             std::span<const std::string_view> verbs);

}  // namespace initlab
