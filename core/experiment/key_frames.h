// Where a run has been: copies of all that its next steps follow from, at evenly spaced steps, in memory that
// is asked for once. When there is no more room, every other frame goes and the spacing doubles. One frame
// more is kept of the latest steps at a spacing that never grows, so that the last few are always near.
//
// What is kept stands before the step's update, with the edits of that step in it. Not thread safe: frames
// belong to one run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/network/network.h"
#include "core/network/optimizers.h"

namespace initlab {

class KeyFrames {
 public:
  // Steps between frames at first, and always to the frame of the latest steps: so few are soon made again.
  static constexpr std::int64_t kSpacing = 16;
  static constexpr std::size_t kMostFrames = 1024;

  // None, and never any.
  KeyFrames() = default;
  // Of networks and optimizers with the shapes of these, as many as fit into `bytes`, and the one of the
  // latest steps besides.
  KeyFrames(std::size_t bytes, const Network& network, const OptimizerState& optimizer);

  bool is_off() const { return frame_size_ == 0; }
  // A lower bound, or nothing: frames that no longer fit are thinned as ever.
  void set_bytes(std::size_t bytes);
  // Bytes of all frames that there is room for, without the one of the latest steps.
  std::size_t bytes() const { return capacity_ * frame_size_ * sizeof(double); }
  std::size_t count() const { return frames_.size(); }

  void clear();
  // Keeps this step, where it is the next that is to be kept.
  void keep(std::int64_t step, const Network& network, const OptimizerState& optimizer);
  // The latest step at or before `step` that is kept; -1 where there is none.
  std::int64_t latest(std::int64_t step) const;
  // What was kept of `step`, which latest() named.
  void restore(std::int64_t step, Network& network, OptimizerState& optimizer) const;
  // Forgets this step and all later ones.
  void drop_from(std::int64_t step);

 private:
  // The numbers of a frame that stand beside those of the network.
  struct Frame {
    std::int64_t step = -1;
    std::size_t slot = 0;  // in the store
    std::int64_t optimizer_steps = 0;
    double beta1_power = 1;
    double beta2_power = 1;
  };
  static constexpr std::size_t kLatestSlot = 0;

  void write(Frame& frame, std::int64_t step, const Network& network, const OptimizerState& optimizer);
  void thin();  // half of the frames, twice the spacing
  const Frame* find(std::int64_t step) const;
  double* numbers(std::size_t slot) const { return store_.get() + slot * frame_size_; }

  std::size_t frame_size_ = 0;  // numbers of one frame
  std::size_t capacity_ = 0;    // frames besides that of the latest steps
  // Not filled with zeros: pages that hold no frame are never touched.
  std::unique_ptr<double[]> store_;
  Frame latest_;
  std::vector<Frame> frames_;        // in order of steps
  std::vector<std::size_t> unused_;  // slots
  std::int64_t spacing_ = kSpacing;
};

}  // namespace initlab
