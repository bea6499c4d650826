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
// What snapshots hold from now on.
struct SetView {
  SnapshotOptions options;
};

}  // namespace initlab::command

namespace initlab {

using Command = std::variant<command::Play, command::Pause, command::Step, command::Rewind, command::NewSeed,
                             command::SetSpeed, command::SetLane, command::CallOffCatchUp, command::SetLive,
                             command::SetSteps, command::ReplaceExperiment, command::SetView>;

}  // namespace initlab
