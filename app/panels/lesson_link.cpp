// What the links of a lesson do: the one place where a text reaches the worker.
#include "app/panels/lesson_panel.h"

#include <fmt/format.h>

#include "app/assets.h"
#include "app/document/lesson.h"
#include "app/panels/actions.h"
#include "app/panels/experiment_column.h"
#include "app/panels/lane_changes.h"
#include "app/panels/timeline_panel.h"

namespace initlab {
namespace {

void open_experiment(PanelContext& context, const std::string& name) {
  Result<Experiment> found = find_experiment(name);
  if (const auto* error = std::get_if<InputError>(&found)) {
    show_message(context.state, error->message, true);
    return;
  }
  // What the page says of the start is to be seen, even where something was playing.
  context.worker.post(command::Pause{});
  replace_experiment(context, std::get<Experiment>(std::move(found)));
}

// Whether the two differ in nothing but what may change while a run lives.
bool differs_live_only(Experiment a, const Experiment& b) {
  a.training.learning_rate = b.training.learning_rate;
  a.training.l1 = b.training.l1;
  a.training.l2 = b.training.l2;
  return a == b;
}

void set_live(PanelContext& context, const TrainingSettings& wanted, const TrainingSettings& present) {
  const auto post = [&](LiveSetting setting, double value, double before) {
    if (value != before) context.worker.post(command::SetLive{setting, 0, value});
  };
  post(LiveSetting::kLearningRate, wanted.learning_rate, present.learning_rate);
  post(LiveSetting::kL1, wanted.l1, present.l1);
  post(LiveSetting::kL2, wanted.l2, present.l2);
}

void change_settings(PanelContext& context, const LessonSet& set) {
  Experiment changed = context.experiment();
  changed.expect.clear();  // they were about the experiment as it was
  if (const auto error = set_by_paths(changed, set.settings)) {
    show_message(context.state,
                 fmt::format("{}. The lesson speaks of its own experiment: set it up again.", error->message),
                 true);
    return;
  }
  Experiment before = context.experiment();
  before.expect.clear();
  if (changed == before) return;
  if (differs_live_only(changed, before)) {
    set_live(context, changed.training, before.training);
  } else {
    change_experiment(context, std::move(changed));
  }
}

}  // namespace

void follow_lesson_link(PanelContext& context, std::string_view target) {
  const Result<LessonLink> read = read_lesson_link(target);
  if (const auto* error = std::get_if<InputError>(&read)) {
    show_message(context.state, error->message, true);
    return;
  }
  const LessonLink& link = std::get<LessonLink>(read);
  if (const auto* open = std::get_if<LessonOpen>(&link)) open_experiment(context, open->experiment);
  if (const auto* set = std::get_if<LessonSet>(&link)) change_settings(context, *set);
  if (const auto* go = std::get_if<LessonGo>(&link)) go_to_step(context, go->step);
  if (const auto* act = std::get_if<LessonDo>(&link)) {
    if (const Action* action = find_action(act->action)) {
      perform(*action, context);
    } else {
      show_message(context.state, fmt::format("{} is no action", in_quotes(act->action)), true);
    }
  }
}

}  // namespace initlab
