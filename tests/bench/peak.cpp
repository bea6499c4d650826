// peak/fma: what one core can do on the path in use with nothing but fused multiply-adds, over the same packs
// of eight as the kernels. Highway compiles the loop once for each path, as it does theirs.
#include "core/numeric/kernels.h"

#ifndef INITLAB_PEAK_ONCE
#define INITLAB_PEAK_ONCE
// The targets of core/numeric/kernels.cpp.
#define HWY_BASELINE_TARGETS HWY_BASELINE_SCALAR
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL)
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/bench/bench.h"
#endif

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/bench/peak.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/numeric/pack8-inl.h"

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

// Chains that do not wait for each other: enough for two units of four cycles each, few enough for registers.
constexpr int kChains = HWY_TARGET == HWY_AVX3 ? 12 : 6;

// Every chain runs towards 2 by x = x / 2 + 1. Returns the sum of all lanes of all chains.
double run_chains(std::int64_t rounds) {
  Pack8 chain[kChains];
  for (int c = 0; c < kChains; ++c) chain[c] = broadcast(c);
  const Pack8 half = broadcast(0.5);
  const Pack8 one = broadcast(1);
  for (std::int64_t i = 0; i < rounds; ++i) {
    for (int c = 0; c < kChains; ++c) chain[c] = multiply_add(chain[c], half, one);
  }
  Pack8 total = broadcast(0);
  for (int c = 0; c < kChains; ++c) total = add(total, chain[c]);
  return sum(total);
}

struct PeakLoop {
  std::string_view path;
  int chains;
  double (*run)(std::int64_t rounds);
};
constexpr PeakLoop kPeakLoop = {INITLAB_PATH_NAME, kChains, run_chains};
#undef INITLAB_PATH_NAME
#undef INITLAB_MATH

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace initlab::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::int64_t kRounds = 2000;  // the chains have long arrived

// The loop of the path in use, and what a call of it does.
class Peak {
 public:
  Peak() {
    const std::string_view path = kernels().name;
    if (path == N_AVX3::kPeakLoop.path) {
      take(N_AVX3::kPeakLoop.chains, N_AVX3::kPeakLoop.run);
    } else if (path == N_AVX2::kPeakLoop.path) {
      take(N_AVX2::kPeakLoop.chains, N_AVX2::kPeakLoop.run);
    } else {
      take(HWY_NAMESPACE::kPeakLoop.chains, HWY_NAMESPACE::kPeakLoop.run);
    }
  }
  double run() const { return run_(kRounds); }
  double expected() const { return 2.0 * 8 * chains_; }
  double flops() const { return 2.0 * 8 * chains_ * static_cast<double>(kRounds); }

 private:
  void take(int chains, double (*loop)(std::int64_t)) {
    chains_ = chains;
    run_ = loop;
  }
  int chains_ = 0;
  double (*run_)(std::int64_t) = nullptr;
};

void fma(benchmark::State& state, Session& session) {
  const Peak peak;
  double result = 0;
  const double began = thread_seconds();
  for (auto _ : state) {
    result = peak.run();
    benchmark::DoNotOptimize(result);
  }
  const double seconds = thread_seconds() - began;
  if (result != peak.expected()) fail(state, session, "the chains did not arrive at 2");
  state.counters["GFLOP/s"] = peak.flops() * 1e-9 * static_cast<double>(state.iterations()) / seconds;
}

}  // namespace

double measure_peak_gflops() {
  const Peak peak;
  double best = 0;
  // The best of many short runs: what others do on this core can only slow one down.
  for (int i = 0; i < 200; ++i) {
    const Clock::time_point start = Clock::now();
    double result = peak.run();
    benchmark::DoNotOptimize(result);
    best = std::max(best, peak.flops() / std::chrono::duration<double>(Clock::now() - start).count());
  }
  return best / 1e9;
}

void register_peak(Session& session) {
  benchmark::RegisterBenchmark("peak/fma", [&session](benchmark::State& state) { fma(state, session); });
}

}  // namespace initlab::bench
#endif  // HWY_ONCE
