// One lane through time: pass, note the cost, update.
#include "core/experiment/run.h"

#include <cassert>
#include <cmath>

namespace initlab {

Run::Run(std::shared_ptr<const Experiment> experiment, std::shared_ptr<const Dataset> data, std::size_t lane)
    : experiment_(std::move(experiment)), data_(std::move(data)), lane_(lane) {
  rewind();
}

void Run::rewind() {
  network_ = make_network(network_plan(*experiment_, experiment_->lanes[lane_]));
  history_.truncate(0);
  step_ = 0;
  cost_ = 0;
  pass_is_current_ = false;
  diverged_.reset();
}

void Run::adopt(std::shared_ptr<const Experiment> experiment) {
  experiment_ = std::move(experiment);
  // A penalty may have changed at this very step.
  pass_is_current_ = false;
  history_.truncate(step_);
}

void Run::advance(std::int64_t count) {
  for (; count > 0 && !diverged_; --count) {
    refresh();
    if (!diverged_) update();
  }
}

void Run::refresh() {
  if (!pass_is_current_) pass();
}

void Run::pass() {
  const LiveSettings live = live_settings(*experiment_, lane_, step_);
  const Objective objective{experiment_->training.loss, live.l1, live.l2};
  std::optional<NonFinite> trouble = forward(network_, data_->train.x, training_pass_);
  cost_ = initlab::cost(network_, objective, data_->train.y, training_pass_);
  if (!trouble && !std::isfinite(cost_)) trouble = NonFinite{0, Tensor::kCost};
  const std::optional<NonFinite> backward_trouble =
      backward(network_, objective, data_->train.x, data_->train.y, training_pass_);
  if (!trouble) trouble = backward_trouble;
  if (trouble && !diverged_) diverged_ = Divergence{step_, *trouble};
  if (history_.size() == step_) history_.push_back(cost_);
  pass_is_current_ = true;
}

void Run::update() {
  assert(pass_is_current_);
  const LiveSettings live = live_settings(*experiment_, lane_, step_);
  const std::optional<NonFinite> trouble = descend(live.learning_rate, training_pass_, network_);
  ++step_;
  pass_is_current_ = false;
  if (trouble) diverged_ = Divergence{step_, *trouble};
}

std::optional<double> Run::train_accuracy() const {
  if (experiment_->network.output != OutputId::kSigmoid) return std::nullopt;
  return accuracy(training_pass_, data_->train.y);
}

std::optional<double> Run::test_accuracy() {
  if (experiment_->network.output != OutputId::kSigmoid || data_->test.count() == 0) return std::nullopt;
  forward(network_, data_->test.x, test_pass_);
  return accuracy(test_pass_, data_->test.y);
}

}  // namespace initlab
