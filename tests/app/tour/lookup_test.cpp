// What a tour finds on a recorded frame.
#include "app/tour/lookup.h"

#include <gtest/gtest.h>
#include <imgui.h>

#include <string>
#include <vector>

namespace initlab {
namespace {

// A frame of ImGui without any graphics, on which texts and widgets are put by hand.
class TourLookup : public testing::Test {
 protected:
  TourLookup() : context_(ImGui::CreateContext()) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {800, 600};
    io.DeltaTime = 1.0f / 60;
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
  }
  ~TourLookup() override { ImGui::DestroyContext(context_); }

  // Two frames, because a popup is measured before it is shown.
  template <class Draw>
  void show(Draw draw) {
    for (int i = 0; i < 2; ++i) {
      ImGui::NewFrame();
      record_.begin();
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({800, 600});
      ImGui::Begin("page", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBringToFrontOnFocus);
      draw();
      ImGui::End();
      ImGui::Render();
      record_.finish();
    }
  }
  void text(const std::string& words, double x, double y) {
    record_.text(*ImGui::GetWindowDrawList(), words, {x, y, 8.0 * static_cast<double>(words.size()), 12});
  }
  void button(const std::string& words, double x, double y) {
    record_.widget({words, "", {x, y, 100, 30}, false, 0});
    text(words, x + 10, y + 9);
  }
  static TourTarget label(const std::string& words, const std::string& near = "", int nth = 1) {
    TourTarget target;
    target.label = words;
    target.near = near;
    target.nth = nth;
    return target;
  }
  Point found(const TourTarget& target) {
    auto result = find_target(record_, target);
    const auto* const error = std::get_if<InputError>(&result);
    EXPECT_EQ(error, nullptr) << error->message;
    return error == nullptr ? std::get<FoundTarget>(result).point : Point{};
  }
  std::string missing(const TourTarget& target) {
    auto result = find_target(record_, target);
    const auto* const error = std::get_if<InputError>(&result);
    return error != nullptr ? error->message : "";
  }

  ImGuiContext* context_;
  FrameRecord record_;
};

TEST_F(TourLookup, a_whole_label_goes_before_the_beginning_of_another) {
  show([&] {
    button("Step back", 10, 10);
    button("Step", 10, 200);
  });
  EXPECT_NEAR(found(label("Step")).y, 215, 3);
  EXPECT_NEAR(found(label("step b")).y, 25, 3);
}

TEST_F(TourLookup, a_label_on_a_widget_goes_before_one_on_the_page) {
  show([&] {
    text("Cost", 10, 10);
    button("Cost", 10, 200);
  });
  EXPECT_NEAR(found(label("Cost")).y, 215, 3);
}

TEST_F(TourLookup, what_stands_on_one_line_is_near) {
  show([&] {
    text("Rate", 10, 109);
    text("Seed", 10, 149);
    button("3", 200, 60);
    button("3", 200, 100);
    button("3", 200, 140);
  });
  EXPECT_NEAR(found(label("3", "Rate")).y, 115, 3);
  EXPECT_NEAR(found(label("3", "Seed")).y, 155, 3);
  EXPECT_NEAR(found(label("3", "", 2)).y, 115, 3);
}

TEST_F(TourLookup, a_missing_label_is_answered_by_the_nearest_that_is_seen) {
  show([&] { button("Rewind", 10, 10); });
  EXPECT_NE(missing(label("Rewnd")).find("the nearest label is \"Rewind\""), std::string::npos);
  EXPECT_NE(missing(label("Something else")).find("there are Rewind"), std::string::npos);
  EXPECT_NE(missing(label("Rewind", "", 3)).find("1 times, not 3"), std::string::npos);
}

TEST_F(TourLookup, what_is_clipped_away_is_not_seen) {
  show([&] {
    ImGui::PushClipRect({0, 0}, {800, 100}, true);
    text("above", 10, 50);
    text("below", 10, 150);
    ImGui::PopClipRect();
  });
  EXPECT_TRUE(shows_text(record_, "above"));
  EXPECT_FALSE(shows_text(record_, "below"));
}

TEST_F(TourLookup, what_is_painted_over_is_not_seen) {
  show([&] {
    text("old", 10, 50);
    record_.cover(*ImGui::GetWindowDrawList(), {0, 0, 200, 200});
    text("new", 10, 50);
  });
  EXPECT_FALSE(shows_text(record_, "old"));
  EXPECT_TRUE(shows_text(record_, "new"));
}

TEST_F(TourLookup, what_a_list_covers_is_not_seen_and_the_list_goes_first) {
  const auto frame = [&] {
    button("Pick", 10, 10);
    button("Hidden", 300, 310);
    ImGui::OpenPopup("list");
    ImGui::SetNextWindowPos({290, 200});
    ImGui::SetNextWindowSize({200, 200});
    if (ImGui::BeginPopup("list")) {
      button("Pick", 310, 220);
      ImGui::EndPopup();
    }
  };
  show(frame);
  show(frame);
  EXPECT_FALSE(shows_text(record_, "Hidden"));
  EXPECT_NEAR(found(label("Pick")).y, 235, 3);
}

TEST_F(TourLookup, a_sentence_is_read_over_its_lines) {
  show([&] {
    text("every gradient", 10, 10);
    text("is zero", 10, 30);
  });
  EXPECT_TRUE(shows_text(record_, "gradient is zero"));
  EXPECT_FALSE(shows_text(record_, "gradient was zero"));
}

TEST_F(TourLookup, a_label_drawn_word_by_word_is_found_by_all_of_it) {
  show([&] {
    text("open", 10, 10);
    text("the", 50, 10);
    text("list", 90, 10);
  });
  EXPECT_NEAR(found(label("open the list")).x, 26, 1);
}

TEST_F(TourLookup, a_slider_is_found_by_its_id_or_by_the_label_beside_it) {
  show([&] {
    text("speed", 10, 10);
    record_.widget({"fast", "", {100, 4, 200, 20}, true, 0});
    record_.widget({"slow", "", {100, 204, 200, 20}, true, 0});
  });
  EXPECT_EQ(std::get<FoundTarget>(find_slider(record_, label("speed"))).rect.y, 4);
  EXPECT_EQ(std::get<FoundTarget>(find_slider(record_, label("slow"))).rect.y, 204);
}

}  // namespace
}  // namespace initlab
