// Predicted statistics of layers: against tables computed independently, and against networks that are drawn.
#include "core/experiment/theory/theory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/experiment/theory/curve_of_q.h"
#include "core/experiment/theory/output_gradient.h"
#include "core/network/quadrature.h"
#include "core/numeric/random.h"

namespace initlab {
namespace {

// Every sample has |x|^2 = features, as Gaussian features have on average.
Dataset even_data(std::size_t features, std::size_t samples = 16) {
  Dataset data;
  data.train.x = Matrix(features, samples);
  data.train.y = Matrix(1, samples);
  for (std::size_t s = 0; s < samples; ++s) {
    for (std::size_t f = 0; f < features; ++f) data.train.x(f, s) = (f * s) % 3 == 0 ? 1 : -1;
    data.train.y(0, s) = static_cast<double>(s % 2);
  }
  return data;
}

// Labels are the sample's number modulo `classes`; of a regression they are 1 and -1 in turn.
Dataset gaussian_data(std::size_t features, std::size_t samples, std::size_t classes) {
  NumpyRandom random(11);
  Dataset data;
  data.classes = classes;
  data.train.x = Matrix(features, samples);
  data.train.y = Matrix(1, samples);
  for (std::size_t f = 0; f < features; ++f) {
    for (double& value : data.train.x.row_span(f)) value = random.randn();
  }
  for (std::size_t s = 0; s < samples; ++s) {
    data.train.y(0, s) = classes > 0 ? static_cast<double>(s % classes) : (s % 2 == 0 ? 1 : -1);
  }
  return data;
}

Experiment experiment_of(std::vector<std::int64_t> hidden, ActivationId activation, Lane lane) {
  Experiment experiment;
  experiment.network.hidden = std::move(hidden);
  experiment.network.activation = activation;
  experiment.lanes = {std::move(lane)};
  return experiment;
}

LaneTheory predict(const Experiment& experiment, const Dataset& data) {
  return predict_signal(experiment, experiment.lanes.front(), data);
}

// Ten hidden layers of equal width and inputs of |x|^2 = width: computed with numpy and scipy.
struct KnownRow {
  std::string_view name;
  SchemeId scheme;
  ActivationId activation;
  std::int64_t width;
  SchemeParameters parameters;
  std::vector<double> z_std;  // of the hidden layers
  double d_z_ratio;           // layer 1 over layer 10
};
const KnownRow kKnown[] = {
    {"He+ReLU",
     SchemeId::kHeNormal,
     ActivationId::kRelu,
     64,
     SchemeParameters{},
     {1.414214, 1.414214, 1.414214, 1.414214, 1.414214, 1.414214, 1.414214, 1.414214, 1.414214, 1.414214},
     1.000000},
    {"Xavier+ReLU",
     SchemeId::kXavierNormal,
     ActivationId::kRelu,
     64,
     SchemeParameters{},
     {1.000000, 0.707107, 0.500000, 0.353553, 0.250000, 0.176777, 0.125000, 0.088388, 0.062500, 0.044194},
     0.044194},
    {"Xavier+tanh",
     SchemeId::kXavierNormal,
     ActivationId::kTanh,
     64,
     SchemeParameters{},
     {1.000000, 0.627929, 0.486262, 0.408236, 0.357638, 0.321622, 0.294390, 0.272911, 0.255430, 0.240856},
     0.281161},
    {"0.01+ReLU 64",
     SchemeId::kNormal,
     ActivationId::kRelu,
     64,
     SchemeParameters{.std = 0.01},
     {0.080000, 0.004525, 2.56000e-04, 1.44815e-05, 8.19200e-07, 4.63410e-08, 2.62144e-09, 1.48291e-10,
      8.38861e-12, 4.74531e-13},
     5.93164e-12},
    {"0.01+ReLU 100",
     SchemeId::kNormal,
     ActivationId::kRelu,
     100,
     SchemeParameters{.std = 0.01},
     {0.100000, 0.007071, 5.00000e-04, 3.53553e-05, 2.50000e-06, 1.76777e-07, 1.25000e-08, 8.83883e-10,
      6.25000e-11, 4.41942e-12},
     4.41942e-11},
    {"PyTorch+ReLU 64",
     SchemeId::kPytorchLinear,
     ActivationId::kRelu,
     64,
     SchemeParameters{},
     {0.581843, 0.248258, 0.124420, 0.088252, 0.080662, 0.079327, 0.079102, 0.079064, 0.079058, 0.079057},
     3.15006e-04},
    {"PyTorch+ReLU 100",
     SchemeId::kPytorchLinear,
     ActivationId::kRelu,
     100,
     SchemeParameters{},
     {0.580230, 0.243812, 0.115068, 0.074432, 0.065243, 0.063583, 0.063302, 0.063255, 0.063247, 0.063246},
     3.15006e-04},
    {"Xavier x10+tanh",
     SchemeId::kXavierNormal,
     ActivationId::kTanh,
     64,
     SchemeParameters{.gain = 10},
     {10.000000, 9.594461, 9.577093, 9.576316, 9.576281, 9.576280, 9.576280, 9.576280, 9.576280, 9.576280},
     2176.235749},
    {"Xavier+sigmoid",
     SchemeId::kXavierNormal,
     ActivationId::kSigmoid,
     64,
     SchemeParameters{},
     {1.000000, 0.541645, 0.515841, 0.514545, 0.514481, 0.514477, 0.514477, 0.514477, 0.514477, 0.514477},
     2.02964e-06},
    {"He+GELU",
     SchemeId::kHeNormal,
     ActivationId::kGelu,
     64,
     SchemeParameters{},
     {1.414214, 1.358001, 1.299149, 1.237411, 1.172521, 1.104194, 1.032147, 0.956117, 0.875914, 0.791507},
     0.752451},
    {"LeCun+SELU", SchemeId::kLecunNormal, ActivationId::kSelu, 64, SchemeParameters{}, {}, 1.364902},
};

TEST(theory, predicted_std_of_z_and_growth_of_dz_are_the_known_ones) {
  for (const KnownRow& row : kKnown) {
    const Lane lane = make_lane("one", row.scheme, row.parameters);
    const std::vector<std::int64_t> hidden(10, row.width);
    const LaneTheory theory =
        predict(experiment_of(hidden, row.activation, lane), even_data(static_cast<std::size_t>(row.width)));
    ASSERT_EQ(theory.layers.size(), 11U);
    for (std::size_t l = 0; l < row.z_std.size(); ++l) {
      // Printed with six decimals, or six figures where those would be too few.
      const double printed = row.z_std[l] < 1e-3 ? 6e-6 * row.z_std[l] : 0.6e-6;
      EXPECT_NEAR(theory.layers[l].z_std.value(), row.z_std[l], printed) << row.name << " layer " << l + 1;
    }
    const double ratio = theory.layers[0].d_z_std.value() / theory.layers[9].d_z_std.value();
    EXPECT_NEAR(ratio / row.d_z_ratio, 1, 1.2e-5) << row.name;
  }
}

// A lane and what follows it, for networks that are drawn and measured.
struct DrawnRow {
  std::string name;
  Lane lane;
  ActivationId activation = ActivationId::kRelu;
  std::vector<std::int64_t> hidden = {64, 64, 64, 64};
  OutputId output = OutputId::kSigmoid;
  LossId loss = LossId::kCrossEntropy;
  std::size_t classes = 2;
  // Besides the sampling error: what theory of endless width leaves out at this one.
  double bias = 0.06;
};

void PrintTo(const DrawnRow& row, std::ostream* stream) {
  *stream << row.name;
}

Lane lane_with(SchemeId scheme, SchemeParameters parameters = {}) {
  return make_lane("one", scheme, std::move(parameters));
}
Lane with_constant_bias(Lane lane, double value) {
  lane.bias = BiasId::kConstant;
  lane.bias_value = value;
  return lane;
}
Lane with_slope(Lane lane, double slope) {
  lane.slope = slope;
  return lane;
}
Lane with_batch_norm(Lane lane) {
  lane.batch_norm = true;
  return lane;
}
Lane with_log_odds(Lane lane) {
  lane.bias = BiasId::kLogOdds;
  return lane;
}

const std::vector<DrawnRow>& drawn_rows() {
  using A = ActivationId;
  static const std::vector<DrawnRow> kRows = {
      {.name = "he_relu", .lane = lane_with(SchemeId::kHeNormal)},
      {.name = "xavier_tanh", .lane = lane_with(SchemeId::kXavierUniform), .activation = A::kTanh},
      {.name = "large_tanh", .lane = lane_with(SchemeId::kXavierNormal, {.gain = 3}), .activation = A::kTanh},
      {.name = "pytorch_sigmoid", .lane = lane_with(SchemeId::kPytorchLinear), .activation = A::kSigmoid},
      {.name = "he_gelu", .lane = lane_with(SchemeId::kHeUniform), .activation = A::kGelu},
      {.name = "lecun_selu", .lane = lane_with(SchemeId::kLecunNormalTruncated), .activation = A::kSelu},
      {.name = "keras_softplus", .lane = lane_with(SchemeId::kKerasDense), .activation = A::kSoftplus},
      {.name = "siren", .lane = lane_with(SchemeId::kSiren), .activation = A::kSine},
      {.name = "orthogonal_leaky",
       .lane = with_slope(lane_with(SchemeId::kOrthogonal, {.gain = 1.3}), 0.2),
       .activation = A::kLeakyRelu},
      {.name = "lsuv_tanh", .lane = lane_with(SchemeId::kLsuv), .activation = A::kTanh},
      {.name = "sparse_linear",
       .lane = lane_with(SchemeId::kSparse, {.std = 0.3, .sparsity = 0.75}),
       .activation = A::kLinear},
      {.name = "biased_relu", .lane = with_constant_bias(lane_with(SchemeId::kHeNormal), 0.5)},
      {.name = "unequal_widths", .lane = lane_with(SchemeId::kHeNormal), .hidden = {100, 30, 80}},
      {.name = "few_features_tanh",
       .lane = lane_with(SchemeId::kNormal, {.std = 0.4}),
       .activation = A::kTanh,
       .hidden = {100, 40}},
      {.name = "softmax",
       .lane = lane_with(SchemeId::kXavierNormal, {.gain = 2}),
       .activation = A::kTanh,
       .output = OutputId::kSoftmax,
       .classes = 5},
      {.name = "softmax_squared_error",
       .lane = lane_with(SchemeId::kHeNormal),
       .output = OutputId::kSoftmax,
       .loss = LossId::kMeanSquaredError,
       .classes = 4},
      {.name = "regression",
       .lane = lane_with(SchemeId::kLecunUniform),
       .activation = A::kSilu,
       .output = OutputId::kLinear,
       .loss = LossId::kMeanSquaredError,
       .classes = 0},
      {.name = "sigmoid_squared_error",
       .lane = lane_with(SchemeId::kHeNormal),
       .loss = LossId::kMeanSquaredError},
      {.name = "log_odds", .lane = with_log_odds(lane_with(SchemeId::kXavierNormal)), .activation = A::kTanh},
      {.name = "batch_norm_relu",
       .lane = with_batch_norm(lane_with(SchemeId::kNormal, {.std = 0.01})),
       .bias = 0.15},
      {.name = "batch_norm_tanh",
       .lane = with_batch_norm(lane_with(SchemeId::kXavierNormal)),
       .activation = A::kTanh,
       .bias = 0.15},
  };
  return kRows;
}

// Mean and its standard error over independent networks.
class Mean {
 public:
  void add(double value) {
    sum_ += value;
    squares_ += value * value;
    ++count_;
  }
  double value() const { return sum_ / count_; }
  double error() const {
    return std::sqrt(std::max(0.0, squares_ / count_ - value() * value()) / (count_ - 1));
  }

 private:
  double sum_ = 0;
  double squares_ = 0;
  double count_ = 0;
};

double mean_square(const Matrix& values, double about) {
  double sum = 0;
  for (std::size_t r = 0; r < values.rows(); ++r) {
    for (const double value : values.row_span(r)) sum += (value - about) * (value - about);
  }
  return sum / static_cast<double>(values.size());
}

class DrawnNetworks : public testing::TestWithParam<DrawnRow> {};

// The mean over networks of the mean squares, against the square of the prediction: within four standard
// errors of that mean, and the row's share for the finite width.
TEST_P(DrawnNetworks, have_the_predicted_z_and_dz_in_every_layer) {
  const DrawnRow& row = GetParam();
  constexpr int kNetworks = 80;
  Experiment experiment = experiment_of(row.hidden, row.activation, row.lane);
  experiment.network.output = row.output;
  experiment.training.loss = row.loss;
  const std::size_t features = row.name.starts_with("few_features") ? 2 : 64;
  const Dataset data = gaussian_data(features, 60, row.classes);
  const LaneTheory theory = predict(experiment, data);
  NetworkPlan plan = network_plan(experiment, row.lane, shape_of(data));
  const std::size_t layers = plan.layers.size();
  const Matrix y = targets_of(row.output, data.train.y, plan.layers.back().units);
  plan.x = &data.train.x;
  plan.y = &y;
  std::vector<Mean> z(layers), d_z(layers);
  Workspace pass;
  for (int seed = 1; seed <= kNetworks; ++seed) {
    plan.seed = static_cast<std::uint32_t>(seed);
    const Network network = make_network(plan);
    forward(network, data.train.x, pass);
    backward(network, {.loss = row.loss}, data.train.x, y, pass);
    for (std::size_t l = 0; l < layers; ++l) {
      z[l].add(mean_square(pass.layers[l].z, row.lane.bias == BiasId::kConstant ? row.lane.bias_value : 0));
      d_z[l].add(mean_square(pass.layers[l].d_z, 0));
    }
  }
  for (std::size_t l = 0; l < layers; ++l) {
    const LayerTheory& predicted = theory.layers[l];
    const double z2 = predicted.z_std.value() * predicted.z_std.value();
    const double d_z2 = predicted.d_z_std.value() * predicted.d_z_std.value();
    EXPECT_NEAR(z[l].value(), z2, 4 * z[l].error() + row.bias * z2) << "z of layer " << l + 1;
    // Where all logits lean to one side the mean gradient of the output is not 0, and not in its std.
    if (l + 1 == layers && row.name == "biased_relu") continue;
    EXPECT_NEAR(d_z[l].value(), d_z2, 4 * d_z[l].error() + row.bias * d_z2) << "dz of layer " << l + 1;
  }
}

INSTANTIATE_TEST_SUITE_P(Of, DrawnNetworks, testing::ValuesIn(drawn_rows()),
                         [](const auto& row) { return row.param.name; });

TEST(theory, samples_of_different_size_are_followed_one_by_one) {
  Dataset data;
  data.train.x = Matrix(1, 2);
  data.train.x(0, 0) = 0.1;
  data.train.x(0, 1) = 3;
  data.train.y = Matrix(1, 2);
  const Experiment experiment =
      experiment_of({50, 50}, ActivationId::kTanh, lane_with(SchemeId::kNormal, {.std = 1}));
  const LaneTheory theory = predict(experiment, data);
  const Nonlinearity tanh = nonlinearity(ActivationId::kTanh);
  const double second = (gaussian_moments(tanh, 0.01).second + gaussian_moments(tanh, 9).second) / 2;
  EXPECT_NEAR(theory.layers[0].z_std.value(), std::sqrt((0.01 + 9) / 2), 1e-12);
  EXPECT_NEAR(theory.layers[1].z_std.value() / std::sqrt(50 * second), 1, 1e-7);
  EXPECT_GT(std::abs(gaussian_moments(tanh, 4.505).second / second - 1), 0.1);  // averaged first, far off
}

TEST(theory, zeros_pass_nothing_on_and_the_output_still_errs) {
  const Experiment experiment = experiment_of({8, 8}, ActivationId::kRelu, lane_with(SchemeId::kZeros));
  const LaneTheory theory = predict(experiment, even_data(2, 10));
  for (const LayerTheory& layer : theory.layers) EXPECT_EQ(layer.z_std, 0);
  EXPECT_EQ(theory.layers[0].d_z_std, 0);
  EXPECT_EQ(theory.layers[1].d_z_std, 0);
  EXPECT_NEAR(theory.layers[2].d_z_std.value(), 0.5 / 10, 1e-15);
  EXPECT_FALSE(theory.stack.has_value());
}

// dz of the output is 0.5 - y for every sample: its std is that of the labels.
TEST(theory, a_common_error_of_all_samples_is_not_counted_as_spread) {
  Dataset data = even_data(2, 10);
  for (std::size_t s = 0; s < 10; ++s) data.train.y(0, s) = s < 2 ? 1 : 0;
  const LaneTheory theory =
      predict(experiment_of({8}, ActivationId::kRelu, lane_with(SchemeId::kZeros)), data);
  EXPECT_NEAR(theory.layers[1].d_z_std.value(), 0.4 / 10, 1e-15);
}

TEST(theory, is_silent_from_a_layer_on_whose_weights_have_no_law_around_zero) {
  for (const Lane& unknown :
       {lane_with(SchemeId::kIdentity), lane_with(SchemeId::kConstant, {.value = 0.5}),
        lane_with(SchemeId::kNormal, {.mean = 0.1, .std = 1}), lane_with(SchemeId::kOnes)}) {
    Lane lane = lane_with(SchemeId::kHeNormal);
    lane.layers = {{.layer = 2, .start = unknown, .given = {"scheme", "value", "mean", "std"}}};
    const LaneTheory theory = predict(experiment_of({8, 8, 8}, ActivationId::kTanh, lane), even_data(8));
    EXPECT_TRUE(theory.layers[0].z_std.has_value());
    for (std::size_t l = 1; l < 4; ++l) EXPECT_FALSE(theory.layers[l].z_std.has_value()) << l;
    for (std::size_t l = 0; l < 4; ++l) EXPECT_FALSE(theory.layers[l].d_z_std.has_value()) << l;
    EXPECT_FALSE(theory.stack.has_value());
  }
}

TEST(theory, a_constant_of_zero_is_known) {
  const Lane lane = lane_with(SchemeId::kConstant, {.value = 0});
  EXPECT_EQ(predict(experiment_of({4}, ActivationId::kTanh, lane), even_data(2)).layers[1].z_std, 0);
}

TEST(theory, lsuv_knows_its_own_variance_whatever_comes_in) {
  Lane lane = lane_with(SchemeId::kIdentity);
  lane.layers = {{.layer = 2, .start = lane_with(SchemeId::kLsuv, {.gain = 2}), .given = {"scheme", "gain"}}};
  const LaneTheory theory = predict(experiment_of({8, 8}, ActivationId::kTanh, lane), even_data(8));
  EXPECT_FALSE(theory.layers[0].z_std.has_value());
  EXPECT_EQ(theory.layers[1].z_std, 2);
}

// Yang et al. 2019, "A mean field theory of batch normalization": a squared gradient grows by pi / (pi - 1) a
// layer under ReLU.
TEST(theory, batch_normalized_relu_lets_gradients_explode_at_the_known_rate) {
  const Lane lane = with_batch_norm(lane_with(SchemeId::kHeNormal));
  const LaneTheory theory = predict(
      experiment_of(std::vector<std::int64_t>(30, 64), ActivationId::kRelu, lane), gaussian_data(64, 200, 2));
  const double ratio = theory.layers[9].d_z_std.value() / theory.layers[10].d_z_std.value();
  EXPECT_NEAR(ratio * ratio, std::numbers::pi / (std::numbers::pi - 1), 0.01);
  EXPECT_FALSE(theory.stack.has_value());
}

TEST(theory, the_stack_is_the_mean_field_of_the_second_hidden_layer) {
  Lane lane = lane_with(SchemeId::kPytorchLinear);
  const LaneTheory theory = predict(experiment_of({64, 64}, ActivationId::kTanh, lane), even_data(64));
  ASSERT_TRUE(theory.stack.has_value());
  const double q = 1.0 / 3 + 1.0 / (3 * 64);
  const MeanField known =
      mean_field(nonlinearity(ActivationId::kTanh), std::sqrt(1.0 / 3), std::sqrt(1.0 / (3 * 64)), q);
  EXPECT_NEAR(theory.stack->q_map.front(), q, 1e-12);
  EXPECT_NEAR(theory.stack->q_star, known.q_star, 1e-12);
  EXPECT_NEAR(theory.stack->chi_1, known.chi_1, 1e-12);
  EXPECT_EQ(theory.stack->phase, Phase::kOrdered);
  EXPECT_FALSE(predict(experiment_of({64}, ActivationId::kTanh, lane), even_data(64)).stack.has_value());
  EXPECT_FALSE(predict(experiment_of({}, ActivationId::kTanh, lane), even_data(64)).stack.has_value());
  const LaneTheory he =
      predict(experiment_of({32, 32}, ActivationId::kRelu, lane_with(SchemeId::kHeNormal)), even_data(8));
  EXPECT_EQ(he.stack->phase, Phase::kCritical);
}

TEST(theory, a_hundred_layers_that_overflow_are_numbers_too) {
  const Lane lane = lane_with(SchemeId::kNormal, {.std = 1e6});
  for (const ActivationId kind : {ActivationId::kRelu, ActivationId::kGelu, ActivationId::kTanh}) {
    const LaneTheory theory =
        predict(experiment_of(std::vector<std::int64_t>(100, 16), kind, lane), even_data(16));
    ASSERT_EQ(theory.layers.size(), 101U);
    const double last = theory.layers.back().z_std.value();
    EXPECT_EQ(std::isfinite(last), kind == ActivationId::kTanh);
  }
}

TEST(curve_of_q, gives_the_moments_of_every_activation_to_seven_digits) {
  for (const std::string_view id : nonlinearity_ids()) {
    const Nonlinearity f = find_nonlinearity(id, {}).value();
    for (const double mean : {0.0, 0.7}) {
      const auto compute = [&](double q) {
        const GaussianMoments moments = gaussian_moments(f, q, mean);
        return std::vector<double>{moments.mean, moments.second, moments.derivative_second};
      };
      CurveOfQ curve(compute);
      for (const double q : {0.0, 1e-300, 1e-20, 3e-3, 0.77, 1.0, 5.1, 90.0, 1e6}) {
        if (id == "sine" && q > 1) continue;  // has a closed form, and no other needs so many waves
        const std::vector<double> exact = compute(q);
        const std::vector<double> found = curve.at(q);
        for (std::size_t k = 0; k < 3; ++k) {
          EXPECT_NEAR(found[k], exact[k], 1e-7 * std::abs(exact[k]) + 1e-15) << id << " " << q << " " << k;
        }
      }
    }
  }
}

TEST(output_gradient, equal_logits_give_the_error_of_the_even_guess) {
  for (const std::size_t classes : {2U, 3U, 10U}) {
    OutputGradientTheory theory(OutputId::kSoftmax, LossId::kCrossEntropy, std::vector<double>(classes), 7);
    const double k = static_cast<double>(classes);
    const double second = ((1 - 1 / k) * (1 - 1 / k) + (k - 1) / (k * k)) / k / 49;
    EXPECT_NEAR(theory.at(0, 1).second, second, 1e-15);
  }
}

// Two logits of variance q are one of variance 2 q; a fixed sample of 2,048 against quadrature.
TEST(output_gradient, softmax_of_two_is_sigmoid_of_the_difference) {
  for (const LossId loss : {LossId::kCrossEntropy, LossId::kMeanSquaredError}) {
    OutputGradientTheory softmax(OutputId::kSoftmax, loss, {0.3, 0}, 5);
    OutputGradientTheory sigmoid(OutputId::kSigmoid, loss, {0.3}, 5);
    // Squared error of softmax counts both outputs, each with half the weight: the gradients are the same.
    for (const double q : {0.01, 1.0, 30.0}) {
      EXPECT_NEAR(softmax.at(q, 0).second / sigmoid.at(2 * q, 1).second, 1, 0.05) << q;
      EXPECT_NEAR(softmax.at(q, 1).second / sigmoid.at(2 * q, 0).second, 1, 0.05) << q;
    }
  }
}

// Against the mean over many drawn logits.
TEST(output_gradient, sigmoid_and_linear_agree_with_draws) {
  constexpr int kDraws = 200000;
  struct Row {
    OutputId output;
    LossId loss;
    double y;
  };
  for (const Row& row : {Row{OutputId::kSigmoid, LossId::kCrossEntropy, 1},
                         Row{OutputId::kSigmoid, LossId::kMeanSquaredError, 1},
                         Row{OutputId::kLinear, LossId::kMeanSquaredError, -0.7}}) {
    NumpyRandom random(4);
    Network network;
    network.output = row.output;
    Layer layer;
    layer.w = Matrix(1, 1);
    layer.w(0, 0) = 1.5;
    layer.b = {0.4};
    layer.activation = output(row.output).activation;
    network.layers = {layer};
    Matrix x(1, kDraws), y(1, kDraws);
    for (double& value : x.row_span(0)) value = random.randn();
    for (double& value : y.row_span(0)) value = row.y;
    Workspace pass;
    forward(network, x, pass);
    backward(network, {.loss = row.loss}, x, y, pass);
    double mean = 0;
    for (const double d : pass.layers[0].d_z.row_span(0)) mean += d / kDraws;
    OutputGradientTheory theory(row.output, row.loss, {0.4}, kDraws);
    const OutputGradient predicted = theory.at(2.25, row.y);
    const double second = mean_square(pass.layers[0].d_z, 0);
    EXPECT_NEAR(predicted.second / second, 1, 0.01);
    EXPECT_NEAR(predicted.mean / mean, 1, 0.02);
  }
}

}  // namespace
}  // namespace initlab
