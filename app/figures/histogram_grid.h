// Histograms of one kind of tensor: a column a lane, a row a layer, on shared axes. Every value is seen: what
// lies outside the range and what is not finite stands in labelled bins at the ends.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/canvas/canvas.h"
#include "app/theme.h"
#include "core/experiment/snapshot.h"

namespace initlab {

enum class HistogramTensor {
  kWeights,
  kPreActivations,
  kActivations,
  kPreActivationGradients,
  kWeightGradients,
  kCount
};

struct HistogramTensorRow {
  HistogramTensor tensor;
  std::string_view id, label, symbol;  // "activations", "Activations", "a"
  TensorProbe LayerProbe::*probe;
};
std::span<const HistogramTensorRow> histogram_tensors();

struct ColumnSpan {
  double x = 0;
  double width = 0;
};

struct HistogramGridOptions {
  HistogramTensor tensor = HistogramTensor::kActivations;
  // One a shown lane; empty: the rectangle in equal parts, 16 apart.
  std::span<const ColumnSpan> columns = {};
  std::optional<std::size_t> only_lane = {};  // from 0; null: all
  bool log_counts = true;
  bool axis_per_layer = false;      // each layer its own horizontal axis; else one for all
  std::optional<Point> hover = {};  // the bin there is marked and read out
};

void draw_histogram_grid(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                         const HistogramGridOptions& options = {});

// What the axes are, for a heading: "shared axes, log counts, full height 3,000".
std::string histogram_caption(const Snapshot& snapshot, const HistogramGridOptions& options);

// What stands at a pixel.
struct HistogramHit {
  std::size_t lane = 0;   // from 0
  std::size_t layer = 1;  // from 1
  Rect bar;               // the bin's column, over the full height of its bars
  std::int64_t count = 0;
  std::string text;  // "0.2 to 0.3: 412 of 3,000"
};
std::optional<HistogramHit> histogram_at(Rect rect, const Snapshot& snapshot,
                                         const HistogramGridOptions& options, Point pixel);

// Marks the bar and reads it out beside it, within `rect`.
void draw_histogram_hit(Canvas& canvas, const Theme& theme, Rect rect, const HistogramHit& hit);

// The layers (from 1) that get a row in `height`: all, or the first, the last and evenly spaced ones between
// them.
std::vector<std::size_t> shown_layers(std::size_t layer_count, double height);

// The least height in which that many layers are legible.
double histogram_grid_height(std::size_t layer_count);

}  // namespace initlab
