// What a frame of the whole laboratory asks the memory for, once it has been drawn before. ImGui, fonts and
// panels are as in the window; nothing is sent to a card.
#include <gtest/gtest.h>

#include <memory>
#include <thread>

#include "app/lab_frame.h"
#include "tests/bench/headless_gui.h"
#include "tests/core/allocation_counter.h"

namespace initlab {
namespace {

// What is left: lists that figures hand on as values (the lines of three fields, ticks, the parts of a cost
// curve and of the signal by layer) and the texts of labels, settings and the lesson that are longer than a
// string holds in itself. Points and glyphs, of which there are hundreds, take none.
constexpr long kFewRequests = 570;

TEST(frame_memory, a_steady_frame_of_three_lanes_asks_for_little) {
  Experiment experiment;
  experiment.name = "course";
  experiment.lanes = course_lanes();
  auto comparison = std::make_unique<Comparison>(experiment);
  comparison->advance(500);
  Lab lab(std::move(comparison), ThemeId::kLight, 1.0);
  bench::HeadlessGui gui(1440, 900);
  const FrameFunction frame = [&lab](const FrameInput& input, FrameTools& tools) {
    return lab.frame(input, tools);
  };
  const std::uint64_t seen = lab.worker().latest()->sequence;
  gui.frame(frame);  // asks for fields of the panels' size
  while (lab.worker().latest()->sequence == seen) std::this_thread::yield();
  for (int i = 0; i < 5; ++i) gui.frame(frame);
  const long before = allocation_count();
  for (int i = 0; i < 10; ++i) gui.frame(frame);
  EXPECT_LE((allocation_count() - before) / 10, kFewRequests);
}

}  // namespace
}  // namespace initlab
