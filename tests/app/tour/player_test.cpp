// Tours on the off-screen laboratory: what ends one, and what it says.
#include "app/tour/player.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace initlab {
namespace {

class TourPlayer : public testing::Test {
 protected:
  void SetUp() override {
    std::string error;
    surface_ = offscreen_tour_surface(error);
    if (surface_ == nullptr) GTEST_SKIP() << error;
  }
  TourOutcome play(std::string_view text) {
    const auto script = tour_from_text(text, "a.tour");
    const auto* const error = std::get_if<InputError>(&script);
    EXPECT_EQ(error, nullptr) << error->message;
    if (error != nullptr) return {};
    return play_tour(std::get<TourScript>(script), *surface_,
                     [this](const std::string& file) { pictures_.push_back(file); });
  }

  std::unique_ptr<TourSurface> surface_;
  std::vector<std::string> pictures_;
};

using End = TourOutcome::End;

TEST_F(TourPlayer, what_holds_is_counted) {
  const TourOutcome outcome = play("key S\nexpect step = 1\nexpect lanes = 3\nexpect paused\n");
  EXPECT_EQ(outcome.end, End::kDone) << outcome.complaint;
  EXPECT_EQ(outcome.commands, 4);
  EXPECT_EQ(outcome.expectations, 3);
}

TEST_F(TourPlayer, a_failed_expectation_says_where_and_by_how_much) {
  const TourOutcome outcome = play("expect step = 0\nexpect lane 1 cost > 5\n");
  EXPECT_EQ(outcome.end, End::kFailed);
  EXPECT_EQ(outcome.expectations, 1);
  EXPECT_TRUE(outcome.complaint.starts_with("a.tour:2: expect lane 1 cost > 5: ")) << outcome.complaint;
  EXPECT_NE(outcome.complaint.find("off by"), std::string::npos) << outcome.complaint;
}

TEST_F(TourPlayer, a_missing_label_ends_the_tour_with_the_nearest) {
  const TourOutcome outcome = play("click \"Rewint\"\n");
  EXPECT_EQ(outcome.end, End::kFailed);
  EXPECT_NE(outcome.complaint.find("the nearest label is \"Rewind\""), std::string::npos)
      << outcome.complaint;
}

TEST_F(TourPlayer, a_text_field_takes_what_is_typed) {
  const TourOutcome outcome =
      play("click \"0.01\" near \"Rate\"\ntype \"0.25\"\nkey Enter\nexpect text \"0.25\"\n");
  EXPECT_EQ(outcome.end, End::kDone) << outcome.complaint;
}

TEST_F(TourPlayer, two_clicks_at_one_place_are_no_double_click) {
  const TourOutcome outcome = play("click \"Step\"\nclick \"Step\"\nexpect step = 2\n");
  EXPECT_EQ(outcome.end, End::kDone) << outcome.complaint;
}

TEST_F(TourPlayer, a_picture_has_the_size_of_the_window) {
  const std::filesystem::path file = std::filesystem::path(testing::TempDir()) / "tour_player.png";
  const TourOutcome outcome = play("size 1024x700\npicture " + file.string() + "\n");
  EXPECT_EQ(outcome.end, End::kDone) << outcome.complaint;
  ASSERT_EQ(pictures_.size(), 1U);
  EXPECT_GT(std::filesystem::file_size(file), 10'000U);
  std::filesystem::remove(file);
}

TEST_F(TourPlayer, a_picture_that_cannot_be_written_is_told) {
  const TourOutcome outcome = play("picture /no/such/folder/a.png\n");
  EXPECT_EQ(outcome.end, End::kCouldNotWrite);
  EXPECT_TRUE(pictures_.empty());
}

TEST_F(TourPlayer, an_experiment_that_is_none_is_bad_input) {
  const TourOutcome outcome = play("open clone-armee\n");
  EXPECT_EQ(outcome.end, End::kBadInput);
  EXPECT_NE(outcome.complaint.find("clone-army"), std::string::npos) << outcome.complaint;
}

TEST(tour_check, names_the_experiment_that_cannot_be_opened_before_anything_is_played) {
  const auto script = tour_from_text("key S\nopen clone-armee\n", "a.tour");
  const auto wrong = check_tour(std::get<TourScript>(script));
  ASSERT_TRUE(wrong);
  EXPECT_TRUE(wrong->starts_with("a.tour:2: ")) << *wrong;
}

}  // namespace
}  // namespace initlab
