// From a plan to a network: biases, layers that differ, copies, frozen layers, data-dependent weights.
#include <gtest/gtest.h>

#include <cmath>

#include "core/network/network.h"
#include "core/numeric/random.h"
#include "core/numeric/statistics.h"

namespace initlab {
namespace {

NetworkPlan plan_of(std::vector<std::size_t> sizes, SchemeId scheme, OutputId output = OutputId::kSigmoid) {
  return network_plan({.sizes = std::move(sizes),
                       .hidden_activation = ActivationId::kTanh,
                       .output = output,
                       .scheme = scheme,
                       .parameters = {},
                       .seed = 4});
}

Matrix normal_samples(std::size_t features, std::size_t count) {
  NumpyRandom random(9);
  Matrix x(features, count);
  for (std::size_t r = 0; r < features; ++r) {
    for (double& value : x.row_span(r)) value = random.randn();
  }
  return x;
}

TEST(make_network, draws_one_stream_layer_by_layer_weights_before_biases) {
  const Network network = make_network(plan_of({3, 2, 1}, SchemeId::kPytorchLinear));
  NumpyRandom random(4);
  for (const Layer& layer : network.layers) {
    const double limit = 1 / std::sqrt(static_cast<double>(layer.inputs()));
    for (std::size_t r = 0; r < layer.units(); ++r) {
      for (const double w : layer.w.row_span(r)) EXPECT_NEAR(w, random.uniform(-limit, limit), 1e-15);
    }
    for (const double b : layer.b) EXPECT_NEAR(b, random.uniform(-limit, limit), 1e-15);
  }
}

TEST(make_network, biases_begin_as_the_plan_has_them) {
  NetworkPlan plan = plan_of({3, 4, 1}, SchemeId::kPytorchLinear);
  for (LayerPlan& layer : plan.layers) layer.bias = BiasId::kZeros;
  for (const Layer& layer : make_network(plan).layers) {
    for (const double b : layer.b) EXPECT_EQ(b, 0);
  }
  for (LayerPlan& layer : plan.layers) {
    layer.bias = BiasId::kConstant;
    layer.bias_value = 0.001;
  }
  for (const Layer& layer : make_network(plan).layers) {
    for (const double b : layer.b) EXPECT_EQ(b, 0.001);
  }
}

TEST(make_network, log_odds_are_those_of_the_labels_and_belong_to_the_output_alone) {
  // Reference: p = 0.05 gives -2.944439.
  Matrix y(1, 100);
  for (std::size_t i = 0; i < 5; ++i) y(0, i) = 1;
  NetworkPlan plan = plan_of({3, 4, 1}, SchemeId::kHeNormal);
  plan.y = &y;
  for (LayerPlan& layer : plan.layers) layer.bias = BiasId::kLogOdds;
  const Network network = make_network(plan);
  for (const double b : network.layers[0].b) EXPECT_EQ(b, 0);
  EXPECT_NEAR(network.layers[1].b[0], -2.944439, 1e-6);
}

TEST(make_network, log_odds_of_a_softmax_make_it_guess_the_share_of_each_class) {
  Matrix labels(1, 10);
  for (std::size_t i = 0; i < 10; ++i) labels(0, i) = i < 7 ? 0 : i < 9 ? 1 : 2;
  const Matrix y = targets_of(OutputId::kSoftmax, labels, 3);
  NetworkPlan plan = plan_of({2, 3}, SchemeId::kZeros, OutputId::kSoftmax);
  plan.layers[0].bias = BiasId::kLogOdds;
  plan.y = &y;
  Workspace pass;
  forward(make_network(plan), normal_samples(2, 4), pass);
  EXPECT_NEAR(pass.layers[0].a(0, 1), 0.7, 1e-12);
  EXPECT_NEAR(pass.layers[0].a(1, 1), 0.2, 1e-12);
  EXPECT_NEAR(pass.layers[0].a(2, 3), 0.1, 1e-12);
}

TEST(make_network, log_odds_are_finite_where_one_class_is_missing) {
  const Matrix y(1, 20);
  NetworkPlan plan = plan_of({2, 1}, SchemeId::kZeros);
  plan.layers[0].bias = BiasId::kLogOdds;
  plan.y = &y;
  EXPECT_NEAR(make_network(plan).layers[0].b[0], std::log(0.025 / 0.975), 1e-12);
}

TEST(make_network, every_layer_may_have_its_own_scheme_and_activation) {
  NetworkPlan plan = plan_of({3, 4, 5, 1}, SchemeId::kZeros);
  plan.layers[1].scheme = SchemeId::kOnes;
  plan.layers[1].activation = ActivationId::kRelu;
  plan.layers[1].parameters.gain = 0.5;
  const Network network = make_network(plan);
  EXPECT_EQ(network.layers[0].w(2, 2), 0);
  EXPECT_EQ(network.layers[1].w(2, 2), 0.5);
  EXPECT_EQ(network.layers[2].w(0, 2), 0);
  EXPECT_EQ(network.layers[0].activation, ActivationId::kTanh);
  EXPECT_EQ(network.layers[1].activation, ActivationId::kRelu);
}

TEST(make_network, the_scheme_of_an_output_layer_goes_by_the_hidden_activation_before_it) {
  NetworkPlan plan = plan_of({3, 4, 1}, SchemeId::kHeNormal);
  plan.layers[0].activation = ActivationId::kLeakyRelu;
  plan.layers[0].activation_parameters.slope = 0.2;
  const LayerContext output = layer_context(plan, 1);
  EXPECT_EQ(output.activation, ActivationId::kLeakyRelu);
  EXPECT_EQ(output.activation_parameters.slope, 0.2);
  EXPECT_EQ(output.shape.fan_in, 4);
  EXPECT_FALSE(output.is_first);
  // Without hidden layers there is none to go by.
  EXPECT_EQ(layer_context(plan_of({3, 1}, SchemeId::kHeNormal), 0).activation, ActivationId::kSigmoid);
}

TEST(make_network, copied_layers_are_the_sources_and_the_first_ones_are_frozen) {
  const Network source = make_network(plan_of({3, 4, 5, 1}, SchemeId::kHeNormal));
  NetworkPlan plan = plan_of({3, 4, 5, 1}, SchemeId::kFromRun);
  for (LayerPlan& layer : plan.layers) layer.parameters.freeze = 1;
  plan.layers[2].scheme = SchemeId::kXavierNormal;
  plan.sources = {&source, &source, nullptr};
  const Network network = make_network(plan);
  EXPECT_EQ(network.layers[0].w, source.layers[0].w);
  EXPECT_EQ(network.layers[1].w, source.layers[1].w);
  EXPECT_NE(network.layers[2].w, source.layers[2].w);
  EXPECT_TRUE(network.layers[0].frozen);
  EXPECT_FALSE(network.layers[1].frozen);
  EXPECT_FALSE(network.layers[2].frozen);
}

TEST(make_network, lsuv_gives_every_layer_unit_variance_on_the_data) {
  const Matrix x = normal_samples(6, 300);
  NetworkPlan plan = plan_of({6, 20, 20, 20, 1}, SchemeId::kLsuv);
  plan.x = &x;
  Workspace pass;
  forward(make_network(plan), x, pass);
  for (const LayerPass& layer : pass.layers) {
    const Summary z = summarize(layer.z);
    // Within the scheme's own tolerance of 0.02.
    EXPECT_NEAR(z.std * z.std, 1, 0.02);
  }
}

TEST(make_network, lsuv_of_one_layer_sees_what_the_layers_before_it_make_of_the_data) {
  const Matrix x = normal_samples(6, 300);
  NetworkPlan plan = plan_of({6, 20, 20, 1}, SchemeId::kNormal);
  plan.layers[1].scheme = SchemeId::kLsuv;
  plan.x = &x;
  Workspace pass;
  forward(make_network(plan), x, pass);
  EXPECT_LT(summarize(pass.layers[0].z).std, 0.1);
  EXPECT_NEAR(summarize(pass.layers[1].z).std, 1, 1e-9);
}

}  // namespace
}  // namespace initlab
