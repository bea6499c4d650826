// Compiles the kernels for each path and chooses one at run time. Highway's foreach_target includes this file
// once more for every target; what stands before it is compiled once, for any x86-64.
#include "core/numeric/kernels.h"

#ifndef INITLAB_KERNELS_ONCE
#define INITLAB_KERNELS_ONCE
// The portable path is the baseline whatever flags the compiler got; vector targets without FMA are not used.
#define HWY_BASELINE_TARGETS HWY_BASELINE_SCALAR
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL)

#include <array>
#include <cstdlib>
#include <cstring>

namespace initlab {
// Here, so that std::span's members are compiled for any x86-64 and never for a wide target.
inline const double* pointer_to(std::span<const double> values) {
  return values.data();
}
inline double* pointer_to(std::span<double> values) {
  return values.data();
}
}  // namespace initlab
#endif

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/numeric/kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/numeric/activations-inl.h"
#include "core/numeric/elementwise-inl.h"
#include "core/numeric/small_pass-inl.h"
#include "core/numeric/softmax-inl.h"
#include "core/numeric/statistics-inl.h"

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

constexpr Kernels kKernels = {
    .name = INITLAB_PATH_NAME,
    .affine = affine,
    .transposed_product = transposed_product,
    .gradient_sums = gradient_sums,
    .affine_activated = affine_activated,
    .transposed_product_activated = transposed_product_activated,
    .small_pass = small_pass,
    .small_forward = small_forward_pass,
    .linear = kActivation<Linear, LinearGradient>,
    .relu = kActivation<Relu, ReluGradient>,
    .leaky_relu = kActivation<LeakyRelu, LeakyReluGradient>,
    .tanh = kActivation<Tanh, TanhGradient>,
    .sigmoid = kActivation<Sigmoid, SigmoidGradient>,
    .elu = kActivation<Elu, EluGradient>,
    .selu = kActivation<Selu, SeluGradient>,
    .gelu = kActivation<Gelu, GeluGradient>,
    .gelu_tanh = kActivation<GeluTanh, GeluTanhGradient>,
    .silu = kActivation<Silu, SiluGradient>,
    .softplus = kActivation<Softplus, SoftplusGradient>,
    .sine = kActivation<Sine, SineGradient>,
    .softsign = kActivation<Softsign, SoftsignGradient>,
    .softmax = softmax,
    .softmax_backward = softmax_backward,
    .softmax_cross_entropy = softmax_cross_entropy,
    .softmax_cross_entropy_backward = softmax_cross_entropy_backward,
    .logistic_cross_entropy = logistic_cross_entropy,
    .logistic_cross_entropy_backward = logistic_cross_entropy_backward,
    .squared_error = squared_error,
    .squared_error_backward = squared_error_backward,
    .descend = descend,
    .descend_vector = descend_vector,
    .add_penalty_gradient = add_penalty_gradient,
    .penalty = penalty,
    .exp_span = over_span<Exp>,
    .log1p_span = over_span<Log1p>,
    .tanh_span = over_span<Tanh>,
    .erf_span = over_span<Erf>,
    .expm1_span = over_span<Expm1>,
    .sin_span = over_span<Sin>,
    .cos_span = over_span<Cos>,
    .finite_extremes = finite_extremes,
    .finite_sum = finite_sum,
    .finite_spread = finite_spread,
    .count_in_bins = count_in_bins,
};
#undef INITLAB_PATH_NAME
#undef INITLAB_MATH

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace initlab {
namespace {

struct PathList {
  std::array<const Kernels*, 3> paths{};
  std::size_t count = 0;
};

PathList find_paths() {
  PathList list;
  const std::int64_t supported = hwy::SupportedTargets();
  if ((supported & HWY_AVX3) != 0) list.paths[list.count++] = &N_AVX3::kKernels;
  if ((supported & HWY_AVX2) != 0) list.paths[list.count++] = &N_AVX2::kKernels;
  list.paths[list.count++] = &HWY_NAMESPACE::kKernels;
  return list;
}

std::string_view wanted_path() {
  const char* value = std::getenv("INITLAB_SIMD");
  return value == nullptr ? std::string_view() : std::string_view(value);
}

// The wanted path, the widest if none is named, null if there is no such path here.
const Kernels* choose(std::string_view name) {
  for (const Kernels* path : available_kernels()) {
    if (name.empty() || path->name == name) return path;
  }
  return nullptr;
}

}  // namespace

std::span<const Kernels* const> available_kernels() {
  static const PathList list = find_paths();
  return {list.paths.data(), list.count};
}

const Kernels& kernels() {
  static const Kernels* const chosen = choose(wanted_path());
  assert(chosen != nullptr);
  return *chosen;
}

std::optional<std::string> check_simd_choice() {
  const std::string_view name = wanted_path();
  if (choose(name) != nullptr) return std::nullopt;
  const bool is_path = name == N_AVX3::kKernels.name || name == N_AVX2::kKernels.name;
  std::string message = "INITLAB_SIMD: \"" + std::string(name) + "\" is not a path";
  if (is_path) message += " that this processor has";
  message += "; allowed here: ";
  std::string_view separator;
  for (const Kernels* path : available_kernels()) {
    message.append(separator).append(path->name);
    separator = ", ";
  }
  return message;
}

}  // namespace initlab
#endif  // HWY_ONCE
