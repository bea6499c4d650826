// A tour's language: what each line means, and what is said of one that means nothing.
#include "app/tour/script.h"

#include <gtest/gtest.h>

#include <string>

namespace initlab {
namespace {

template <class Action>
Action only(std::string_view text) {
  const auto read = tour_from_text(text, "a.tour");
  const auto* const error = std::get_if<InputError>(&read);
  EXPECT_EQ(error, nullptr) << error->message;
  if (error != nullptr) return {};
  const auto& commands = std::get<TourScript>(read).commands;
  EXPECT_EQ(commands.size(), 1U);
  const auto* const action = std::get_if<Action>(&commands.at(0).action);
  EXPECT_NE(action, nullptr) << "another command was read";
  return action != nullptr ? *action : Action{};
}

std::string error_of(std::string_view text) {
  const auto read = tour_from_text(text, "a.tour");
  const auto* const error = std::get_if<InputError>(&read);
  return error != nullptr ? error->message : "";
}

TEST(tour_script, a_click_names_a_label_and_what_is_near_it) {
  const auto click = only<tour::Click>("double click \"0.01\" near \"Rate\" nth 2 at 0.25,0.5");
  EXPECT_EQ(click.count, 2);
  EXPECT_EQ(click.button, 0);
  EXPECT_EQ(click.target.label, "0.01");
  EXPECT_EQ(click.target.near, "Rate");
  EXPECT_EQ(click.target.nth, 2);
  ASSERT_TRUE(click.target.share);
  EXPECT_EQ(click.target.share->x, 0.25);
}

TEST(tour_script, a_drag_may_go_between_places) {
  const auto drag = only<tour::Drag>("drag (10, 20) to (30,40)");
  ASSERT_TRUE(drag.from.place && drag.to.place);
  EXPECT_EQ(drag.from.place->y, 20);
  EXPECT_EQ(drag.to.place->x, 30);
}

TEST(tour_script, a_slider_is_dragged_to_a_share) {
  EXPECT_EQ(only<tour::DragSlider>("drag slider \"speed\" to 0.5").share, 0.5);
}

TEST(tour_script, keys_have_names_and_modifiers) {
  const KeyPress press = only<tour::Press>("key Ctrl+Shift+Z").key;
  EXPECT_EQ(press.key, 'Z');
  EXPECT_TRUE(press.ctrl);
  EXPECT_TRUE(press.shift);
  EXPECT_EQ(only<tour::Press>("key F1").key.key, kKeyF1);
}

TEST(tour_script, a_lane_is_expected_by_number_or_name) {
  const auto by_number = only<tour::ExpectLane>("expect lane 2 cost < 0.1");
  EXPECT_EQ(std::get<std::size_t>(by_number.lane), 2U);
  EXPECT_EQ(by_number.relation, Relation::kLess);
  const auto by_name = only<tour::ExpectLane>("expect lane \"He\" layers.1.distinct_units = 10");
  EXPECT_EQ(std::get<std::string>(by_name.lane), "He");
  EXPECT_EQ(by_name.quantity, "layers.1.distinct_units");
}

TEST(tour_script, text_is_expected_or_expected_not_to_be) {
  EXPECT_TRUE(only<tour::ExpectText>("expect text \"a # b\"").shown);
  EXPECT_EQ(only<tour::ExpectText>("expect text \"a # b\"").text, "a # b");
  EXPECT_FALSE(only<tour::ExpectText>("expect no text \"x\"").shown);
}

TEST(tour_script, quotes_may_hold_quotes) {
  EXPECT_EQ(only<tour::Type>(R"(type "say \"a\" \\")").text, R"(say "a" \)");
}

TEST(tour_script, comments_and_empty_lines_are_nothing_and_lines_keep_their_numbers) {
  const auto read = tour_from_text("# first\n\n  key S # a step\n\nkey R\n", "a.tour");
  const auto& commands = std::get<TourScript>(read).commands;
  ASSERT_EQ(commands.size(), 2U);
  EXPECT_EQ(commands[0].line, 3);
  EXPECT_EQ(commands[1].line, 5);
}

TEST(tour_script, a_wrong_line_is_quoted_with_its_number_and_what_is_allowed) {
  const std::string error = error_of("key S\nclick Play\n");
  EXPECT_NE(error.find("a.tour:2: \"click Play\""), std::string::npos) << error;
  EXPECT_NE(error.find("double quotes"), std::string::npos) << error;
  EXPECT_NE(error.find("allowed: click TARGET"), std::string::npos) << error;
}

TEST(tour_script, a_misspelt_command_is_answered_by_the_nearest) {
  const std::string error = error_of("clik \"Play\"");
  EXPECT_NE(error.find("did you mean \"click\""), std::string::npos) << error;
}

struct Wrong {
  const char* line;
  const char* says;
};
class WrongLine : public testing::TestWithParam<Wrong> {};

TEST_P(WrongLine, is_refused_in_one_line) {
  const std::string error = error_of(GetParam().line);
  EXPECT_NE(error.find(GetParam().says), std::string::npos) << error;
  EXPECT_EQ(error.find('\n'), std::string::npos) << error;
}

INSTANTIATE_TEST_SUITE_P(
    tour_script, WrongLine,
    testing::Values(
        Wrong{"open", "is missing"}, Wrong{"click \"Play", "a quote is not closed"},
        Wrong{"click (1,2", "a bracket is not closed"}, Wrong{"click (1;2)", "is no place"},
        Wrong{"click \"a\" at 2,0", "is no place on a widget"}, Wrong{"click \"\"", "is empty"},
        Wrong{"click \"a\" \"b\"", "one word too many"}, Wrong{"drag \"a\" \"b\"", "to is missing"},
        Wrong{"drag slider \"a\" to 1.5", "from 0 to 1 is allowed"}, Wrong{"key Meta+X", "is no key"},
        Wrong{"key ctrl+x", "is no key"}, Wrong{"size 10x10", "is no size"}, Wrong{"size 1440", "is no size"},
        Wrong{"theme blue", "light and dark"}, Wrong{"picture a.svg", "does not end in .png"},
        Wrong{"wait steps -1", "is allowed"}, Wrong{"wait steps 1.5", "no whole number"},
        Wrong{"wait \"x\"", "wait is followed by"}, Wrong{"expect lane 1 cost ~ 3", "none of < <="},
        Wrong{"expect lane 1 cost <", "is missing"}, Wrong{"expect joy", "cannot be expected"},
        Wrong{"wheel much \"a\"", "is allowed"}));

}  // namespace
}  // namespace initlab
