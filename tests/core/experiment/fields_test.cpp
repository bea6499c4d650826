// The rows of the settings: each says what it is, and each is held to its range by every way in.
#include "core/experiment/fields.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "core/experiment/experiment_json.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

Experiment with_lanes() {
  Experiment experiment;
  experiment.lanes = course_lanes();
  return experiment;
}

// Calls visit(field, section, path prefix) for every row of every section, on an experiment whose kinds read
// it.
template <class Section, class Visit>
void for_each_field(Section& (*section_of)(Experiment&), const std::string& prefix, Visit visit) {
  for (const Field<Section>& field : fields<Section>()) {
    Experiment experiment = with_lanes();
    Section& section = section_of(experiment);
    if constexpr (std::is_same_v<Section, Lane>) {
      for (const Scheme& row : schemes()) {
        if (!applies(field, section)) section.scheme = row.kind;
      }
    }
    ASSERT_TRUE(applies(field, section)) << prefix << field.key;
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
  EXPECT_GE(paths.size(), 29U);
}

TEST(Fields, every_default_lies_in_its_range) {
  for_each_field([](const auto& field, Experiment& experiment, auto section_of, const std::string& path) {
    const FieldValue member = field.member(section_of(experiment));
    if (!is_number(member)) return;
    EXPECT_GE(number_in(member), field.minimum) << path;
    EXPECT_LE(number_in(member), field.maximum) << path;
  });
}

TEST(Fields, every_number_is_taken_at_both_ends_of_its_range_and_refused_beyond) {
  for_each_field([](const auto& field, Experiment& experiment, auto section_of, const std::string& path) {
    if (!is_number(field.member(section_of(experiment)))) return;
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
    // Cross entropy and a linear output do not go together.
    if (path == "network.output") experiment.training.loss = LossId::kMeanSquaredError;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto error = set_by_path(experiment, path, ids[i].id);
      ASSERT_FALSE(error) << path << ": " << error->message;
      EXPECT_EQ(choice_index(field.member(section_of(experiment))), i) << path;
      EXPECT_FALSE(ids[i].label.empty()) << path;
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
      set_choice(field.member(section_of(experiment)), i);
      EXPECT_EQ(choice_index(field.member(section_of(experiment))), i) << path;
    }
  });
}

TEST(Fields, every_kind_of_member_refuses_a_value_of_another_kind) {
  for_each_field([](const auto& field, Experiment& experiment, auto section_of, const std::string& path) {
    const Experiment before = experiment;
    const bool takes_any_text = std::holds_alternative<std::string*>(field.member(section_of(experiment)));
    for (const std::string text : {"{}", "null", "nan", "1e999", "[[1]]", "\"\"", "--", ""}) {
      if (takes_any_text) continue;
      if (path == "network.hidden" && text.empty()) continue;  // no hidden layer
      const auto error = set_by_path(experiment, path, text);
      ASSERT_TRUE(error) << path << " took " << text;
      EXPECT_TRUE(error->message.starts_with(path + ": ")) << error->message;
      EXPECT_EQ(experiment, before) << path;
    }
  });
}

TEST(Fields, ranges_are_written_as_people_write_them) {
  EXPECT_EQ(allowed_values(*find_field<DataSettings>("samples")), "1 to 100,000");
  EXPECT_EQ(allowed_values(*find_field<DataSettings>("seed")), "0 to 4,294,967,295");
  EXPECT_EQ(allowed_values(*find_field<DataSettings>("factor")), "0 to below 1");
  EXPECT_EQ(allowed_values(*find_field<DataSettings>("kind")), "circles, moons, blobs, xor, spiral");
  EXPECT_EQ(allowed_values(*find_field<NetworkSettings>("hidden")), "up to 100 layers of 1 to 4,096 units");
  EXPECT_EQ(allowed_values(*find_field<NetworkSettings>("batch_norm")), "false");
  EXPECT_EQ(allowed_values(*find_field<TrainingSettings>("batch")), "0 (the full batch)");
  EXPECT_EQ(allowed_values(*find_field<Lane>("gain")), "-1,000,000 to 1,000,000");
}

TEST(Fields, a_field_says_who_reads_it) {
  EXPECT_EQ(readers(*find_field<DataSettings>("factor")), "circles");
  EXPECT_EQ(readers(*find_field<Lane>("value")), "constant");
  EXPECT_EQ(readers(*find_field<Lane>("gain")), "");
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
