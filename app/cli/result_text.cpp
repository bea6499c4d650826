// A lane with replicas shows the median of its runs, the cost with its quartiles beside it, and how many runs
// have which verdict first.
#include "app/cli/result_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/text_table.h"
#include "core/experiment/result/replica_band.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

std::string seeds_text(const RunSnapshot& run) {
  if (run.replicas.empty()) return std::to_string(run.lane.seed);
  return fmt::format("{} to {}", run.lane.seed, run.replicas.back().lane.seed);
}

// Of the run that got furthest: the others of the lane have diverged before.
std::int64_t last_step(const RunSnapshot& run) {
  std::int64_t last = run.step;
  for (const RunSnapshot& replica : run.replicas) last = std::max(last, replica.step);
  return last;
}

// `own` is that of the run shown.
std::string cost_cell(const RunSnapshot& run, const std::optional<double>& own,
                      const std::optional<Band>& band) {
  if (!own) return "-";
  if (run.replicas.empty()) return cost_text(*own);
  return fmt::format("{} ({} to {})", cost_text(band->median), cost_text(band->lower_quartile),
                     cost_text(band->upper_quartile));
}

std::string accuracy_cell(const std::optional<Band>& band, std::size_t samples) {
  return band ? percent_text(band->median, static_cast<std::int64_t>(samples)) : "-";
}

// "6 of 8 healthy, 2 of 8 diverged", or the first verdict of a lane that is run once.
std::string verdict_cell(const RunSnapshot& run, const ReplicaSummary& summary) {
  if (run.replicas.empty()) return run.verdicts.front().text;
  std::string text;
  for (const VerdictCount& one : summary.verdicts) {
    std::string label(verdict_row(one.kind).label);
    if (label.front() >= 'A' && label.front() <= 'Z') label.front() += 'a' - 'A';
    text += fmt::format("{}{} of {} {}", text.empty() ? "" : ", ", one.count, summary.runs, label);
  }
  return text;
}

std::string result_table(const Snapshot& snapshot) {
  const bool regression = snapshot.data->classes == 0;
  const bool replicas =
      std::ranges::any_of(snapshot.runs, [](const RunSnapshot& run) { return !run.replicas.empty(); });
  std::vector<std::string> heading = {"lane", "scheme", replicas ? "seeds" : "seed", "steps", "cost"};
  if (regression) {
    heading.emplace_back("test cost");
  } else {
    heading.insert(heading.end(), {"train", "test"});
  }
  heading.emplace_back("verdict");
  std::vector<Align> columns(heading.size(), Align::kRight);
  columns[0] = columns[1] = columns.back() = Align::kLeft;
  TextTable table(columns);
  table.add(heading);
  for (const RunSnapshot& run : snapshot.runs) {
    const ReplicaSummary summary = summarize_replicas(run);
    std::vector<std::string> cells = {run.lane.name, std::string(scheme(run.lane.scheme).id), seeds_text(run),
                                      count_text(last_step(run)), cost_cell(run, run.cost, summary.cost)};
    if (regression) {
      cells.push_back(cost_cell(run, run.test_cost, summary.test_cost));
    } else {
      cells.push_back(accuracy_cell(summary.train_accuracy, snapshot.data->train.count()));
      cells.push_back(accuracy_cell(summary.test_accuracy, snapshot.data->test.count()));
    }
    cells.push_back(verdict_cell(run, summary));
    table.add(cells);
  }
  return table.text();
}

// What to try next, a line for each lane that has such advice.
std::string advice_text(const Snapshot& snapshot) {
  TextTable table({Align::kLeft, Align::kLeft});
  bool any = false;
  for (const RunSnapshot& run : snapshot.runs) {
    const Verdict& first = run.verdicts.front();
    if (first.good || first.advice.empty()) continue;
    table.add({run.lane.name, first.advice});
    any = true;
  }
  return any ? "\n" + table.text() : "";
}

}  // namespace

std::string result_text(const Snapshot& snapshot) {
  return result_table(snapshot) + advice_text(snapshot);
}

}  // namespace initlab
