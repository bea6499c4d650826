// What slow motion remembers between frames: which part of one step of training is being looked at.
#pragma once

namespace initlab {

// The parts of one step, in their order.
enum class SlowStage { kForward, kLoss, kBackward, kUpdate, kCount };

struct SlowMotionState {
  bool on = false;
  SlowStage stage = SlowStage::kForward;
  double stage_since = 0;  // ImGui time, seconds
  bool walks = false;      // goes on by itself
};

}  // namespace initlab
