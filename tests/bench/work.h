// The work that is timed, here and by the peers: three trainings from fixed seeds, as experiments. Nothing is
// measured here.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/experiment/measure/decision_field.h"
#include "core/experiment/run.h"

namespace initlab::bench {

// One training: full batch, gradient descent, one lane.
struct Work {
  std::string_view name;  // "course"
  Experiment experiment;
  std::int64_t plain_steps = 0;  // that a plain training repeats as a check; few where it is slow
};
Work course_work();     // 2-10-5-1 ReLU, 300 points of two circles, He
Work deep_tanh_work();  // 2-[100]x10-1 tanh, 1000 points of two circles, Xavier
Work wide_relu_work();  // 64-[256]x4-10 ReLU, softmax, 256 points of ten blobs, He
std::vector<Work> all_works();

// Cells of the field that is timed.
inline constexpr FieldSize kTimedField = {512, 512};

// The course's three lanes: zeros, large, He.
Experiment course_experiment();

std::unique_ptr<Run> make_run(const Experiment& experiment);

// Multiply-adds of the three products of one step.
double multiply_adds_of_step(const Network& network, std::size_t samples);

// Steps after which the peers' costs are compared.
inline constexpr std::int64_t kSharedSteps = 20;
// What the peers begin from, in `folder`/NAME: x.npy (inputs, m), y.npy (1, m), w1.npy, b1.npy, ..., and in
// cost.txt the steps and the cost after them; for the course in field.txt the field's domain and the mean of
// its logits. Null when done, else what failed.
std::optional<std::string> write_work(const std::string& folder);

}  // namespace initlab::bench
