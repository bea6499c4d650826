#include "app/platform/input_queue.h"

#include <gtest/gtest.h>

namespace initlab {
namespace {

TEST(InputQueue, a_click_shorter_than_a_frame_is_a_press_and_then_a_release) {
  InputQueue queue;
  queue.button(0, true);
  queue.button(0, false);
  EXPECT_TRUE(queue.take(false).button[0]);
  EXPECT_FALSE(queue.empty());
  EXPECT_FALSE(queue.take(false).button[0]);
  EXPECT_TRUE(queue.empty());
}

TEST(InputQueue, the_pointer_stays_where_it_clicked_until_the_release_was_seen) {
  InputQueue queue;
  queue.move({10, 20});
  queue.button(0, true);
  queue.button(0, false);
  queue.move({300, 200});
  const GuiInput press = queue.take(false);
  EXPECT_TRUE(press.button[0]);
  EXPECT_EQ(press.mouse.x, 10);
  const GuiInput release = queue.take(false);
  EXPECT_FALSE(release.button[0]);
  EXPECT_EQ(release.mouse.x, 10);
  EXPECT_EQ(queue.take(false).mouse.x, 300);
}

TEST(InputQueue, the_wheel_turns_where_the_pointer_was) {
  InputQueue queue;
  queue.move({10, 20});
  queue.wheel(1, 0);
  queue.wheel(1, 0);
  queue.move({300, 200});
  const GuiInput first = queue.take(false);
  EXPECT_EQ(first.wheel, 2);
  EXPECT_EQ(first.mouse.x, 10);
  const GuiInput second = queue.take(false);
  EXPECT_EQ(second.wheel, 0);
  EXPECT_EQ(second.mouse.x, 300);
}

TEST(InputQueue, all_keys_of_a_slow_frame_arrive_in_order) {
  InputQueue queue;
  queue.key({'S', false, false});
  queue.key({'S', false, false});
  queue.key({kKeyUp, false, false});
  const GuiInput input = queue.take(false);
  ASSERT_EQ(input.keys.size(), 3U);
  EXPECT_EQ(input.keys[1].key, 'S');
  EXPECT_EQ(input.keys[2].key, kKeyUp);
}

TEST(InputQueue, characters_and_keys_of_a_text_field_keep_their_order) {
  InputQueue queue;
  queue.character(U'a');
  queue.character(U'\u00e9');
  queue.key({kKeyBackspace, false, false});
  queue.key({kKeyBackspace, false, false});
  queue.character(U'b');
  EXPECT_EQ(queue.take(true).text, "a\u00e9");
  EXPECT_EQ(queue.take(true).keys.size(), 1U);
  EXPECT_EQ(queue.take(true).keys.size(), 1U);
  EXPECT_EQ(queue.take(true).text, "b");
  EXPECT_TRUE(queue.empty());
}

TEST(InputQueue, a_word_typed_during_one_frame_reaches_a_text_field_in_one) {
  InputQueue queue;
  for (const char letter : {'l', 'r'}) {
    queue.key({letter - 'a' + 'A', false, false});
    queue.character(static_cast<char32_t>(letter));
  }
  queue.key({kKeyEnter, false, false});
  queue.key({'5', false, false});
  EXPECT_EQ(queue.take(true).text, "lr");
  const GuiInput enter = queue.take(true);
  ASSERT_EQ(enter.keys.size(), 1U);
  EXPECT_EQ(enter.keys[0].key, kKeyEnter);
  EXPECT_EQ(queue.take(true).keys.size(), 1U);
}

TEST(InputQueue, held_buttons_and_modifiers_last_and_events_do_not) {
  InputQueue queue;
  queue.modifiers(true, false, false);
  queue.button(1, true);
  queue.take(false);
  queue.drop("experiment.json");
  const GuiInput dropped = queue.take(false);
  EXPECT_TRUE(dropped.ctrl);
  EXPECT_TRUE(dropped.button[1]);
  EXPECT_EQ(dropped.dropped_files.size(), 1U);
  EXPECT_TRUE(queue.take(false).dropped_files.empty());
}

}  // namespace
}  // namespace initlab
