// Help, and what becomes of output that nobody can take: a closed stdout, a full device, a reader who has
// gone.
#include <algorithm>
#include <csignal>

#include "tests/app/cli/program.h"

namespace initlab::test {
namespace {

class Output : public ProgramTest {};

const std::vector<std::string> kCallsThatPrint[] = {
    {"list", "schemes"},
    {"list", "settings", "--json"},
    {"fingerprint"},
    {"--help"},
    {"--version"},
    {"draw", "he_normal", "--fan-in", "2", "--fan-out", "3"},
    {"draw", "he_normal", "--fan-in", "2", "--fan-out", "3", "--npy", "-"},
    {"signal", "course-initialization"},
    {"signal", "course-initialization", "--json", "-"},
    {"train", "course-initialization", "--steps", "5"},
    {"train", "course-initialization", "--steps", "5", "--json", "-"},
    {"train", "course-initialization", "--steps", "5", "--csv", "-"}};

TEST_F(Output, every_verb_has_help_that_names_its_options) {
  EXPECT_NE(output_of({"--help"}).find("fingerprint"), std::string::npos);
  EXPECT_NE(output_of({"train", "--help"}).find("--every N"), std::string::npos);
  EXPECT_NE(output_of({"train", "--help"}).find("--save-weights FILE"), std::string::npos);
  EXPECT_NE(output_of({"signal", "--help"}).find("--json FILE"), std::string::npos);
  EXPECT_NE(output_of({"draw", "--help"}).find("--fan-out M"), std::string::npos);
  EXPECT_NE(output_of({"list", "--help"}).find("verdicts"), std::string::npos);
  EXPECT_NE(output_of({"shot", "-h"}).find("--theme"), std::string::npos);
  EXPECT_NE(output_of({"list", "--help"}).find("activations"), std::string::npos);
  EXPECT_NE(output_of({"fingerprint", "--help"}).find("--threads N"), std::string::npos);
  EXPECT_EQ(output_of({"--version"}).rfind("initlab ", 0), 0u);
}

TEST_F(Output, a_closed_stdout_is_exit_4) {
  for (const auto& call : kCallsThatPrint) {
    const Outcome outcome = run(call, {.out_closed = true});
    EXPECT_EQ(outcome.code, 4) << call.front();
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  }
  EXPECT_TRUE(files().empty());
}

TEST_F(Output, a_full_device_is_exit_4) {
  for (const auto& call : kCallsThatPrint) {
    const Outcome outcome = run(call, {.out_file = "/dev/full"});
    EXPECT_EQ(outcome.code, 4) << call.front();
    EXPECT_NE(outcome.err.find("No space left on device"), std::string::npos) << outcome.err;
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  }
}

TEST_F(Output, a_reader_who_has_gone_is_told_nothing) {
  for (const auto& call : kCallsThatPrint) {
    const Outcome outcome = run(call, {.out_is_broken_pipe = true});
    EXPECT_EQ(outcome.code, 4) << call.front();
    EXPECT_EQ(outcome.err, "");
  }
}

TEST_F(Output, ctrl_c_ends_training_between_two_steps_and_writes_nothing) {
  const Outcome outcome = run({"train", "course-initialization", "--steps", "1000000000", "--json", "x.json"},
                              {.signal_after_start = SIGINT});
  EXPECT_EQ(outcome.code, 130);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "");
  EXPECT_TRUE(files().empty());
}

TEST_F(Output, without_a_display_the_window_is_exit_3_and_names_shot) {
  const Surroundings no_display = {.variables = {{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}}};
  for (const std::vector<std::string>& call : {std::vector<std::string>{}, {"clone-army"}}) {
    const Outcome outcome = run(call, no_display);
    EXPECT_EQ(outcome.code, 3);
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find("initlab shot"), std::string::npos) << outcome.err;
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  }
}

}  // namespace
}  // namespace initlab::test
