// The verbs, one file each. To add one: a function here, its file, and a row in cli.cpp.
#pragma once

#include <functional>
#include <span>
#include <string_view>

namespace CLI {
class App;
}

namespace initlab {

// What a verb does once its arguments are read; returns the exit code.
using VerbAction = std::function<int()>;

// Each describes its options to `app` and returns what to do with them.
VerbAction add_window(CLI::App& app, std::span<const std::string_view> verbs);  // without a verb
VerbAction add_train(CLI::App& app);
VerbAction add_signal(CLI::App& app);
VerbAction add_draw(CLI::App& app);
VerbAction add_shot(CLI::App& app);
VerbAction add_tour(CLI::App& app);
VerbAction add_theory(CLI::App& app);
VerbAction add_list(CLI::App& app);
VerbAction add_fingerprint(CLI::App& app);

}  // namespace initlab
