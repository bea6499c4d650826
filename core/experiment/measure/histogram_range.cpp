#include "core/experiment/measure/histogram_range.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace initlab {
namespace {

// The next of 1, 2, 5 times a power of ten at or above `size`.
double round_up(double size) {
  const double power = std::pow(10.0, std::floor(std::log10(size)));
  if (!(power > 0)) return size;  // a subnormal
  for (const double step : {1.0, 2.0, 5.0}) {
    if (step * power >= size) return step * power;
  }
  const double next = 10 * power;
  return std::isfinite(next) ? next : size;
}

// `varied` becomes the largest sizes of tensors that are not constant.
void share_range(const std::vector<TensorProbe*>& probes, std::vector<double>& varied) {
  varied.clear();
  double constant = 0;  // largest size of those that are
  bool negative = false;
  for (const TensorProbe* probe : probes) {
    const Summary& s = probe->summary;
    const double size = std::max(std::abs(s.min), std::abs(s.max));
    negative |= s.min < 0;
    if (s.min < s.max) {
      varied.push_back(size);
    } else {
      constant = std::max(constant, size);
    }
  }
  double size = constant;
  if (!varied.empty()) {
    const auto middle = varied.begin() + static_cast<std::ptrdiff_t>((varied.size() - 1) / 2);
    std::nth_element(varied.begin(), middle, varied.end());
    size = 2 * *middle;
  }
  constexpr double kLargest = 1e300;  // so that the width of the range is finite
  const double high = size > 0 ? std::min(round_up(std::min(size, kLargest)), kLargest) : 1;
  for (TensorProbe* probe : probes) {
    probe->histogram.low = negative ? -high : 0;
    probe->histogram.high = high;
    probe->histogram.counts.resize(kHistogramBins);
  }
}

}  // namespace

void share_histogram_ranges(const std::vector<std::vector<LayerProbe>*>& runs, bool per_layer,
                            RangeScratch& scratch) {
  std::vector<TensorProbe*>& together = scratch.together;
  for (const auto tensor :
       {&LayerProbe::weights, &LayerProbe::z, &LayerProbe::a, &LayerProbe::d_z, &LayerProbe::d_w}) {
    together.clear();
    for (std::size_t layer = 0; layer < runs.front()->size(); ++layer) {
      for (auto* layers : runs) together.push_back(&((*layers)[layer].*tensor));
      if (!per_layer) continue;
      share_range(together, scratch.sizes);
      together.clear();
    }
    if (!per_layer) share_range(together, scratch.sizes);
  }
}

}  // namespace initlab
