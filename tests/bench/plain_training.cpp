#include "tests/bench/plain_training.h"

#include <cassert>

#include "core/numeric/kernels_naive.h"

namespace initlab::bench {
namespace {

void activate(ActivationId kind, const Matrix& z, Matrix& a) {
  assert(kind == ActivationId::kRelu || kind == ActivationId::kTanh);
  (kind == ActivationId::kRelu ? naive::relu : naive::tanh)(z, a);
}

void activate_backward(ActivationId kind, const Matrix& z, const Matrix& d_a, Matrix& d_z) {
  (kind == ActivationId::kRelu ? naive::relu_backward : naive::tanh_backward)(z, d_a, d_z);
}

class PlainTraining {
 public:
  PlainTraining(Network network, const Matrix& x, const Matrix& y)
      : network_(std::move(network)), x_(x), y_(y) {
    for (const Layer& layer : network_.layers) {
      z_.emplace_back(layer.units(), x.columns());
      a_.emplace_back(layer.units(), x.columns());
      d_.emplace_back(layer.units(), x.columns());
    }
  }

  // Forward; returns the cost.
  double pass() {
    const std::size_t last = network_.layers.size() - 1;
    for (std::size_t l = 0; l <= last; ++l) {
      const Layer& layer = network_.layers[l];
      naive::affine(layer.w, layer.b, input(l), z_[l]);
      if (l < last) activate(layer.activation, z_[l], a_[l]);
    }
    const bool softmax = network_.output == OutputId::kSoftmax;
    (softmax ? naive::softmax : naive::sigmoid)(z_[last], a_[last]);
    return (softmax ? naive::softmax_cross_entropy : naive::logistic_cross_entropy)(z_[last], y_);
  }

  void learn(double rate) {
    const std::size_t last = network_.layers.size() - 1;
    const auto m = static_cast<double>(x_.columns());
    for (std::size_t r = 0; r < y_.rows(); ++r) {
      for (std::size_t i = 0; i < y_.columns(); ++i) d_[last](r, i) = (a_[last](r, i) - y_(r, i)) / m;
    }
    for (std::size_t l = last + 1; l-- > 0;) {
      Layer& layer = network_.layers[l];
      Matrix d_w(layer.units(), layer.inputs());
      std::vector<double> d_b(layer.units());
      naive::gradient_sums(d_[l], input(l), d_w, d_b);
      if (l > 0) {
        naive::transposed_product(layer.w, d_[l], d_[l - 1]);
        activate_backward(network_.layers[l - 1].activation, z_[l - 1], d_[l - 1], d_[l - 1]);
      }
      for (std::size_t r = 0; r < layer.units(); ++r) {
        for (std::size_t c = 0; c < layer.inputs(); ++c) layer.w(r, c) -= rate * d_w(r, c);
        layer.b[r] -= rate * d_b[r];
      }
    }
  }

 private:
  const Matrix& input(std::size_t l) const { return l == 0 ? x_ : a_[l - 1]; }

  Network network_;
  const Matrix& x_;
  const Matrix& y_;
  std::vector<Matrix> z_, a_, d_;
};

}  // namespace

std::vector<double> plain_costs(Network network, const Matrix& x, const Matrix& y, double rate,
                                std::int64_t steps) {
  PlainTraining training(std::move(network), x, y);
  std::vector<double> costs = {training.pass()};
  for (std::int64_t step = 0; step < steps; ++step) {
    training.learn(rate);
    costs.push_back(training.pass());
  }
  return costs;
}

}  // namespace initlab::bench
