// The naive twins of kernels.h: the same mathematics as plain loops over the C library's functions, to read
// and to test against. They agree with the kernels to rounding, not to the bit.
#pragma once

#include <span>

#include "core/numeric/matrix.h"

namespace initlab::naive {

void affine(const Matrix& w, std::span<const double> b, const Matrix& a, Matrix& z);
void transposed_product(const Matrix& w, const Matrix& d_z, Matrix& d_a);
void gradient_sums(const Matrix& d_z, const Matrix& a, Matrix& d_w, std::span<double> d_b);
void relu(const Matrix& z, Matrix& a);
void tanh(const Matrix& z, Matrix& a);
void sigmoid(const Matrix& z, Matrix& a);
void relu_backward(const Matrix& z, const Matrix& d_a, Matrix& d_z);
void tanh_backward(const Matrix& z, const Matrix& d_a, Matrix& d_z);
void sigmoid_backward(const Matrix& z, const Matrix& d_a, Matrix& d_z);
void softmax(const Matrix& z, Matrix& a);
void softmax_backward(const Matrix& a, const Matrix& d_a, Matrix& d_z);
double softmax_cross_entropy(const Matrix& z, const Matrix& y);
double logistic_cross_entropy(const Matrix& z, const Matrix& y);
double squared_error(const Matrix& a, const Matrix& y);

}  // namespace initlab::naive
