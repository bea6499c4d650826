// `initlab shot`: pictures of an experiment, of a figure or of the whole window. Every argument and every
// file's name is checked before training begins; steps are trained once, in ascending order.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "app/assets.h"
#include "app/canvas/png_image.h"
#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "app/cli/picture_plan.h"
#include "app/cli/training.h"
#include "app/cli/verbs.h"
#include "app/file_output.h"
#include "app/lab.h"
#include "core/experiment/comparison.h"

namespace initlab {
namespace {

// Cells of the decision field a picture is coloured from: finer than the window's, since it is drawn once.
constexpr FieldSize kFieldSize = {400, 300};

ExitCode say_written(const std::filesystem::path& file) {
  return print(file.string() + '\n');
}

ExitCode draw_figures(const PicturePlan& plan, const Snapshot& snapshot) {
  for (const Theme* const theme : plan.themes) {
    const std::filesystem::path file = picture_file(plan, snapshot.step, *theme);
    const PictureOptions options{
        .width = plan.width, .height = plan.height, .scale = plan.scale, .background = theme->ground};
    const auto failure = write_picture(file, options, [&](Canvas& canvas) {
      plan.figure->draw(canvas, *theme, {0, 0, plan.width, plan.height}, snapshot, {.lane = plan.lane});
    });
    if (failure) {
      complain(*failure);
      return kCouldNotWrite;
    }
    if (const ExitCode code = say_written(file); code != kDone) return code;
  }
  return kDone;
}

int shoot_figures(const PicturePlan& plan, Experiment experiment) {
  auto made = Comparison::make(std::move(experiment), comparison_options());
  if (const auto* error = error_in(made)) return bad_input(error->message);
  Comparison& comparison = *value_of(made);
  const InterruptGuard guard;
  for (const std::int64_t step : plan.steps) {
    if (!train_to(comparison, step)) return kInterrupted;
    const auto snapshot = comparison.snapshot({.field = kFieldSize, .network = true});
    if (const ExitCode code = draw_figures(plan, *snapshot); code != kDone) return code;
  }
  return kDone;
}

int shoot_window(const PicturePlan& plan, const Experiment& experiment) {
  for (const std::int64_t step : plan.steps) {
    for (const Theme* const theme : plan.themes) {
      auto made = Comparison::make(experiment, comparison_options());
      if (const auto* refused = error_in(made)) return bad_input(refused->message);
      std::string error;
      const auto picture =
          render_laboratory(std::move(value_of(made)), {.theme = theme->id}, static_cast<int>(plan.width),
                            static_cast<int>(plan.height), plan.scale, step, error);
      if (!picture) {
        complain(fmt::format("{}; without --window, initlab shot needs no graphics", error));
        return kNoDisplay;
      }
      const std::filesystem::path file = picture_file(plan, step, *theme);
      if (const auto failure =
              write_file(file, encode_png(picture->width, picture->height, picture->pixels))) {
        complain(*failure);
        return kCouldNotWrite;
      }
      if (const ExitCode code = say_written(file); code != kDone) return code;
    }
  }
  return kDone;
}

int shot(const ShotArguments& arguments) {
  auto experiment = find_experiment(arguments.experiment);
  if (const auto* error = error_in(experiment)) return bad_input(error->message);
  if (const auto error = apply_assignments(value_of(experiment), arguments.set))
    return bad_input(error->message);
  const auto plan = plan_pictures(arguments, value_of(experiment));
  if (const auto* error = error_in(plan)) return bad_input(error->message);
  const PicturePlan& pictures = std::get<0>(plan);
  for (const std::int64_t step : pictures.steps) {
    for (const Theme* const theme : pictures.themes) {
      if (const auto failure = cannot_be_written(picture_file(pictures, step, *theme))) {
        complain(*failure);
        return kCouldNotWrite;
      }
    }
  }
  if (arguments.window) return shoot_window(pictures, value_of(experiment));
  return shoot_figures(pictures, std::move(value_of(experiment)));
}

}  // namespace

VerbAction add_shot(CLI::App& app) {
  const auto arguments = std::make_shared<ShotArguments>();
  app.add_option("EXPERIMENT", arguments->experiment, "a name (initlab list experiments) or a file")
      ->required()
      ->option_text(" ");
  app.add_option("-o", arguments->output, "where to; the ending .png, .svg or .pdf chooses the format")
      ->required()
      ->option_text("FILE (required)");
  app.add_option("--figure", arguments->figure,
                 "which figure (initlab list figures); comparison unless given")
      ->option_text("NAME");
  app.add_option("--lane", arguments->lane, "only this lane, counted from 1")->option_text("N");
  app.add_option("--at", arguments->at, "steps, such as 0,500,last; several number the files (last)")
      ->option_text("STEP,...");
  app.add_option("--set", arguments->set,
                 "change a setting first, such as training.learning_rate=0.05; repeatable")
      ->allow_extra_args(false)
      ->option_text("SETTING=VALUE");
  app.add_option("--size", arguments->size, "width and height in logical pixels, such as 1200x800")
      ->option_text("WxH");
  app.add_option("--scale", arguments->scale, "pixels of a PNG for each logical pixel (1)")->option_text("S");
  app.add_option("--theme", arguments->theme,
                 "light, dark or light,dark; several are added to the names (light)")
      ->option_text("THEME,...");
  app.add_flag("--window", arguments->window, "the whole window, drawn off-screen (PNG)")
      ->disable_flag_override();
  return [arguments] { return shot(*arguments); };
}

}  // namespace initlab
