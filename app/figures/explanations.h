// What each figure shows, in two sentences: for someone who meets it for the first time. To add one: an id
// before kCount and a row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "app/figures/histogram_grid.h"

namespace initlab {

enum class ExplanationId : std::uint8_t {
  kDecisionBoundary,
  kFittedCurve,
  kGradientAgainstX,
  kNoPicture,
  kCost,
  kSignal,
  kActivations,
  kPreActivations,
  kGradientsOfZ,
  kGradientsOfW,
  kWeights,
  kDepthMap,
  kNetwork,
  kTimeline,
  kVerdict,
  kCount
};

struct Explanation {
  ExplanationId kind;
  std::string_view id;     // "decision_boundary": command line and tests
  std::string_view title;  // as it stands above the text
  std::string_view text;   // what it shows; what to look for
};

std::span<const Explanation> explanations();
const Explanation& explanation(ExplanationId kind);
// Of the histograms of a tensor.
ExplanationId explanation_of(HistogramTensor tensor);

}  // namespace initlab
