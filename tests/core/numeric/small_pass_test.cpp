// The walk through a small network, on each path: every number to the bit what the kernels of whole matrices
// give.
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/numeric/kernels.h"
#include "tests/core/numeric/activation_rows.h"
#include "tests/core/numeric/test_matrices.h"

namespace initlab {
namespace {

using namespace test;

class small_pass_on : public ::testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& k = *GetParam();
  NumpyRandom random{41};
};
INSTANTIATE_TEST_SUITE_P(each_path, small_pass_on, ::testing::ValuesIn(available_kernels()),
                         [](const auto& path) { return std::string(path.param->name); });

// A network with its gradients, both ways.
struct Net {
  std::vector<Matrix> w, d_w;
  std::vector<std::vector<double>> b, d_b;
  std::vector<ElementwiseFunction> f;
  Matrix x, y;
  SmallLoss loss = SmallLoss::kLogisticCrossEntropy;

  std::size_t depth() const { return w.size(); }
  SmallOutcome small_pass(const Kernels& k) {
    std::vector<SmallLayer> layers;
    for (std::size_t l = 0; l < depth(); ++l) {
      layers.push_back({&w[l], b[l].data(), f[l], &d_w[l], d_b[l].data()});
    }
    Matrix scratch = unwritten(1, 200'000);
    return k.small_pass({layers.data(), depth(), loss, x, y, scratch.row(0)});
  }
};

Net make_net(NumpyRandom& random, const std::vector<std::size_t>& sizes, std::size_t samples,
             const ElementwiseFunction& hidden, const ElementwiseFunction& output, SmallLoss loss) {
  Net net;
  for (std::size_t l = 1; l < sizes.size(); ++l) {
    net.w.push_back(drawn(random, sizes[l], sizes[l - 1]));
    net.b.push_back(drawn_vector(random, sizes[l]));
    net.d_w.push_back(unwritten(sizes[l], sizes[l - 1]));
    net.d_b.emplace_back(sizes[l], -5.0);
    net.f.push_back(l + 1 == sizes.size() ? output : hidden);
  }
  net.x = drawn(random, sizes.front(), samples);
  net.y = Matrix(sizes.back(), samples);
  for (std::size_t c = 0; c < samples; ++c) {
    const auto label = static_cast<std::size_t>(random.interval(std::max<std::size_t>(sizes.back() - 1, 1)));
    sizes.back() == 1 ? net.y(0, c) = static_cast<double>(label) : net.y(label, c) = 1;
  }
  spoil_padding(net.x);
  spoil_padding(net.y);
  net.loss = loss;
  return net;
}

// Cost and gradients by the kernels of whole matrices.
double by_whole_matrices(const Kernels& k, const Net& net, std::vector<Matrix>& d_w,
                         std::vector<std::vector<double>>& d_b) {
  const std::size_t m = net.x.columns();
  std::vector<Matrix> z, a, d_z;
  for (std::size_t l = 0; l < net.depth(); ++l) {
    for (auto* one : {&z, &a, &d_z}) one->push_back(unwritten(net.w[l].rows(), m));
    k.affine(net.w[l], net.b[l], l == 0 ? net.x : a[l - 1], z[l]);
    net.f[l].kernel.apply(net.f[l].parameter, z[l], a[l]);
  }
  const std::size_t last = net.depth() - 1;
  double cost = 0;
  if (net.loss == SmallLoss::kSoftmaxCrossEntropy) {
    k.softmax(z[last], a[last]);
    cost = k.softmax_cross_entropy(z[last], net.y);
    k.softmax_cross_entropy_backward(a[last], net.y, d_z[last]);
  } else if (net.loss == SmallLoss::kLogisticCrossEntropy) {
    cost = k.logistic_cross_entropy(z[last], net.y);
    k.logistic_cross_entropy_backward(a[last], net.y, d_z[last]);
  } else {
    cost = k.squared_error(a[last], net.y);
    k.squared_error_backward(a[last], net.y, d_z[last]);
    net.f[last].kernel.backward(net.f[last].parameter, z[last], a[last], d_z[last], d_z[last]);
  }
  d_w = net.d_w;
  d_b = net.d_b;
  for (std::size_t l = net.depth(); l-- > 0;) {
    k.gradient_sums(d_z[l], l == 0 ? net.x : a[l - 1], d_w[l], d_b[l]);
    if (l == 0) break;
    k.transposed_product(net.w[l], d_z[l], d_z[l - 1]);
    net.f[l - 1].kernel.backward(net.f[l - 1].parameter, z[l - 1], a[l - 1], d_z[l - 1], d_z[l - 1]);
  }
  return cost;
}

void expect_same_both_ways(const Kernels& k, Net& net) {
  std::vector<Matrix> d_w;
  std::vector<std::vector<double>> d_b;
  const double cost = by_whole_matrices(k, net, d_w, d_b);
  const SmallOutcome outcome = net.small_pass(k);
  EXPECT_TRUE(outcome.is_finite);
  EXPECT_EQ(outcome.cost, cost);
  for (std::size_t l = 0; l < net.depth(); ++l) {
    EXPECT_TRUE(net.d_w[l] == d_w[l]) << "dW of layer " << l + 1;
    EXPECT_EQ(net.d_b[l], d_b[l]) << "db of layer " << l + 1;
  }
}

TEST_P(small_pass_on, every_number_of_samples_gives_the_bits_of_whole_matrices) {
  const ElementwiseFunction relu{k.relu};
  const ElementwiseFunction sigmoid{k.sigmoid};
  for (std::size_t samples = 1; samples <= 2 * 8 * kSmallBlockPacks + 17; ++samples) {
    SCOPED_TRACE(::testing::Message() << samples << " samples");
    Net net = make_net(random, {2, 10, 5, 1}, samples, relu, sigmoid, SmallLoss::kLogisticCrossEntropy);
    expect_same_both_ways(k, net);
  }
}

TEST_P(small_pass_on, every_width_gives_the_bits_of_whole_matrices) {
  const ElementwiseFunction tanh{k.tanh};
  const ElementwiseFunction linear{k.linear};
  for (std::size_t units = 1; units <= kMostSmallUnits; ++units) {
    SCOPED_TRACE(::testing::Message() << units << " units");
    Net net = make_net(random, {units, 17 - units, units, 1}, 77, tanh, linear, SmallLoss::kSquaredError);
    expect_same_both_ways(k, net);
    Net classes = make_net(random, {3, units, units}, 77, {k.relu}, linear, SmallLoss::kSoftmaxCrossEntropy);
    if (units > 1) expect_same_both_ways(k, classes);
  }
}

TEST_P(small_pass_on, every_activation_and_loss_gives_the_bits_of_whole_matrices) {
  for (const ActivationRow& row : activation_rows()) {
    SCOPED_TRACE(row.name);
    const ElementwiseFunction f{k.*row.kernel, row.parameter};
    for (const SmallLoss loss : {SmallLoss::kLogisticCrossEntropy, SmallLoss::kSquaredError}) {
      const ElementwiseFunction output{loss == SmallLoss::kSquaredError ? f : ElementwiseFunction{k.sigmoid}};
      Net net = make_net(random, {4, 7, 3, 1}, 300, f, output, loss);
      expect_same_both_ways(k, net);
    }
    Net classes = make_net(random, {4, 7, 3, 5}, 300, f, {k.linear}, SmallLoss::kSoftmaxCrossEntropy);
    expect_same_both_ways(k, classes);
  }
}

TEST_P(small_pass_on, the_deepest_network_has_its_place) {
  std::vector<std::size_t> sizes(kMostSmallLayers, kMostSmallUnits);
  sizes.push_back(1);
  Net net = make_net(random, sizes, 100, {k.tanh}, {k.sigmoid}, SmallLoss::kLogisticCrossEntropy);
  expect_same_both_ways(k, net);
}

// Wherever it stands, and where ReLU hides it.
TEST_P(small_pass_on, one_number_that_is_not_finite_is_seen) {
  for (const double bad : {kInf, -kInf, kNaN}) {
    for (std::size_t l = 0; l < 3; ++l) {
      Net net = make_net(random, {2, 10, 5, 1}, 75, {k.relu}, {k.sigmoid}, SmallLoss::kLogisticCrossEntropy);
      net.w[l](0, 1) = bad;
      EXPECT_FALSE(net.small_pass(k).is_finite) << bad << " in the weights of layer " << l + 1;
      net = make_net(random, {2, 10, 5, 1}, 75, {k.relu}, {k.sigmoid}, SmallLoss::kLogisticCrossEntropy);
      net.b[l][0] = bad;
      EXPECT_FALSE(net.small_pass(k).is_finite) << bad << " in the biases of layer " << l + 1;
    }
    Net net = make_net(random, {2, 10, 5, 1}, 75, {k.relu}, {k.sigmoid}, SmallLoss::kLogisticCrossEntropy);
    net.x(1, 74) = bad;
    EXPECT_FALSE(net.small_pass(k).is_finite) << bad << " in the last sample";
  }
}

TEST_P(small_pass_on, the_answer_alone_is_that_of_the_whole_pass) {
  for (const std::size_t samples : {1U, 8U, 64U, 65U, 300U}) {
    Net net = make_net(random, {2, 10, 5, 3}, samples, {k.tanh}, {k.linear}, SmallLoss::kSoftmaxCrossEntropy);
    std::vector<SmallLayer> layers;
    for (std::size_t l = 0; l < net.depth(); ++l)
      layers.push_back({&net.w[l], net.b[l].data(), net.f[l], nullptr, nullptr});
    Matrix scratch = unwritten(1, 200'000);
    Matrix z = unwritten(3, samples);
    k.small_forward(layers.data(), layers.size(), net.x, scratch.row(0), z);
    Matrix in = net.x;
    for (std::size_t l = 0; l < net.depth(); ++l) {
      Matrix out = unwritten(net.w[l].rows(), samples);
      k.affine(net.w[l], net.b[l], in, out);
      if (l + 1 == net.depth()) {
        EXPECT_TRUE(out == z) << samples << " samples";
      }
      in = unwritten(out.rows(), samples);
      k.tanh.apply(0, out, in);
    }
  }
}

}  // namespace
}  // namespace initlab
