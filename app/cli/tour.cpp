// `initlab tour`: plays a script of clicks, keys and expectations in the window, or off-screen. The whole
// script is read and its files are checked before anything is played.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "app/cli/verbs.h"
#include "app/tour/player.h"

namespace initlab {
namespace {

struct TourArguments {
  std::string script;
  bool offscreen = false;
  bool texts = false;
};

ExitCode exit_code(TourOutcome::End end) {
  switch (end) {
    case TourOutcome::End::kDone:
      return kDone;
    case TourOutcome::End::kFailed:
      return kExpectationFailed;
    case TourOutcome::End::kBadInput:
      return kBadInput;
    case TourOutcome::End::kCouldNotWrite:
      return kCouldNotWrite;
  }
  return kExpectationFailed;
}

// What can be read on the last frame, a line each.
std::string shown_texts(const FrameRecord& record) {
  std::string lines;
  for (const ShownText& text : record.texts()) lines += text.text + '\n';
  return lines;
}

int run_tour(const TourArguments& arguments) {
  const auto script = tour_from_file(arguments.script);
  if (const auto* error = error_in(script)) return bad_input(error->message);
  const TourScript& tour = std::get<TourScript>(script);
  if (const auto wrong = check_tour(tour)) return bad_input(*wrong);
  for (const TourCommand& command : tour.commands) {
    const auto* const picture = std::get_if<tour::Picture>(&command.action);
    if (picture == nullptr) continue;
    if (const auto failure = cannot_be_written(picture->file)) {
      complain(fmt::format("{}:{}: {}", tour.source, command.line, *failure));
      return kCouldNotWrite;
    }
  }
  std::string error;
  const auto surface = arguments.offscreen ? offscreen_tour_surface(error) : window_tour_surface(error);
  if (surface == nullptr) {
    complain(arguments.offscreen ? error : error + "; initlab tour SCRIPT --offscreen needs no display");
    return kNoDisplay;
  }
  ExitCode written = kDone;
  const TourOutcome outcome = play_tour(tour, *surface, [&](const std::string& file) {
    if (written == kDone) written = print(file + '\n');
  });
  if (arguments.texts && written == kDone) written = print(shown_texts(surface->record()));
  if (outcome.end != TourOutcome::End::kDone) {
    complain(outcome.complaint);
    return exit_code(outcome.end);
  }
  if (written != kDone) return written;
  return print(fmt::format("{} steps, {} expectations held\n", outcome.commands, outcome.expectations));
}

}  // namespace

VerbAction add_tour(CLI::App& app) {
  const auto arguments = std::make_shared<TourArguments>();
  app.add_option("SCRIPT", arguments->script, "a file, one command a line; app/tour/README.md lists them")
      ->required()
      ->option_text(" ");
  app.add_flag("--offscreen", arguments->offscreen, "without a display: the window is drawn into memory")
      ->disable_flag_override();
  app.add_flag("--texts", arguments->texts, "prints all that can be read at the end, for who writes a script")
      ->disable_flag_override();
  return [arguments] { return run_tour(*arguments); };
}

}  // namespace initlab
