#include "app/cli/cli.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <array>
#include <vector>

#include "app/cli/output.h"
#include "app/cli/parse_error.h"
#include "app/cli/verbs.h"
#include "core/numeric/input_text.h"
#include "core/numeric/kernels.h"

namespace initlab {
namespace {

struct Verb {
  std::string_view name;
  std::string_view help;
  VerbAction (*add)(CLI::App& app);
};

constexpr std::array kVerbs = {
    Verb{"train", "Trains all lanes without a window and prints the result", add_train},
    Verb{"signal", "Sends one pass forward and one back through the untrained networks", add_signal},
    Verb{"draw", "Draws one weight matrix and holds it against the law that its scheme states", add_draw},
    Verb{"theory", "Computes where signals and gradients go in deep random networks", add_theory},
    Verb{"shot", "Makes pictures of an experiment: PNG, SVG or PDF", add_shot},
    Verb{"tour", "Plays a script of clicks, keys and expectations in the window", add_tour},
    Verb{"list", "Shows what there is, with formulas and references", add_list},
    Verb{"fingerprint",
         "Prints one hash over a fixed list of small experiments: equal hashes, equal arithmetic",
         add_fingerprint},
};

constexpr auto kVerbNames = [] {
  std::array<std::string_view, kVerbs.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kVerbs[i].name;
  return names;
}();

constexpr const char* kFooter =
    "\nWithout a verb, the window opens. EXPERIMENT is a name from `initlab list experiments` or a file.\n"
    "Exit codes: 0 done, 1 an expectation failed, 2 bad input, 3 no display or graphics, 4 could not write.";

}  // namespace

int run_command_line(int argc, char** argv) {
  prepare_streams();
  CLI::App app("InitLab: how the initialization of a neural network changes how it learns.", "initlab");
  app.set_version_flag("--version", "initlab " INITLAB_VERSION, "print the version");
  app.set_help_flag("-h,--help", "print this help");
  app.require_subcommand(0, 1);
  app.footer(kFooter);
  app.get_formatter()->label("SUBCOMMAND", "VERB");
  app.get_formatter()->label("Positionals", "Arguments");
  VerbAction chosen = add_window(app, kVerbNames);
  std::array<VerbAction, kVerbs.size()> actions;
  std::array<CLI::App*, kVerbs.size()> apps{};
  for (std::size_t i = 0; i < kVerbs.size(); ++i) {
    apps[i] = app.add_subcommand(std::string(kVerbs[i].name), std::string(kVerbs[i].help));
    apps[i]->group("Verbs")->footer("");
    actions[i] = kVerbs[i].add(*apps[i]);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return print(app.help());
  } catch (const CLI::CallForVersion& version) {
    return print(std::string(version.what()) + '\n');
  } catch (const CLI::ParseError& error) {
    return bad_input(parse_error_line(app, error, kVerbNames));
  }
  // An argument after "--" that a verb has no place for falls to the root.
  if (!app.get_subcommands().empty() && app["EXPERIMENT"]->count() > 0) {
    return bad_input(fmt::format("initlab {}: {} is one argument too many",
                                 app.get_subcommands().front()->get_name(),
                                 in_quotes(app["EXPERIMENT"]->as<std::string>())));
  }
  if (const auto wrong = check_simd_choice()) return bad_input(*wrong);
  for (std::size_t i = 0; i < kVerbs.size(); ++i) {
    if (apps[i]->parsed()) chosen = actions[i];
  }
  return chosen();
}

}  // namespace initlab
