// Tables in files: what becomes of them, and what is said of those that are wrong.
#include "core/data/csv.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/numeric/random.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;

// A folder for the files of one test, gone with it.
class Csv : public testing::Test {
 protected:
  Csv() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / ("initlab_csv_" + std::string(info->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~Csv() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  static DataSettings plain() {
    DataSettings settings;
    settings.kind = DatasetId::kCsv;
    settings.path = "t.csv";
    settings.test_samples = 0;
    return settings;
  }

  std::variant<Dataset, DataError> load(const std::string& text, const DataSettings& settings,
                                        TargetKind targets = TargetKind::kClasses) const {
    write("t.csv", text);
    return load_dataset(settings, folder_, targets);
  }

  Dataset read(const std::string& text, const DataSettings& settings = plain(),
               TargetKind targets = TargetKind::kClasses) const {
    auto loaded = load(text, settings, targets);
    if (const auto* error = std::get_if<DataError>(&loaded)) {
      ADD_FAILURE() << error->message;
      return {};
    }
    return std::get<Dataset>(loaded);
  }

  // One line, or empty where the file was read.
  std::string error(const std::string& text, const DataSettings& settings = plain(),
                    TargetKind targets = TargetKind::kClasses) const {
    auto loaded = load(text, settings, targets);
    const auto* error = std::get_if<DataError>(&loaded);
    if (!error) return {};
    EXPECT_EQ(error->message.find('\n'), std::string::npos) << error->message;
    return error->message;
  }

  fs::path folder_;
};

using Numbers = std::vector<double>;

Numbers row(const Matrix& matrix, std::size_t r) {
  const auto values = matrix.row_span(r);
  return {values.begin(), values.end()};
}

DataSettings labelled(const std::string& label) {
  DataSettings settings;
  settings.kind = DatasetId::kCsv;
  settings.path = "t.csv";
  settings.test_samples = 0;
  settings.label = label;
  return settings;
}

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

TEST_F(Csv, a_wrong_cell_is_named_by_line_and_column_and_quoted) {
  const std::string head = "height,width,species\n";
  EXPECT_EQ(
      error(head + "1,2,a\n\n3,abc,b\n"),
      "t.csv: line 4, column 2 (\"width\"): \"abc\" is not a number; allowed: numbers in every column but "
      "\"species\"");
  EXPECT_EQ(error(head + "1,2,a\n,3,b\n"),
            "t.csv: line 3, column 1 (\"height\"): the cell is empty; allowed: numbers in every column but "
            "\"species\"");
  for (const char* cell : {"nan", "inf", "-inf", "1e999", "NaN"}) {
    EXPECT_EQ(error(head + "1,2,a\n3," + cell + ",b\n"),
              "t.csv: line 3, column 2 (\"width\"): \"" + std::string(cell) +
                  "\" is not a finite number; allowed: numbers in every column but \"species\"");
  }
  EXPECT_EQ(
      error("1,2,a\n3,\"x\ty\"\"\",b\n"),
      "t.csv: line 2, column 2: \"x\\ty\"\" is not a number; allowed: numbers in every column but column 3");
  const std::string long_cell = error("1,2,a\n3," + std::string(100000, 'x') + ",b\n");
  EXPECT_LT(long_cell.size(), 200U);
  EXPECT_NE(long_cell.find("xxx...\""), std::string::npos) << long_cell;
}

TEST_F(Csv, a_line_of_other_length_is_an_error) {
  EXPECT_EQ(error("a,b,c\n1,2,x\n1,2\n"), "t.csv: line 3: 2 columns; allowed: 3, as in line 1");
  EXPECT_EQ(error("\n1,2,x\n1,2,3,y\n"), "t.csv: line 3: 4 columns; allowed: 3, as in line 2");
}

TEST_F(Csv, a_label_column_that_is_not_there_is_an_error_that_names_those_that_are) {
  const std::string text = "width,height,species\n1,2,a\n3,4,b\n";
  EXPECT_EQ(error(text, labelled("speceis")),
            "t.csv: data.label \"speceis\" is no column; did you mean \"species\"?");
  EXPECT_EQ(error(text, labelled("target")),
            "t.csv: data.label \"target\" is no column; allowed: width, height, species, or 1 to 3");
  for (const char* label : {"4", "0", "99999999999999999999"}) {
    EXPECT_EQ(error(text, labelled(label)),
              "t.csv: data.label \"" + std::string(label) +
                  "\" is no column; allowed: width, height, species, or 1 to 3");
  }
  EXPECT_EQ(error("1,2,3\n4,5,6\n", labelled("species")),
            "t.csv: data.label \"species\" is no column, and the first line has no names; allowed: 1 to 3");
  std::string wide, line;
  for (int i = 0; i < 100; ++i) wide += "column_" + std::to_string(i) + ",", line += "1,";
  EXPECT_NE(error(wide + "y\n" + line + "a\n", labelled("target")).find("column_19 and 81 more"),
            std::string::npos);
}

TEST_F(Csv, labels_must_be_there_and_be_two_to_ten) {
  EXPECT_EQ(error("x,class\n1,a\n2,\n"),
            "t.csv: line 3, column 2 (\"class\"): the cell is empty; allowed: what is to be learned");
  EXPECT_EQ(error("x,class\n1,a\n2,a\n"),
            "t.csv: column 2 (\"class\"): one label only, \"a\"; allowed: 2 to 10");
  EXPECT_EQ(
      error("x,class\n1,0\n2,1\n3,nan\n"),
      "t.csv: line 4, column 2 (\"class\"): \"nan\" is not a finite number; allowed: labels, all numbers or "
      "all text");
  std::string numbers = "x,price\n", texts = "x,name\n";
  for (int i = 0; i < 11; ++i) {
    numbers += "1," + std::to_string(i) + ".5\n";
    texts += "1,n" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(
      error(numbers),
      "t.csv: column 2 (\"price\"): 11 different labels; allowed: 2 to 10; with a linear output the column "
      "is learned as numbers");
  EXPECT_EQ(error(texts), "t.csv: column 2 (\"name\"): 11 different labels; allowed: 2 to 10");
  for (int i = 11; i < 3000; ++i) numbers += "1," + std::to_string(i) + ".5\n";
  EXPECT_NE(error(numbers).find("more than 1,000 different labels"), std::string::npos);
}

TEST_F(Csv, a_thousand_spellings_of_two_numbers_are_refused) {
  std::string text;
  for (int i = 0; i < 1200; ++i)
    text += "1," + std::to_string(i % 2) + "." + std::string(static_cast<std::size_t>(i), '0') + "\n";
  EXPECT_NE(error(text).find("more than 1,000 different labels"), std::string::npos) << error(text);
}

TEST_F(Csv, a_linear_output_refuses_text) {
  EXPECT_EQ(
      error("x,species\n1,2\n3,setosa\n", plain(), TargetKind::kNumbers),
      "t.csv: line 3, column 2 (\"species\"): \"setosa\" is not a number; allowed: numbers, because a linear "
      "output learns numbers");
}

TEST_F(Csv, a_table_without_rows_or_with_one_column_is_an_error) {
  EXPECT_EQ(error(""), "t.csv: no lines; allowed: a line for every sample");
  EXPECT_EQ(error("\n\r\n  \n"), "t.csv: no lines; allowed: a line for every sample");
  EXPECT_EQ(error("a,b,c\n"), "t.csv: no rows; allowed: a line for every sample");
  EXPECT_EQ(error("a\n1\n2\n"),
            "t.csv: line 1: one column; allowed: at least one of numbers and one to learn, parted by commas, "
            "semicolons or tabs");
}

TEST_F(Csv, more_columns_than_a_network_takes_are_an_error) {
  std::string most;
  for (int i = 0; i < 4096; ++i) most += "1,";
  EXPECT_EQ(error(most + "a\n" + most + "b\n"), "");
  EXPECT_EQ(error(most + "1,a\n"), "t.csv: line 1: 4,098 columns; allowed: up to 4,096 and the one to learn");
  EXPECT_EQ(error(std::string(1000000, ',')),
            "t.csv: line 1: 1,000,001 columns; allowed: up to 4,096 and the one to learn");
}

TEST_F(Csv, more_test_samples_than_rows_are_an_error) {
  DataSettings settings = plain();
  settings.test_samples = 2;
  EXPECT_EQ(error("1,a\n2,b\n", settings), "t.csv: data.test_samples 2 of 2 rows; allowed: 0 to 1");
  settings.test_samples = 1;
  EXPECT_EQ(error("1,a\n2,b\n", settings), "");
}

TEST_F(Csv, wrong_quotes_are_errors_with_their_line) {
  EXPECT_EQ(
      error("x,class\n1,a\n2,\"b\n3,a\n").find("t.csv: line 3: a quoted cell begins here and never ends"),
      0U);
  EXPECT_EQ(error("\"x,class\n1,a\n").find("t.csv: line 1: a quoted cell"), 0U);
  EXPECT_EQ(error("x,class\n1,\"a\"b\n").find("t.csv: line 2: text follows a closing quote"), 0U);
}

TEST_F(Csv, what_is_no_text_file_is_an_error) {
  EXPECT_EQ(error(std::string("a,b\n1,\0\n", 8)),
            "t.csv: line 2: a zero byte, so this is not text; allowed: CSV in UTF-8");
  std::string garbage;
  NumpyRandom random(1);
  for (int i = 0; i < 5000; ++i) garbage += static_cast<char>(1 + random.interval(254));
  EXPECT_NE(error(garbage), "");
  DataSettings settings = plain();
  settings.path = "missing.csv";
  EXPECT_EQ(error("1,a\n2,b\n", settings),
            "missing.csv: no such file, neither from the experiment's folder nor from the working directory; "
            "allowed: a CSV file");
  settings.path = ".";
  EXPECT_EQ(error("1,a\n2,b\n", settings), ".: a folder; allowed: a CSV file");
  settings.path = "/dev/null";
  EXPECT_EQ(error("1,a\n2,b\n", settings), "/dev/null: not a regular file; allowed: a CSV file");
  settings.path = "";
  EXPECT_EQ(error("1,a\n2,b\n", settings), "data.path is empty; allowed: the path of a CSV file");
  settings.path = "t.csv/under";
  EXPECT_NE(error("1,a\n2,b\n", settings), "");
}

TEST_F(Csv, a_file_larger_than_the_bound_is_refused_before_it_is_read) {
  write("t.csv", "1,a\n");
  fs::resize_file(folder_ / "t.csv", kMaximumCsvBytes + 1);
  const auto loaded = load_dataset(plain(), folder_, TargetKind::kClasses);
  ASSERT_TRUE(std::holds_alternative<DataError>(loaded));
  EXPECT_EQ(std::get<DataError>(loaded).message, "t.csv: 1,073,741,825 bytes; allowed: up to 1,073,741,824");
}

TEST_F(Csv, names_and_labels_that_are_no_utf_8_are_escaped) {
  const Dataset data = read("w\xE4,class\n1,gr\xFC\n2,b\n");
  EXPECT_EQ(data.class_names, (std::vector<std::string>{"b", "gr\\xfc"}));
  EXPECT_NE(error("w\xE4,class\nx,a\n2,b\n").find("column 1 (\"w\\xe4\")"), std::string::npos);
}

TEST_F(Csv, numbers_too_large_once_standardized_are_an_error) {
  DataSettings settings = plain();
  settings.standardize = true;
  EXPECT_EQ(row(read("a,b\n1e308,x\n1.5e308,y\n", settings).train.x, 0), (Numbers{-1, 1}));
  EXPECT_EQ(
      error("a,b\n-1.7e308,x\n1.7e308,y\n1.7e308,x\n", settings),
      "t.csv: column 1 (\"a\"): too large once it is standardized; allowed: numbers nearer to each other, or "
      "data.standardize false");
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
