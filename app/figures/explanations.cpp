#include "app/figures/explanations.h"

#include <array>
#include <cassert>

namespace initlab {
namespace {

using enum ExplanationId;

constexpr std::array<Explanation, static_cast<std::size_t>(kCount)> kExplanations = {{
    {kDecisionBoundary, "decision_boundary", "Decision boundary",
     "The network's answer at every place of the plane: the deeper the colour, the surer it is, and the dark "
     "line is where it wavers. Points are the data, circles of class 0 and triangles of class 1; a point on "
     "the other colour is one that it gets wrong."},
    {kFittedCurve, "fitted_curve", "Fitted curve",
     "The line is what the network answers for each x, the dots are the data that it learns from. Look "
     "between the dots and beyond them: there it shows what it has made up."},
    {kGradientAgainstX, "gradient_against_x", "Gradient against x",
     "How strongly the answer changes where x changes a little. Near 0 over a wide range means that the "
     "units are saturated there; high spikes mean that it jumps."},
    {kNoPicture, "no_picture", "No picture",
     "With more than two inputs a network's answers have no picture on a plane. The histograms and the "
     "signal by layer show the same story for any number of inputs."},
    {kCost, "cost", "Cost",
     "How wrong each network still is, step by step: lower is better, and the dotted line is what guessing "
     "costs. A flat line at the dots does not learn; a jagged one takes steps that are too long."},
    {kSignal, "signal_by_layer", "Signal by layer",
     "The size of the signal in each layer, measured on the data; the dashed line is what theory predicts "
     "for the start. Level is good; a straight line up or down is a factor that multiplies from layer to "
     "layer."},
    {kActivations, "activations", "Activations",
     "What comes out of each layer, for all units and samples: one row a layer, one column a lane, and the "
     "same axis for all. Everything in one bar means that the units cannot be told apart; bars at both ends "
     "of tanh mean that they are saturated."},
    {kPreActivations, "pre_activations", "Pre-activations",
     "The sums z that go into each activation. They should keep about the same width from layer to layer: "
     "narrower and narrower is a signal that fades, wider and wider one that explodes."},
    {kGradientsOfZ, "gradients_of_z", "Gradients of z",
     "The error as it comes back to each layer, from the last one up to the first. If the first layers get "
     "a far narrower heap than the last, they hardly learn."},
    {kGradientsOfW, "gradients_of_w", "Gradients of W",
     "What each weight is told to change by, before the learning rate. All in one bar at 0: nothing will "
     "move."},
    {kWeights, "weights", "Weights",
     "The weights of each layer as they are now; at step 0 this is the law that they were drawn from. "
     "Compare with step 0 on the timeline: a layer that looks the same has hardly learned."},
    {kDepthMap, "depth_map", "Distribution by depth",
     "Each column is a layer's histogram seen from above: the darker, the more values. A band that keeps "
     "its width from left to right is a healthy signal; one that closes fades, one that opens explodes."},
    {kNetwork, "network", "Network",
     "Every unit with a small map of where it answers, and every weight as a line: the wider, the stronger, "
     "with one colour for each sign. Units with the same map are copies; an empty one is dead."},
    {kTimeline, "timeline", "Timeline",
     "Every step from the start to the last. Drag the handle and all figures show that step, exactly as it "
     "was; marks are changes that you made on the way."},
    {kVerdict, "verdict", "Verdict",
     "One sentence on how this lane is doing, with the number that says so. It is computed from the "
     "network: which units are equal, dead or saturated, and how the signal grows or fades."},
}};

}  // namespace

std::span<const Explanation> explanations() {
  return kExplanations;
}

const Explanation& explanation(ExplanationId kind) {
  const Explanation& row = kExplanations[static_cast<std::size_t>(kind)];
  assert(row.kind == kind);
  return row;
}

ExplanationId explanation_of(HistogramTensor tensor) {
  switch (tensor) {
    case HistogramTensor::kActivations:
      return kActivations;
    case HistogramTensor::kPreActivations:
      return kPreActivations;
    case HistogramTensor::kPreActivationGradients:
      return kGradientsOfZ;
    case HistogramTensor::kWeightGradients:
      return kGradientsOfW;
    case HistogramTensor::kWeights:
      return kWeights;
    case HistogramTensor::kCount:
      break;
  }
  assert(false);
  return kActivations;
}

}  // namespace initlab
