// initlab_scaling: measures how a training step's time grows, and draws it by the program's own canvas.
//   initlab_scaling [--quick] FILE...    .png, .svg or .pdf; --quick takes small networks: the slopes mean
//   little
// Prints each slope. Exit codes: 0 done, 2 bad input, 4 could not write.
#include "tests/bench/scaling.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

#include "app/canvas/picture_file.h"
#include "core/numeric/kernels.h"
#include "tests/bench/bench.h"
#include "tests/bench/work.h"

namespace initlab::bench {
namespace {

constexpr std::size_t kInputs = 64;

// ReLU on blobs with as many features as the layers of the other two plots have units.
Experiment experiment_of(std::int64_t samples, std::size_t layers, std::int64_t units) {
  Experiment experiment;
  experiment.data.kind = DatasetId::kBlobs;
  experiment.data.features = kInputs;
  experiment.data.samples = samples;
  experiment.data.test_samples = 0;
  experiment.network.hidden.assign(layers, units);
  experiment.lanes = {make_lane("timed", SchemeId::kHeNormal)};
  return experiment;
}

// A run whose step is timed several times, in turn with others: the median is what its point shows.
class TimedRun {
 public:
  TimedRun(const Experiment& experiment, double seconds_a_round)
      : run_(make_run(experiment)), seconds_(seconds_a_round) {
    run_->advance(1);
  }
  void round() {
    std::int64_t count = 0;
    double passed = 0;
    const double start = thread_seconds();
    do {
      run_->advance(1);
      ++count;
      passed = thread_seconds() - start;
    } while (passed < seconds_);
    rounds_.push_back(passed / static_cast<double>(count));
  }
  double median() {
    const auto middle = rounds_.begin() + std::ssize(rounds_) / 2;
    std::nth_element(rounds_.begin(), middle, rounds_.end());
    return *middle;
  }

 private:
  std::unique_ptr<Run> run_;
  double seconds_;
  std::vector<double> rounds_;
};

struct Plan {
  int rounds;
  double seconds_a_round;
  std::vector<double> samples, layers, units;
  double wide;  // from here on layers are wide
};
const Plan kPlan = {.rounds = 9,
                    .seconds_a_round = 0.01,
                    .samples = {250, 500, 1000, 2000, 4000, 8000, 16000},
                    .layers = {1, 2, 4, 8, 16, 32, 64},
                    .units = {16, 32, 64, 128, 256, 512, 1024, 2048},
                    .wide = 256};
const Plan kQuickPlan = {.rounds = 1,
                         .seconds_a_round = 0,
                         .samples = {100, 200, 400},
                         .layers = {1, 2, 4},
                         .units = {16, 32, 64},
                         .wide = 32};

template <class MakeExperiment>
Growth measure(const Plan& plan, Growth growth, MakeExperiment make_experiment) {
  std::vector<std::unique_ptr<TimedRun>> runs;
  for (const double value : growth.values)
    runs.push_back(
        std::make_unique<TimedRun>(make_experiment(static_cast<std::int64_t>(value)), plan.seconds_a_round));
  for (int round = 0; round < plan.rounds; ++round) {
    for (const auto& run : runs) run->round();
  }
  for (const auto& run : runs) growth.seconds.push_back(run->median());
  return growth;
}

std::vector<Growth> measure_all(const Plan& plan) {
  return {
      measure(plan, {"samples", "4 hidden layers of 64 units, ReLU", plan.samples.front(), plan.samples, {}},
              [](std::int64_t samples) { return experiment_of(samples, 4, 64); }),
      measure(plan,
              {"depth", "hidden layers of 64 units, ReLU, 512 samples", plan.layers.front(), plan.layers, {}},
              [](std::int64_t layers) { return experiment_of(512, static_cast<std::size_t>(layers), 64); }),
      measure(plan, {"width", "units of 4 hidden layers, ReLU, 256 samples", plan.wide, plan.units, {}},
              [](std::int64_t units) { return experiment_of(256, 4, units); })};
}

int run(std::vector<std::string_view> arguments) {
  const bool quick = std::erase(arguments, "--quick") > 0;
  for (const std::string_view file : arguments) {
    if (picture_format(file)) continue;
    std::fprintf(stderr, "\"%s\" is not a picture's name; allowed: .png, .svg, .pdf\n",
                 std::string(file).c_str());
    return 2;
  }
  const std::vector<Growth> growths = measure_all(quick ? kQuickPlan : kPlan);
  for (const Growth& growth : growths) {
    std::printf("%s: slope %.3f;", growth.quantity.c_str(), fit(growth).exponent);
    for (std::size_t i = 0; i < growth.values.size(); ++i)
      std::printf(" %g: %.3g ms", growth.values[i], growth.seconds[i] * 1e3);
    std::putchar('\n');
  }
  const std::string note =
      "Both axes are logarithmic: slope 1 is linear, slope 2 quadratic. Full batch, double "
      "precision, one thread, path " +
      std::string(kernels().name) + ".";
  const Theme& light = theme(ThemeId::kLight);
  for (const std::string_view file : arguments) {
    const PictureOptions options{.width = 1080, .height = 440, .scale = 2, .background = light.ground};
    const auto failure = write_picture(file, options, [&](Canvas& canvas) {
      draw_scaling(canvas, light, {0, 0, options.width, options.height}, growths, note);
    });
    if (!failure) continue;
    std::fprintf(stderr, "%s\n", failure->c_str());
    return 4;
  }
  return 0;
}

}  // namespace
}  // namespace initlab::bench

int main(int argc, char** argv) {
  if (const auto refusal = initlab::check_simd_choice()) {
    std::fprintf(stderr, "%s\n", refusal->c_str());
    return 2;
  }
  return initlab::bench::run({argv + 1, argv + argc});
}
