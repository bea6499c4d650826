// A lane that lives: its network, its place in time and its cost history. Deterministic and synchronous.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/data/dataset.h"
#include "core/experiment/cost_history.h"
#include "core/experiment/experiment.h"
#include "core/experiment/key_frames.h"
#include "core/experiment/materials.h"
#include "core/experiment/mini_batches.h"
#include "core/experiment/verdict/verdict.h"
#include "core/network/network.h"
#include "core/network/optimizers.h"
#include "core/network/small_network.h"

namespace initlab {

// A data set with its targets as the output layer has them: what all runs of a comparison share.
struct LearningTask {
  std::shared_ptr<const Dataset> data;
  Matrix train_targets;  // (outputs, m)
  Matrix test_targets;
};
std::shared_ptr<const LearningTask> make_learning_task(const Experiment& experiment,
                                                       std::shared_ptr<const Dataset> data);

// What makes a run: `lane` and `replica` count from 0.
struct RunOrigin {
  std::shared_ptr<const Experiment> experiment;
  std::shared_ptr<const LearningTask> task;
  std::size_t lane = 0;
  std::int64_t replica = 0;
  LayerSources sources;  // of copied layers
};

class Run {
 public:
  // Draws the weights; step 0.
  explicit Run(RunOrigin origin);
  Run(const Run&) = delete;  // owns workspaces that are costly and meaningless to copy
  Run& operator=(const Run&) = delete;

  // Back to step 0 with the same seed: the same weights, the same path, and nothing known of it.
  void rewind();
  // Up to `count` steps; fewer when it diverges.
  void advance(std::int64_t count);
  // To the nearest step at or before `step` that is known, from which advance() leads there with the same
  // bits. Costs of later steps stay in the history. A run that diverged at or before `step` stays as it is.
  void approach(std::int64_t step);
  // The experiment has new events, lanes, names or steps; data, network and what this lane, which stands at
  // `lane` (from 0) in it, begins with are as they were. Goes back to before the first event that is not as
  // it was, where that has been passed, and forgets what came after it: returns the step of that event where
  // there was anything to forget.
  std::optional<std::int64_t> adopt(std::shared_ptr<const Experiment> experiment, std::size_t lane);
  // What its key frames may take; 0, as at first: it keeps none.
  void set_frame_bytes(std::size_t bytes);
  const KeyFrames& frames() const { return frames_; }

  // Brings forward and backward passes over all training samples up to date with the weights of this step, so
  // that what `training_pass` and `network` hold belongs together. Costs one full batch's work.
  void refresh();

  std::int64_t step() const { return step_; }
  const std::optional<Divergence>& diverged() const { return diverged_; }
  const Network& network() const { return network_; }
  // The network at the last step whose weights and answers are finite, which is this one unless it diverged,
  // and that step. Found by going back once for each divergence. After refresh(), which it leaves done.
  const Network& last_finite();
  std::int64_t last_finite_step() const { return finite_ ? finite_step_ : step_; }
  // Costs of every step that it has been to since its path last changed: at least those before step().
  const CostHistory& history() const { return history_; }
  std::int64_t seed() const { return begun_.seed + origin_.replica; }
  // All below hold after refresh(), over all training samples.
  const Workspace& training_pass() const { return learns_in_batches() ? full_pass_ : batch_pass_; }
  double cost() const { return learns_in_batches() ? full_cost_ : batch_cost_; }
  std::optional<double> train_accuracy();
  // Of the test set, by the running statistics where there is batch normalization; null where it is empty.
  // The cost is without penalties.
  std::optional<double> test_accuracy();
  std::optional<double> test_cost();

 private:
  void draw();                      // the weights of step 0
  void restore(std::int64_t step);  // from its frame
  void forget_passes();             // what was computed at another step or for other settings
  void write_edits();               // of this step
  bool only_adds_edits(const Experiment& next, std::size_t lane) const;  // at this step
  bool learns_in_batches() const { return origin_.experiment->training.batch > 0; }
  Objective objective() const;
  struct Batch {
    const Matrix& x;  // (inputs, samples)
    const Matrix& y;  // (outputs, samples)
  };
  Batch gather_batch();  // this step's
  void learn();          // cost and gradients over this step's batch, by the short way where there is one
  void pass();           // forward, cost, backward over it; notes where it diverges
  void note_cost(double cost);  // of this step's batch
  void pass_full();             // the same over all samples, where that is another matter
  void update();                // one step of the optimizer; requires this step's gradients
  bool test();                  // forward over the test set; false where there is none

  RunOrigin origin_;
  const Lane begun_;  // as its experiment had it then: a run that was set aside may have another in its place
  Network network_;
  OptimizerState optimizer_;
  MiniBatches batches_;
  SmallWorkspace small_pass_;
  Workspace batch_pass_;       // over the batch of this step
  Workspace full_pass_;        // over all training samples, where they are not the batch
  Workspace evaluation_pass_;  // over train or test with running statistics
  KeyFrames frames_;
  CostHistory history_;  // costs on their batches; that of step_ once a pass was made there
  std::int64_t step_ = 0;
  double batch_cost_ = 0;
  double full_cost_ = 0;
  bool pass_is_current_ = false;
  bool full_pass_is_current_ = false;
  bool test_is_current_ = false;
  std::optional<Divergence> diverged_;
  std::optional<Network> finite_;  // once it was asked for after a divergence
  std::int64_t finite_step_ = 0;
};

}  // namespace initlab
