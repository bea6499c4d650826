// What a user gets wrong, a row each: the exit code, and one line that quotes it and says what is allowed.
// One table, however long: a verb's rows are read beside the others'.
#include <algorithm>

#include "tests/app/cli/program.h"

namespace initlab::test {
namespace {

struct BadCall {
  std::string_view name;
  std::vector<std::string> arguments;
  int code;
  std::vector<std::string_view> pieces;  // all stand in the line
  std::string_view file = {};            // content of "x.json"
};

void PrintTo(const BadCall& call, std::ostream* stream) {
  *stream << call.name;
}

// Where two rows differ only in a value, the value is what the row is about.
std::vector<std::string> train_with(const std::string& set) {
  return {"train", "course-initialization", "--set", set};
}
std::vector<std::string> shot_with(const std::string& option, const std::string& value) {
  return {"shot", "course-initialization", "-o", "x.png", option, value};
}
// An option given again replaces none: each row gives its own and the rest.
std::vector<std::string> theory_with(const std::string& option, const std::string& value) {
  std::vector<std::string> call = {"theory", option, value};
  if (option != "--activation") call.insert(call.end(), {"--activation", "tanh"});
  if (option != "--sigma-w") call.insert(call.end(), {"--sigma-w", "1"});
  return call;
}

std::vector<std::string> draw_with(const std::string& scheme, const std::string& option,
                                   const std::string& value) {
  std::vector<std::string> call = {"draw", scheme, option, value};
  if (option != "--fan-in") call.insert(call.end(), {"--fan-in", "2"});
  if (option != "--fan-out") call.insert(call.end(), {"--fan-out", "3"});
  return call;
}

const std::vector<BadCall>& bad_calls() {
  static const std::vector<std::string> kTrainFile = {"train", "x.json"};
  static const std::vector<BadCall> kCalls = {
      // The experiment.
      {"unknown_experiment",
       {"train", "cours-initialization"},
       2,
       {"\"cours-initialization\" is neither an experiment nor a file; did you mean "
        "\"course-initialization\"?"}},
      {"unknown_experiment_for_the_window",
       {"cours-initialization"},
       2,
       {"did you mean \"course-initialization\"?"}},
      {"missing_file", {"train", "missing.json"}, 2, {"missing.json", "no such file"}},
      {"missing_file_in_a_missing_folder", {"train", "nowhere/missing.json"}, 2, {"nowhere/missing.json"}},
      {"folder_for_a_file", {"train", "/tmp"}, 2, {"/tmp", "folder"}},
      {"empty_file", kTrainFile, 2, {"x.json", "line 1", "end of input"}, "\n"},
      {"truncated_json", kTrainFile, 2, {"x.json", "line 1", "end of input"}, R"({"initlab": 1, "name":)"},
      {"not_json", kTrainFile, 2, {"x.json", "line 1"}, "hello"},
      {"a_list_for_an_object", kTrainFile, 2, {"x.json"}, "[1, 2]"},
      {"wrong_type",
       kTrainFile,
       2,
       {"training.steps", "\"many\"", "allowed: 1 to"},
       R"({"initlab": 1, "training": {"steps": "many"}, "lanes": [{"name": "a", "scheme": "zeros"}]})"},
      {"unknown_key",
       kTrainFile,
       2,
       {"\"trainning\"", "did you mean \"training\"?"},
       R"({"initlab": 1, "trainning": {}, "lanes": [{"name": "a", "scheme": "zeros"}]})"},
      {"unknown_inner_key",
       kTrainFile,
       2,
       {"\"learning_rat\"", "did you mean \"learning_rate\"?"},
       R"({"initlab": 1, "training": {"learning_rat": 1}, "lanes": [{"name": "a", "scheme": "zeros"}]})"},
      {"nan_learning_rate_in_a_file",
       kTrainFile,
       2,
       {"x.json", "line 1"},
       R"({"initlab": 1, "training": {"learning_rate": NaN}, "lanes": [{"name": "a", "scheme": "zeros"}]})"},
      {"quoted_nan_learning_rate_in_a_file",
       kTrainFile,
       2,
       {"training.learning_rate", "\"nan\"", "0 to 1,000"},
       R"({"initlab": 1, "training": {"learning_rate": "nan"}, "lanes": [{"name": "a", "scheme": "zeros"}]})"},
      {"no_lanes", kTrainFile, 2, {"0 lanes", "1 to 6"}, R"({"initlab": 1, "lanes": []})"},
      {"seven_lanes",
       kTrainFile,
       2,
       {"7 lanes", "1 to 6"},
       R"({"initlab": 1, "lanes": [{"name": "a"}, {"name": "b"}, {"name": "c"}, {"name": "d"}, {"name": "e"},)"
       R"( {"name": "f"}, {"name": "g"}]})"},
      {"steps_beyond_2_to_the_53_in_a_file",
       kTrainFile,
       2,
       {"training.steps", "9007199254740993", "1,000,000,000"},
       R"({"initlab": 1, "training": {"steps": 9007199254740993}, "lanes": [{"name": "a"}]})"},
      // Settings.
      {"nan_learning_rate",
       train_with("training.learning_rate=nan"),
       2,
       {"training.learning_rate", "\"nan\"", "0 to"}},
      {"infinite_learning_rate",
       train_with("training.learning_rate=1e999"),
       2,
       {"training.learning_rate", "0 to"}},
      {"zero_samples",
       train_with("data.samples=0"),
       2,
       {"data.samples", "0 is out of range", "1 to 100,000"}},
      {"layer_without_units", train_with("network.hidden=[0]"), 2, {"network.hidden", "1 to 4,096 units"}},
      {"layer_of_100000_units", train_with("network.hidden=[100000]"), 2, {"100000", "1 to 4,096 units"}},
      {"steps_beyond_2_to_the_53_set",
       train_with("training.steps=9007199254740993"),
       2,
       {"9007199254740993"}},
      {"unknown_setting",
       train_with("training.lerning_rate=1"),
       2,
       {"did you mean \"training.learning_rate\"?"}},
      {"unknown_scheme",
       train_with("lanes.1.scheme=he_norml"),
       2,
       {"\"he_norml\"", "did you mean \"he_normal\"?"}},
      {"unknown_activation",
       train_with("network.activation=relux"),
       2,
       {"\"relux\"", "did you mean \"relu\"?"}},
      {"lane_that_is_not_there", train_with("lanes.7.scheme=zeros"), 2, {"lanes.7", "1 to 3"}},
      {"line_break_in_a_name", train_with("lanes.1.name=a\nb"), 2, {"lanes.1.name"}},
      {"setting_without_a_value", train_with("training.steps"), 2, {"\"training.steps\"", "SETTING=VALUE"}},
      // train's own.
      {"steps_beyond_2_to_the_53",
       {"train", "course-initialization", "--steps", "9007199254740993"},
       2,
       {"--steps \"9007199254740993\"", "1 to 1,000,000,000"}},
      {"negative_steps",
       {"train", "course-initialization", "--steps", "-5"},
       2,
       {"--steps \"-5\"", "whole number"}},
      {"text_for_steps", {"train", "course-initialization", "--steps", "many"}, 2, {"--steps \"many\""}},
      {"exponent_for_steps", {"train", "course-initialization", "--steps", "1e3"}, 2, {"--steps \"1e3\""}},
      {"nothing_for_steps", {"train", "course-initialization", "--steps", ""}, 2, {"--steps \"\""}},
      {"steps_twice",
       {"train", "course-initialization", "--steps", "5", "--steps", "6"},
       2,
       {"more than once"}},
      {"every_zero_steps",
       {"train", "course-initialization", "--every", "0"},
       2,
       {"--every \"0\"", "from 1"}},
      {"json_and_csv_to_stdout",
       {"train", "course-initialization", "--json", "-", "--csv", "-"},
       2,
       {"--json and --csv"}},
      {"flag_with_a_value", {"train", "course-initialization", "--check=5"}, 2, {"--check takes no value"}},
      {"json_into_a_missing_folder",
       {"train", "course-initialization", "--json", "nowhere/x.json"},
       4,
       {"cannot write \"nowhere/x.json\"", "No such file or directory"}},
      {"csv_into_a_missing_folder",
       {"train", "course-initialization", "--csv", "nowhere/x.csv"},
       4,
       {"nowhere/x.csv"}},
      {"json_over_a_folder",
       {"train", "course-initialization", "--json", "/tmp"},
       4,
       {"\"/tmp\"", "Is a directory"}},
      {"json_into_a_full_device",
       {"train", "course-initialization", "--steps", "5", "--json", "/dev/full"},
       4,
       {"/dev/full", "No space left on device"}},
      {"weights_to_stdout",
       {"train", "course-initialization", "--save-weights", "-"},
       2,
       {"--save-weights \"-\"", "weights.npz"}},
      {"weights_and_json_to_one_file",
       {"train", "course-initialization", "--save-weights", "x", "--json", "x"},
       2,
       {"--json and --save-weights both write to \"x\""}},
      {"weights_into_a_missing_folder",
       {"train", "course-initialization", "--save-weights", "nowhere/x.npz"},
       4,
       {"cannot write \"nowhere/x.npz\"", "No such file or directory"}},
      {"weights_into_a_device",
       {"train", "course-initialization", "--save-weights", "/dev/full"},
       4,
       {"cannot write \"/dev/full\"", "not a regular file"}},
      {"csv_into_a_full_device",
       {"train", "course-initialization", "--steps", "5", "--csv", "/dev/full"},
       4,
       {"/dev/full", "No space left on device"}},
      // Words that the command line does not know.
      {"unknown_verb", {"trian", "course-initialization"}, 2, {"\"trian\"", "did you mean \"train\"?"}},
      {"unknown_verb_alone", {"fingerprnt"}, 2, {"\"fingerprnt\"", "did you mean \"fingerprint\"?"}},
      {"unknown_option",
       {"train", "course-initialization", "--stpes", "5"},
       2,
       {"\"--stpes\"", "\"--steps\""}},
      {"unknown_option_with_a_value",
       {"train", "course-initialization", "--stpes=5"},
       2,
       {"did you mean \"--steps\"?"}},
      {"unknown_short_option", {"shot", "course-initialization", "-q", "x.png"}, 2, {"\"-q\""}},
      {"unknown_option_without_a_verb", {"--versoin"}, 2, {"did you mean \"--version\"?"}},
      {"no_experiment", {"train"}, 2, {"EXPERIMENT", "initlab train --help"}},
      {"one_argument_too_many", {"train", "course-initialization", "extra"}, 2, {"\"extra\""}},
      {"one_argument_too_many_after_dashes",
       {"train", "course-initialization", "--", "extra"},
       2,
       {"\"extra\""}},
      {"option_without_its_value", {"train", "course-initialization", "--json"}, 2, {"--json needs a value"}},
      {"unknown_list", {"list", "shcemes"}, 2, {"\"shcemes\"", "did you mean \"schemes\"?"}},
      {"no_list", {"list"}, 2, {"WHAT"}},
      {"unknown_row_of_a_list",
       {"list", "schemes", "he_norml"},
       2,
       {"\"he_norml\"", "did you mean \"he_normal\"?"}},
      {"one_row_too_many_of_a_list", {"list", "schemes", "zeros", "ones"}, 2, {"\"ones\""}},
      {"threads_in_words", {"fingerprint", "--threads", "two"}, 2, {"--threads \"two\"", "0 to 256"}},
      // Signal.
      {"signal_of_nothing", {"signal"}, 2, {"EXPERIMENT", "initlab signal --help"}},
      {"signal_of_an_unknown_experiment",
       {"signal", "cours-initialization"},
       2,
       {"did you mean \"course-initialization\"?"}},
      {"signal_with_an_unknown_setting",
       {"signal", "course-initialization", "--set", "network.activatio=tanh"},
       2,
       {"--set", "did you mean \"network.activation\"?"}},
      {"signal_into_a_missing_folder",
       {"signal", "course-initialization", "--json", "nowhere/x.json"},
       4,
       {"nowhere/x.json"}},
      {"signal_into_a_full_device",
       {"signal", "course-initialization", "--json", "/dev/full"},
       4,
       {"No space left on device"}},
      // Draw.
      {"draw_of_nothing", {"draw"}, 2, {"required", "initlab draw --help"}},
      {"draw_without_a_shape", {"draw", "zeros", "--fan-in", "2"}, 2, {"--fan-out", "required"}},
      {"draw_of_an_unknown_scheme",
       draw_with("he_norml", "--seed", "1"),
       2,
       {"\"he_norml\"", "did you mean \"he_normal\"?"}},
      {"draw_from_no_inputs", draw_with("zeros", "--fan-in", "0"), 2, {"--fan-in \"0\"", "1 to 4,096"}},
      {"draw_of_too_many_units",
       draw_with("zeros", "--fan-out", "4097"),
       2,
       {"--fan-out \"4097\"", "1 to 4,096"}},
      {"draw_of_units_in_words", draw_with("zeros", "--fan-out", "ten"), 2, {"--fan-out \"ten\""}},
      {"draw_with_a_negative_seed", draw_with("zeros", "--seed", "-1"), 2, {"--seed \"-1\""}},
      {"draw_with_a_seed_that_numpy_refuses",
       draw_with("zeros", "--seed", "4294967296"),
       2,
       {"--seed \"4294967296\"", "0 to 4,294,967,295"}},
      {"draw_before_an_unknown_activation",
       draw_with("zeros", "--activation", "relux"),
       2,
       {"--activation \"relux\"", "did you mean \"relu\"?"}},
      {"draw_with_a_key_of_another_scheme",
       draw_with("he_normal", "--set", "std=1"),
       2,
       {"--set \"std\"", "he_normal does not read it", "gain, mode"}},
      {"draw_with_a_slope_where_none_is",
       draw_with("he_normal", "--set", "slope=0.2"),
       2,
       {"--set \"slope\"", "gain, mode"}},
      {"draw_with_an_unknown_key", draw_with("normal", "--set", "sdt=1"), 2, {"did you mean \"std\"?"}},
      {"draw_with_a_key_without_value", draw_with("normal", "--set", "std"), 2, {"\"std\"", "KEY=VALUE"}},
      {"draw_with_a_negative_std",
       draw_with("normal", "--set", "std=-1"),
       2,
       {"--set std: -1", "0 to 1,000,000"}},
      {"draw_with_a_std_in_words", draw_with("normal", "--set", "std=wide"), 2, {"--set std: \"wide\""}},
      {"draw_with_an_unknown_mode",
       draw_with("he_normal", "--set", "mode=fan"),
       2,
       {"--set mode: \"fan\"", "fan_in"}},
      {"draw_from_a_run", draw_with("from_run", "--seed", "1"), 2, {"\"from_run\"", "--save-weights"}},
      {"draw_from_no_file", draw_with("from_file", "--seed", "1"), 2, {"--set path", "an .npz"}},
      {"draw_from_a_missing_file",
       draw_with("from_file", "--set", "path=missing.npz"),
       2,
       {"missing.npz", "no such file"}},
      {"draw_twice_to_one_file",
       {"draw", "zeros", "--fan-in", "2", "--fan-out", "3", "--npy", "x", "--csv", "x"},
       2,
       {"--npy and --csv both write to \"x\""}},
      {"draw_into_a_missing_folder",
       draw_with("zeros", "--npy", "nowhere/x.npy"),
       4,
       {"cannot write \"nowhere/x.npy\""}},
      {"draw_into_a_full_device",
       draw_with("zeros", "--csv", "/dev/full"),
       4,
       {"/dev/full", "No space left on device"}},
      // Theory.
      {"theory_of_nothing", {"theory"}, 2, {"--activation", "required"}},
      {"theory_without_weights", {"theory", "--activation", "tanh"}, 2, {"--sigma-w", "required"}},
      {"theory_of_an_unknown_activation",
       theory_with("--activation", "tahn"),
       2,
       {"\"tahn\"", "did you mean \"tanh\"?"}},
      {"theory_of_an_activation_like_no_other",
       theory_with("--activation", "xyz"),
       2,
       {"\"xyz\"", "sigmoid", "erf"}},
      {"theory_with_negative_weights",
       theory_with("--sigma-w", "-1"),
       2,
       {"--sigma-w \"-1\"", "0 to 1,000,000"}},
      {"theory_with_infinite_weights", theory_with("--sigma-w", "inf"), 2, {"--sigma-w \"inf\""}},
      {"theory_with_negative_biases", theory_with("--sigma-b", "-0.1"), 2, {"--sigma-b \"-0.1\""}},
      {"theory_with_biases_that_are_no_number", theory_with("--sigma-b", "nan"), 2, {"--sigma-b \"nan\""}},
      {"theory_from_nothing", theory_with("--q", "0"), 2, {"--q \"0\"", "1e-12"}},
      {"theory_into_a_missing_folder",
       theory_with("--json", "nowhere/x.json"),
       4,
       {"nowhere/x.json", "No such file or directory"}},
      {"theory_with_an_unknown_parameter",
       theory_with("--set", "slop=1"),
       2,
       {"\"slop\"", "did you mean \"slope\"?"}},
      {"theory_with_a_parameter_of_another", theory_with("--set", "slope=1"), 2, {"\"slope\"", "leaky_relu"}},
      {"theory_with_a_parameter_without_value", theory_with("--set", "slope"), 2, {"\"slope\"", "KEY=VALUE"}},
      {"theory_with_a_slope_too_steep",
       {"theory", "--activation", "leaky_relu", "--sigma-w", "1", "--set", "slope=11"},
       2,
       {"--set slope \"11\"", "10"}},
      // Pictures.
      {"no_output", {"shot", "course-initialization"}, 2, {"-o"}},
      {"unknown_format",
       {"shot", "course-initialization", "-o", "x.gif"},
       2,
       {"\"x.gif\"", ".png, .svg, .pdf"}},
      {"no_format", {"shot", "course-initialization", "-o", "x"}, 2, {"\"x\"", ".png, .svg, .pdf"}},
      {"picture_into_a_missing_folder",
       {"shot", "course-initialization", "-o", "nowhere/x.png"},
       4,
       {"nowhere/x.png"}},
      {"window_as_svg",
       {"shot", "course-initialization", "--window", "-o", "x.svg"},
       2,
       {"\"x.svg\"", ".png"}},
      {"figure_of_the_window",
       {"shot", "course-initialization", "--window", "--figure", "comparison", "-o", "x.png"},
       2,
       {"--window", "--figure"}},
      {"unknown_figure",
       shot_with("--figure", "comparisn"),
       2,
       {"\"comparisn\"", "did you mean \"comparison\"?"}},
      {"picture_with_an_unknown_setting",
       shot_with("--set", "training.stps=5"),
       2,
       {"--set", "did you mean \"training.steps\"?"}},
      {"step_after_the_last_that_is_set",
       {"shot", "course-initialization", "-o", "x.png", "--set", "training.steps=50", "--at", "51"},
       2,
       {"--at \"51\"", "0 to 50"}},
      {"unknown_theme", shot_with("--theme", "light,drak"), 2, {"\"drak\"", "light, dark"}},
      {"size_of_one_number", shot_with("--size", "800"), 2, {"--size \"800\"", "1200x800"}},
      {"size_in_words", shot_with("--size", "bigxsmall"), 2, {"--size \"bigxsmall\""}},
      {"size_of_three_numbers", shot_with("--size", "1x2x3"), 2, {"--size \"1x2x3\""}},
      {"size_too_small", shot_with("--size", "15x800"), 2, {"15x800 pixels", "16 to 16,384"}},
      {"size_too_large", shot_with("--size", "800x16385"), 2, {"800x16385 pixels", "16 to 16,384"}},
      {"negative_size", shot_with("--size", "-800x600"), 2, {"--size \"-800x600\""}},
      {"size_too_large_at_its_scale",
       {"shot", "course-initialization", "-o", "x.png", "--size", "9000x600", "--scale", "2"},
       2,
       {"18000x1200 pixels"}},
      {"scale_of_nothing", shot_with("--scale", "0"), 2, {"--scale \"0\"", "0.25 to 16"}},
      {"scale_not_a_number", shot_with("--scale", "nan"), 2, {"--scale \"nan\""}},
      {"step_after_the_last", shot_with("--at", "15001"), 2, {"--at \"15001\"", "0 to 15,000"}},
      {"step_before_the_first", shot_with("--at", "-1"), 2, {"--at \"-1\"", "0 to 15,000"}},
      {"step_in_words", shot_with("--at", "500,first"), 2, {"--at \"first\"", "last"}},
      {"step_left_out", shot_with("--at", "500,,1000"), 2, {"--at \"\""}},
      {"lane_zero", shot_with("--lane", "0"), 2, {"--lane \"0\"", "1 to 3"}},
      {"lane_beyond_the_last", shot_with("--lane", "4"), 2, {"--lane \"4\"", "1 to 3"}},
  };
  return kCalls;
}

class BadInput : public ProgramTest, public testing::WithParamInterface<BadCall> {};

TEST_P(BadInput, gets_one_line_that_says_what_and_leaves_nothing_behind) {
  const BadCall& call = GetParam();
  if (!call.file.empty()) write("x.json", call.file == "\n" ? "" : call.file);
  const std::vector<std::string> before = files();
  const Outcome outcome = run(call.arguments);
  EXPECT_EQ(outcome.code, call.code) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  EXPECT_TRUE(outcome.err.ends_with('\n'));
  for (const std::string_view piece : call.pieces) {
    EXPECT_NE(outcome.err.find(piece), std::string::npos) << "\"" << piece << "\" is not in: " << outcome.err;
  }
  EXPECT_EQ(files(), before);
}

INSTANTIATE_TEST_SUITE_P(Every, BadInput, testing::ValuesIn(bad_calls()),
                         [](const auto& row) { return std::string(row.param.name); });

// The choice of a vector path is looked at before anything is done.
class BadSimdChoice : public ProgramTest, public testing::WithParamInterface<std::vector<std::string>> {};

TEST_P(BadSimdChoice, is_bad_input_of_every_verb) {
  const Outcome outcome = run(GetParam(), {.variables = {{"INITLAB_SIMD", "sse9"}}});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find("\"sse9\""), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("portable"), std::string::npos) << outcome.err;
  EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  EXPECT_TRUE(files().empty());
}

const std::vector<std::string> kCallsOfEveryVerb[] = {{},
                                                      {"course-initialization"},
                                                      {"train", "course-initialization"},
                                                      {"shot", "course-initialization", "-o", "x.png"},
                                                      {"list", "schemes"},
                                                      {"signal", "course-initialization"},
                                                      {"draw", "zeros", "--fan-in", "2", "--fan-out", "3"},
                                                      {"theory", "--activation", "tanh", "--sigma-w", "1"},
                                                      {"fingerprint"}};
INSTANTIATE_TEST_SUITE_P(Every, BadSimdChoice, testing::ValuesIn(kCallsOfEveryVerb), [](const auto& row) {
  const std::string word = row.param.empty() ? "nothing" : row.param.front();
  return word.find('-') == std::string::npos ? word : std::string("window");
});

}  // namespace
}  // namespace initlab::test
