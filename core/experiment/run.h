// A lane that lives: its network, its place in time and its cost history. Deterministic and synchronous.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "core/data/dataset.h"
#include "core/experiment/cost_history.h"
#include "core/experiment/experiment.h"
#include "core/experiment/verdict.h"
#include "core/network/network.h"

namespace initlab {

class Run {
 public:
  // `lane` counts from 0. Draws the weights; step 0.
  Run(std::shared_ptr<const Experiment> experiment, std::shared_ptr<const Dataset> data, std::size_t lane);
  Run(const Run&) = delete;  // owns workspaces that are costly and meaningless to copy
  Run& operator=(const Run&) = delete;

  // Back to step 0 with the same seed: the same weights, the same path.
  void rewind();
  // Up to `count` steps; fewer when it diverges.
  void advance(std::int64_t count);
  // The experiment has new events, names or steps; data, network and this lane's scheme are as they were.
  void adopt(std::shared_ptr<const Experiment> experiment);

  // Brings forward and backward passes up to date with the weights of this step, so that what `training_pass`
  // and `network` hold belongs together. Costs one step's work.
  void refresh();

  std::int64_t step() const { return step_; }
  const std::optional<Divergence>& diverged() const { return diverged_; }
  const Network& network() const { return network_; }
  const Workspace& training_pass() const { return training_pass_; }
  const CostHistory& history() const { return history_; }
  // The three below hold after refresh().
  double cost() const { return cost_; }
  std::optional<double> train_accuracy() const;
  std::optional<double> test_accuracy();

 private:
  void pass();    // forward, cost, backward at this step; notes where it diverges
  void update();  // one step of the optimizer; requires a current pass

  std::shared_ptr<const Experiment> experiment_;
  std::shared_ptr<const Dataset> data_;
  std::size_t lane_;
  Network network_;
  Workspace training_pass_;
  Workspace test_pass_;
  CostHistory history_;  // costs of steps 0..step_-1, and of step_ once a pass was made there
  std::int64_t step_ = 0;
  double cost_ = 0;
  bool pass_is_current_ = false;
  std::optional<Divergence> diverged_;
};

}  // namespace initlab
