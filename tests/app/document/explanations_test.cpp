#include "app/figures/explanations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/layout.h"
#include "app/panels/first_tour.h"

namespace initlab {
namespace {

TEST(Explanations, each_row_is_found_by_its_kind_and_has_an_id_of_its_own) {
  std::set<std::string_view> ids;
  for (const Explanation& row : explanations()) {
    EXPECT_EQ(&explanation(row.kind), &row);
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_FALSE(row.title.empty());
  }
}

TEST(Explanations, each_has_two_sentences) {
  for (const Explanation& row : explanations()) {
    std::size_t sentences = 0;
    for (std::size_t i = 0; i < row.text.size(); ++i) {
      const bool ends = row.text[i] == '.' && (i + 1 == row.text.size() || row.text[i + 1] == ' ');
      sentences += ends ? 1 : 0;
    }
    EXPECT_EQ(sentences, 2u) << row.id;
  }
}

TEST(Explanations, each_tensor_has_its_own) {
  std::set<ExplanationId> found;
  for (const HistogramTensorRow& row : histogram_tensors()) found.insert(explanation_of(row.tensor));
  EXPECT_EQ(found.size(), histogram_tensors().size());
}

TEST(FirstTour, every_place_lies_in_a_window_that_has_room_for_all) {
  const Layout layout =
      make_layout({.width = 1440, .height = 900, .lanes = 3, .column = true, .lesson = true});
  for (const TourCard& card : tour_cards()) {
    const Rect place = place_in_window(card.place, layout);
    EXPECT_GT(place.width, 0) << card.title;
    EXPECT_GT(place.height, 0) << card.title;
    EXPECT_GE(place.x, 0) << card.title;
    EXPECT_LE(place.right(), 1440) << card.title;
    EXPECT_LE(place.bottom(), 900) << card.title;
  }
}

TEST(FirstTour, a_place_that_is_folded_away_has_no_card) {
  const Layout layout = make_layout({.width = 1024, .height = 700, .lanes = 3});
  EXPECT_EQ(place_in_window(TourPlace::kLesson, layout).width, 0);
}

}  // namespace
}  // namespace initlab
