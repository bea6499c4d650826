// Numbers as a person reads them.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Numbers, counts_have_commas_between_thousands) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(4210), "4,210");
  EXPECT_EQ(count_text(15000000), "15,000,000");
  EXPECT_EQ(count_text(-1234), "\u22121,234");
  EXPECT_EQ(count_text(std::numeric_limits<std::int64_t>::min()), "\u22129,223,372,036,854,775,808");
}

TEST(Numbers, numbers_are_as_people_write_them) {
  EXPECT_EQ(number_text(0.0736), "0.0736");
  EXPECT_EQ(number_text(1.2e-9), "1.2e-9");
  EXPECT_EQ(number_text(1774), "1,774");
  EXPECT_EQ(number_text(12.5), "12.5");
  EXPECT_EQ(number_text(-0.5), "\u22120.5");
  EXPECT_EQ(number_text(3.1e7), "3.1e7");
  EXPECT_EQ(number_text(1.0), "1");
  EXPECT_EQ(number_text(std::nan("")), "nan");
  EXPECT_EQ(number_text(kInfinity), "inf");
  EXPECT_EQ(number_text(-kInfinity), "\u2212inf");
  EXPECT_EQ(number_text(1e-300), "1e-300");
}

TEST(Numbers, costs_keep_four_decimals_and_say_when_they_are_not_finite) {
  EXPECT_EQ(cost_text(0.693147), "0.6931");
  EXPECT_EQ(cost_text(0.5), "0.5000");
  EXPECT_EQ(cost_text(12.345), "12.35");
  EXPECT_EQ(cost_text(1773.9), "1,774");
  EXPECT_EQ(cost_text(1.2e-9), "1.2e-9");
  EXPECT_EQ(cost_text(2.34e20), "2.34e20");
  EXPECT_EQ(cost_text(std::nan("")), "not finite");
  EXPECT_EQ(cost_text(kInfinity), "not finite");
}

TEST(Numbers, a_share_has_the_decimals_that_its_samples_support) {
  EXPECT_EQ(percent_text(0.5, 300), "50.0 %");
  EXPECT_EQ(percent_text(0.5, 100), "50 %");
  EXPECT_EQ(percent_text(std::nan("")), "not finite");
}

TEST(Numbers, a_small_share_is_not_rounded_to_none_and_a_large_one_not_to_all) {
  EXPECT_EQ(share_text(0), "0 %");
  EXPECT_EQ(share_text(0.001), "<1 %");
  EXPECT_EQ(share_text(0.36), "36 %");
  EXPECT_EQ(share_text(0.999), ">99 %");
  EXPECT_EQ(share_text(1), "100 %");
}

TEST(Numbers, tick_labels_have_just_the_decimals_of_their_step) {
  EXPECT_EQ(tick_text(0.2, 0.2), "0.2");
  EXPECT_EQ(tick_text(1, 0.5), "1.0");
  EXPECT_EQ(tick_text(-2, 1), "\u22122");
  EXPECT_EQ(tick_text(15000, 5000), "15,000");
  EXPECT_EQ(tick_text(2e-9, 1e-9), "2e-9");
  EXPECT_EQ(tick_text(1000000.2, 0.2), "1.0000002e6");
}

}  // namespace
}  // namespace initlab
