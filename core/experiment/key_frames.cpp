#include "core/experiment/key_frames.h"

#include <algorithm>
#include <cassert>
#include <span>

namespace initlab {
namespace {

// Calls visit(span) for every number that a step may change, in one fixed order.
template <class Rows, class Visit>
void visit_rows(Rows& matrix, const Visit& visit) {
  for (std::size_t r = 0; r < matrix.rows(); ++r) visit(matrix.row_span(r));
}
template <class SomeNetwork, class SomeState, class Visit>
void visit_numbers(SomeNetwork& network, SomeState& optimizer, const Visit& visit) {
  for (auto& layer : network.layers) {
    visit_rows(layer.w, visit);
    visit(std::span(layer.b));
    if (!layer.norm) continue;
    visit(std::span(layer.norm->gamma));
    visit(std::span(layer.norm->beta));
    visit(std::span(layer.norm->running_mean));
    visit(std::span(layer.norm->running_variance));
  }
  for (auto* moments : {&optimizer.first, &optimizer.second}) {
    for (auto& layer : *moments) {
      visit_rows(layer.w, visit);
      visit(std::span(layer.b));
      visit(std::span(layer.gamma));
      visit(std::span(layer.beta));
    }
  }
}

}  // namespace

KeyFrames::KeyFrames(std::size_t bytes, const Network& network, const OptimizerState& optimizer) {
  visit_numbers(network, optimizer,
                [this](std::span<const double> numbers) { frame_size_ += numbers.size(); });
  set_bytes(bytes);
}

void KeyFrames::set_bytes(std::size_t bytes) {
  if (frame_size_ == 0) return;
  const std::size_t capacity = std::min(bytes / (frame_size_ * sizeof(double)), kMostFrames);
  if (store_ && capacity >= capacity_) return;
  while (frames_.size() > capacity && frames_.size() > 1) thin();
  if (frames_.size() > capacity) frames_.clear();
  std::unique_ptr<double[]> store(new double[(capacity + 1) * frame_size_]);
  if (latest_.step >= 0) std::copy_n(numbers(kLatestSlot), frame_size_, store.get());
  std::size_t slot = kLatestSlot;
  for (Frame& frame : frames_) {
    ++slot;
    std::copy_n(numbers(frame.slot), frame_size_, store.get() + slot * frame_size_);
    frame.slot = slot;
  }
  store_ = std::move(store);
  capacity_ = capacity;
  frames_.reserve(capacity);
  unused_.clear();
  unused_.reserve(capacity);
  for (std::size_t i = capacity; i > slot; --i) unused_.push_back(i);
}

void KeyFrames::clear() {
  drop_from(0);
  spacing_ = kSpacing;
}

void KeyFrames::keep(std::int64_t step, const Network& network, const OptimizerState& optimizer) {
  if (frame_size_ == 0 || step % kSpacing != 0) return;
  write(latest_, step, network, optimizer);
  if (capacity_ == 0 || step % spacing_ != 0) return;
  if (!frames_.empty() && step <= frames_.back().step) return;
  if (unused_.empty()) thin();
  if (unused_.empty() || step % spacing_ != 0) return;
  Frame frame;
  frame.slot = unused_.back();
  unused_.pop_back();
  write(frame, step, network, optimizer);
  frames_.push_back(frame);
}

void KeyFrames::thin() {
  spacing_ *= 2;
  const auto goes = [this](const Frame& frame) {
    if (frame.step % spacing_ == 0) return false;
    unused_.push_back(frame.slot);
    return true;
  };
  std::erase_if(frames_, goes);
}

void KeyFrames::write(Frame& frame, std::int64_t step, const Network& network,
                      const OptimizerState& optimizer) {
  frame.step = step;
  frame.optimizer_steps = optimizer.steps;
  frame.beta1_power = optimizer.beta1_power;
  frame.beta2_power = optimizer.beta2_power;
  double* to = numbers(frame.slot);
  visit_numbers(network, optimizer,
                [&to](std::span<const double> from) { to = std::ranges::copy(from, to).out; });
  assert(to == numbers(frame.slot) + frame_size_ && "the shapes are those that the frames are for");
}

const KeyFrames::Frame* KeyFrames::find(std::int64_t step) const {
  const auto after = std::upper_bound(frames_.begin(), frames_.end(), step,
                                      [](std::int64_t s, const Frame& frame) { return s < frame.step; });
  const Frame* frame = after == frames_.begin() ? nullptr : &*std::prev(after);
  const bool latest_is_nearer = latest_.step <= step && (frame == nullptr || frame->step < latest_.step);
  return latest_.step >= 0 && latest_is_nearer ? &latest_ : frame;
}

std::int64_t KeyFrames::latest(std::int64_t step) const {
  const Frame* frame = find(step);
  return frame == nullptr ? -1 : frame->step;
}

void KeyFrames::restore(std::int64_t step, Network& network, OptimizerState& optimizer) const {
  const Frame* frame = find(step);
  assert(frame != nullptr && frame->step == step);
  optimizer.steps = frame->optimizer_steps;
  optimizer.beta1_power = frame->beta1_power;
  optimizer.beta2_power = frame->beta2_power;
  const double* from = numbers(frame->slot);
  visit_numbers(network, optimizer, [&from](std::span<double> to) {
    std::copy_n(from, to.size(), to.begin());
    from += to.size();
  });
}

void KeyFrames::drop_from(std::int64_t step) {
  if (latest_.step >= step) latest_.step = -1;
  while (!frames_.empty() && frames_.back().step >= step) {
    unused_.push_back(frames_.back().slot);
    frames_.pop_back();
  }
}

}  // namespace initlab
