// What is said of tables that are wrong: one line with the place, the value and what is allowed.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/data/csv.h"
#include "core/numeric/random.h"
#include "tests/core/data/csv_fixture.h"

namespace initlab {
namespace {

using CsvErrors = Csv;

TEST_F(CsvErrors, a_wrong_cell_is_named_by_line_and_column_and_quoted) {
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

TEST_F(CsvErrors, a_line_of_other_length_is_an_error) {
  EXPECT_EQ(error("a,b,c\n1,2,x\n1,2\n"), "t.csv: line 3: 2 columns; allowed: 3, as in line 1");
  EXPECT_EQ(error("\n1,2,x\n1,2,3,y\n"), "t.csv: line 3: 4 columns; allowed: 3, as in line 2");
}

TEST_F(CsvErrors, a_label_column_that_is_not_there_is_an_error_that_names_those_that_are) {
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

TEST_F(CsvErrors, labels_must_be_there_and_be_two_to_ten) {
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

TEST_F(CsvErrors, a_thousand_spellings_of_two_numbers_are_refused) {
  std::string text;
  for (int i = 0; i < 1200; ++i)
    text += "1," + std::to_string(i % 2) + "." + std::string(static_cast<std::size_t>(i), '0') + "\n";
  EXPECT_NE(error(text).find("more than 1,000 different labels"), std::string::npos) << error(text);
}

TEST_F(CsvErrors, a_linear_output_refuses_text) {
  EXPECT_EQ(
      error("x,species\n1,2\n3,setosa\n", plain(), TargetKind::kNumbers),
      "t.csv: line 3, column 2 (\"species\"): \"setosa\" is not a number; allowed: numbers, because a linear "
      "output learns numbers");
}

TEST_F(CsvErrors, a_table_without_rows_or_with_one_column_is_an_error) {
  EXPECT_EQ(error(""), "t.csv: no lines; allowed: a line for every sample");
  EXPECT_EQ(error("\n\r\n  \n"), "t.csv: no lines; allowed: a line for every sample");
  EXPECT_EQ(error("a,b,c\n"), "t.csv: no rows; allowed: a line for every sample");
  EXPECT_EQ(error("a\n1\n2\n"),
            "t.csv: line 1: one column; allowed: at least one of numbers and one to learn, parted by commas, "
            "semicolons or tabs");
}

TEST_F(CsvErrors, more_columns_than_a_network_takes_are_an_error) {
  std::string most;
  for (int i = 0; i < 4096; ++i) most += "1,";
  EXPECT_EQ(error(most + "a\n" + most + "b\n"), "");
  EXPECT_EQ(error(most + "1,a\n"), "t.csv: line 1: 4,098 columns; allowed: up to 4,096 and the one to learn");
  EXPECT_EQ(error(std::string(1000000, ',')),
            "t.csv: line 1: 1,000,001 columns; allowed: up to 4,096 and the one to learn");
}

TEST_F(CsvErrors, more_test_samples_than_rows_are_an_error) {
  DataSettings settings = plain();
  settings.test_samples = 2;
  EXPECT_EQ(error("1,a\n2,b\n", settings), "t.csv: data.test_samples 2 of 2 rows; allowed: 0 to 1");
  settings.test_samples = 1;
  EXPECT_EQ(error("1,a\n2,b\n", settings), "");
}

TEST_F(CsvErrors, wrong_quotes_are_errors_with_their_line) {
  EXPECT_EQ(
      error("x,class\n1,a\n2,\"b\n3,a\n").find("t.csv: line 3: a quoted cell begins here and never ends"),
      0U);
  EXPECT_EQ(error("\"x,class\n1,a\n").find("t.csv: line 1: a quoted cell"), 0U);
  EXPECT_EQ(error("x,class\n1,\"a\"b\n").find("t.csv: line 2: text follows a closing quote"), 0U);
}

TEST_F(CsvErrors, what_is_no_text_file_is_an_error) {
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

TEST_F(CsvErrors, a_file_larger_than_the_bound_is_refused_before_it_is_read) {
  write("t.csv", "1,a\n");
  std::filesystem::resize_file(folder_ / "t.csv", kMaximumCsvBytes + 1);
  const auto loaded = load_dataset(plain(), folder_, TargetKind::kClasses);
  ASSERT_TRUE(std::holds_alternative<DataError>(loaded));
  EXPECT_EQ(std::get<DataError>(loaded).message, "t.csv: 1,073,741,825 bytes; allowed: up to 1,073,741,824");
}

TEST_F(CsvErrors, names_and_labels_that_are_no_utf_8_are_escaped) {
  const Dataset data = read("w\xE4,class\n1,gr\xFC\n2,b\n");
  EXPECT_EQ(data.class_names, (std::vector<std::string>{"b", "gr\\xfc"}));
  EXPECT_NE(error("w\xE4,class\nx,a\n2,b\n").find("column 1 (\"w\\xe4\")"), std::string::npos);
}

TEST_F(CsvErrors, numbers_too_large_once_standardized_are_an_error) {
  DataSettings settings = plain();
  settings.standardize = true;
  EXPECT_EQ(row(read("a,b\n1e308,x\n1.5e308,y\n", settings).train.x, 0), (Numbers{-1, 1}));
  EXPECT_EQ(
      error("a,b\n-1.7e308,x\n1.7e308,y\n1.7e308,x\n", settings),
      "t.csv: column 1 (\"a\"): too large once it is standardized; allowed: numbers nearer to each other, or "
      "data.standardize false");
}

}  // namespace
}  // namespace initlab
