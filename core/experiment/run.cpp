// One lane through time: pass, note the cost, update.
#include "core/experiment/run.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace initlab {
namespace {

bool has_batch_norm(const Network& network) {
  return std::ranges::any_of(network.layers, [](const Layer& layer) { return layer.norm.has_value(); });
}

}  // namespace

std::shared_ptr<const LearningTask> make_learning_task(const Experiment& experiment,
                                                       std::shared_ptr<const Dataset> data) {
  auto task = std::make_shared<LearningTask>();
  const std::size_t outputs = layer_sizes(experiment, shape_of(*data)).back();
  task->train_targets = targets_of(experiment.network.output, data->train.y, outputs);
  task->test_targets = targets_of(experiment.network.output, data->test.y, outputs);
  task->data = std::move(data);
  return task;
}

Run::Run(RunOrigin origin) : origin_(std::move(origin)) {
  rewind();
}

void Run::rewind() {
  const Experiment& experiment = *origin_.experiment;
  const Dataset& data = *origin_.task->data;
  NetworkPlan plan =
      network_plan(experiment, experiment.lanes[origin_.lane], shape_of(data), origin_.replica);
  plan.x = &data.train.x;
  plan.y = &origin_.task->train_targets;
  for (const auto& source : origin_.sources) plan.sources.push_back(source.get());
  network_ = make_network(plan);
  optimizer_ = {};
  if (learns_in_batches()) {
    batches_ = MiniBatches(static_cast<std::uint32_t>(experiment.training.seed), data.train.count(),
                           static_cast<std::size_t>(experiment.training.batch));
  }
  history_.truncate(0);
  step_ = 0;
  batch_cost_ = full_cost_ = 0;
  pass_is_current_ = full_pass_is_current_ = test_is_current_ = false;
  diverged_.reset();
}

void Run::adopt(std::shared_ptr<const Experiment> experiment) {
  origin_.experiment = std::move(experiment);
  // A penalty may have changed at this very step.
  pass_is_current_ = full_pass_is_current_ = false;
  history_.truncate(step_);
}

void Run::advance(std::int64_t count) {
  for (; count > 0 && !diverged_; --count) {
    if (!pass_is_current_) learn();
    if (!diverged_) update();
  }
}

void Run::refresh() {
  if (!pass_is_current_) pass();
  if (learns_in_batches() && !full_pass_is_current_) pass_full();
}

Objective Run::objective() const {
  const LiveSettings live = live_settings(*origin_.experiment, origin_.lane, step_);
  return {origin_.experiment->training.loss, live.l1, live.l2};
}

Run::Batch Run::gather_batch() {
  const LearningTask& task = *origin_.task;
  if (!learns_in_batches()) return {task.data->train.x, task.train_targets};
  batches_.gather(step_, task.data->train.x, task.train_targets);
  return {batches_.x(), batches_.targets()};
}

// The gradients of a step that nobody looks at need not leave the rest of a pass behind.
void Run::learn() {
  const Batch batch = gather_batch();
  const std::optional<double> cost =
      small_gradients(network_, objective(), batch.x, batch.y, small_pass_, batch_pass_);
  if (cost) {
    note_cost(*cost);
  } else {
    pass();
  }
}

void Run::pass() {
  const Batch batch = gather_batch();
  const Objective aim = objective();
  std::optional<NonFinite> trouble = forward(network_, batch.x, batch_pass_);
  const double cost = initlab::cost(network_, aim, batch.y, batch_pass_);
  if (!trouble && !std::isfinite(cost)) trouble = NonFinite{0, Tensor::kCost};
  const std::optional<NonFinite> backward_trouble = backward(network_, aim, batch.x, batch.y, batch_pass_);
  if (!trouble) trouble = backward_trouble;
  if (trouble && !diverged_) diverged_ = Divergence{step_, *trouble};
  note_cost(cost);
  pass_is_current_ = true;
}

void Run::note_cost(double cost) {
  batch_cost_ = cost;
  if (history_.size() == step_) history_.push_back(cost);
}

void Run::pass_full() {
  const LearningTask& task = *origin_.task;
  const Objective aim = objective();
  forward(network_, task.data->train.x, full_pass_);
  full_cost_ = initlab::cost(network_, aim, task.train_targets, full_pass_);
  backward(network_, aim, task.data->train.x, task.train_targets, full_pass_);
  full_pass_is_current_ = true;
}

void Run::update() {
  const LiveSettings live = live_settings(*origin_.experiment, origin_.lane, step_);
  const std::optional<NonFinite> trouble = initlab::update(
      origin_.experiment->training.optimizer, live.learning_rate, batch_pass_, optimizer_, network_);
  ++step_;
  pass_is_current_ = full_pass_is_current_ = test_is_current_ = false;
  if (trouble) diverged_ = Divergence{step_, *trouble};
}

std::optional<double> Run::train_accuracy() {
  if (network_.output == OutputId::kLinear) return std::nullopt;
  if (!has_batch_norm(network_)) return accuracy(network_, training_pass(), origin_.task->train_targets);
  forward(network_, origin_.task->data->train.x, evaluation_pass_, Pass::kEvaluation);
  test_is_current_ = false;
  return accuracy(network_, evaluation_pass_, origin_.task->train_targets);
}

bool Run::test() {
  if (origin_.task->data->test.count() == 0) return false;
  if (!test_is_current_) forward(network_, origin_.task->data->test.x, evaluation_pass_, Pass::kEvaluation);
  test_is_current_ = true;
  return true;
}

std::optional<double> Run::test_accuracy() {
  if (network_.output == OutputId::kLinear || !test()) return std::nullopt;
  return accuracy(network_, evaluation_pass_, origin_.task->test_targets);
}

std::optional<double> Run::test_cost() {
  if (!test()) return std::nullopt;
  return initlab::cost(network_, {.loss = origin_.experiment->training.loss}, origin_.task->test_targets,
                       evaluation_pass_);
}

}  // namespace initlab
