// Plain loops, one formula a line, in the textbook's order. Speed is not a concern here.
#include "core/numeric/kernels_naive.h"

#include <algorithm>
#include <cmath>

namespace initlab::naive {
namespace {

template <class Function>
void for_each(const Matrix& shape, Function function) {
  for (std::size_t r = 0; r < shape.rows(); ++r) {
    for (std::size_t c = 0; c < shape.columns(); ++c) function(r, c);
  }
}

double sigmoid_of(double z) {
  const double e = std::exp(-std::abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}

double softplus_of(double z) {
  return std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z)));
}

double largest_of_column(const Matrix& z, std::size_t c) {
  double largest = z(0, c);
  for (std::size_t r = 1; r < z.rows(); ++r) largest = std::max(largest, z(r, c));
  return largest;
}

}  // namespace

void affine(const Matrix& w, std::span<const double> b, const Matrix& a, Matrix& z) {
  for_each(z, [&](std::size_t r, std::size_t c) {
    double sum = b[r];
    for (std::size_t k = 0; k < w.columns(); ++k) sum += w(r, k) * a(k, c);
    z(r, c) = sum;
  });
}

void transposed_product(const Matrix& w, const Matrix& d_z, Matrix& d_a) {
  for_each(d_a, [&](std::size_t r, std::size_t c) {
    double sum = 0;
    for (std::size_t k = 0; k < w.rows(); ++k) sum += w(k, r) * d_z(k, c);
    d_a(r, c) = sum;
  });
}

void gradient_sums(const Matrix& d_z, const Matrix& a, Matrix& d_w, std::span<double> d_b) {
  for_each(d_w, [&](std::size_t r, std::size_t c) {
    double sum = 0;
    for (std::size_t j = 0; j < d_z.columns(); ++j) sum += d_z(r, j) * a(c, j);
    d_w(r, c) = sum;
  });
  for (std::size_t r = 0; r < d_z.rows(); ++r) {
    d_b[r] = 0;
    for (const double d : d_z.row_span(r)) d_b[r] += d;
  }
}

void relu(const Matrix& z, Matrix& a) {
  for_each(z, [&](std::size_t r, std::size_t c) { a(r, c) = z(r, c) <= 0 ? 0 : z(r, c); });
}

void tanh(const Matrix& z, Matrix& a) {
  for_each(z, [&](std::size_t r, std::size_t c) { a(r, c) = std::tanh(z(r, c)); });
}

void sigmoid(const Matrix& z, Matrix& a) {
  for_each(z, [&](std::size_t r, std::size_t c) { a(r, c) = sigmoid_of(z(r, c)); });
}

void relu_backward(const Matrix& z, const Matrix& d_a, Matrix& d_z) {
  for_each(z, [&](std::size_t r, std::size_t c) { d_z(r, c) = z(r, c) <= 0 ? 0 : d_a(r, c); });
}

// tanh'(z) = 1 / cosh(z)^2 = 4 e / (1 + e)^2 with e = exp(-2 |z|): no cancellation where tanh saturates.
void tanh_backward(const Matrix& z, const Matrix& d_a, Matrix& d_z) {
  for_each(z, [&](std::size_t r, std::size_t c) {
    const double e = std::exp(-2 * std::abs(z(r, c)));
    d_z(r, c) = d_a(r, c) * (4 * e / ((1 + e) * (1 + e)));
  });
}

// sigmoid'(z) = sigmoid(z) sigmoid(-z).
void sigmoid_backward(const Matrix& z, const Matrix& d_a, Matrix& d_z) {
  for_each(z, [&](std::size_t r, std::size_t c) {
    d_z(r, c) = d_a(r, c) * (sigmoid_of(z(r, c)) * sigmoid_of(-z(r, c)));
  });
}

void softmax(const Matrix& z, Matrix& a) {
  for (std::size_t c = 0; c < z.columns(); ++c) {
    const double largest = largest_of_column(z, c);
    double sum = 0;
    for (std::size_t r = 0; r < z.rows(); ++r) sum += std::exp(z(r, c) - largest);
    for (std::size_t r = 0; r < z.rows(); ++r) a(r, c) = std::exp(z(r, c) - largest) / sum;
  }
}

void softmax_backward(const Matrix& a, const Matrix& d_a, Matrix& d_z) {
  for (std::size_t c = 0; c < a.columns(); ++c) {
    double mean = 0;
    for (std::size_t r = 0; r < a.rows(); ++r) mean += a(r, c) * d_a(r, c);
    for (std::size_t r = 0; r < a.rows(); ++r) d_z(r, c) = a(r, c) * (d_a(r, c) - mean);
  }
}

double softmax_cross_entropy(const Matrix& z, const Matrix& y) {
  double cost = 0;
  for (std::size_t c = 0; c < z.columns(); ++c) {
    const double largest = largest_of_column(z, c);
    double sum = 0;
    for (std::size_t r = 0; r < z.rows(); ++r) sum += std::exp(z(r, c) - largest);
    cost += largest + std::log(sum);
    for (std::size_t r = 0; r < z.rows(); ++r) cost -= y(r, c) * z(r, c);
  }
  return cost / static_cast<double>(z.columns());
}

double logistic_cross_entropy(const Matrix& z, const Matrix& y) {
  double sum = 0;
  for_each(z, [&](std::size_t r, std::size_t c) { sum += softplus_of(z(r, c)) - y(r, c) * z(r, c); });
  return sum / static_cast<double>(z.columns());
}

double squared_error(const Matrix& a, const Matrix& y) {
  double sum = 0;
  for_each(a, [&](std::size_t r, std::size_t c) { sum += (a(r, c) - y(r, c)) * (a(r, c) - y(r, c)); });
  return sum / static_cast<double>(a.size());
}

}  // namespace initlab::naive
