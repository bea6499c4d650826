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

Run::Run(RunOrigin origin) : origin_(std::move(origin)), begun_(origin_.experiment->lanes[origin_.lane]) {
  const Experiment& experiment = *origin_.experiment;
  if (learns_in_batches()) {
    batches_ =
        MiniBatches(static_cast<std::uint32_t>(experiment.training.seed), origin_.task->data->train.count(),
                    static_cast<std::size_t>(experiment.training.batch));
  }
  draw();
}

void Run::rewind() {
  draw();
  history_.truncate(0);
  frames_.clear();
}

void Run::draw() {
  const Experiment& experiment = *origin_.experiment;
  const Dataset& data = *origin_.task->data;
  NetworkPlan plan = network_plan(experiment, begun_, shape_of(data), origin_.replica);
  plan.x = &data.train.x;
  plan.y = &origin_.task->train_targets;
  for (const auto& source : origin_.sources) plan.sources.push_back(source.get());
  network_ = make_network(plan);
  optimizer_ = initial_state(experiment.training.optimizer, network_);
  step_ = 0;
  forget_passes();
  diverged_.reset();
  finite_.reset();
  write_edits();
}

void Run::restore(std::int64_t step) {
  frames_.restore(step, network_, optimizer_);
  step_ = step;
  forget_passes();
  diverged_.reset();
  finite_.reset();
}

void Run::forget_passes() {
  pass_is_current_ = full_pass_is_current_ = test_is_current_ = false;
}

void Run::approach(std::int64_t step) {
  assert(step >= 0);
  if (step_ <= step && diverged_) return;
  const std::int64_t kept = frames_.latest(step);
  if (step_ <= step && step_ >= kept) return;
  if (kept >= 0) {
    restore(kept);
  } else {
    draw();
  }
}

void Run::set_frame_bytes(std::size_t bytes) {
  if (frames_.is_off()) {
    if (bytes > 0) frames_ = KeyFrames(bytes, network_, optimizer_);
  } else {
    frames_.set_bytes(bytes);
  }
}

void Run::write_edits() {
  for (const Event& event : origin_.experiment->events) {
    if (!event.weight || event.step != step_ || !event.concerns(origin_.lane)) continue;
    const WeightPlace& place = *event.weight;
    assert(place.layer >= 1 && place.layer <= network_.layers.size());
    Layer& layer = network_.layers[place.layer - 1];
    assert(place.unit >= 1 && place.unit <= layer.units() && place.input <= layer.inputs());
    (place.input == 0 ? layer.b[place.unit - 1] : layer.w(place.unit - 1, place.input - 1)) = event.value;
  }
}

// Whether every number that was written at this step is written by the new experiment too: then there is no
// need to know what stood there before.
bool Run::only_adds_edits(const Experiment& next, std::size_t lane) const {
  return std::ranges::all_of(origin_.experiment->events, [&](const Event& old) {
    if (!old.weight || old.step != step_ || !old.concerns(origin_.lane)) return true;
    return std::ranges::any_of(next.events, [&](const Event& event) {
      return event.weight == old.weight && event.step == step_ && event.concerns(lane);
    });
  });
}

std::optional<std::int64_t> Run::adopt(std::shared_ptr<const Experiment> experiment, std::size_t lane) {
  const std::optional<std::int64_t> since =
      first_difference(*origin_.experiment, origin_.lane, *experiment, lane);
  const bool stays = !since || step_ < *since || (step_ == *since && only_adds_edits(*experiment, lane));
  origin_.experiment = std::move(experiment);
  origin_.lane = lane;
  if (!since) return std::nullopt;
  const bool knew_more = std::max(step_, history_.size() - 1) >= *since;
  history_.truncate(*since);
  frames_.drop_from(*since);
  if (!stays) {
    if (*since == 0) {
      draw();
    } else {
      approach(*since - 1);
    }
  } else if (step_ == *since) {
    write_edits();
    forget_passes();
    finite_.reset();
    // What a pass found at this step, under other settings, it may not find again.
    if (diverged_ && diverged_->where.tensor != Tensor::kWeights) diverged_.reset();
  }
  return knew_more ? since : std::nullopt;
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
  frames_.keep(step_, network_, optimizer_);
  const LiveSettings live = live_settings(*origin_.experiment, origin_.lane, step_);
  const std::optional<NonFinite> trouble = initlab::update(
      origin_.experiment->training.optimizer, live.learning_rate, batch_pass_, optimizer_, network_);
  ++step_;
  forget_passes();
  if (trouble) {
    diverged_ = Divergence{step_, *trouble};
  } else {
    write_edits();
  }
}

const Network& Run::last_finite() {
  if (!diverged_) return network_;
  if (finite_) return *finite_;
  const Tensor where = diverged_->where.tensor;
  const bool answers = where == Tensor::kCost || where == Tensor::kDz || where == Tensor::kDw;
  if (answers || step_ == 0) {
    finite_step_ = step_;
    finite_ = network_;
    return *finite_;
  }
  // The pass of the step before had finite answers, or it would have ended there.
  const std::int64_t step = step_;
  const Divergence divergence = *diverged_;
  Network network = network_;
  OptimizerState optimizer = optimizer_;
  approach(step - 1);
  advance(step - 1 - step_);
  assert(step_ == step - 1 && !diverged_);
  finite_step_ = step_;
  finite_ = std::move(network_);
  network_ = std::move(network);
  optimizer_ = std::move(optimizer);
  step_ = step;
  diverged_ = divergence;
  forget_passes();
  refresh();
  return *finite_;
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
