// A dense matrix of doubles: weights, activations and gradients are all of this one type.
//
// Legend of the letters in every shape comment of the project:
//   n_out  units of a layer (fan_out)        n_in   inputs of a layer (fan_in)
//   m      samples                           k      classes
// W[l] is (n_out, n_in), b[l] is (n_out), Z, A and their gradients are (units, samples): samples are columns,
// so eight neighbouring doubles in memory are eight samples of one unit.
//
// Rows are padded to a multiple of eight doubles and aligned to 64 bytes, so a kernel may always load and
// store whole groups of eight. Padding is scratch: nothing may depend on its content, and comparisons ignore
// it.
#pragma once

#include <cstddef>
#include <new>
#include <span>
#include <vector>

namespace initlab {

// Samples in one group: every reduction over samples runs in this many lanes, whatever the vector width.
inline constexpr std::size_t kLaneCount = 8;

template <class T>
struct CacheLineAllocator {
  using value_type = T;
  static constexpr std::align_val_t kAlignment{64};
  CacheLineAllocator() = default;
  template <class U>
  explicit(false) CacheLineAllocator(const CacheLineAllocator<U>&) {}
  T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), kAlignment)); }
  void deallocate(T* memory, std::size_t) { ::operator delete(memory, kAlignment); }
  friend bool operator==(const CacheLineAllocator&, const CacheLineAllocator&) { return true; }
};

class Matrix {
 public:
  Matrix() = default;
  // All zeros, padding included.
  Matrix(std::size_t rows, std::size_t columns);

  // Becomes (rows, columns), all zeros; keeps its memory where that suffices.
  void resize(std::size_t rows, std::size_t columns);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  // Doubles from the start of one row to the start of the next: columns() rounded up to a multiple of eight,
  // and eight more where rows would else drive each other out of the caches.
  std::size_t stride() const { return stride_; }
  std::size_t size() const { return rows_ * columns_; }

  double* row(std::size_t r) { return values_.data() + r * stride_; }
  const double* row(std::size_t r) const { return values_.data() + r * stride_; }
  std::span<double> row_span(std::size_t r) { return {row(r), columns_}; }
  std::span<const double> row_span(std::size_t r) const { return {row(r), columns_}; }
  double& operator()(std::size_t r, std::size_t c) { return values_[r * stride_ + c]; }
  double operator()(std::size_t r, std::size_t c) const { return values_[r * stride_ + c]; }

  // Same shape and, number by number, the same value (so NaN differs from itself, as IEEE has it).
  friend bool operator==(const Matrix& a, const Matrix& b);

 private:
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::size_t stride_ = 0;
  std::vector<double, CacheLineAllocator<double>> values_;
};

// All rows of some neighbouring columns of a matrix (samples of every unit), looked at in place. `first`
// stands at a multiple of eight columns, so whole groups of eight may be loaded here too; those beyond
// columns() are padding or another block's. A matrix is a block of all its columns.
class ConstBlock {
 public:
  ConstBlock(const double* first, std::size_t rows, std::size_t columns, std::size_t stride)
      : first_(first), rows_(rows), columns_(columns), stride_(stride) {}
  explicit(false) ConstBlock(const Matrix& m)
      : ConstBlock(m.rows() == 0 ? nullptr : m.row(0), m.rows(), m.columns(), m.stride()) {}

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  std::size_t stride() const { return stride_; }
  std::size_t size() const { return rows_ * columns_; }
  const double* row(std::size_t r) const { return first_ + r * stride_; }
  // `count` columns from `column`, a multiple of eight, on.
  ConstBlock columns_from(std::size_t column, std::size_t count) const {
    return {first_ + column, rows_, count, stride_};
  }

 private:
  const double* first_;
  std::size_t rows_;
  std::size_t columns_;
  std::size_t stride_;
};

// The same to write to; whole groups of eight may be stored.
class Block {
 public:
  Block(double* first, std::size_t rows, std::size_t columns, std::size_t stride)
      : first_(first), rows_(rows), columns_(columns), stride_(stride) {}
  explicit(false) Block(Matrix& m)
      : Block(m.rows() == 0 ? nullptr : m.row(0), m.rows(), m.columns(), m.stride()) {}
  explicit(false) operator ConstBlock() const { return {first_, rows_, columns_, stride_}; }

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  std::size_t stride() const { return stride_; }
  std::size_t size() const { return rows_ * columns_; }
  double* row(std::size_t r) const { return first_ + r * stride_; }
  // `count` columns from `column`, a multiple of eight, on.
  Block columns_from(std::size_t column, std::size_t count) const {
    return {first_ + column, rows_, count, stride_};
  }

 private:
  double* first_;
  std::size_t rows_;
  std::size_t columns_;
  std::size_t stride_;
};

}  // namespace initlab
