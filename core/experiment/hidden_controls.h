// What an experiment's file may ask the window to leave out, so that a lesson shows only what it is about.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace initlab {

enum class HiddenControl {
  kData,
  kNetwork,
  kTraining,
  kLanes,
  kView,
  kSpeed,
  kSeed,
  kScheme,
  kGain,
  kTimeline,
  kCount
};

struct HiddenControlRow {
  HiddenControl control;
  std::string_view id;    // the word in the file
  std::string_view help;  // what is left out
};
inline constexpr std::array<HiddenControlRow, static_cast<std::size_t>(HiddenControl::kCount)>
    kHiddenControls = {{
        {HiddenControl::kData, "data", "the settings of the data"},
        {HiddenControl::kNetwork, "network", "the settings of the network"},
        {HiddenControl::kTraining, "training", "the settings of the training"},
        {HiddenControl::kLanes, "lanes", "the settings of all lanes, and adding and removing lanes"},
        {HiddenControl::kView, "view", "the settings of the view"},
        {HiddenControl::kSpeed, "speed", "the slider of the speed"},
        {HiddenControl::kSeed, "seed", "the seeds, and drawing others"},
        {HiddenControl::kScheme, "scheme", "the list of schemes of a lane"},
        {HiddenControl::kGain, "gain", "the gain of a lane"},
        {HiddenControl::kTimeline, "timeline", "the timeline"},
    }};
static_assert(kHiddenControls.back().control == HiddenControl::kTimeline);

}  // namespace initlab
