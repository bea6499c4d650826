// A snapshot says the same whatever was measured, prepared or copied before it.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/experiment/comparison.h"
#include "core/numeric/random.h"
#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

using test::lane_of;
using test::small_experiment;

void expect_same(const RunSnapshot& a, const RunSnapshot& b) {
  EXPECT_EQ(a.lane, b.lane);
  EXPECT_EQ(a.step, b.step);
  EXPECT_EQ(a.cost, b.cost);
  EXPECT_EQ(a.train_accuracy, b.train_accuracy);
  EXPECT_EQ(a.test_cost, b.test_cost);
  EXPECT_EQ(a.history.size(), b.history.size());
  EXPECT_EQ(a.field.domain, b.field.domain);
  EXPECT_EQ(a.field.size, b.field.size);
  EXPECT_EQ(a.field.logit, b.field.logit);
  ASSERT_EQ(a.layers.size(), b.layers.size());
  for (std::size_t l = 0; l < a.layers.size(); ++l) {
    EXPECT_EQ(a.layers[l].correlation, b.layers[l].correlation);
    for (const auto tensor :
         {&LayerProbe::weights, &LayerProbe::z, &LayerProbe::a, &LayerProbe::d_z, &LayerProbe::d_w}) {
      EXPECT_EQ((a.layers[l].*tensor).summary.std, (b.layers[l].*tensor).summary.std);
      EXPECT_EQ((a.layers[l].*tensor).histogram, (b.layers[l].*tensor).histogram);
    }
  }
  ASSERT_EQ(a.verdicts.size(), b.verdicts.size());
  for (std::size_t i = 0; i < a.verdicts.size(); ++i) EXPECT_EQ(a.verdicts[i].text, b.verdicts[i].text);
}

// Everything a window may do between two snapshots, in any order; then a comparison that was never looked at
// goes the same way.
TEST(snapshot, says_what_a_comparison_says_that_was_never_looked_at) {
  NumpyRandom random(4);
  Comparison watched(small_experiment(), {.threads = 2});
  Comparison unseen(small_experiment(), {.threads = 1});
  const auto both = [&](const auto& change) {
    change(watched);
    change(unseen);
  };
  const FieldSize sizes[] = {{16, 12}, {20, 15}, {13, 7}};
  for (int round = 0; round < 120; ++round) {
    const std::uint64_t which = random.interval(9);
    const auto amount = static_cast<std::int64_t>(random.interval(6));
    const std::size_t lane = random.interval(2);
    both([&](Comparison& c) {
      if (which < 3) c.advance(amount);
      if (which == 3) c.catch_up(amount);
      if (which == 4) c.rewind();
      if (which == 5) c.set_live(LiveSetting::kL2, 0, 0.1 * static_cast<double>(amount));
      if (which == 6)
        c.set_live(LiveSetting::kLearningRate, lane + 1, 0.01 * static_cast<double>(1 + amount));
      if (which == 7) c.set_lane(lane, lane_of(SchemeId::kXavierNormal, amount), false);
      if (which == 8) c.call_off_catch_up();
      if (which == 9) c.new_seed();
    });
    const SnapshotOptions options{.field = sizes[random.interval(2)],
                                  .field_divisor = random.interval(2) == 0 ? 2 : 1,
                                  .histograms = random.interval(4) != 0,
                                  .spectra = random.interval(1) == 0};
    if (random.interval(1) == 0) watched.prepare_fields(options, random.interval(300));
    const auto seen = watched.snapshot(options);
    if (round % 4 != 3) continue;
    const auto fresh = unseen.snapshot(options);
    for (std::size_t i = 0; i < 3; ++i) {
      SCOPED_TRACE(round);
      ASSERT_NO_FATAL_FAILURE(expect_same(seen->runs[i], fresh->runs[i]));
    }
  }
}

TEST(snapshot, fields_that_are_prepared_in_pieces_are_those_that_are_not) {
  Comparison pieces(small_experiment());
  Comparison at_once(small_experiment());
  const SnapshotOptions options{.field = {40, 30}};
  std::size_t filled = 0;
  int calls = 0;
  for (std::size_t last = 70; last == 70; ++calls) filled += last = pieces.prepare_fields(options, 70);
  EXPECT_EQ(filled, 3u * 40 * 30);
  EXPECT_EQ(calls, 3 * 40 * 30 / 70 + 1);
  EXPECT_EQ(pieces.prepare_fields(options, 70), 0u);
  const auto a = pieces.snapshot(options);
  const auto b = at_once.snapshot(options);
  for (std::size_t lane = 0; lane < 3; ++lane)
    EXPECT_EQ(a->runs[lane].field.logit, b->runs[lane].field.logit);
  // What the last snapshot shows is there already.
  EXPECT_EQ(pieces.prepare_fields(options, 70), 0u);
}

TEST(snapshot, outlives_the_comparison_that_made_it) {
  std::shared_ptr<const Snapshot> kept;
  double cost = 0;
  {
    Comparison comparison(small_experiment());
    comparison.advance(5);
    kept = comparison.snapshot({.field = {8, 6}});
    cost = kept->runs[2].history[5];
  }
  EXPECT_EQ(kept->runs[2].cost, cost);
  EXPECT_EQ(kept->experiment->name, "small");
}

}  // namespace
}  // namespace initlab
