// Tables in files, and what becomes of them.
#include "core/data/csv.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "core/numeric/random.h"
#include "tests/core/data/csv_fixture.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;

TEST_F(Csv, the_last_column_is_learned_and_the_others_are_features) {
  const Dataset data = read("a,b,class\n1,2,0\n3,4.5,1\n-5e-1,6,0\n");
  EXPECT_EQ(data.train.x.rows(), 2U);
  EXPECT_EQ(row(data.train.x, 0), (Numbers{1, 3, -0.5}));
  EXPECT_EQ(row(data.train.x, 1), (Numbers{2, 4.5, 6}));
  EXPECT_EQ(row(data.train.y, 0), (Numbers{0, 1, 0}));
  EXPECT_EQ(data.classes, 2U);
  EXPECT_EQ(data.test.count(), 0U);
  EXPECT_EQ(data.class_names, (std::vector<std::string>{"0", "1"}));
}

TEST_F(Csv, a_first_line_of_numbers_is_a_sample) {
  EXPECT_EQ(row(read("1,2,x\n3,4,y\n").train.x, 0), (Numbers{1, 3}));
  EXPECT_EQ(row(read("1,2,0\n3,4,1\n").train.y, 0), (Numbers{0, 1}));
}

TEST_F(Csv, the_settings_say_whether_there_is_a_header) {
  DataSettings settings = plain();
  settings.header = true;
  EXPECT_EQ(row(read("1,2\n3,4\n5,6\n", settings).train.x, 0), (Numbers{3, 5}));
  settings.header = false;
  EXPECT_EQ(row(read("1,2\n3,4\n5,6\n", settings).train.x, 0), (Numbers{1, 3, 5}));
  EXPECT_EQ(error("a,b\n3,4\n5,6\n", settings),
            "t.csv: line 1, column 1: \"a\" is not a number; allowed: numbers in every column but column 2");
}

TEST_F(Csv, the_label_is_found_by_name_or_number) {
  const std::string named = "a,class,b\n1,x,2\n3,y,4\n";
  for (const char* label : {"class", "2"}) {
    const Dataset data = read(named, labelled(label));
    EXPECT_EQ(row(data.train.x, 0), (Numbers{1, 3})) << label;
    EXPECT_EQ(row(data.train.x, 1), (Numbers{2, 4})) << label;
    EXPECT_EQ(row(data.train.y, 0), (Numbers{0, 1})) << label;
  }
  EXPECT_EQ(row(read("2,7,9\n1,7,8\n", labelled("1")).train.y, 0), (Numbers{1, 0}));
  EXPECT_EQ(row(read("x,3,a\n1,2,3\n4,5,6\n", labelled("3")).train.x, 1), (Numbers{3, 6}))
      << "the column named 3";
  EXPECT_EQ(row(read("10,20,class\n1,2,x\n3,4,y\n", labelled("class")).train.x, 0), (Numbers{1, 3}));
}

TEST_F(Csv, text_labels_are_classes_in_alphabetical_order) {
  const Dataset data = read("w,species\n1,virginica\n2,setosa\n3,\"versi, color\"\n4,setosa\n");
  EXPECT_EQ(data.class_names, (std::vector<std::string>{"setosa", "versi, color", "virginica"}));
  EXPECT_EQ(row(data.train.y, 0), (Numbers{2, 0, 1, 0}));
  EXPECT_EQ(data.classes, 3U);
}

TEST_F(Csv, numeric_labels_are_classes_in_order_of_value_however_they_are_written) {
  const Dataset data = read("1,10\n2,9\n3,-1\n4,9.0\n5,+1e1\n");
  EXPECT_EQ(data.class_names, (std::vector<std::string>{"-1", "9", "10"}));
  EXPECT_EQ(row(data.train.y, 0), (Numbers{2, 1, 0, 1, 2}));
}

TEST_F(Csv, quoted_labels_with_quotes_in_them_are_the_same_label) {
  const Dataset data = read("1,\"say \"\"a\"\"\"\n2,b\n3,\"say \"\"a\"\"\"\n");
  EXPECT_EQ(data.class_names, (std::vector<std::string>{"b", "say \"a\""}));
  EXPECT_EQ(row(data.train.y, 0), (Numbers{1, 0, 1}));
}

TEST_F(Csv, for_a_linear_output_the_column_is_taken_as_numbers) {
  const Dataset data = read("x,y\n1,0.5\n2,-7\n3,1e3\n", plain(), TargetKind::kNumbers);
  EXPECT_EQ(row(data.train.y, 0), (Numbers{0.5, -7, 1000}));
  EXPECT_EQ(data.classes, 0U);
  EXPECT_TRUE(data.class_names.empty());
}

TEST_F(Csv, what_spreadsheets_write_is_read_alike) {
  const Dataset expected = read("x1,x2,class\n1,2,a\n3,4,b\n");
  for (const char* text : {"x1;x2;class\r\n1;2;a\r\n3;4;b\r\n", "x1\tx2\tclass\n1\t2\ta\n3\t4\tb",
                           "\xEF\xBB\xBFx1,x2,class\n\n 1 , 2 , a \n\n\n\"3\",\"4\",\"b\"\n\n",
                           "\"x1\",\"x2\",\"class\"\r1,2,a\r3,4,b\r", "1,2,a\n3,4,b\n"}) {
    const Dataset data = read(text);
    EXPECT_EQ(data.train.x, expected.train.x) << text;
    EXPECT_EQ(data.train.y, expected.train.y) << text;
    EXPECT_EQ(data.class_names, expected.class_names) << text;
  }
}

TEST_F(Csv, test_rows_are_those_of_the_permutation_and_the_others_keep_their_order) {
  std::string text = "x,class\n";
  for (int i = 0; i < 20; ++i) text += std::to_string(i) + "," + (i % 2 == 0 ? "a" : "b") + "\n";
  DataSettings settings = plain();
  settings.test_samples = 6;
  settings.test_seed = 5;
  const Dataset data = read(text, settings);
  const std::vector<std::int64_t> order = NumpyRandom(5).permutation(20);
  ASSERT_EQ(data.test.count(), 6U);
  ASSERT_EQ(data.train.count(), 14U);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(data.test.x(0, i), static_cast<double>(order[i]));
    EXPECT_EQ(data.test.y(0, i), static_cast<double>(order[i] % 2));
  }
  Numbers trained = row(data.train.x, 0);
  EXPECT_TRUE(std::is_sorted(trained.begin(), trained.end()));
  const Numbers tested = row(data.test.x, 0);
  trained.insert(trained.end(), tested.begin(), tested.end());
  std::sort(trained.begin(), trained.end());
  for (std::size_t i = 0; i < 20; ++i) EXPECT_EQ(trained[i], static_cast<double>(i));
}

TEST_F(Csv, standardized_features_have_mean_0_and_deviation_1_over_the_training_rows) {
  std::string text = "a,b,c,class\n";
  NumpyRandom random(3);
  for (int i = 0; i < 200; ++i) {
    text += std::to_string(1e6 + random.randn()) + "," + std::to_string(1e3 * random.randn()) + ",0.1," +
            (i % 2 == 0 ? "a\n" : "b\n");
  }
  DataSettings settings = plain();
  settings.test_samples = 50;
  const Dataset raw = read(text, settings);
  settings.standardize = true;
  const Dataset data = read(text, settings);
  for (std::size_t f = 0; f < 2; ++f) {
    double sum = 0, sum_of_squares = 0;
    for (const double x : data.train.x.row_span(f)) {
      sum += x;
      sum_of_squares += x * x;
    }
    EXPECT_NEAR(sum / 150, 0, 1e-9);
    EXPECT_NEAR(sum_of_squares / 150, 1, 1e-9);
    // The test rows went the same way as the training rows, with the same numbers.
    const double scale = (data.train.x(f, 1) - data.train.x(f, 0)) / (raw.train.x(f, 1) - raw.train.x(f, 0));
    EXPECT_NEAR(data.test.x(f, 0), data.train.x(f, 0) + scale * (raw.test.x(f, 0) - raw.train.x(f, 0)), 1e-6);
  }
  for (const double x : data.train.x.row_span(2)) EXPECT_EQ(x, 0) << "a constant column is only centred";
  for (const double x : data.test.x.row_span(2)) EXPECT_EQ(x, 0);
}

TEST_F(Csv, a_path_starts_at_the_folder_or_at_the_working_directory_or_stands_alone) {
  const fs::path before = fs::current_path();
  fs::create_directories(folder_ / "experiments");
  fs::create_directories(folder_ / "elsewhere");
  write("experiments/here.csv", "1,a\n2,b\n");
  write("elsewhere/here.csv", "7,a\n8,b\n");
  write("elsewhere/there.csv", "3,a\n4,b\n");
  fs::current_path(folder_ / "elsewhere");
  const auto first_of = [&](const std::string& path) {
    DataSettings settings = plain();
    settings.path = path;
    auto loaded = load_dataset(settings, folder_ / "experiments", TargetKind::kClasses);
    const auto* data = std::get_if<Dataset>(&loaded);
    return data ? data->train.x(0, 0) : -1;
  };
  EXPECT_EQ(first_of("here.csv"), 1);
  EXPECT_EQ(first_of("there.csv"), 3);
  EXPECT_EQ(first_of((folder_ / "elsewhere/here.csv").string()), 7);
  EXPECT_EQ(first_of("nowhere.csv"), -1);
  fs::current_path(before);
}

TEST_F(Csv, two_hundred_thousand_rows_are_read_number_by_number) {
  constexpr std::size_t kRows = 200000;
  NumpyRandom random(9);
  std::string text = "x1,x2,class\n";
  std::vector<double> first(kRows);
  for (std::size_t i = 0; i < kRows; ++i) {
    first[i] = static_cast<double>(static_cast<std::int64_t>(random.interval(2000000)) - 1000000) / 1024;
    text += std::to_string(first[i] * 1024) + "," + std::to_string(i) + (first[i] > 0 ? ",up\n" : ",down\n");
  }
  const Dataset data = read(text);
  ASSERT_EQ(data.train.count(), kRows);
  EXPECT_EQ(data.class_names, (std::vector<std::string>{"down", "up"}));
  for (std::size_t i = 0; i < kRows; ++i) {
    ASSERT_EQ(data.train.x(0, i), first[i] * 1024) << i;
    ASSERT_EQ(data.train.x(1, i), static_cast<double>(i));
    ASSERT_EQ(data.train.y(0, i), first[i] > 0 ? 1 : 0) << i;
  }
}

}  // namespace
}  // namespace initlab
