// Mean-field theory against independently computed figures, against numbers known in closed form, and against
// itself: limits, slopes by finite differences, every activation.
#include "core/network/mean_field.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/network/quadrature.h"

namespace initlab {
namespace {

Nonlinearity named(std::string_view id, double slope = 0.01, double frequency = 1) {
  return find_nonlinearity(id, {.slope = slope, .frequency = frequency}).value();
}

// Figures that are printed with six decimals.
constexpr double kPrinted = 0.6e-6;

// Computed with numpy, scipy and mpmath by two methods each.
struct MomentsRow {
  std::string_view id;
  double slope;
  GaussianMoments at_one;
};
const MomentsRow kMoments[] = {
    {"linear", 0.01, {0, 1.000000, 1.000000}},
    {"relu", 0.01, {0.398942, 0.500000, 0.500000}},
    {"leaky_relu", 0.01, {0.394953, 0.500050, 0.500050}},
    {"leaky_relu", 0.2, {0.319154, 0.520000, 0.520000}},
    {"tanh", 0.01, {0, 0.394294, 0.464403}},
    {"sigmoid", 0.01, {0.500000, 0.293379, 0.044836}},
    {"erf", 0.01, {0, 0.464559, 0.569410}},
    {"elu", 0.01, {0.160521, 0.644945, 0.668102}},
    {"selu", 0.01, {0, 1.000000, 1.071575}},
    {"gelu", 0.01, {0.282095, 0.425221, 0.455851}},
    {"gelu_tanh", 0.01, {0.282039, 0.425194, 0.455818}},
    {"silu", 0.01, {0.206621, 0.355776, 0.379482}},
    {"softplus", 0.01, {0.806059, 0.921246, 0.293379}},
    {"sine", 0.01, {0, 0.432332, 0.567668}},
};

struct FixedPointRow {
  std::string_view id;
  double slope, sigma_w, sigma_b, q_star, chi_1, v_slope, c_star, c_slope, xi_q, xi_c, xi_gradient;
  Phase phase;
};
const FixedPointRow kFixedPoints[] = {
    {"tanh", 0.01, 0.9, 0.5, 0.461168, 0.492092, 0.278613, 1.000000, 0.492092, 0.782514, 1.4103, 1.4103,
     Phase::kOrdered},
    {"tanh", 0.01, 1, 0.1, 0.077775, 0.876244, 0.764282, 1.000000, 0.876244, 3.719988, 7.5694, 7.5694,
     Phase::kOrdered},
    {"tanh", 0.01, 1.3, 0.3, 0.607047, 0.939807, 0.473516, 1.000000, 0.939807, 1.337668, 16.1082, 16.1082,
     Phase::kOrdered},
    {"tanh", 0.01, std::sqrt(1.76), std::sqrt(0.05), 0.569463, 0.999796, 0.518315, 1.000000, 0.999796,
     1.521671, 4911.6753, 4911.6753, Phase::kOrdered},
    {"tanh", 0.01, 1.5, 0.05, 0.798387, 1.136708, 0.501898, 0.052086, 0.940140, 1.450623, 16.2006, -7.8042,
     Phase::kChaotic},
    {"tanh", 0.01, 5.0 / 3, 0, 1.178480, 1.209831, 0.430899, 0, 0.920791, 1.187817, 12.1179, -5.2499,
     Phase::kChaotic},
    {"tanh", 0.01, 2.5, 0.3, 4.079124, 1.585225, 0.233922, 0.122104, 0.822229, 0.688341, 5.1089, -2.1705,
     Phase::kChaotic},
    {"tanh", 0.01, 4, 0.3, 12.604149, 2.367261, 0.130082, 0.029696, 0.759744, 0.490295, 3.6394, -1.1605,
     Phase::kChaotic},
    {"erf", 0.01, 0.8, 0.3, 0.214040, 0.598112, 0.418822, 1.000000, 0.598112, 1.149018, 1.9456, 1.9456,
     Phase::kOrdered},
    {"erf", 0.01, 1, 0, 0.141924, 1.016903, 0.792074, 0, 0.991737, 4.290001, 120.5258, -59.6614,
     Phase::kChaotic},
    {"erf", 0.01, 1.3, 0.3, 0.805318, 1.047310, 0.401170, 0.829244, 0.959279, 1.094847, 24.0541, -21.6335,
     Phase::kChaotic},
    {"erf", 0.01, 2.5, 0.3, 4.555462, 1.815067, 0.179515, 0.093179, 0.789834, 0.582244, 4.2385, -1.6775,
     Phase::kChaotic},
    {"sigmoid", 0.01, 1, 0, 0.264687, 0.055721, 0.049506, 1.000000, 0.055721, 0.332704, 0.3463, 0.3463,
     Phase::kOrdered},
    {"sigmoid", 0.01, 4, 0, 5.855404, 0.398879, 0.124339, 1.000000, 0.398879, 0.479675, 1.0880, 1.0880,
     Phase::kOrdered},
    {"sigmoid", 0.01, 4, 1, 6.982876, 0.370497, 0.102930, 1.000000, 0.370497, 0.439811, 1.0071, 1.0071,
     Phase::kOrdered},
    {"sigmoid", 0.01, 8, 0, 27.382523, 0.794823, 0.075731, 1.000000, 0.794823, 0.387512, 4.3547, 4.3547,
     Phase::kOrdered},
    {"relu", 0.01, 1, 0.5, 0.500000, 0.500000, 0.500000, 1.000000, 0.500000, 1.442695, 1.4427, 1.4427,
     Phase::kOrdered},
    {"relu", 0.01, 1.2, 0.3, 0.321429, 0.720000, 0.720000, 1.000000, 0.720000, 3.044102, 3.0441, 3.0441,
     Phase::kOrdered},
    {"leaky_relu", 0.01, 1, 0.5, 0.500050, 0.500050, 0.500050, 1.000000, 0.500050, 1.442903, 1.4429, 1.4429,
     Phase::kOrdered},
    {"leaky_relu", 0.2, 1, 0.5, 0.520833, 0.520000, 0.520000, 1.000000, 0.520000, 1.529224, 1.5292, 1.5292,
     Phase::kOrdered},
    {"linear", 0.01, 0.9, 0.5, 1.315789, 0.810000, 0.810000, 1.000000, 0.810000, 4.745611, 4.7456, 4.7456,
     Phase::kOrdered},
    {"elu", 0.01, 1.1, 0.3, 0.544131, 0.856718, 0.742543, 1.000000, 0.856718, 3.359377, 6.4664, 6.4664,
     Phase::kOrdered},
    {"elu", 0.01, 1.2, 0.1, 0.596373, 1.010638, 0.874449, 0.848231, 0.990392, 7.453718, 103.5788, -94.5023,
     Phase::kChaotic},
    {"selu", 0.01, 1, 0, 1.000000, 1.071575, 0.782648, 0, 0.970680, 4.080427, 33.6043, -14.4656,
     Phase::kChaotic},
    {"selu", 0.01, 0.75, 0, 0.023034, 1.003670, 0.923541, 0.992014, 0.998216, 12.572224, 560.1398, -272.9532,
     Phase::kChaotic},
    {"selu", 0.01, 0.9, 0.3, 0.707347, 0.923901, 0.686930, 1.000000, 0.923901, 2.662954, 12.6342, 12.6342,
     Phase::kOrdered},
    {"gelu", 0.01, 1, 0.5, 0.392207, 0.388769, 0.429609, 1.000000, 0.388769, 1.183602, 1.0585, 1.0585,
     Phase::kOrdered},
    {"silu", 0.01, 1, 0.5, 0.358271, 0.316636, 0.343114, 1.000000, 0.316636, 0.934847, 0.8696, 0.8696,
     Phase::kOrdered},
    {"softplus", 0.01, 1, 0, 0.856305, 0.288722, 0.450517, 1.000000, 0.288722, 1.254138, 0.8050, 0.8050,
     Phase::kOrdered},
    {"sine", 0.01, 0.9, 0.3, 0.248731, 0.651269, 0.492539, 1.000000, 0.651269, 1.412066, 2.3319, 2.3319,
     Phase::kOrdered},
    {"sine", 0.01, 1.5, 0, 0.960100, 1.289900, 0.329800, 0, 0.861423, 0.901494, 6.7038, -3.9283,
     Phase::kChaotic},
    {"sine", 0.01, 1.5, 0.3, 1.087085, 1.252915, 0.255831, 0.376395, 0.823098, 0.733547, 5.1366, -4.4351,
     Phase::kChaotic},
};

struct CriticalRow {
  std::string_view id;
  double slope, sigma_b, sigma_w, q_star, v_slope;
  bool attracts;
};
const CriticalRow kCriticalPoints[] = {
    {"tanh", 0.01, 0.05, 1.122539, 0.153692, 0.782196, true},
    {"tanh", 0.01, 0.1, 1.193401, 0.273301, 0.678191, true},
    {"tanh", 0.01, std::sqrt(0.05), 1.327010, 0.570048, 0.518186, true},
    {"tanh", 0.01, 0.3, 1.395584, 0.763475, 0.451640, true},
    {"tanh", 0.01, 0.5, 1.549674, 1.317939, 0.332900, true},
    {"erf", 0.01, 0.05, 0.993686, 0.145146, 0.775019, true},
    {"erf", 0.01, 0.1, 1.055595, 0.253210, 0.663826, true},
    {"erf", 0.01, std::sqrt(0.05), 1.172962, 0.517177, 0.491557, true},
    {"erf", 0.01, 0.3, 1.233673, 0.688771, 0.420602, true},
    {"erf", 0.01, 0.5, 1.371330, 1.183272, 0.297040, true},
    {"sine", 0.01, 0.05, 1.092817, 0.196748, 0.805752, true},
    {"sine", 0.01, 0.1, 1.142267, 0.314773, 0.695227, true},
    {"sine", 0.01, std::sqrt(0.05), 1.225590, 0.552070, 0.497930, true},
    {"sine", 0.01, 0.3, 1.262665, 0.684322, 0.405678, true},
    {"sine", 0.01, 0.5, 1.330329, 1.019775, 0.230225, true},
    {"elu", 0.01, 0.05, 1.131870, 0.189174, 0.892183, true},
    {"elu", 0.01, 0.1, 1.176148, 0.437829, 0.870837, true},
    {"elu", 0.01, std::sqrt(0.05), 1.238434, 1.300913, 0.859789, true},
    {"elu", 0.01, 0.3, 1.263108, 2.034538, 0.863052, true},
    {"elu", 0.01, 0.5, 1.306112, 4.886627, 0.881292, true},
    {"selu", 0.01, 0.05, 0.822013, 0.140655, 0.834221, true},
    {"selu", 0.01, 0.1, 0.871913, 0.308942, 0.787377, true},
    {"selu", 0.01, std::sqrt(0.05), 0.949614, 0.827302, 0.737050, true},
    {"selu", 0.01, 0.3, 0.983691, 1.221967, 0.724845, true},
    {"selu", 0.01, 0.5, 1.049637, 2.555510, 0.720278, true},
    {"gelu", 0.01, 0.05, 1.851903, 0.075173, 1.063863, false},
    {"gelu", 0.01, 0.1, 1.727078, 0.183483, 1.097932, false},
    {"gelu", 0.01, std::sqrt(0.05), 1.517406, 0.722036, 1.085113, false},
    {"gelu", 0.01, 0.3, 1.450470, 1.424875, 1.045593, false},
    {"gelu", 0.01, 0.5, 1.399868, 6.434102, 0.985872, true},
    {"silu", 0.01, 0.05, 1.905014, 0.113635, 1.042784, false},
    {"silu", 0.01, 0.1, 1.820052, 0.259713, 1.072299, false},
    {"silu", 0.01, std::sqrt(0.05), 1.651851, 0.826576, 1.099872, false},
    {"silu", 0.01, 0.3, 1.575621, 1.399595, 1.093998, false},
    {"silu", 0.01, 0.5, 1.456947, 4.428077, 1.045883, false},
    {"sigmoid", 0.01, 0.05, 10.149562, 45.629792, 0.060244, true},
    {"sigmoid", 0.01, 0.1, 10.150456, 45.646331, 0.060224, true},
    {"sigmoid", 0.01, std::sqrt(0.05), 10.155220, 45.734481, 0.060117, true},
    {"sigmoid", 0.01, 0.3, 10.159972, 45.822533, 0.060011, true},
    {"sigmoid", 0.01, 0.5, 10.178860, 46.173773, 0.059591, true},
};

TEST(mean_field, moments_at_q_of_one_are_the_known_ones) {
  for (const MomentsRow& row : kMoments) {
    const GaussianMoments moments = gaussian_moments(named(row.id, row.slope), 1);
    EXPECT_NEAR(moments.mean, row.at_one.mean, kPrinted) << row.id;
    EXPECT_NEAR(moments.second, row.at_one.second, kPrinted) << row.id;
    EXPECT_NEAR(moments.derivative_second, row.at_one.derivative_second, kPrinted) << row.id;
  }
}

TEST(mean_field, fixed_points_slopes_depth_scales_and_phases_are_the_known_ones) {
  for (const FixedPointRow& row : kFixedPoints) {
    const MeanField field = mean_field(named(row.id, row.slope), row.sigma_w, row.sigma_b);
    const auto where = testing::Message() << row.id << " " << row.sigma_w << " " << row.sigma_b;
    EXPECT_NEAR(field.q_star, row.q_star, kPrinted) << where;
    EXPECT_NEAR(field.chi_1, row.chi_1, kPrinted) << where;
    EXPECT_NEAR(field.v_slope, row.v_slope, kPrinted) << where;
    EXPECT_NEAR(field.c_star, row.c_star, kPrinted) << where;
    EXPECT_NEAR(field.c_slope, row.c_slope, kPrinted) << where;
    EXPECT_NEAR(field.xi_q, row.xi_q, kPrinted) << where;
    EXPECT_NEAR(field.xi_c, row.xi_c, 0.6e-4) << where;
    EXPECT_NEAR(field.xi_gradient, row.xi_gradient, 0.6e-4) << where;
    EXPECT_EQ(phase_name(field.phase), phase_name(row.phase)) << where;
  }
}

// Six decimals of sigma_w bring chi_1 to 1 within a few of the last.
TEST(mean_field, the_edge_of_chaos_lies_where_it_is_known_to_lie) {
  for (const CriticalRow& row : kCriticalPoints) {
    const Nonlinearity f = named(row.id, row.slope);
    const auto where = testing::Message() << row.id << " " << row.sigma_b;
    const double chi_1 = row.sigma_w * row.sigma_w * gaussian_moments(f, row.q_star).derivative_second;
    EXPECT_NEAR(chi_1, 1, 3e-6) << where;
    EXPECT_NEAR(variance_slope(f, row.sigma_w, row.q_star), row.v_slope, 3e-6) << where;
    EXPECT_NEAR(variance_map(f, row.sigma_w, row.sigma_b, row.q_star) / row.q_star, 1, 2e-5) << where;
    if (!row.attracts) continue;
    const MeanField field = mean_field(f, row.sigma_w, row.sigma_b, row.q_star);
    EXPECT_NEAR(field.q_star / row.q_star, 1, 1e-4) << where;
    EXPECT_NEAR(field.chi_1, 1, 2e-5) << where;
  }
}

TEST(mean_field, half_stable_points_of_gelu_and_silu_have_both_slopes_one) {
  struct Row {
    std::string_view id;
    double w2, b2, q;
  };
  for (const Row& row : {Row{"gelu", 1.983058257, 0.172922391, (3 + std::sqrt(17.0)) / 2},
                         Row{"silu", 1.988004678, 0.555143171, 14.320173618}}) {
    const Nonlinearity f = named(row.id);
    EXPECT_NEAR(row.w2 * gaussian_moments(f, row.q).derivative_second, 1, 1e-8) << row.id;
    EXPECT_NEAR(variance_slope(f, std::sqrt(row.w2), row.q), 1, 1e-8) << row.id;
    EXPECT_NEAR(variance_map(f, std::sqrt(row.w2), std::sqrt(row.b2), row.q), row.q, 1e-7) << row.id;
  }
}

TEST(mean_field, the_sequence_of_q_is_the_known_one) {
  const MeanField field = mean_field(named("tanh"), 1.3, 0.3, 1);
  const double known[] = {1.000000, 0.756358, 0.671581, 0.636382, 0.620678, 0.613445, 0.610064, 0.608473};
  ASSERT_GE(field.q_map.size(), std::size(known));
  for (std::size_t l = 0; l < std::size(known); ++l) EXPECT_NEAR(field.q_map[l], known[l], kPrinted) << l;
  EXPECT_NEAR(field.q_map.back(), field.q_star, 2e-6);
}

TEST(mean_field, the_sequence_of_q_has_8_to_50_entries_and_ends_when_it_settles) {
  EXPECT_EQ(mean_field(named("tanh"), 0, 0.5, 1).q_map.size(), 8U);  // at once
  EXPECT_EQ(mean_field(named("tanh"), 1, 0, 1).q_map.size(), 50U);   // as 1 / layer: never
  EXPECT_EQ(mean_field(named("relu"), 3, 0, 1).q_map.size(), 50U);   // grows
  const std::vector<double> endless = mean_field(named("relu"), 1e6, 0, 1).q_map;
  EXPECT_EQ(endless.back(), std::numeric_limits<double>::infinity());  // until it is no number
  EXPECT_LT(endless.size(), 50U);
}

struct CorrelationRow {
  double sigma_w, c, next, slope;
};
TEST(mean_field, the_correlation_map_is_the_known_one) {
  const CorrelationRow rows[] = {
      {1.3, 0, 0.148259, 0.814094},    {1.3, 0.25, 0.352296, 0.820286}, {1.3, 0.5, 0.559513, 0.839898},
      {1.3, 0.75, 0.773659, 0.876649}, {1.3, 0.9, 0.907548, 0.910338},  {1.3, 1.0, 1.000000, 0.939807},
      {2.5, 0, 0.022064, 0.817850},    {2.5, 0.25, 0.228075, 0.836702}, {2.5, 0.5, 0.444241, 0.902387},
      {2.5, 0.75, 0.686552, 1.059330}, {2.5, 0.9, 0.859366, 1.271611},  {2.5, 1.0, 1.000000, 1.585225}};
  const Nonlinearity f = named("tanh");
  for (const CorrelationRow& row : rows) {
    const double q = mean_field(f, row.sigma_w, 0.3).q_star;
    EXPECT_NEAR(correlation_map(f, row.sigma_w, 0.3, q, row.c), row.next, kPrinted) << row.c;
    EXPECT_NEAR(correlation_slope(f, row.sigma_w, q, row.c), row.slope, kPrinted) << row.c;
  }
}

// Inputs grow parallel even at the critical point: 1 - c falls as 9 pi^2 / (2 l^2).
TEST(mean_field, correlations_under_relu_go_to_one_as_known) {
  const double known[] = {0.318310, 0.493731, 0.604826, 0.680954, 0.735946,
                          0.777229, 0.809148, 0.834416, 0.854809, 0.871536};
  double c = 0;
  for (int l = 1; l <= 100; ++l) {
    c = correlation_map(named("relu"), std::numbers::sqrt2, 0, 1, c);
    const double expected = l <= 10 ? known[l - 1] : l == 50 ? 0.987862 : l == 100 ? 0.996423 : c;
    EXPECT_NEAR(c, expected, kPrinted) << l;
  }
}

// Closed forms and nested quadrature have no line in common.
TEST(mean_field, pairs_by_quadrature_agree_with_closed_forms) {
  for (const std::string_view id : {"linear", "relu", "leaky_relu", "erf", "sine"}) {
    const Nonlinearity closed = named(id, 0.2);
    Nonlinearity open = closed;
    open.kind = ActivationId::kSoftplus;  // has no closed form
    for (const double q : {0.01, 1.0, 30.0}) {
      if (id == "sine" && q > 2) continue;  // waves far from 0 are not what the panels are made for
      for (const double c : {-0.6, 0.0, 0.5, 0.95, 0.9999}) {
        const auto where = testing::Message() << id << " " << q << " " << c;
        EXPECT_NEAR(correlation_map(open, 1, 0, q, c), correlation_map(closed, 1, 0, q, c), 1e-9) << where;
        EXPECT_NEAR(correlation_slope(open, 1, q, c), correlation_slope(closed, 1, q, c), 1e-9) << where;
      }
    }
  }
}

TEST(mean_field, moments_by_quadrature_agree_with_closed_forms_around_any_mean) {
  for (const std::string_view id : {"linear", "relu", "leaky_relu", "sine"}) {
    const Nonlinearity closed = named(id, 0.2, 1.5);
    Nonlinearity open = closed;
    open.kind = ActivationId::kSoftplus;
    ASSERT_TRUE(has_closed_moments(closed));
    ASSERT_FALSE(has_closed_moments(open));
    for (const double mean : {0.0, 0.5, -2.0, 40.0}) {
      const GaussianMoments a = gaussian_moments(closed, 1.7, mean);
      const GaussianMoments b = gaussian_moments(open, 1.7, mean);
      EXPECT_NEAR(a.mean, b.mean, 1e-12 * (1 + mean * mean)) << id << mean;
      EXPECT_NEAR(a.second, b.second, 1e-12 * (1 + mean * mean)) << id << mean;
      EXPECT_NEAR(a.derivative_second, b.derivative_second, 1e-12) << id << mean;
    }
  }
}

TEST(mean_field, a_sine_of_another_frequency_is_a_sine_of_wider_sums) {
  for (const double frequency : {0.3, 30.0}) {
    const Nonlinearity f = named("sine", 0, frequency);
    const double q = 1.3;
    const double wide = q * frequency * frequency;
    EXPECT_NEAR(gaussian_moments(f, q).second, gaussian_moments(named("sine"), wide).second, 1e-14);
    EXPECT_NEAR(gaussian_moments(f, q).derivative_second,
                frequency * frequency * gaussian_moments(named("sine"), wide).derivative_second, 1e-10);
    EXPECT_NEAR(correlation_map(f, 2, 0, q, 0.4) * q, correlation_map(named("sine"), 2, 0, wide, 0.4) * wide,
                1e-12);
  }
}

// As q grows, tanh is the sign of its argument, and what is left of its slope is all at 0: 4/3 times the
// density there.
TEST(mean_field, wide_sums_do_not_slip_through_the_quadrature) {
  for (const double q : {1e4, 1e8, 1e12}) {
    const GaussianMoments moments = gaussian_moments(named("tanh"), q);
    const double density = 1 / std::sqrt(2 * std::numbers::pi * q);
    EXPECT_NEAR(moments.derivative_second / (4.0 / 3 * density), 1, 1 / q + 1e-9) << q;
    EXPECT_NEAR((1 - moments.second) / (2 * density), 1, 1 / q + 1e-3) << q;
  }
}

TEST(mean_field, slopes_of_both_maps_match_finite_differences_for_every_activation) {
  for (const std::string_view id : nonlinearity_ids()) {
    const Nonlinearity f = named(id, 0.2, 1.3);
    for (const double q : {0.05, 1.0, 9.0}) {
      const double h = 1e-4 * q;
      const double v = (variance_map(f, 1.2, 0, q + h) - variance_map(f, 1.2, 0, q - h)) / (2 * h);
      EXPECT_NEAR(variance_slope(f, 1.2, q), v, 1e-6) << id << " " << q;
      const double c = 0.3;
      const double d = 1e-4;
      const double slope =
          (correlation_map(f, 1.2, 0.4, q, c + d) - correlation_map(f, 1.2, 0.4, q, c - d)) / (2 * d);
      EXPECT_NEAR(correlation_slope(f, 1.2, q, c), slope, 1e-6) << id << " " << q;
      EXPECT_NEAR(correlation_slope(f, 1.2, q, 1), 1.44 * gaussian_moments(f, q).derivative_second, 1e-8)
          << id << " " << q;
    }
  }
}

TEST(mean_field, weak_weights_without_bias_let_the_signal_die_at_the_slope_of_zero) {
  for (const std::string_view id : nonlinearity_ids()) {
    const Nonlinearity f = named(id);
    if (f.f(0) != 0) continue;
    const MeanField field = mean_field(f, 0.4, 0);
    EXPECT_EQ(field.q_star, 0) << id;
    EXPECT_EQ(field.phase, Phase::kOrdered) << id;
    // At a kink the two sides count half each.
    const double slope2 = (f.slope(-1e-9) * f.slope(-1e-9) + f.slope(1e-9) * f.slope(1e-9)) / 2;
    EXPECT_NEAR(field.chi_1, 0.16 * slope2, 1e-8) << id;
    EXPECT_NEAR(field.v_slope, 0.16 * slope2, 1e-8) << id;
    EXPECT_EQ(field.c_star, 1) << id;
  }
  EXPECT_NEAR(mean_field(named("tanh"), 0.5, 0).xi_gradient, 0.721348, kPrinted);
}

TEST(mean_field, zero_weights_leave_the_bias_alone) {
  const MeanField field = mean_field(named("tanh"), 0, 0.5);
  EXPECT_NEAR(field.q_star, 0.25, 1e-12);
  EXPECT_EQ(field.chi_1, 0);
  EXPECT_EQ(field.xi_gradient, 0);
}

TEST(mean_field, he_keeps_every_q_and_is_critical) {
  for (const double q : {0.01, 1.0, 7.0}) {
    const MeanField relu = mean_field(named("relu"), std::numbers::sqrt2, 0, q);
    EXPECT_EQ(relu.q_star, q);
    EXPECT_EQ(relu.phase, Phase::kCritical);
    EXPECT_EQ(relu.xi_gradient, std::numeric_limits<double>::infinity());
    EXPECT_EQ(relu.xi_c, std::numeric_limits<double>::infinity());
    EXPECT_EQ(mean_field(named("linear"), 1, 0, q).q_star, q);
    EXPECT_EQ(mean_field(named("leaky_relu", 0.2), std::sqrt(2 / 1.04), 0, q).phase, Phase::kCritical);
  }
}

TEST(mean_field, tanh_at_one_is_critical_and_dies_slowly) {
  const MeanField field = mean_field(named("tanh"), 1, 0);
  EXPECT_EQ(field.q_star, 0);
  EXPECT_EQ(field.phase, Phase::kCritical);
}

TEST(mean_field, what_grows_without_end_is_unbounded_and_says_how_fast) {
  const MeanField relu = mean_field(named("relu"), 2, 0.1);
  EXPECT_EQ(relu.phase, Phase::kUnbounded);
  EXPECT_EQ(relu.q_star, std::numeric_limits<double>::infinity());
  EXPECT_NEAR(relu.chi_1, 2, 1e-12);
  EXPECT_NEAR(relu.xi_gradient, -1 / std::log(2.0), 1e-12);
  EXPECT_TRUE(std::isnan(relu.c_star));
  EXPECT_TRUE(std::isnan(relu.xi_q));
  EXPECT_EQ(mean_field(named("relu"), std::numbers::sqrt2, 0.1).phase, Phase::kUnbounded);  // linearly
  for (const std::string_view id : {"gelu", "silu", "elu", "softplus"}) {
    const MeanField field = mean_field(named(id), 2, 0.5);
    EXPECT_EQ(field.phase, Phase::kUnbounded) << id;
    EXPECT_NEAR(field.chi_1, 2, 1e-5) << id;
  }
}

// GELU without bias: small sums die, large ones explode, and what lies between repels both.
TEST(mean_field, the_fixed_point_is_the_one_that_the_given_q_goes_to) {
  EXPECT_EQ(mean_field(named("gelu"), 1.5, 0, 0.1).q_star, 0);
  EXPECT_EQ(mean_field(named("gelu"), 1.5, 0, 100).phase, Phase::kUnbounded);
}

// A sigmoid is a tanh of half the sums, shifted: (4, 0) and (1, 1) are the same network.
TEST(mean_field, sigmoid_is_a_shifted_tanh) {
  const MeanField sigmoid = mean_field(named("sigmoid"), 4, 0);
  const MeanField tanh = mean_field(named("tanh"), 1, 1);
  EXPECT_NEAR(sigmoid.chi_1, tanh.chi_1, 1e-12);
  EXPECT_NEAR(sigmoid.chi_1, 0.398879, kPrinted);
  EXPECT_NEAR(sigmoid.q_star, 4 * tanh.q_star, 1e-11);
}

TEST(mean_field, a_q_of_zero_is_the_point_itself_and_of_no_number_is_no_number) {
  EXPECT_EQ(gaussian_moments(named("relu"), 0).derivative_second, 0);
  EXPECT_EQ(gaussian_moments(named("sigmoid"), 0).second, 0.25);
  EXPECT_EQ(gaussian_moments(named("relu"), 0, 2).second, 4);
  EXPECT_TRUE(std::isnan(gaussian_moments(named("tanh"), std::numeric_limits<double>::infinity()).second));
}

TEST(mean_field, every_activation_and_erf_is_known_by_its_id) {
  const auto ids = nonlinearity_ids();
  EXPECT_EQ(ids.size(), activations().size() + 1);
  for (const std::string_view id : ids) EXPECT_EQ(named(id).id, id);
  EXPECT_FALSE(find_nonlinearity("relux").has_value());
  EXPECT_EQ(nonlinearity(ActivationId::kTanh).id, "tanh");
}

// For every activation, from vanishing to huge weights: finite where there is a fixed point, never a crash.
TEST(mean_field, every_corner_has_an_answer) {
  struct Corner {
    double sigma_w, sigma_b, q;
  };
  for (const std::string_view id : nonlinearity_ids()) {
    const Nonlinearity f = named(id);
    for (const Corner& at : {Corner{0, 0, 1e12}, Corner{0, 1e3, 1e-12}, Corner{1e-6, 0, 1e12},
                             Corner{1e-6, 1e3, 1e-12}, Corner{1e3, 0, 1e12}, Corner{1e3, 1e3, 1e-12}}) {
      const MeanField field = mean_field(f, at.sigma_w, at.sigma_b, at.q);
      const auto where = testing::Message() << id << " " << at.sigma_w << " " << at.sigma_b << " " << at.q;
      EXPECT_GE(field.chi_1, 0) << where;
      if (field.phase == Phase::kUnbounded) continue;
      ASSERT_TRUE(std::isfinite(field.q_star)) << where;
      EXPECT_GE(field.c_star, 0) << where;
      EXPECT_LE(field.c_star, 1) << where;
      const double next = field.q_star > 0 ? variance_map(f, at.sigma_w, at.sigma_b, field.q_star) : 0;
      EXPECT_NEAR(next, field.q_star, 1e-9 * field.q_star) << where;
    }
  }
}

TEST(quadrature, the_weights_are_a_law_of_the_mean_and_variance_asked_for) {
  for (const double q : {1e-20, 1.0, 1e10}) {
    for (const double mean : {0.0, 3.0, -1e4}) {
      const auto nodes = gaussian_nodes(q, mean);
      EXPECT_NEAR(expectation(nodes, [](double) { return 1.0; }), 1, 1e-13);
      EXPECT_NEAR(expectation(nodes, [&](double x) { return (x - mean) / std::sqrt(q); }), 0,
                  1e-9 + 1e-15 * std::abs(mean) / std::sqrt(q));
      EXPECT_NEAR(expectation(nodes, [&](double x) { return (x - mean) * (x - mean) / q; }), 1,
                  1e-9 + 1e-15 * std::abs(mean) / std::sqrt(q));
    }
  }
}

TEST(quadrature, roots_are_found_to_the_last_digits) {
  const auto f = [](double x) { return std::exp(x) - 3; };
  EXPECT_NEAR(root_between(f, 0, f(0), 5, f(5)), std::log(3.0), 1e-14);
  EXPECT_NEAR(root_between(f, 5, f(5), 0, f(0)), std::log(3.0), 1e-14);
  const auto flat = [](double x) { return std::pow(x - 0.3, 9); };
  EXPECT_NEAR(root_between(flat, 0, flat(0), 1, flat(1)), 0.3, 0.01);
}

}  // namespace
}  // namespace initlab
