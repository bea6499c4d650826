#include "core/experiment/theory/output_gradient.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/network/quadrature.h"
#include "core/numeric/random.h"

namespace initlab {
namespace {

double sigmoid(double z) {
  const Activation& row = activation(ActivationId::kSigmoid);
  return row.value(z, {});
}
double sigmoid_slope(double z) {
  const Activation& row = activation(ActivationId::kSigmoid);
  return row.derivative(z, {});
}

// dz = (a - y) s with s = 1 for cross entropy and a' for squared error: E[a^2 s^2], E[a s^2], E[s^2], E[a s],
// E[s].
std::vector<double> sigmoid_figures(LossId loss, double bias, double q) {
  std::vector<double> figures(5, 0.0);
  if (!std::isfinite(q)) return std::vector<double>(5, q - q);
  const auto add = [&](double z, double weight) {
    const double a = sigmoid(z);
    const double s = loss == LossId::kCrossEntropy ? 1 : sigmoid_slope(z);
    figures[0] += weight * a * a * s * s;
    figures[1] += weight * a * s * s;
    figures[2] += weight * s * s;
    figures[3] += weight * a * s;
    figures[4] += weight * s;
  };
  if (q == 0) {
    add(bias, 1);
  } else {
    for (const GaussianNode& node : gaussian_nodes(q, bias)) add(node.x, node.weight);
  }
  return figures;
}

// Softmax of b + sqrt(q) normals, in place of them.
void soften(const std::vector<double>& biases, double q, const double* normals, std::vector<double>& p) {
  for (std::size_t k = 0; k < p.size(); ++k) p[k] = biases[k] + std::sqrt(q) * normals[k];
  const double largest = *std::ranges::max_element(p);
  double sum = 0;
  for (double& value : p) sum += value = std::exp(value - largest);
  for (double& value : p) value /= sum;
}

// Mean over units of dz^2, for a sample of class `label`.
double softmax_square(LossId loss, const std::vector<double>& p, std::size_t label) {
  const auto error = [&](std::size_t k) { return p[k] - (k == label ? 1.0 : 0.0); };
  double common = 0;
  if (loss == LossId::kMeanSquaredError) {
    for (std::size_t k = 0; k < p.size(); ++k) common += p[k] * error(k);
  }
  double sum = 0;
  for (std::size_t k = 0; k < p.size(); ++k) {
    const double d = loss == LossId::kCrossEntropy ? error(k) : p[k] * (error(k) - common);
    sum += d * d;
  }
  return sum / static_cast<double>(p.size());
}

// That for every class, over the same draws at every q.
class SoftmaxFigures {
 public:
  SoftmaxFigures(LossId loss, std::vector<double> biases)
      : loss_(loss), biases_(std::move(biases)), normals_(kDraws * biases_.size()) {
    constexpr std::uint32_t kSeed = 1;
    NumpyRandom random(kSeed);
    std::ranges::generate(normals_, [&] { return random.randn(); });
  }
  std::vector<double> operator()(double q) const {
    const std::size_t classes = biases_.size();
    if (!std::isfinite(q)) return std::vector<double>(classes, q - q);
    std::vector<double> squares(classes, 0.0);
    std::vector<double> p(classes);
    for (std::size_t draw = 0; draw < kDraws; ++draw) {
      soften(biases_, q, &normals_[draw * classes], p);
      for (std::size_t label = 0; label < classes; ++label) {
        squares[label] += softmax_square(loss_, p, label) / static_cast<double>(kDraws);
      }
    }
    return squares;
  }

 private:
  static constexpr std::size_t kDraws = 2048;
  LossId loss_;
  std::vector<double> biases_;
  std::vector<double> normals_;
};

std::function<std::vector<double>(double)> figures_of(OutputId output, LossId loss,
                                                      const std::vector<double>& biases) {
  if (output == OutputId::kSoftmax) return SoftmaxFigures(loss, biases);
  return [loss, bias = biases.front()](double q) { return sigmoid_figures(loss, bias, q); };
}

}  // namespace

OutputGradientTheory::OutputGradientTheory(OutputId output, LossId loss, std::vector<double> biases,
                                           std::size_t samples)
    : output_(output), bias_(biases.front()), curve_(figures_of(output, loss, biases)) {
  assert(loss == LossId::kMeanSquaredError || output != OutputId::kLinear);
  const double count = static_cast<double>(samples);
  scale_ = loss == LossId::kCrossEntropy ? 1 / count : 2 / (count * static_cast<double>(biases.size()));
}

OutputGradient OutputGradientTheory::at(double q, double y) {
  const double square = scale_ * scale_;
  if (output_ == OutputId::kLinear) {
    return {.mean = scale_ * (bias_ - y), .second = square * (q + (bias_ - y) * (bias_ - y))};
  }
  const std::vector<double> figures = curve_.at(q);
  if (output_ == OutputId::kSoftmax) {
    // Gradients of one sample sum to 0 over its units.
    return {.mean = 0, .second = square * figures[static_cast<std::size_t>(y)]};
  }
  return {.mean = scale_ * (figures[3] - y * figures[4]),
          .second = square * (figures[0] - 2 * y * figures[1] + y * y * figures[2])};
}

}  // namespace initlab
