// The rows of the schemes, in the order of SchemeId. A row is its words, its rule and its spread; what draws
// is in weight_laws.cpp and orthogonal.cpp, what variance it has in variance_rules.cpp. Long, because it is
// one table.
//
// Plain `_normal` rows are the untruncated law of PyTorch and of most notes; `_truncated` ones are Keras's
// and JAX's of the same name, cut at 2 sigma and widened so that their variance is the stated one.
#include <array>
#include <cassert>

#include "core/network/initializers.h"
#include "core/network/orthogonal.h"
#include "core/network/variance_rules.h"
#include "core/network/weight_laws.h"

namespace initlab {
namespace {

using Parameters = SchemeParameters;
using Layer = LayerContext;

// Draw and law of a family: its rule and the spread that draws it.
template <VarianceRule rule, Spread spread>
void draw_scaled(const Parameters& p, const Layer& layer, NumpyRandom& random, Matrix& w) {
  assert(w.rows() == layer.shape.fan_out && w.columns() == layer.shape.fan_in);
  fill_scaled(spread, rule(p, layer), p.gain, random, w);
}
template <VarianceRule rule, Spread spread>
WeightLaw law_scaled(const Parameters& p, const Layer& layer) {
  return scaled_law(spread, rule(p, layer), p.gain);
}

double zero_biases(const Parameters&, const Layer&) {
  return 0;
}
// Biases from the law of the weights, before the gain: that is the weights' alone.
template <VarianceRule rule>
double biases_like_weights(const Parameters& p, const Layer& layer) {
  return uniform_limit(rule(p, layer));
}

void draw_orthogonal(const Parameters& p, const Layer&, NumpyRandom& random, Matrix& w) {
  fill_orthogonal(p.gain, random, w);
}
void draw_sparse(const Parameters& p, const Layer&, NumpyRandom& random, Matrix& w) {
  fill_sparse(p.gain * p.std, p.sparsity, random, w);
}
// Weights that are copied, not drawn.
void draw_nothing(const Parameters&, const Layer&, NumpyRandom&, Matrix& w) {
  fill_constant(0, w);
}
WeightLaw law_unknown(const Parameters&, const Layer&) {
  return unknown_law();
}

constexpr std::string_view kGoodfellow =
    "Goodfellow, Bengio and Courville 2016, Deep Learning, 8.4 (why not)";
constexpr std::string_view kGlorot =
    "Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks";
constexpr std::string_view kHe = "He, Zhang, Ren and Sun 2015, Delving Deep into Rectifiers";
constexpr std::string_view kLecun = "LeCun, Bottou, Orr and Müller 1998, Efficient BackProp, 4.6";

constexpr std::array kSchemes = {
    Scheme{
        .kind = SchemeId::kZeros,
        .id = "zeros",
        .label = "Zeros",
        .formula = "W = 0",
        .formula_template = "W = 0",
        .help =
            "Every weight is 0: all units of a layer are copies, and under ReLU or tanh no gradient arrives.",
        .reference = kGoodfellow,
        .pytorch = "zeros_",
        .keras = "Zeros",
        .jax = "zeros",
        .parameters = "",
        .draw = [](const Parameters&, const Layer&, NumpyRandom&, Matrix& w) { fill_constant(0, w); },
        .law = [](const Parameters&, const Layer&) { return constant_law(0); },
        .bias_limit = zero_biases},
    Scheme{
        .kind = SchemeId::kOnes,
        .id = "ones",
        .label = "Ones",
        .formula = "W = 1",
        .formula_template = "W = {gain}1",
        .help =
            "Every weight is 1: the units are copies, and sums grow by the number of inputs in every layer.",
        .reference = kGoodfellow,
        .pytorch = "ones_",
        .keras = "Ones",
        .jax = "ones",
        .parameters = "",
        .draw = [](const Parameters& p, const Layer&, NumpyRandom&, Matrix& w) { fill_constant(p.gain, w); },
        .law = [](const Parameters& p, const Layer&) { return constant_law(p.gain); },
        .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kConstant,
           .id = "constant",
           .label = "Constant",
           .formula = "W = value",
           .formula_template = "W = {gain}{value}",
           .help = "Every weight is the same: gradients flow, yet the units of a layer stay copies for ever.",
           .reference = kGoodfellow,
           .pytorch = "constant_",
           .keras = "Constant",
           .jax = "constant",
           .parameters = "value",
           .draw = [](const Parameters& p, const Layer&, NumpyRandom&,
                      Matrix& w) { fill_constant(p.gain * p.value, w); },
           .law = [](const Parameters& p, const Layer&) { return constant_law(p.gain * p.value); },
           .bias_limit = zero_biases},
    Scheme{
        .kind = SchemeId::kNormal,
        .id = "normal",
        .label = "Normal",
        .formula = "W ~ N(mean, std²)",
        .formula_template = "W ~ {gain}N({mean}, {std}²)",
        .help = "One width for every layer, whatever its size: 0.01 fades with depth, 10 saturates at once.",
        .reference = "Krizhevsky, Sutskever and Hinton 2012 (std 0.01)",
        .pytorch = "normal_",
        .keras = "RandomNormal",
        .jax = "normal",
        .parameters = "mean std",
        .draw = [](const Parameters& p, const Layer&, NumpyRandom& random,
                   Matrix& w) { fill_normal(p.gain * p.mean, p.gain * p.std, random, w); },
        .law = [](const Parameters& p, const Layer&) { return normal_law(p.gain * p.mean, p.gain * p.std); },
        .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kUniform,
           .id = "uniform",
           .label = "Uniform",
           .formula = "W ~ U[−limit, limit]",
           .formula_template = "W ~ {gain}U[−{limit}, {limit}]",
           .help = "Evenly spread between two limits, the same for every layer.",
           .reference = "Glorot and Bengio 2010, equation 1 (1 / √fan_in, the habit of the time)",
           .pytorch = "uniform_",
           .keras = "RandomUniform",
           .jax = "uniform (from 0 to scale)",
           .parameters = "limit",
           .draw = [](const Parameters& p, const Layer&, NumpyRandom& random,
                      Matrix& w) { fill_uniform(p.gain * p.limit, random, w); },
           .law = [](const Parameters& p, const Layer&) { return uniform_law(p.gain * p.limit); },
           .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kTruncatedNormal,
           .id = "truncated_normal",
           .label = "Truncated normal",
           .formula = "W ~ N(0, std²) cut at 2 std",
           .formula_template = "W ~ {gain}N(0, {std}²) cut at 2 std",
           .help = "A normal law without tails: what falls beyond 2 std is drawn again, which leaves 0.88 of "
                   "the std.",
           .reference = "Keras TruncatedNormal, JAX truncated_normal (no correction of the std)",
           .pytorch = "trunc_normal_",
           .keras = "TruncatedNormal",
           .jax = "truncated_normal",
           .parameters = "std",
           .draw = [](const Parameters& p, const Layer&, NumpyRandom& random,
                      Matrix& w) { fill_truncated(p.gain * p.std, random, w); },
           .law = [](const Parameters& p, const Layer&) { return truncated_law(p.gain * p.std); },
           .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kXavierNormal,
           .id = "xavier_normal",
           .label = "Xavier normal",
           .formula = "W ~ N(0, 2 / (fan_in + fan_out))",
           .formula_template = "W ~ {gain}N(0, 2 / (fan_in + fan_out))",
           .help = "Keeps the variance of signal and gradient alike through tanh layers near 0.",
           .reference = kGlorot,
           .pytorch = "xavier_normal_",
           .keras = "GlorotNormal (truncated)",
           .jax = "glorot_normal (truncated)",
           .parameters = "",
           .draw = draw_scaled<xavier_variance, Spread::kNormal>,
           .law = law_scaled<xavier_variance, Spread::kNormal>,
           .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kXavierUniform,
           .id = "xavier_uniform",
           .label = "Xavier uniform",
           .formula = "W ~ U[−a, a], a = √(6 / (fan_in + fan_out))",
           .formula_template = "W ~ {gain}U[−a, a], a = √(6 / (fan_in + fan_out))",
           .help = "Xavier's variance from a uniform law: Keras's default for dense layers.",
           .reference = kGlorot,
           .pytorch = "xavier_uniform_",
           .keras = "GlorotUniform",
           .jax = "glorot_uniform",
           .parameters = "",
           .draw = draw_scaled<xavier_variance, Spread::kUniform>,
           .law = law_scaled<xavier_variance, Spread::kUniform>,
           .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kXavierNormalTruncated,
           .id = "xavier_normal_truncated",
           .label = "Xavier truncated",
           .formula = "W ~ N cut at 2σ, variance 2 / (fan_in + fan_out)",
           .formula_template = "W ~ {gain}N cut at 2σ, variance 2 / (fan_in + fan_out)",
           .help = "Xavier's variance without tails: what Keras and JAX call Glorot normal.",
           .reference = kGlorot,
           .pytorch = "",
           .keras = "GlorotNormal",
           .jax = "glorot_normal",
           .parameters = "",
           .draw = draw_scaled<xavier_variance, Spread::kTruncated>,
           .law = law_scaled<xavier_variance, Spread::kTruncated>,
           .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kXavierFanIn,
           .id = "xavier_fan_in",
           .label = "Xavier, fan-in form",
           .formula = "W ~ N(0, 1 / fan_in)",
           .formula_template = "W ~ {gain}N(0, 1 / fan_in)",
           .help =
               "The form of many notes and of Caffe, which looks forward only: the same law as LeCun normal.",
           .reference = "He, Zhang, Ren and Sun 2015, who compare with it; Glorot and Bengio 2010",
           .pytorch = "kaiming_normal_(nonlinearity='linear')",
           .keras = "VarianceScaling(1, 'fan_in', 'untruncated_normal')",
           .jax = "variance_scaling(1, 'fan_in', 'normal')",
           .parameters = "",
           .draw = draw_scaled<one_over_fan_in, Spread::kNormal>,
           .law = law_scaled<one_over_fan_in, Spread::kNormal>,
           .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kHeNormal,
           .id = "he_normal",
           .label = "He normal",
           .formula = "W ~ N(0, 2 / fan_in)",
           .formula_template = "W ~ {gain}N(0, 2 / {mode})",
           .help = "Twice the variance of 1 / fan_in, because ReLU silences half of the signal; for leaky "
                   "ReLU 2 / (1 + slope²).",
           .reference = kHe,
           .pytorch = "kaiming_normal_",
           .keras = "HeNormal (truncated)",
           .jax = "he_normal (truncated)",
           .parameters = "mode",
           .draw = draw_scaled<he_variance, Spread::kNormal>,
           .law = law_scaled<he_variance, Spread::kNormal>,
           .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kHeUniform,
           .id = "he_uniform",
           .label = "He uniform",
           .formula = "W ~ U[−a, a], a = √(6 / fan_in)",
           .formula_template = "W ~ {gain}U[−a, a], a = √(6 / {mode})",
           .help = "He's variance from a uniform law.",
           .reference = kHe,
           .pytorch = "kaiming_uniform_",
           .keras = "HeUniform",
           .jax = "he_uniform",
           .parameters = "mode",
           .draw = draw_scaled<he_variance, Spread::kUniform>,
           .law = law_scaled<he_variance, Spread::kUniform>,
           .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kHeNormalTruncated,
           .id = "he_normal_truncated",
           .label = "He truncated",
           .formula = "W ~ N cut at 2σ, variance 2 / fan_in",
           .formula_template = "W ~ {gain}N cut at 2σ, variance 2 / {mode}",
           .help = "He's variance without tails: what Keras and JAX call He normal.",
           .reference = kHe,
           .pytorch = "",
           .keras = "HeNormal",
           .jax = "he_normal",
           .parameters = "mode",
           .draw = draw_scaled<he_variance, Spread::kTruncated>,
           .law = law_scaled<he_variance, Spread::kTruncated>,
           .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kLecunNormal,
           .id = "lecun_normal",
           .label = "LeCun normal",
           .formula = "W ~ N(0, 1 / fan_in)",
           .formula_template = "W ~ {gain}N(0, 1 / fan_in)",
           .help = "Keeps the variance of the sums from layer to layer where the activation is linear; SELU "
                   "is made for it.",
           .reference = kLecun,
           .pytorch = "kaiming_normal_(nonlinearity='linear')",
           .keras = "LecunNormal (truncated)",
           .jax = "lecun_normal (truncated)",
           .parameters = "",
           .draw = draw_scaled<one_over_fan_in, Spread::kNormal>,
           .law = law_scaled<one_over_fan_in, Spread::kNormal>,
           .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kLecunUniform,
           .id = "lecun_uniform",
           .label = "LeCun uniform",
           .formula = "W ~ U[−a, a], a = √(3 / fan_in)",
           .formula_template = "W ~ {gain}U[−a, a], a = √(3 / fan_in)",
           .help = "LeCun's variance from a uniform law.",
           .reference = kLecun,
           .pytorch = "kaiming_uniform_(nonlinearity='linear')",
           .keras = "LecunUniform",
           .jax = "lecun_uniform",
           .parameters = "",
           .draw = draw_scaled<one_over_fan_in, Spread::kUniform>,
           .law = law_scaled<one_over_fan_in, Spread::kUniform>,
           .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kLecunNormalTruncated,
           .id = "lecun_normal_truncated",
           .label = "LeCun truncated",
           .formula = "W ~ N cut at 2σ, variance 1 / fan_in",
           .formula_template = "W ~ {gain}N cut at 2σ, variance 1 / fan_in",
           .help = "LeCun's variance without tails: what Keras and JAX call LeCun normal.",
           .reference = kLecun,
           .pytorch = "",
           .keras = "LecunNormal",
           .jax = "lecun_normal",
           .parameters = "",
           .draw = draw_scaled<one_over_fan_in, Spread::kTruncated>,
           .law = law_scaled<one_over_fan_in, Spread::kTruncated>,
           .bias_limit = zero_biases},
    Scheme{
        .kind = SchemeId::kOrthogonal,
        .id = "orthogonal",
        .label = "Orthogonal",
        .formula = "W = orthogonal, each such matrix as likely",
        .formula_template = "W = {gain}orthogonal, each such matrix as likely",
        .help =
            "Turns the signal without stretching any direction of it: linear layers pass it on at any depth.",
        .reference = "Saxe, McClelland and Ganguli 2014, Exact solutions to the nonlinear dynamics of "
                     "learning in deep linear neural networks",
        .pytorch = "orthogonal_",
        .keras = "Orthogonal",
        .jax = "orthogonal",
        .parameters = "",
        .draw = draw_orthogonal,
        .law = [](const Parameters& p, const Layer& layer) { return orthogonal_law(p.gain, layer.shape); },
        .bias_limit = zero_biases},
    Scheme{
        .kind = SchemeId::kIdentity,
        .id = "identity",
        .label = "Identity",
        .formula = "W = I, cut or filled with 0",
        .formula_template = "W = {gain}I, cut or filled with 0",
        .help =
            "Each unit passes on one input; where shapes differ, units or inputs that are left over get 0.",
        .reference = "Le, Jaitly and Hinton 2015, A Simple Way to Initialize Recurrent Networks of Rectified "
                     "Linear Units",
        .pytorch = "eye_",
        .keras = "Identity",
        .jax = "",
        .parameters = "",
        .draw = [](const Parameters& p, const Layer&, NumpyRandom&, Matrix& w) { fill_identity(p.gain, w); },
        .law = law_unknown,
        .bias_limit = zero_biases},
    Scheme{
        .kind = SchemeId::kSparse,
        .id = "sparse",
        .label = "Sparse",
        .formula = "W ~ N(0, std²), a share of each column 0",
        .formula_template = "W ~ {gain}N(0, {std}²), {sparsity} of each column 0",
        .help = "Each input reaches a few units only, so sums stay small however many inputs there are.",
        .reference = "Martens 2010, Deep learning via Hessian-free optimization, 5",
        .pytorch = "sparse_",
        .keras = "",
        .jax = "",
        .parameters = "sparsity std",
        .draw = draw_sparse,
        .law = [](const Parameters& p,
                  const Layer& layer) { return sparse_law(p.gain * p.std, p.sparsity, layer.shape.fan_out); },
        .bias_limit = zero_biases},
    Scheme{
        .kind = SchemeId::kPytorchLinear,
        .id = "pytorch_linear",
        .label = "PyTorch Linear",
        .formula = "W, b ~ U[−a, a], a = 1 / √fan_in",
        .formula_template = "W ~ {gain}U[−a, a], a = 1 / √fan_in",
        .help = "PyTorch's default for dense layers, kept for old programs' sake: a sixth of He's variance.",
        .reference = "torch.nn.Linear (kaiming_uniform_ with a = √5)",
        .pytorch = "Linear (default)",
        .keras = "",
        .jax = "",
        .parameters = "",
        .draw = draw_scaled<pytorch_variance, Spread::kUniform>,
        .law = law_scaled<pytorch_variance, Spread::kUniform>,
        .bias_limit = biases_like_weights<pytorch_variance>},
    Scheme{.kind = SchemeId::kKerasDense,
           .id = "keras_dense",
           .label = "Keras Dense",
           .formula = "W ~ U[−a, a], a = √(6 / (fan_in + fan_out))",
           .formula_template = "W ~ {gain}U[−a, a], a = √(6 / (fan_in + fan_out))",
           .help = "Keras's default for dense layers: Xavier uniform, biases 0.",
           .reference = "keras.layers.Dense (glorot_uniform)",
           .pytorch = "",
           .keras = "Dense (default)",
           .jax = "",
           .parameters = "",
           .draw = draw_scaled<xavier_variance, Spread::kUniform>,
           .law = law_scaled<xavier_variance, Spread::kUniform>,
           .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kFlaxDense,
           .id = "flax_dense",
           .label = "Flax Dense",
           .formula = "W ~ N cut at 2σ, variance 1 / fan_in",
           .formula_template = "W ~ {gain}N cut at 2σ, variance 1 / fan_in",
           .help = "Flax's default for dense layers: LeCun truncated, biases 0.",
           .reference = "flax.linen.Dense, flax.nnx.Linear (lecun_normal)",
           .pytorch = "",
           .keras = "",
           .jax = "flax.linen.Dense (default)",
           .parameters = "",
           .draw = draw_scaled<one_over_fan_in, Spread::kTruncated>,
           .law = law_scaled<one_over_fan_in, Spread::kTruncated>,
           .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kSklearnMlp,
           .id = "sklearn_mlp",
           .label = "scikit-learn MLP",
           .formula = "W, b ~ U[−a, a], a = √(6 / (fan_in + fan_out)), 2 for 6 under sigmoid",
           .formula_template = "W ~ {gain}U[−a, a], a = √(6 / (fan_in + fan_out))",
           .help = "scikit-learn's networks: Xavier uniform, a third of its variance for sigmoid units, "
                   "biases from the same law.",
           .reference = "sklearn.neural_network.MLPClassifier",
           .pytorch = "",
           .keras = "",
           .jax = "",
           .parameters = "",
           .draw = draw_scaled<sklearn_variance, Spread::kUniform>,
           .law = law_scaled<sklearn_variance, Spread::kUniform>,
           .bias_limit = biases_like_weights<sklearn_variance>},
    Scheme{.kind = SchemeId::kSiren,
           .id = "siren",
           .label = "SIREN",
           .formula = "W ~ U[−a, a], a = √(6 / fan_in) / omega, first layer 1 / fan_in",
           .formula_template = "W ~ {gain}U[−a, a], a = √(6 / fan_in) / {omega}, first layer 1 / fan_in",
           .help = "For sine units of frequency omega: what goes into the sine keeps a standard deviation of "
                   "1 at any depth.",
           .reference = "Sitzmann, Martel, Bergman, Lindell and Wetzstein 2020, Implicit Neural "
                        "Representations with Periodic Activation Functions",
           .pytorch = "",
           .keras = "",
           .jax = "",
           .parameters = "omega",
           .draw = draw_scaled<siren_variance, Spread::kUniform>,
           .law = law_scaled<siren_variance, Spread::kUniform>,
           .bias_limit = zero_biases},
    Scheme{.kind = SchemeId::kLsuv,
           .id = "lsuv",
           .label = "LSUV",
           .formula = "W = orthogonal / std(z), layer by layer",
           .formula_template = "W = {gain}orthogonal / std(z), layer by layer",
           .help = "Begins orthogonal and divides each layer's weights by the spread of its sums on the "
                   "training data.",
           .reference = "Mishkin and Matas 2016, All you need is a good init",
           .pytorch = "",
           .keras = "",
           .jax = "",
           .parameters = "",
           .draw = draw_orthogonal,
           .law = [](const Parameters& p, const Layer& layer) { return orthogonal_law(p.gain, layer.shape); },
           .bias_limit = zero_biases},
    Scheme{
        .kind = SchemeId::kFromFile,
        .id = "from_file",
        .label = "From a file",
        .formula = "W, b from a .npz file",
        .formula_template = "W, b from {path}",
        .help = "Weights that were saved, or made in a notebook with numpy.savez: W1, b1, W2, b2, ...",
        .reference =
            "Yosinski, Clune, Bengio and Lipson 2014, How transferable are features in deep neural networks?",
        .pytorch = "",
        .keras = "",
        .jax = "",
        .parameters = "path lane freeze",
        .draw = draw_nothing,
        .law = law_unknown,
        .bias_limit = zero_biases},
    Scheme{
        .kind = SchemeId::kFromRun,
        .id = "from_run",
        .label = "From a run",
        .formula = "W, b from another experiment's run",
        .formula_template = "W, b from {experiment}, lane {lane}, step {step}",
        .help = "Another experiment is trained first and its weights are where this one begins: transfer "
                "learning.",
        .reference =
            "Yosinski, Clune, Bengio and Lipson 2014, How transferable are features in deep neural networks?",
        .pytorch = "",
        .keras = "",
        .jax = "",
        .parameters = "experiment lane step freeze",
        .draw = draw_nothing,
        .law = law_unknown,
        .bias_limit = zero_biases},
};
static_assert(kSchemes.size() == static_cast<std::size_t>(SchemeId::kCount));

}  // namespace

std::span<const Scheme> schemes() {
  return kSchemes;
}

const Scheme& scheme(SchemeId kind) {
  const Scheme& row = kSchemes[static_cast<std::size_t>(kind)];
  assert(row.kind == kind);
  return row;
}

}  // namespace initlab
