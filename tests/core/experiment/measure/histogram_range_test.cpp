// Shared axes of histograms: symmetric or from zero, ending on a number that a person would choose.
#include "core/experiment/measure/histogram_range.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace initlab {
namespace {

struct Extent {
  double min, max;
};

// One run with a layer for each extent; `a` of each layer has it, all other tensors are zeros.
std::vector<LayerProbe> layers_of(const std::vector<Extent>& extents) {
  std::vector<LayerProbe> layers(extents.size());
  for (std::size_t l = 0; l < extents.size(); ++l) {
    layers[l].a.summary.min = extents[l].min;
    layers[l].a.summary.max = extents[l].max;
  }
  return layers;
}

Extent shared(const std::vector<Extent>& extents) {
  std::vector<LayerProbe> layers = layers_of(extents);
  RangeScratch scratch;
  share_histogram_ranges({&layers}, false, scratch);
  for (const LayerProbe& layer : layers) {
    EXPECT_EQ(layer.a.histogram.low, layers[0].a.histogram.low);
    EXPECT_EQ(layer.a.histogram.high, layers[0].a.histogram.high);
    EXPECT_EQ(layer.a.histogram.counts.size(), kHistogramBins);
  }
  return {layers[0].a.histogram.low, layers[0].a.histogram.high};
}

void expect_range(const std::vector<Extent>& extents, double low, double high) {
  const Extent range = shared(extents);
  EXPECT_DOUBLE_EQ(range.min, low);
  EXPECT_DOUBLE_EQ(range.max, high);
}

TEST(histogram_range, is_symmetric_where_anything_is_negative_else_from_zero) {
  expect_range({{-1, 0.5}}, -2, 2);
  expect_range({{-0.25, 1}}, -2, 2);
  expect_range({{0, 1}}, 0, 2);
  expect_range({{0, 1}, {-0.1, 1}}, -2, 2);
}

TEST(histogram_range, reaches_to_twice_the_largest_size_rounded_up_to_1_2_or_5) {
  expect_range({{0, 0.9}}, 0, 2);
  expect_range({{0, 1.1}}, 0, 5);
  expect_range({{0, 2.5}}, 0, 5);
  expect_range({{0, 2.6}}, 0, 10);
  expect_range({{0, 4.9}}, 0, 10);
  expect_range({{0, 0.0049}}, 0, 0.01);
  expect_range({{-31, 4}}, -100, 100);
}

TEST(histogram_range, follows_the_median_so_that_one_layer_does_not_flatten_the_others) {
  expect_range({{-1, 1}, {-1.5, 1}, {-1e9, 1}}, -5, 5);
  expect_range({{-1, 1}, {-1e9, 1}}, -2, 2);
  expect_range({{-1, 1}, {-1e-9, 1e-9}, {-1.2, 0}}, -2, 2);
}

TEST(histogram_range, looks_at_what_is_constant_only_where_nothing_else_is) {
  expect_range({{0, 0}, {0, 0}, {-3, 3}}, -10, 10);
  expect_range({{7, 7}, {2, 2}}, 0, 10);
  expect_range({{-7, -7}}, -10, 10);
  expect_range({{0, 0}}, 0, 1);
}

TEST(histogram_range, is_as_good_at_the_extremes) {
  expect_range({{-1e-300, 1e-300}}, -2e-300, 2e-300);
  expect_range({{0, 3e-300}}, 0, 1e-299);
  expect_range({{-1e290, 0}}, -2e290, 2e290);
  // The width stays finite, and the range as wide as it can be.
  expect_range({{-1e300, 1e300}}, -1e300, 1e300);
  expect_range({{-1.7e308, 1.7e308}}, -1e300, 1e300);
  expect_range({{1.7e308, 1.7e308}}, 0, 1e300);
  const double tiny = std::numeric_limits<double>::denorm_min();
  const Extent range = shared({{-tiny, tiny}});
  EXPECT_GE(range.max, tiny);
  EXPECT_LE(range.max, 100 * tiny);
  EXPECT_EQ(range.min, -range.max);
}

TEST(histogram_range, is_one_for_all_lanes_or_one_a_layer) {
  std::vector<LayerProbe> first = layers_of({{-1, 1}, {0, 10}});
  std::vector<LayerProbe> second = layers_of({{0, 1}, {0, 10}});
  RangeScratch scratch;
  share_histogram_ranges({&first, &second}, true, scratch);
  for (const auto* layers : {&first, &second}) {
    EXPECT_EQ((*layers)[0].a.histogram.low, -2);
    EXPECT_EQ((*layers)[0].a.histogram.high, 2);
    EXPECT_EQ((*layers)[1].a.histogram.low, 0);
    EXPECT_EQ((*layers)[1].a.histogram.high, 20);
  }
  share_histogram_ranges({&first, &second}, false, scratch);
  for (const auto* layers : {&first, &second}) {
    for (const LayerProbe& layer : *layers) {
      EXPECT_EQ(layer.a.histogram.low, -2);
      EXPECT_EQ(layer.a.histogram.high, 2);
    }
  }
}

TEST(histogram_range, of_each_tensor_is_its_own) {
  std::vector<LayerProbe> layers(1);
  double size = 1;
  for (const auto tensor :
       {&LayerProbe::weights, &LayerProbe::z, &LayerProbe::a, &LayerProbe::d_z, &LayerProbe::d_w}) {
    (layers[0].*tensor).summary.min = -size;
    size *= 10;
  }
  RangeScratch scratch;
  share_histogram_ranges({&layers}, false, scratch);
  EXPECT_DOUBLE_EQ(layers[0].weights.histogram.high, 2);
  EXPECT_DOUBLE_EQ(layers[0].z.histogram.high, 20);
  EXPECT_DOUBLE_EQ(layers[0].a.histogram.high, 200);
  EXPECT_DOUBLE_EQ(layers[0].d_z.histogram.high, 2000);
  EXPECT_DOUBLE_EQ(layers[0].d_w.histogram.high, 20000);
}

}  // namespace
}  // namespace initlab
