// Arrays of numbers as numpy saves them: the .npy format, one array a file or a member of a .npz.
//
// Written: float64, C order, version 1.0, byte for byte as numpy.save writes it. Read: versions 1 to 3, one
// or two dimensions, either order, floats of 4 and 8 bytes, integers and booleans, all little-endian.
// Objects, text and structures are refused. numpy/lib/format.py describes the format.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/numeric/matrix.h"

namespace initlab {

std::string npy_bytes(const Matrix& values);            // shape (rows, columns)
std::string npy_bytes(std::span<const double> values);  // shape (n,)

struct NpyArray {
  Matrix values;  // (1, n) where there is one dimension
  std::size_t dimensions = 2;
};
// What is wrong and what is allowed, without the file's name: `type "<c16"; allowed: <f8, <f4, ...`.
struct NpyError {
  std::string message;
};
// Refuses a side of 0 or beyond `maximum_side` (at most 2^24), and a header that claims more than follows it,
// before memory is taken for the numbers.
std::variant<NpyArray, NpyError> read_npy(std::string_view bytes, std::size_t maximum_side);

}  // namespace initlab
