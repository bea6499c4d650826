// The few draws that all schemes are made of, with the law of each: constant, normal, uniform, truncated
// normal, and the variance scaling of the Xavier, He and LeCun families, where one rule states a variance and
// one of three spreads draws it.
//
// Draws go row by row through one numpy generator, as `np.random.randn(n_out, n_in)` does.
#pragma once

#include "core/network/initializers.h"

namespace initlab {

// Standard deviation of a standard normal cut to [-2, 2].
inline constexpr double kTruncatedStd = 0.87962566103423978;

void fill_constant(double value, Matrix& w);
// mean + std * randn().
void fill_normal(double mean, double std, NumpyRandom& random, Matrix& w);
// std * randn(), drawn again until randn() lies in [-2, 2].
void fill_truncated(double std, NumpyRandom& random, Matrix& w);
// uniform(-limit, limit).
void fill_uniform(double limit, NumpyRandom& random, Matrix& w);

// `diagonal` on the diagonal, 0 elsewhere; any shape.
void fill_identity(double diagonal, Matrix& w);
// Normal, then exactly ceil(sparsity * n_out) weights of each column, the first of a permutation of its
// units, made 0. Martens 2010, as torch.nn.init.sparse_ has it.
void fill_sparse(double std, double sparsity, NumpyRandom& random, Matrix& w);

WeightLaw constant_law(double value);
WeightLaw normal_law(double mean, double std);
// `std` before the cut: the law's own is kTruncatedStd times that.
WeightLaw truncated_law(double std);
WeightLaw uniform_law(double limit);  // of [-limit, limit]
WeightLaw sparse_law(double std, double sparsity, std::size_t fan_out);
// Of an orthogonal matrix times `gain` (orthogonal.h).
WeightLaw orthogonal_law(double gain, const LayerShape& shape);
WeightLaw unknown_law();

// How variance scaling draws the variance that its rule states: all three have exactly that variance.
enum class Spread { kNormal, kUniform, kTruncated };
// A fraction, so that the root is taken of one division, as notebooks do: sqrt(2 / fan_in).
struct Variance {
  double numerator = 1;
  double denominator = 1;
};
using VarianceRule = Variance (*)(const SchemeParameters& parameters, const LayerContext& layer);

void fill_scaled(Spread spread, const Variance& variance, double gain, NumpyRandom& random, Matrix& w);
WeightLaw scaled_law(Spread spread, const Variance& variance, double gain);
// The limit of the uniform spread: sqrt(3 variance).
double uniform_limit(const Variance& variance);

}  // namespace initlab
