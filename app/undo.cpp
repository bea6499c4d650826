#include "app/undo.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <limits>

#include "app/panels/field_row.h"
#include "core/experiment/file/fields.h"

namespace initlab {
namespace {

template <class Section>
std::optional<ExperimentChange> change_of(const std::string& prefix, Section from, Section to) {
  if (from == to) return std::nullopt;
  for (const Field<Section>& field : fields<Section>()) {
    const FieldValue value = field.member(to);
    if (same_value(field.member(from), value)) continue;
    const std::string path = prefix + std::string(field.key);
    return ExperimentChange{path, fmt::format("{} {}", path, value_text(value))};
  }
  return ExperimentChange{prefix, prefix.substr(0, prefix.size() - 1)};
}

ExperimentChange change_of_lanes(const Experiment& from, const Experiment& to) {
  const auto holds = [](const std::vector<Lane>& lanes, const Lane& lane) {
    return std::ranges::find(lanes, lane) != lanes.end();
  };
  if (from.lanes.size() != to.lanes.size()) {
    const bool more = to.lanes.size() > from.lanes.size();
    const std::vector<Lane>& longer = more ? to.lanes : from.lanes;
    const std::vector<Lane>& shorter = more ? from.lanes : to.lanes;
    const auto other = std::ranges::find_if(longer, [&](const Lane& lane) { return !holds(shorter, lane); });
    const std::string& name = other == longer.end() ? longer.back().name : other->name;
    return {"lanes", more ? fmt::format("lane {}", name) : fmt::format("without lane {}", name)};
  }
  std::optional<ExperimentChange> first;
  std::size_t changed = 0;
  for (std::size_t lane = 0; lane < to.lanes.size(); ++lane) {
    auto change = change_of(fmt::format("lanes.{}.", lane + 1), from.lanes[lane], to.lanes[lane]);
    if (!change) continue;
    ++changed;
    // A scheme brings the lane's name along, and is what was meant.
    if (from.lanes[lane].scheme != to.lanes[lane].scheme) {
      change->setting = fmt::format("lanes.{}.scheme", lane + 1);
      change->text = fmt::format("{} in lane {}", scheme(to.lanes[lane].scheme).label, lane + 1);
    }
    if (!first) first = std::move(change);
  }
  if (changed > 1 &&
      std::is_permutation(from.lanes.begin(), from.lanes.end(), to.lanes.begin(), to.lanes.end()))
    return {"lanes", "the lanes' order"};
  return *first;
}

// Live settings as they are after the last event.
std::optional<ExperimentChange> change_of_events(const Experiment& from, const Experiment& to) {
  constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();
  for (std::size_t lane = 0; lane < to.lanes.size(); ++lane) {
    TrainingSettings before = from.training;
    TrainingSettings after = to.training;
    const auto at_end = [lane](const Experiment& experiment, TrainingSettings& training) {
      const LiveSettings live = live_settings(experiment, lane, kEnd);
      training.learning_rate = live.learning_rate;
      training.l1 = live.l1;
      training.l2 = live.l2;
    };
    at_end(from, before);
    at_end(to, after);
    if (auto change = change_of("training.", before, after)) return change;
  }
  return std::nullopt;
}

}  // namespace

ExperimentChange change_between(const Experiment& from, const Experiment& to) {
  if (from.name != to.name) return {"experiment", to.name};
  if (auto change = change_of("data.", from.data, to.data)) return *std::move(change);
  if (auto change = change_of("network.", from.network, to.network)) return *std::move(change);
  if (auto change = change_of("training.", from.training, to.training)) return *std::move(change);
  if (from.lanes != to.lanes) return change_of_lanes(from, to);
  if (auto change = change_of_events(from, to)) return *std::move(change);
  return {"experiment", "what was changed on the way"};
}

void UndoHistory::observe(const Value& shown, std::uint64_t commands_obeyed, double seconds) {
  if (asked_) {
    if (commands_obeyed < *asked_) return;
    asked_.reset();
    now_ = shown;
    last_setting_.clear();
    return;
  }
  if (shown == now_) return;
  if (now_ == nullptr || *now_ == *shown) {
    now_ = shown;
    return;
  }
  const std::string setting = change_between(*now_, *shown).setting;
  const bool goes_on = setting == last_setting_ && seconds - last_change_ < kQuick && !past_.empty();
  if (!goes_on) {
    past_.push_back(now_);
    if (past_.size() > kMost) past_.pop_front();
  }
  future_.clear();
  now_ = shown;
  last_setting_ = setting;
  last_change_ = seconds;
}

UndoHistory::Move UndoHistory::undo() {
  assert(can_undo());
  const Value before = now_;
  future_.push_back(now_);
  now_ = past_.back();
  past_.pop_back();
  return {now_, change_between(*before, *now_).text};
}

UndoHistory::Move UndoHistory::redo() {
  assert(can_redo());
  const Value before = now_;
  past_.push_back(now_);
  now_ = future_.back();
  future_.pop_back();
  return {now_, change_between(*before, *now_).text};
}

}  // namespace initlab
