// A header of plain text, a Python dictionary of three keys, and the numbers behind it.
#include "core/numeric/npy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "core/numeric/input_text.h"

namespace initlab {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they stand");

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kAlignment = 64;
// numpy leaves room for the first side to grow to this many digits.
constexpr std::size_t kGrowthDigits = 21;

// Magic, version, length and dictionary, padded so that the numbers begin at a multiple of 64 bytes.
std::string header_bytes(std::string_view shape, std::size_t first_side) {
  std::string text = fmt::format("{{'descr': '<f8', 'fortran_order': False, 'shape': {}, }}", shape);
  text.append(kGrowthDigits - std::to_string(first_side).size(), ' ');
  constexpr std::size_t kPreamble = 10;
  text.append(kAlignment - (kPreamble + text.size() + 1) % kAlignment, ' ');
  text += '\n';
  std::string bytes(kMagic);
  bytes += {'\1', '\0', static_cast<char>(text.size() & 0xFFU), static_cast<char>(text.size() >> 8U)};
  return bytes + text;
}

void append_numbers(std::span<const double> values, std::string& bytes) {
  const std::size_t at = bytes.size();
  bytes.resize(at + values.size_bytes());
  if (!values.empty()) std::memcpy(bytes.data() + at, values.data(), values.size_bytes());
}

struct Header {
  std::string_view type;
  bool is_fortran = false;
  std::vector<std::uint64_t> shape;
};

// The dictionary's text, taken apart from the front. Every take returns whether it found what it wants.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool take(std::string_view token) {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \n\t"), rest_.size()));
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }
  bool take_string(std::string_view& value) {
    const bool is_single = take("'");
    if (!is_single && !take("\"")) return false;
    const std::size_t end = rest_.find(is_single ? '\'' : '"');
    if (end == std::string_view::npos) return false;
    value = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return true;
  }
  bool take_shape(std::vector<std::uint64_t>& sides) {
    if (!take("(")) return false;
    while (!take(")")) {
      std::uint64_t side = 0;
      take("");  // spaces
      const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), side);
      if (error != std::errc()) return false;
      rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
      sides.push_back(side);
      if (!take(",")) return take(")");
    }
    return true;
  }

 private:
  std::string_view rest_;
};

bool take_entry(Reader& reader, Header& header) {
  std::string_view key;
  if (!reader.take_string(key) || !reader.take(":")) return false;
  if (key == "descr") return reader.take_string(header.type);
  if (key == "shape") return reader.take_shape(header.shape);
  if (key != "fortran_order") return false;
  header.is_fortran = reader.take("True");
  return header.is_fortran || reader.take("False");
}

std::optional<Header> parse_header(std::string_view text) {
  Reader reader(text);
  Header header;
  if (!reader.take("{")) return std::nullopt;
  while (!reader.take("}")) {
    if (!take_entry(reader, header)) return std::nullopt;
    if (!reader.take(",")) {
      if (!reader.take("}")) return std::nullopt;
      break;
    }
  }
  return header;
}

template <class T>
double number_at(const char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return static_cast<double>(value);
}

struct Type {
  std::string_view name;
  std::size_t size;
  double (*number_at)(const char* bytes);
};
constexpr std::array kTypes = {
    Type{"<f8", 8, number_at<double>},        Type{"<f4", 4, number_at<float>},
    Type{"<i8", 8, number_at<std::int64_t>},  Type{"<i4", 4, number_at<std::int32_t>},
    Type{"<i2", 2, number_at<std::int16_t>},  Type{"|i1", 1, number_at<std::int8_t>},
    Type{"<u8", 8, number_at<std::uint64_t>}, Type{"<u4", 4, number_at<std::uint32_t>},
    Type{"<u2", 2, number_at<std::uint16_t>}, Type{"|u1", 1, number_at<std::uint8_t>},
    Type{"|b1", 1, number_at<std::uint8_t>},
};

// Where the dictionary stands, and the numbers behind it. Null when this is no .npy.
struct Parts {
  std::string_view dictionary;
  std::string_view numbers;
};
std::optional<Parts> parts_of(std::string_view bytes) {
  constexpr std::size_t kVersionEnd = kMagic.size() + 2;
  if (!bytes.starts_with(kMagic) || bytes.size() < kVersionEnd) return std::nullopt;
  const auto version = static_cast<unsigned char>(bytes[kMagic.size()]);
  if (version < 1 || version > 3) return std::nullopt;
  const std::size_t digits = version == 1 ? 2 : 4;
  if (bytes.size() < kVersionEnd + digits) return std::nullopt;
  std::uint32_t length = 0;
  std::memcpy(&length, bytes.data() + kVersionEnd, digits);
  const std::string_view rest = bytes.substr(kVersionEnd + digits);
  if (rest.size() < length) return std::nullopt;
  return Parts{rest.substr(0, length), rest.substr(length)};
}

std::optional<NpyError> shape_error(const Header& header, std::size_t maximum_side) {
  if (header.shape.empty() || header.shape.size() > 2)
    return NpyError{fmt::format("{} dimensions; allowed: 1 or 2", header.shape.size())};
  for (const std::uint64_t side : header.shape) {
    if (side < 1 || side > maximum_side)
      return NpyError{fmt::format("a side of {}; allowed: 1 to {}", side, maximum_side)};
  }
  return std::nullopt;
}

Matrix matrix_of(const Type& type, bool is_fortran, std::size_t rows, std::size_t columns,
                 std::string_view numbers) {
  Matrix values(rows, columns);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      const std::size_t index = is_fortran ? c * rows + r : r * columns + c;
      values(r, c) = type.number_at(numbers.data() + index * type.size);
    }
  }
  return values;
}

}  // namespace

std::string npy_bytes(const Matrix& values) {
  std::string bytes = header_bytes(fmt::format("({}, {})", values.rows(), values.columns()), values.rows());
  bytes.reserve(bytes.size() + values.size() * sizeof(double));
  for (std::size_t r = 0; r < values.rows(); ++r) append_numbers(values.row_span(r), bytes);
  return bytes;
}

std::string npy_bytes(std::span<const double> values) {
  std::string bytes = header_bytes(fmt::format("({},)", values.size()), values.size());
  append_numbers(values, bytes);
  return bytes;
}

std::variant<NpyArray, NpyError> read_npy(std::string_view bytes, std::size_t maximum_side) {
  assert(maximum_side <= std::size_t{1} << 24U);  // so that products of sides do not overflow
  const std::optional<Parts> parts = parts_of(bytes);
  if (!parts) return NpyError{"not an array in numpy's .npy format, versions 1 to 3"};
  const std::optional<Header> header = parse_header(parts->dictionary);
  if (!header) {
    return NpyError{"header " + in_quotes(parts->dictionary) +
                    "; allowed: 'descr' (a plain type), 'fortran_order' and 'shape'"};
  }
  const auto type = std::ranges::find(kTypes, header->type, &Type::name);
  if (type == kTypes.end()) {
    std::vector<std::string_view> allowed;
    for (const Type& row : kTypes) allowed.push_back(row.name);
    return NpyError{"type " + in_quotes(header->type) + "; allowed: " + joined(allowed)};
  }
  if (const auto error = shape_error(*header, maximum_side)) return *error;
  const std::size_t rows = header->shape.size() == 1 ? 1 : header->shape[0];
  const std::size_t columns = header->shape.back();
  const std::size_t needed = rows * columns * type->size;
  if (parts->numbers.size() < needed) {
    return NpyError{fmt::format("{} bytes of numbers where the header claims {} x {} of {} bytes",
                                parts->numbers.size(), rows, columns, type->size)};
  }
  return NpyArray{matrix_of(*type, header->is_fortran, rows, columns, parts->numbers), header->shape.size()};
}

}  // namespace initlab
