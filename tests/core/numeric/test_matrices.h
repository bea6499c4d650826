// Matrices for the kernel tests: drawn values, and padding filled with what must never reach a result.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/numeric/matrix.h"
#include "core/numeric/random.h"

namespace initlab::test {

inline constexpr double kInf = std::numeric_limits<double>::infinity();
inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Ordinary normals, or one value in three from the edges of double.
enum class Values { kOrdinary, kExtreme };

inline double draw(NumpyRandom& random, Values values) {
  constexpr std::array<double, 14> kEdges = {0.0,    -0.0,   kInf,   -kInf, kNaN,   5e-324, -5e-324,
                                             1e-310, 1e-160, -1e160, 1e300, -1e300, 745.0,  -709.5};
  const double normal = random.randn();
  if (values == Values::kExtreme && random.interval(2) == 0)
    return kEdges[random.interval(kEdges.size() - 1)];
  return normal;
}

// Padding becomes a cycle of NaN, infinity and a huge number.
inline void spoil_padding(Matrix& m) {
  constexpr std::array<double, 3> kSpoilt = {kNaN, -kInf, 1e308};
  for (std::size_t r = 0; r < m.rows(); ++r) {
    for (std::size_t c = m.columns(); c < m.stride(); ++c) m.row(r)[c] = kSpoilt[c % 3];
  }
}

inline Matrix drawn(NumpyRandom& random, std::size_t rows, std::size_t columns,
                    Values values = Values::kOrdinary) {
  Matrix m(rows, columns);
  for (std::size_t r = 0; r < rows; ++r) {
    for (double& v : m.row_span(r)) v = draw(random, values);
  }
  spoil_padding(m);
  return m;
}

inline std::vector<double> drawn_vector(NumpyRandom& random, std::size_t count,
                                        Values values = Values::kOrdinary) {
  std::vector<double> v(count);
  for (double& x : v) x = draw(random, values);
  return v;
}

// An output matrix, filled with what a kernel must overwrite.
inline Matrix unwritten(std::size_t rows, std::size_t columns) {
  Matrix m(rows, columns);
  for (std::size_t r = 0; r < rows; ++r) {
    for (double& v : m.row_span(r)) v = -12345;
  }
  spoil_padding(m);
  return m;
}

// The same bits, or both NaN of any sign and payload.
inline bool same_bits(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) ||
         std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}
inline bool same_bits(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!same_bits(a[i], b[i])) return false;
  }
  return true;
}
inline bool same_bits(const Matrix& a, const Matrix& b) {
  if (a.rows() != b.rows() || a.columns() != b.columns()) return false;
  for (std::size_t r = 0; r < a.rows(); ++r) {
    if (!same_bits(a.row_span(r), b.row_span(r))) return false;
  }
  return true;
}

inline bool all_finite(std::span<const double> values) {
  for (const double v : values) {
    if (!std::isfinite(v)) return false;
  }
  return true;
}
inline bool all_finite(const Matrix& m) {
  for (std::size_t r = 0; r < m.rows(); ++r) {
    if (!all_finite(m.row_span(r))) return false;
  }
  return true;
}

// The largest |a - b| over max(1, |b|).
inline double largest_difference(std::span<const double> a, std::span<const double> b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double difference = std::abs(a[i] - b[i]) / std::max(1.0, std::abs(b[i]));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
inline double largest_difference(const Matrix& a, const Matrix& b) {
  double largest = 0;
  for (std::size_t r = 0; r < a.rows(); ++r) {
    const double difference = largest_difference(a.row_span(r), b.row_span(r));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

// FNV-1a over the little-endian bytes of 64-bit words, as tests/golden/make_numpy_more.py has it.
class Digest {
 public:
  void add_word(std::uint64_t word) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
      value_ = (value_ ^ ((word >> shift) & 0xffU)) * 0x100000001b3U;
    }
  }
  void add(double value) { add_word(std::bit_cast<std::uint64_t>(value)); }
  void add(std::span<const double> values) {
    for (const double v : values) add(v);
  }
  void add(const Matrix& m) {
    for (std::size_t r = 0; r < m.rows(); ++r) add(m.row_span(r));
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325U;
};

struct Shape {
  std::size_t units;
  std::size_t inputs;
  std::size_t samples;
};

// Every number of columns from 1 to 17, every width from 1 to 20, and a few larger odd ones.
inline std::vector<Shape> odd_shapes() {
  std::vector<Shape> shapes;
  for (std::size_t samples = 1; samples <= 17; ++samples) shapes.push_back({3, 5, samples});
  for (std::size_t width = 1; width <= 20; ++width) {
    shapes.push_back({width, 3, 21});
    shapes.push_back({2, width, 16});
    shapes.push_back({width, width, 9});
  }
  shapes.insert(shapes.end(),
                {{1, 1, 1}, {10, 2, 300}, {5, 10, 300}, {1, 5, 300}, {7, 7, 300}, {17, 6, 1001}});
  // As many inputs as are copied panel by panel, in both directions.
  shapes.insert(shapes.end(), {{9, 401, 300}, {401, 9, 77}, {3, 384, 129}, {385, 2, 8}});
  return shapes;
}

}  // namespace initlab::test
