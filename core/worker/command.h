// What the window may ask of the worker. Commands go down in order and are obeyed between two steps.
#pragma once

#include <cstdint>
#include <variant>

#include "core/experiment/comparison.h"
#include "core/experiment/experiment.h"

namespace initlab::command {

struct Play {};
struct Pause {};
// Trains `count` steps and pauses.
struct Step {
  std::int64_t count = 1;
};
struct Rewind {};
struct NewSeed {};
struct SetSpeed {
  double steps_per_second = 1000;  // infinity: unlimited
};
struct SetLane {
  std::size_t lane = 0;  // from 0
  Lane changed;
  bool restart_all = false;
};
struct CallOffCatchUp {};
struct SetLive {
  LiveSetting setting = LiveSetting::kLearningRate;
  std::size_t lane = 0;  // from 1; 0: all
  double value = 0;
};
struct SetSteps {
  std::int64_t steps = 0;
};
struct ReplaceExperiment {
  Experiment experiment;
};
// Another experiment that keeps what it can of what lives: runs of lanes that are unchanged go on (also at
// another place), new and changed lanes catch up, changed live settings and events are replayed. Where data,
// network or training differ, or with `restart_all`, everything goes back to step 0. This is how lanes are
// added, removed and moved, and how a change is undone.
struct Change {
  Experiment experiment;
  bool restart_all = false;
};
// To any step from 0 to the furthest that was reached, exactly, by replay; pauses. The latest one counts.
struct Seek {
  std::int64_t step = 0;
};
// Writes one weight or bias of a run at the comparison's step; an event of the experiment.
struct EditWeight {
  std::size_t lane = 0;   // from 0
  std::size_t layer = 1;  // from 1
  std::size_t unit = 1;   // from 1
  std::size_t input = 1;  // from 1; 0: the unit's bias
  double value = 0;
};
// When playing stops besides at the experiment's last step.
struct SetStopRule {
  double cost = 0;         // once a lane's cost falls below; 0: never
  bool divergence = true;  // when a lane diverges
};
// What snapshots hold from now on.
struct SetView {
  SnapshotOptions options;
};

}  // namespace initlab::command

namespace initlab {

using Command = std::variant<command::Play, command::Pause, command::Step, command::Rewind, command::NewSeed,
                             command::SetSpeed, command::SetLane, command::CallOffCatchUp, command::SetLive,
                             command::SetSteps, command::ReplaceExperiment, command::Change, command::Seek,
                             command::EditWeight, command::SetStopRule, command::SetView>;

}  // namespace initlab
