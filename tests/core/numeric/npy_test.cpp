// numpy's array files: the bytes that numpy.save writes, and every type, order and fault on the way back.
#include "core/numeric/npy.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <vector>

namespace initlab {
namespace {

// A file as numpy writes it, with any dictionary and any numbers.
template <class T>
std::string npy(const std::string& dictionary, const std::vector<T>& numbers, int version = 1) {
  std::string bytes = "\x93NUMPY";
  bytes += static_cast<char>(version);
  bytes += '\0';
  bytes += static_cast<char>(dictionary.size());
  bytes.append(version == 1 ? 1 : 3, '\0');
  bytes += dictionary;
  const std::size_t at = bytes.size();
  bytes.resize(at + numbers.size() * sizeof(T));
  std::memcpy(bytes.data() + at, numbers.data(), numbers.size() * sizeof(T));
  return bytes;
}
std::string dictionary(const std::string& type, const std::string& shape,
                       const std::string& order = "False") {
  return "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
}

Matrix matrix(std::size_t rows, std::size_t columns, const std::vector<double>& values) {
  Matrix m(rows, columns);
  for (std::size_t i = 0; i < values.size(); ++i) m(i / columns, i % columns) = values[i];
  return m;
}

NpyArray read(const std::string& bytes) {
  const auto result = read_npy(bytes, 4096);
  if (const auto* error = std::get_if<NpyError>(&result)) {
    ADD_FAILURE() << error->message;
    return {};
  }
  return std::get<NpyArray>(result);
}
std::string error_of(const std::string& bytes) {
  const auto result = read_npy(bytes, 4096);
  return std::holds_alternative<NpyError>(result) ? std::get<NpyError>(result).message : "";
}

TEST(npy, a_matrix_is_written_byte_for_byte_as_numpy_saves_it) {
  // numpy.save of numpy.arange(6.).reshape(2, 3), numpy 1.24: 128 bytes of header.
  const std::string bytes = npy_bytes(matrix(2, 3, {0, 1, 2, 3, 4, 5}));
  std::string header("\x93NUMPY\x01\x00v\x00", 10);
  header += "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }";
  header += std::string(127 - header.size(), ' ') + "\n";
  ASSERT_EQ(bytes.size(), 128U + 6 * 8);
  EXPECT_EQ(bytes.substr(0, 128), header);
  double last = 0;
  std::memcpy(&last, bytes.data() + 128 + 40, 8);
  EXPECT_EQ(last, 5);
}

TEST(npy, numbers_begin_at_a_multiple_of_64_whatever_the_shape) {
  for (const std::size_t side : {1U, 9U, 10U, 99U, 100U, 1000U, 4096U}) {
    EXPECT_EQ((npy_bytes(Matrix(1, side)).size() - side * 8) % 64, 0U) << side;
    EXPECT_EQ((npy_bytes(std::vector<double>(side)).size() - side * 8) % 64, 0U) << side;
  }
}

TEST(npy, what_is_written_is_read_again) {
  const Matrix values = matrix(3, 2, {1, -0.0, 3e-320, 4e300, 5, 0.1});
  const NpyArray two = read(npy_bytes(values));
  EXPECT_EQ(two.values, values);
  EXPECT_EQ(two.dimensions, 2U);
  const NpyArray one = read(npy_bytes(std::vector<double>{1, 2, 3}));
  EXPECT_EQ(one.values, matrix(1, 3, {1, 2, 3}));
  EXPECT_EQ(one.dimensions, 1U);
}

TEST(npy, both_orders_mean_the_same_matrix) {
  const std::vector<double> by_rows = {1, 2, 3, 4, 5, 6};
  const std::vector<double> by_columns = {1, 4, 2, 5, 3, 6};
  EXPECT_EQ(read(npy(dictionary("<f8", "(2, 3)"), by_rows)).values, matrix(2, 3, by_rows));
  EXPECT_EQ(read(npy(dictionary("<f8", "(2, 3)", "True"), by_columns)).values, matrix(2, 3, by_rows));
}

template <class T>
void expect_type_is_read(const char* name, const std::vector<T>& numbers) {
  const Matrix values = read(npy(dictionary(name, "(2,)"), numbers)).values;
  EXPECT_EQ(values(0, 0), static_cast<double>(numbers[0])) << name;
  EXPECT_EQ(values(0, 1), static_cast<double>(numbers[1])) << name;
}

TEST(npy, floats_integers_and_booleans_are_read) {
  expect_type_is_read<float>("<f4", {0.5F, -3e38F});
  expect_type_is_read<std::int64_t>("<i8", {-5, 1LL << 40});
  expect_type_is_read<std::int32_t>("<i4", {-5, 70000});
  expect_type_is_read<std::int16_t>("<i2", {-5, 700});
  expect_type_is_read<std::int8_t>("|i1", {-5, 100});
  expect_type_is_read<std::uint64_t>("<u8", {5, 1ULL << 63});
  expect_type_is_read<std::uint32_t>("<u4", {5, 4000000000U});
  expect_type_is_read<std::uint16_t>("<u2", {5, 65535});
  expect_type_is_read<std::uint8_t>("|u1", {5, 255});
  expect_type_is_read<std::uint8_t>("|b1", {0, 1});
}

TEST(npy, later_versions_and_other_spellings_of_the_header_are_read) {
  const std::vector<double> numbers = {1, 2};
  for (const int version : {2, 3})
    EXPECT_EQ(read(npy(dictionary("<f8", "(2,)"), numbers, version)).values, matrix(1, 2, numbers));
  const std::string other = R"({ "shape" :(1 , 2) ,"fortran_order":True, 'descr':"<f8"}   )";
  EXPECT_EQ(read(npy(other, numbers)).values, matrix(1, 2, numbers));
}

TEST(npy, what_cannot_be_read_is_quoted_with_what_can) {
  const std::vector<double> two = {1, 2};
  EXPECT_EQ(error_of(npy(dictionary("<c16", "(1,)"), two)),
            "type \"<c16\"; allowed: <f8, <f4, <i8, <i4, <i2, |i1, <u8, <u4, <u2, |u1, |b1");
  EXPECT_EQ(error_of(npy(dictionary(">f8", "(2,)"), two)).substr(0, 21), "type \">f8\"; allowed: ");
  EXPECT_EQ(error_of(npy(dictionary("<f8", "()"), two)), "0 dimensions; allowed: 1 or 2");
  EXPECT_EQ(error_of(npy(dictionary("<f8", "(1, 1, 2)"), two)), "3 dimensions; allowed: 1 or 2");
  EXPECT_EQ(error_of(npy(dictionary("<f8", "(0, 2)"), two)), "a side of 0; allowed: 1 to 4096");
  EXPECT_EQ(error_of(npy(dictionary("<f8", "(4097, 1)"), two)), "a side of 4097; allowed: 1 to 4096");
  EXPECT_EQ(error_of(npy(dictionary("<f8", "(3,)"), two)),
            "16 bytes of numbers where the header claims 1 x 3 of 8 bytes");
  EXPECT_EQ(error_of(npy(dictionary("<f8", "(4096, 4096)"), two)),
            "16 bytes of numbers where the header claims 4096 x 4096 of 8 bytes");
}

TEST(npy, what_is_no_array_is_refused) {
  const std::string good = npy_bytes(std::vector<double>{1, 2});
  for (std::size_t length = 0; length < good.size(); ++length)
    EXPECT_NE(error_of(good.substr(0, length)), "");
  EXPECT_EQ(error_of("PK"), "not an array in numpy's .npy format, versions 1 to 3");
  const std::vector<double> two = {1, 2};
  EXPECT_EQ(error_of(npy(dictionary("<f8", "(2,)"), two, 4)),
            "not an array in numpy's .npy format, versions 1 to 3");
  for (const char* const wrong :
       {"", "{", "{'descr'", "{'descr': }", "{'shape': (2,)", "{'shape': (2 3)}", "{'shape': (-2,)}",
        "{'shape': (99999999999999999999,)}", "{'colour': 'red'}", "{'fortran_order': Maybe}",
        "{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (2,)}"}) {
    EXPECT_TRUE(error_of(npy(wrong, two)).starts_with("header \""))
        << wrong << ": " << error_of(npy(wrong, two));
  }
}

}  // namespace
}  // namespace initlab
