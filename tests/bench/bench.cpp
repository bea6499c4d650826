#include "tests/bench/bench.h"

#include <algorithm>
#include <ctime>

namespace initlab::bench {

double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

void fail(benchmark::State& state, Session& session, const std::string& what) {
  ++session.failures;
  state.SkipWithError(what.c_str());
}

void report_spread(benchmark::State& state, std::vector<double> seconds) {
  if (seconds.empty()) return;
  std::sort(seconds.begin(), seconds.end());
  const auto at = [&](double share) {
    return seconds[static_cast<std::size_t>(share * static_cast<double>(seconds.size() - 1) + 0.5)] * 1e3;
  };
  state.counters["median_ms"] = at(0.5);
  state.counters["p99_ms"] = at(0.99);
}

}  // namespace initlab::bench
