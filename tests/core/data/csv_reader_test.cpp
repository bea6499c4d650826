// The walk through comma-separated text: what is a cell, a line, a number.
#include "core/data/csv_reader.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace initlab {
namespace {

using Lines = std::vector<std::vector<std::string>>;

Lines lines_of(std::string_view text, char separator = ',') {
  CsvReader reader(text, separator, 100);
  Lines lines;
  while (reader.next()) {
    lines.emplace_back();
    for (const CsvCell& cell : reader.cells()) lines.back().push_back(cell.value());
    EXPECT_EQ(lines.back().size(), reader.cell_count());
  }
  EXPECT_FALSE(reader.error().has_value()) << *reader.error();
  return lines;
}

TEST(CsvReader, cells_stand_between_commas_without_the_spaces_around_them) {
  EXPECT_EQ(lines_of("a,b\nc,d\n"), (Lines{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(lines_of(" a , b c \t,\td"), (Lines{{"a", "b c", "d"}}));
  EXPECT_EQ(lines_of("a,,b"), (Lines{{"a", "", "b"}}));
  EXPECT_EQ(lines_of("a,b,"), (Lines{{"a", "b", ""}}));
  EXPECT_EQ(lines_of(",\n"), (Lines{{"", ""}}));
  EXPECT_EQ(lines_of("a;b,c", ';'), (Lines{{"a", "b,c"}}));
  EXPECT_EQ(lines_of(" a\t b\t\t", '\t'), (Lines{{"a", "b", "", ""}}));
}

TEST(CsvReader, quotes_hold_a_cell_together) {
  EXPECT_EQ(lines_of("\"a, b\",c"), (Lines{{"a, b", "c"}}));
  EXPECT_EQ(lines_of(" \"a\" , \" b \""), (Lines{{"a", " b "}}));
  EXPECT_EQ(lines_of("\"say \"\"yes\"\"\",\"\"\"\""), (Lines{{"say \"yes\"", "\""}}));
  EXPECT_EQ(lines_of("\"\",a"), (Lines{{"", "a"}}));
  EXPECT_EQ(lines_of("5\" pipe,a"), (Lines{{"5\" pipe", "a"}}));
  EXPECT_EQ(lines_of("\"a\nb\",c\nd,e"), (Lines{{"a\nb", "c"}, {"d", "e"}}));
}

TEST(CsvReader, lines_end_as_any_system_ends_them_and_blank_ones_are_passed_over) {
  const Lines expected{{"a", "b"}, {"c", "d"}};
  for (const char* text : {"a,b\nc,d", "a,b\r\nc,d\r\n", "a,b\rc,d\r", "\n\na,b\n  \n\t\nc,d\n\n",
                           "\xEF\xBB\xBF"
                           "a,b\nc,d"}) {
    EXPECT_EQ(lines_of(text), expected) << text;
  }
  for (const char* text : {"", "\n", "\r\n\r\n", "   ", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n"}) {
    EXPECT_EQ(lines_of(text), Lines{}) << text;
  }
  EXPECT_EQ(lines_of("\"\"\n"), (Lines{{""}})) << "an empty cell in quotes is there";
}

TEST(CsvReader, lines_are_counted_as_an_editor_counts_them) {
  CsvReader reader("\n\na,b\r\n\r\n\"c\nd\ne\",f\ng,h\n", ',', 100);
  std::vector<std::size_t> lines;
  while (reader.next()) lines.push_back(reader.line());
  EXPECT_EQ(lines, (std::vector<std::size_t>{3, 5, 8}));
}

TEST(CsvReader, a_line_of_any_length_takes_no_more_cells_than_the_limit) {
  const std::string text(100000, ',');
  CsvReader reader(text, ',', 10);
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.cells().size(), 10U);
  EXPECT_EQ(reader.cell_count(), 100001U);
}

TEST(CsvReader, wrong_quotes_are_errors_at_their_line) {
  for (const char* text :
       {"a,b\n\"c,d\n", "a,b\n\"c\" d,e\n", "a,b\nc,\"", "a,b\nc,\"d\"\"", "a,b\n\"c\"\"\"x,d"}) {
    CsvReader reader(text, ',', 100);
    EXPECT_TRUE(reader.next()) << text;
    EXPECT_FALSE(reader.next()) << text;
    ASSERT_TRUE(reader.error().has_value()) << text;
    EXPECT_NE(reader.error()->find("allowed"), std::string::npos) << *reader.error();
    EXPECT_EQ(reader.line(), 2U) << text;
  }
}

TEST(CsvSeparator, is_a_comma_unless_the_first_line_has_none) {
  EXPECT_EQ(csv_separator("a,b"), ',');
  EXPECT_EQ(csv_separator("a;b,c"), ',');
  EXPECT_EQ(csv_separator("a;b\n1,2"), ';');
  EXPECT_EQ(csv_separator("\n\r\n a\tb\n1,2"), '\t');
  EXPECT_EQ(csv_separator("\"a, b\";c"), ';');
  EXPECT_EQ(csv_separator("\xEF\xBB\xBF"
                          "a;b"),
            ';');
  EXPECT_EQ(csv_separator("a b"), ',');
  EXPECT_EQ(csv_separator(""), ',');
}

TEST(CsvNumber, is_what_is_a_number_as_a_whole) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(csv_number("1"), 1.0);
  EXPECT_EQ(csv_number("-1.25e3"), -1250.0);
  EXPECT_EQ(csv_number("+.5"), 0.5);
  EXPECT_EQ(csv_number(" 7. "), 7.0);
  EXPECT_EQ(csv_number("0.1"), 0.1);
  EXPECT_EQ(csv_number("1e-400"), 0.0);
  EXPECT_EQ(csv_number("1e400"), kInfinity);
  EXPECT_EQ(csv_number("-1e400"), -kInfinity);
  EXPECT_EQ(csv_number("inf"), kInfinity);
  ASSERT_TRUE(csv_number("nan").has_value());
  EXPECT_TRUE(std::isnan(*csv_number("nan")));
  for (const char* text :
       {"", " ", "+", "-", "+-1", "++1", "1 2", "1,5", "0x10", "1e", "abc", "1a", "--1", "e5"}) {
    EXPECT_FALSE(csv_number(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace initlab
