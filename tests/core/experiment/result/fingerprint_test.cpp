// One hash for the arithmetic of training: it must not change unnoticed, nor with threads. The command line's
// tests hold it to every path of the kernels.
#include <gtest/gtest.h>

#include <string>

#include "core/experiment/result/result_json.h"
#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

using test::lane_of;
using test::small_experiment;

// A commit that changes this constant changes the numbers of every run that was ever saved: its message must
// say so and why.
constexpr std::string_view kFingerprint = "7b0bea86e08193c5";

TEST(fingerprint, is_the_one_of_record_at_every_thread_count) {
  EXPECT_EQ(fingerprint(1), kFingerprint);
  EXPECT_EQ(fingerprint(2), kFingerprint);
  EXPECT_EQ(fingerprint(), kFingerprint);
}

TEST(fingerprint, of_a_comparison_does_not_depend_on_who_has_looked) {
  for (const Experiment& experiment : {small_experiment(), test::diverging_experiment()}) {
    Comparison comparison(experiment);
    comparison.advance(30);
    const std::string before = fingerprint_of(comparison);
    (void)comparison.snapshot({.field = {4, 3}});
    EXPECT_EQ(fingerprint_of(comparison), before);
    comparison.rewind();
    for (int i = 0; i < 10; ++i) {
      comparison.advance(3);
      (void)comparison.snapshot({.field = {4, 3}});
    }
    EXPECT_EQ(fingerprint_of(comparison), before);
  }
}

TEST(fingerprint, of_a_comparison_changes_with_step_seed_and_scheme) {
  Comparison comparison(small_experiment());
  const std::string start = fingerprint_of(comparison);
  comparison.advance(1);
  const std::string stepped = fingerprint_of(comparison);
  EXPECT_NE(stepped, start);
  comparison.set_lane(2, lane_of(SchemeId::kUniform, 9), true);
  EXPECT_NE(fingerprint_of(comparison), start);
  comparison.set_lane(2, lane_of(SchemeId::kUniform, 8), true);
  EXPECT_EQ(fingerprint_of(comparison), start);
}

}  // namespace
}  // namespace initlab
