// Where everything in a grid of histograms stands: computed once, drawn by histogram_grid.cpp and asked by
// its hover.
#pragma once

#include <cstdint>
#include <vector>

#include "app/figures/axis.h"
#include "app/figures/histogram_grid.h"

namespace initlab {

// A bin at the end of an axis for what the axis does not show.
enum class EndBin { kBelow, kAbove, kNotFinite };

struct EndSlot {
  EndBin kind = EndBin::kAbove;
  std::string label;  // "> 4", "nan, inf"
  double x = 0;       // of its room
  double width = 0;   // of its room; the bar is narrower
};

struct HistogramCell {
  std::size_t lane = 0;                // from 0
  std::size_t layer = 1;               // from 1
  const TensorProbe* probe = nullptr;  // null where the lane has no such layer
  Rect whole;                          // header, bars and tick labels
  Rect bars;                           // above the axis alone, without end bins
  Axis axis;
  std::vector<EndSlot> slots;
  bool tick_labels = false;     // below the bars
  std::int64_t full_count = 1;  // of a bar of full height
};

struct HistogramLayout {
  std::vector<HistogramCell> cells;  // row by row
  std::size_t layer_count = 0;
  std::vector<std::size_t> layers;  // those shown
  std::string left_out;             // "not shown: layers 3 to 8"; empty where all are
  Rect note;                        // where `left_out` stands
};

// Indices of the lanes that are shown.
std::vector<std::size_t> shown_lanes(const Snapshot& snapshot, const HistogramGridOptions& options);
// A column a shown lane: those asked for, else equal parts of the rectangle.
std::vector<ColumnSpan> histogram_columns(Rect rect, std::size_t lanes, const HistogramGridOptions& options);
// Null where the run has no such layer (from 1).
const TensorProbe* histogram_probe(const RunSnapshot& run, std::size_t layer, HistogramTensor tensor);

struct HistogramRange {
  double low = 0;
  double high = 1;  // above low
};
// What the histograms of these probes cover together; null ones are passed over.
HistogramRange histogram_range(const std::vector<const TensorProbe*>& probes);

HistogramLayout layout_histograms(Rect rect, const Snapshot& snapshot, const HistogramGridOptions& options);

std::int64_t end_bin_count(const Histogram& histogram, EndBin kind);
std::int64_t not_finite_count(const Histogram& histogram);
// All finite values are one and the same.
bool is_constant(const TensorProbe& probe);
// Part of the full height that a bar of `count` has.
double bar_share(std::int64_t count, std::int64_t full_count, bool log_counts);

}  // namespace initlab
