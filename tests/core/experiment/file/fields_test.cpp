// The rows of the settings: each says what it is, and each is held to its range by every way in.
#include "core/experiment/file/fields.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "core/experiment/file/experiment_json.h"
#include "core/experiment/file/field_json.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

Experiment with_lanes() {
  Experiment experiment;
  experiment.lanes = course_lanes();
  return experiment;
}

// An experiment whose kinds read a field, and go together: of each kind of data the output and the loss that
// fit it.
void make_readable(const Field<DataSettings>& field, Experiment& experiment) {
  for (const DatasetRow& row : datasets()) {
    if (!applies(field, experiment.data)) experiment.data.kind = row.kind;
  }
  experiment.data.path = "points.csv";
  experiment.data.points = {{0, 0, 0}, {1, 1, 1}};
  if (dataset_row(experiment.data.kind).is_regression) experiment.network.output = OutputId::kLinear;
}
void make_readable(const Field<Lane>& field, Experiment& experiment) {
  Lane& lane = experiment.lanes[1];
  for (const Scheme& row : schemes()) {
    if (!applies(field, lane)) lane.scheme = row.kind;
  }
  if (!applies(field, lane)) lane.bias = BiasId::kConstant;
  lane.parameters.path = "weights.npz";
  lane.parameters.experiment = "course-initialization";
}
template <class Section>
void make_readable(const Field<Section>&, Experiment&) {}

// Every combination of output, classes and loss that the rows may ask for goes with one of these.
void make_consistent(Experiment& experiment) {
  // A hundred layers may be frozen, and all of a batch's points are there.
  experiment.network.hidden.assign(100, 1);
  experiment.data.samples = 100'000;
  experiment.data.test_samples = 0;
  if (experiment.network.output == OutputId::kSigmoid) experiment.network.output = OutputId::kSoftmax;
  experiment.training.loss = LossId::kMeanSquaredError;
}

// Calls visit(field, experiment, section of it, path) for every row of every section, on an experiment whose
// kinds read it.
template <class Section, class Visit>
void for_each_field(Section& (*section_of)(Experiment&), const std::string& prefix, Visit visit) {
  for (const Field<Section>& field : fields<Section>()) {
    Experiment experiment = with_lanes();
    make_readable(field, experiment);
    make_consistent(experiment);
    ASSERT_TRUE(applies(field, section_of(experiment))) << prefix << field.key;
    visit(field, experiment, section_of, prefix + std::string(field.key));
  }
}

template <class Visit>
void for_each_field(Visit visit) {
  for_each_field<Experiment>(
      +[](Experiment& e) -> Experiment& { return e; }, "", visit);
  for_each_field<DataSettings>(
      +[](Experiment& e) -> DataSettings& { return e.data; }, "data.", visit);
  for_each_field<NetworkSettings>(
      +[](Experiment& e) -> NetworkSettings& { return e.network; }, "network.", visit);
  for_each_field<TrainingSettings>(
      +[](Experiment& e) -> TrainingSettings& { return e.training; }, "training.", visit);
  for_each_field<Lane>(
      +[](Experiment& e) -> Lane& { return e.lanes[1]; }, "lanes.2.", visit);
}

bool is_number(const FieldValue& value) {
  return std::holds_alternative<double*>(value) || std::holds_alternative<std::int64_t*>(value);
}

double number_in(const FieldValue& value) {
  if (const auto* real = std::get_if<double*>(&value)) return **real;
  return static_cast<double>(*std::get<std::int64_t*>(value));
}

TEST(Fields, every_row_says_what_it_is_and_paths_are_unique) {
  std::set<std::string> paths;
  for_each_field([&](const auto& field, Experiment&, auto, const std::string& path) {
    EXPECT_TRUE(paths.insert(path).second) << path;
    EXPECT_FALSE(field.label.empty()) << path;
    EXPECT_LE(character_count(field.label), 14U) << path << " is too long for its column";
    ASSERT_FALSE(field.help.empty()) << path;
    EXPECT_EQ(field.help.back(), '.') << path;
    EXPECT_LE(field.minimum, field.maximum) << path;
    EXPECT_FALSE(allowed_values(field).empty()) << path;
  });
  EXPECT_GE(paths.size(), 50U);
}

TEST(Fields, every_default_lies_in_its_range) {
  for_each_field([](const auto& field, Experiment& experiment, auto section_of, const std::string& path) {
    const FieldValue member = field.member(section_of(experiment));
    if (!is_number(member)) return;
    EXPECT_GE(number_in(member), field.minimum) << path;
    EXPECT_LE(number_in(member), field.maximum) << path;
  });
}

// So many features, or so many runs, need little of the rest.
void make_small(std::string_view path, Experiment& experiment) {
  if (path == "data.features" || path == "lanes.2.replicas") experiment.data.samples = 10;
}
// So that either end of a number's range goes with the rest: the other end of the interval of x is far away.
void make_room(std::string_view path, Experiment& experiment) {
  make_small(path, experiment);
  if (path != "data.low") experiment.data.low = -2e6;
  if (path != "data.high") experiment.data.high = 2e6;
}

TEST(Fields, every_number_is_taken_at_both_ends_of_its_range_and_refused_beyond) {
  for_each_field([](const auto& field, Experiment& experiment, auto section_of, const std::string& path) {
    if (!is_number(field.member(section_of(experiment)))) return;
    make_room(path, experiment);
    for (const double end : {field.minimum, field.maximum}) {
      const auto error = set_by_path(experiment, path, shortest(end));
      ASSERT_FALSE(error) << path << ": " << error->message;
      EXPECT_EQ(number_in(field.member(section_of(experiment))), end) << path;
    }
    const Experiment before = experiment;
    const double width = std::holds_alternative<double*>(field.member(section_of(experiment))) ? 1e-9 : 1;
    for (const double beyond :
         {field.minimum - width, field.maximum + std::max(width, field.maximum * 1e-9)}) {
      const auto error = set_by_path(experiment, path, shortest(beyond));
      ASSERT_TRUE(error) << path << " took " << beyond;
      EXPECT_NE(error->message.find("; allowed: " + allowed_values(field)), std::string::npos)
          << error->message;
      EXPECT_NE(error->message.find(path + ": " + shortest(beyond)), std::string::npos) << error->message;
      EXPECT_EQ(experiment, before) << path;
    }
  });
}

TEST(Fields, every_choice_can_be_set_by_its_id_and_by_its_position) {
  for_each_field([](const auto& field, Experiment& experiment, auto section_of, const std::string& path) {
    const std::vector<Choice> ids = choices(field.member(section_of(experiment)));
    for (std::size_t i = 0; i < ids.size(); ++i) {
      Experiment changed = experiment;
      // A regression and two outputs do not go together, nor do ten classes and a sigmoid.
      std::vector<SettingText> settings = {{path, std::string(ids[i].id)}};
      if (path == "data.kind") settings.push_back({"network.output", "linear"});
      const auto error = set_by_paths(changed, settings);
      ASSERT_FALSE(error) << path << ": " << error->message;
      EXPECT_EQ(choice_index(field.member(section_of(changed))), i) << path;
      EXPECT_FALSE(ids[i].label.empty()) << path;
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
      set_choice(field.member(section_of(experiment)), i);
      EXPECT_EQ(choice_index(field.member(section_of(experiment))), i) << path;
    }
  });
}

bool can_be_unset(const FieldValue& value) {
  return std::holds_alternative<Unsettable<bool>>(value) ||
         std::holds_alternative<Unsettable<ActivationId>>(value);
}

TEST(Fields, what_may_be_unset_is_unset_by_its_word_and_by_null_and_left_out_of_the_file) {
  int count = 0;
  for_each_field([&](const auto& field, Experiment& experiment, auto section_of, const std::string& path) {
    const FieldValue value = field.member(section_of(experiment));
    if (!can_be_unset(value)) return;
    ++count;
    const std::string unset(choices(value)[0].id);
    for (const std::string& text : {unset, std::string("null"), '"' + unset + '"'}) {
      set_choice(field.member(section_of(experiment)), 1);
      EXPECT_NE(experiment_to_json(experiment).find('"' + std::string(field.key) + "\": "),
                std::string::npos);
      const auto error = set_by_path(experiment, path, text);
      ASSERT_FALSE(error) << error->message;
      EXPECT_EQ(choice_index(field.member(section_of(experiment))), 0U) << path << "=" << text;
    }
    EXPECT_FALSE(is_written(field, section_of(experiment))) << path;
  });
  EXPECT_EQ(count, 3) << "data.header, and a lane's activation and batch_norm";
}

TEST(Fields, every_kind_of_member_refuses_a_value_of_another_kind) {
  for_each_field([](const auto& field, Experiment& experiment, auto section_of, const std::string& path) {
    const Experiment before = experiment;
    const FieldValue value = field.member(section_of(experiment));
    if (std::holds_alternative<std::string*>(value)) return;  // any text will do
    for (const std::string text : {"{}", "null", "nan", "1e999", "[[1]]", "\"\"", "--", ""}) {
      if (path == "network.hidden" && text.empty()) continue;  // no hidden layer
      if (can_be_unset(value) && text == "null") continue;
      const auto error = set_by_path(experiment, path, text);
      ASSERT_TRUE(error) << path << " took " << text;
      EXPECT_TRUE(error->message.starts_with(path + ": ")) << error->message;
      EXPECT_EQ(experiment, before) << path;
    }
  });
}

TEST(Fields, a_file_shows_a_setting_that_is_not_what_it_is_by_default) {
  for_each_field([](const auto& field, Experiment& experiment, auto section_of, const std::string& path) {
    make_small(path, experiment);
    auto standard = std::remove_cvref_t<decltype(section_of(experiment))>{};
    const FieldValue value = field.member(section_of(experiment));
    if (is_number(value)) {
      // No interval of x begins at the largest number.
      const bool is_largest = number_in(field.member(standard)) == field.maximum || path == "data.low";
      const double other = is_largest ? field.minimum : field.maximum;
      ASSERT_FALSE(set_by_path(experiment, path, shortest(other))) << path;
    } else if (choices(value).size() > 1) {
      set_choice(value, choice_index(field.member(standard)) == 0 ? 1 : 0);
    } else if (auto* text = std::get_if<std::string*>(&value)) {
      **text = "other";
    } else if (auto* on = std::get_if<bool*>(&value)) {
      **on = !*std::get<bool*>(field.member(standard));
    } else {
      return;  // lists
    }
    EXPECT_TRUE(is_written(field, section_of(experiment))) << path;
    const auto again = experiment_from_json(experiment_to_json(experiment), "x");
    const auto* read = std::get_if<Experiment>(&again);
    ASSERT_TRUE(read != nullptr) << path << ": " << std::get<InputError>(again).message;
    Experiment copy = *read;
    EXPECT_TRUE(same_value(field.member(section_of(copy)), field.member(section_of(experiment)))) << path;
  });
}

const void* address_of(const FieldValue& value) {
  return std::visit([](auto member) -> const void* { return &*member; }, value);
}

TEST(Fields, a_layer_has_the_rows_of_its_lane_that_say_how_layers_begin) {
  for (const Field<LayerStart>& field : fields<LayerStart>()) {
    const Field<Lane>* row = find_field<Lane>(field.key);
    ASSERT_NE(row, nullptr) << field.key;
    EXPECT_EQ(row->help, field.help);
    EXPECT_EQ(row->maximum, field.maximum);
    EXPECT_EQ(readers(*row), readers(field));
    Lane lane;
    LayerStart& start = lane;
    EXPECT_EQ(address_of(row->member(lane)), address_of(field.member(start))) << field.key;
  }
}

TEST(Fields, ranges_are_written_as_people_write_them) {
  EXPECT_EQ(allowed_values(*find_field<DataSettings>("samples")), "1 to 100,000");
  EXPECT_EQ(allowed_values(*find_field<DataSettings>("seed")), "0 to 4,294,967,295");
  EXPECT_EQ(allowed_values(*find_field<DataSettings>("factor")), "0 to below 1");
  EXPECT_EQ(
      allowed_values(*find_field<DataSettings>("kind")),
      "circles, moons, blobs, xor, spiral, gaussian_features, x_sin_x, sine, cubic, absolute, csv, points");
  EXPECT_EQ(allowed_values(*find_field<DataSettings>("points")),
            "up to 10,000 points [x1, x2, class], -1,000,000 to 1,000,000, class 0 to 9");
  EXPECT_EQ(allowed_values(*find_field<DataSettings>("header")), "auto, true, false");
  EXPECT_EQ(allowed_values(*find_field<Lane>("batch_norm")), "network, true, false");
  EXPECT_EQ(allowed_values(*find_field<Lane>("freeze")), "0 to 101");
  EXPECT_EQ(allowed_values(*find_field<NetworkSettings>("hidden")), "up to 100 layers of 1 to 4,096 units");
  EXPECT_EQ(allowed_values(*find_field<NetworkSettings>("batch_norm")), "true or false");
  EXPECT_EQ(allowed_values(*find_field<TrainingSettings>("batch")), "0 to 100,000");
  EXPECT_EQ(allowed_values(*find_field<Lane>("gain")), "-1,000,000 to 1,000,000");
}

TEST(Fields, a_field_says_who_reads_it) {
  EXPECT_EQ(readers(*find_field<DataSettings>("factor")), "circles");
  EXPECT_EQ(readers(*find_field<Lane>("value")), "constant");
  EXPECT_EQ(readers(*find_field<Lane>("gain")), "");
  EXPECT_EQ(readers(*find_field<Lane>("omega")), "siren");
  EXPECT_EQ(readers(*find_field<Lane>("slope")), "leaky_relu");
  EXPECT_EQ(readers(*find_field<Lane>("bias_value")), "constant");
  EXPECT_EQ(readers(*find_field<Lane>("activation")), "");
  EXPECT_EQ(find_field<Lane>("sdt"), nullptr);
}

TEST(NearestWord, finds_what_was_meant_and_nothing_where_nothing_is_near) {
  constexpr std::string_view kWords[] = {"learning_rate", "loss", "seed", "steps", "l1", "l2"};
  EXPECT_EQ(nearest_word("learning_rat", kWords), "learning_rate");
  EXPECT_EQ(nearest_word("learnign_rate", kWords), "learning_rate");  // two neighbours swapped
  EXPECT_EQ(nearest_word("LearningRate", kWords), "learning_rate");
  EXPECT_EQ(nearest_word("sede", kWords), "seed");
  EXPECT_EQ(nearest_word("SEED", kWords), "seed");
  EXPECT_EQ(nearest_word("lr", kWords), "");
  EXPECT_EQ(nearest_word("", kWords), "");
  EXPECT_EQ(nearest_word("momentum", kWords), "");
  EXPECT_EQ(nearest_word(std::string(100000, 'l'), kWords), "");
  EXPECT_EQ(nearest_word("seed", {}), "");
}

TEST(InputText, a_message_is_one_line_of_utf8_whatever_is_quoted) {
  EXPECT_EQ(in_quotes("He"), "\"He\"");
  EXPECT_EQ(in_quotes("a\nb\r\t\x1b[31m"), "\"a\\nb\\r\\t\\x1b[31m\"");
  EXPECT_EQ(in_quotes("\xff\xc3("), "\"\\xff\\xc3(\"");
  EXPECT_EQ(in_quotes("π ≤ 4"), "\"π ≤ 4\"");
  EXPECT_EQ(in_quotes("\xed\xa0\x80"), "\"\\xed\\xa0\\x80\"");  // a lone surrogate
  EXPECT_EQ(in_quotes("a\u2028b\u0085"), "\"a\\xe2\\x80\\xa8b\\xc2\\x85\"");
  EXPECT_EQ(in_quotes(std::string(61, 'x')), '"' + std::string(60, 'x') + "...\"");
  EXPECT_EQ(in_quotes(std::string(60, 'x')), '"' + std::string(60, 'x') + '"');
}

TEST(InputText, numbers_are_written_with_commas_and_exactly) {
  EXPECT_EQ(format_number(0), "0");
  EXPECT_EQ(format_number(999), "999");
  EXPECT_EQ(format_number(1000), "1,000");
  EXPECT_EQ(format_number(-1234567), "-1,234,567");
  EXPECT_EQ(format_number(0.05), "0.05");
  EXPECT_EQ(format_number(1e300), "1e+300");
}

}  // namespace
}  // namespace initlab
