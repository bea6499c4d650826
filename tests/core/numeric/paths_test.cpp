// Same start, same bits: each kernel on each path that this processor has, bit against bit, on ordinary
// values and on the edges of double. And how a path is chosen.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>

#include "core/numeric/kernels.h"
#include "tests/core/numeric/activation_rows.h"
#include "tests/core/numeric/test_matrices.h"

namespace initlab {
namespace {

using namespace test;

class paths : public ::testing::TestWithParam<Values> {
 protected:
  // Calls check(reference path, other path) for every other path.
  template <class Check>
  void for_each_pair(Check check) {
    const auto all = available_kernels();
    ASSERT_FALSE(all.empty());
    for (const Kernels* other : all.first(all.size() - 1)) {
      SCOPED_TRACE(std::string(other->name));
      check(*all.back(), *other);
    }
  }
  NumpyRandom random{31};
  bool says_finite = false;
};
INSTANTIATE_TEST_SUITE_P(with, paths, ::testing::Values(Values::kOrdinary, Values::kExtreme),
                         [](const auto& v) {
                           return std::string(v.param == Values::kOrdinary ? "ordinary" : "extreme");
                         });

TEST_P(paths, products_have_the_same_bits) {
  for (const Shape& shape : odd_shapes()) {
    const std::size_t units = shape.units;
    const std::size_t inputs = shape.inputs;
    const std::size_t samples = shape.samples;
    SCOPED_TRACE(::testing::Message() << units << " x " << inputs << ", " << samples << " samples");
    const Matrix w = drawn(random, units, inputs, GetParam());
    const Matrix a = drawn(random, inputs, samples, GetParam());
    const Matrix d_z = drawn(random, units, samples, GetParam());
    const std::vector<double> b = drawn_vector(random, units, GetParam());
    for_each_pair([&](const Kernels& one, const Kernels& two) {
      Matrix x = unwritten(units, samples);
      Matrix y = unwritten(units, samples);
      says_finite = one.affine(w, b, a, x);
      EXPECT_EQ(says_finite, all_finite(x));
      says_finite = two.affine(w, b, a, y);
      EXPECT_EQ(says_finite, all_finite(y));
      EXPECT_TRUE(same_bits(x, y));
      Matrix d_a_x = unwritten(inputs, samples);
      Matrix d_a_y = unwritten(inputs, samples);
      one.transposed_product(w, d_z, d_a_x);
      two.transposed_product(w, d_z, d_a_y);
      EXPECT_TRUE(same_bits(d_a_x, d_a_y));
      Matrix d_w_x = unwritten(units, inputs);
      Matrix d_w_y = unwritten(units, inputs);
      std::vector<double> d_b_x(units);
      std::vector<double> d_b_y(units);
      says_finite = one.gradient_sums(d_z, a, d_w_x, d_b_x);
      EXPECT_EQ(says_finite, all_finite(d_w_x) && all_finite(d_b_x));
      says_finite = two.gradient_sums(d_z, a, d_w_y, d_b_y);
      EXPECT_EQ(says_finite, all_finite(d_w_y) && all_finite(d_b_y));
      EXPECT_TRUE(same_bits(d_w_x, d_w_y));
      EXPECT_TRUE(same_bits(d_b_x, d_b_y));
    });
  }
}

TEST_P(paths, activations_and_derivatives_have_the_same_bits) {
  for (std::size_t columns = 1; columns <= 300; columns += columns < 17 ? 1 : 71) {
    SCOPED_TRACE(columns);
    Matrix z = drawn(random, 7, columns, GetParam());
    for (double& v : z.row_span(3)) v *= 20;
    const Matrix d_a = drawn(random, 7, columns, GetParam());
    for (const ActivationRow& f : activation_rows()) {
      SCOPED_TRACE(std::string(f.name));
      for_each_pair([&](const Kernels& one, const Kernels& two) {
        Matrix x = unwritten(7, columns);
        Matrix y = unwritten(7, columns);
        f.apply(one, z, x);
        f.apply(two, z, y);
        EXPECT_TRUE(same_bits(x, y));
        Matrix d_x = unwritten(7, columns);
        Matrix d_y = unwritten(7, columns);
        says_finite = f.apply_backward(one, z, x, d_a, d_x);
        EXPECT_EQ(says_finite, all_finite(d_x));
        says_finite = f.apply_backward(two, z, y, d_a, d_y);
        EXPECT_EQ(says_finite, all_finite(d_y));
        EXPECT_TRUE(same_bits(d_x, d_y));
      });
    }
  }
}

TEST_P(paths, costs_have_the_same_bits) {
  for (std::size_t columns = 1; columns <= 40; ++columns) {
    SCOPED_TRACE(columns);
    const Matrix z = drawn(random, 1 + columns % 4, columns, GetParam());
    const Matrix y = drawn(random, 1 + columns % 4, columns, GetParam());
    for_each_pair([&](const Kernels& one, const Kernels& two) {
      EXPECT_TRUE(same_bits(one.logistic_cross_entropy(z, y), two.logistic_cross_entropy(z, y)));
      EXPECT_TRUE(same_bits(one.squared_error(z, y), two.squared_error(z, y)));
      EXPECT_TRUE(same_bits(one.penalty(0.1, 0.7, z), two.penalty(0.1, 0.7, z)));
      Matrix a = unwritten(z.rows(), columns);
      Matrix b = unwritten(z.rows(), columns);
      says_finite = one.logistic_cross_entropy_backward(z, y, a);
      EXPECT_EQ(says_finite, all_finite(a));
      says_finite = two.logistic_cross_entropy_backward(z, y, b);
      EXPECT_EQ(says_finite, all_finite(b));
      EXPECT_TRUE(same_bits(a, b));
      one.squared_error_backward(z, y, a);
      two.squared_error_backward(z, y, b);
      EXPECT_TRUE(same_bits(a, b));
    });
  }
}

TEST_P(paths, softmax_has_the_same_bits) {
  for (std::size_t columns = 1; columns <= 40; ++columns) {
    SCOPED_TRACE(columns);
    const std::size_t rows = 1 + columns % 12;
    const Matrix z = drawn(random, rows, columns, GetParam());
    const Matrix y = drawn(random, rows, columns, GetParam());
    for_each_pair([&](const Kernels& one, const Kernels& two) {
      EXPECT_TRUE(same_bits(one.softmax_cross_entropy(z, y), two.softmax_cross_entropy(z, y)));
      Matrix a = unwritten(rows, columns);
      Matrix b = unwritten(rows, columns);
      one.softmax(z, a);
      two.softmax(z, b);
      EXPECT_TRUE(same_bits(a, b));
      for (const auto backward : {&Kernels::softmax_backward, &Kernels::softmax_cross_entropy_backward}) {
        Matrix d_a = unwritten(rows, columns);
        Matrix d_b = unwritten(rows, columns);
        says_finite = (one.*backward)(z, y, d_a);
        EXPECT_EQ(says_finite, all_finite(d_a));
        says_finite = (two.*backward)(z, y, d_b);
        EXPECT_EQ(says_finite, all_finite(d_b));
        EXPECT_TRUE(same_bits(d_a, d_b));
      }
    });
  }
}

TEST_P(paths, updates_have_the_same_bits) {
  for (std::size_t columns = 1; columns <= 20; ++columns) {
    SCOPED_TRACE(columns);
    const Matrix d_w = drawn(random, 5, columns, GetParam());
    const Matrix w = drawn(random, 5, columns, GetParam());
    for_each_pair([&](const Kernels& one, const Kernels& two) {
      Matrix x = w;
      Matrix y = w;
      says_finite = one.descend(0.07, d_w, x);
      EXPECT_EQ(says_finite, all_finite(x));
      says_finite = two.descend(0.07, d_w, y);
      EXPECT_EQ(says_finite, all_finite(y));
      EXPECT_TRUE(same_bits(x, y));
      std::vector<double> b_x(w.row_span(0).begin(), w.row_span(0).end());
      std::vector<double> b_y = b_x;
      says_finite = one.descend_vector(0.07, d_w.row_span(0), b_x);
      EXPECT_EQ(says_finite, all_finite(b_x));
      says_finite = two.descend_vector(0.07, d_w.row_span(0), b_y);
      EXPECT_EQ(says_finite, all_finite(b_y));
      EXPECT_TRUE(same_bits(b_x, b_y));
      one.add_penalty_gradient(0.01, 0.3, d_w, x);
      two.add_penalty_gradient(0.01, 0.3, d_w, y);
      EXPECT_TRUE(same_bits(x, y));
    });
  }
}

TEST_P(paths, functions_have_the_same_bits) {
  std::vector<double> x = drawn_vector(random, 20001, GetParam());
  for (std::size_t i = 0; i < x.size(); ++i) x[i] *= std::ldexp(1.0, static_cast<int>(i % 1200) - 1190);
  for (std::size_t i = 0; i < x.size(); i += 3) x[i] = -750 + static_cast<double>(i) * 0.075;
  for_each_pair([&](const Kernels& one, const Kernels& two) {
    for (const auto function :
         {&Kernels::exp_span, &Kernels::log1p_span, &Kernels::tanh_span, &Kernels::erf_span,
          &Kernels::expm1_span, &Kernels::sin_span, &Kernels::cos_span}) {
      std::vector<double> a(x.size());
      std::vector<double> b(x.size());
      (one.*function)(x, a);
      (two.*function)(x, b);
      EXPECT_TRUE(same_bits(a, b));
    }
  });
}

// One number for the bits of the project's arithmetic, the same on each path and from each compiler. It
// changes only when the arithmetic is changed on purpose; then every fingerprint changes with it.
TEST(kernel_bits, are_what_they_were) {
  for (const Kernels* k : available_kernels()) {
    NumpyRandom random(1);
    const Matrix w = drawn(random, 7, 11);
    const Matrix x = drawn(random, 11, 203);
    const std::vector<double> b = drawn_vector(random, 7);
    Matrix z(7, 203);
    Matrix a(7, 203);
    Matrix y(7, 203);
    Matrix d_w(7, 11);
    std::vector<double> d_b(7);
    Digest digest;
    k->affine(w, b, x, z);
    k->sigmoid.apply(0, z, a);
    digest.add(a);
    digest.add(std::vector{k->logistic_cross_entropy(z, y), k->penalty(0.1, 0.2, w)});
    k->tanh.apply(0, z, a);
    digest.add(a);
    k->tanh.backward(0, z, a, z, y);
    digest.add(y);
    k->gradient_sums(y, x, d_w, d_b);
    digest.add(d_w);
    digest.add(d_b);
    EXPECT_EQ(digest.value(), 12043451095470257122U) << k->name;
  }
}

// Likewise for every activation, softmax and the functions of a span.
TEST(kernel_bits, of_every_activation_are_what_they_were) {
  for (const Kernels* k : available_kernels()) {
    NumpyRandom random(2);
    Matrix z = drawn(random, 9, 203);
    for (std::size_t r = 0; r < z.rows(); ++r) {
      for (double& v : z.row_span(r)) v *= std::ldexp(1.0, static_cast<int>(r) - 3);
    }
    const Matrix d_a = drawn(random, 9, 203);
    Matrix a(9, 203);
    Matrix d_z(9, 203);
    Digest digest;
    for (const ActivationRow& f : activation_rows()) {
      f.apply(*k, z, a);
      f.apply_backward(*k, z, a, d_a, d_z);
      digest.add(a);
      digest.add(d_z);
    }
    k->softmax(z, a);
    k->softmax_backward(a, d_a, d_z);
    digest.add(a);
    digest.add(d_z);
    digest.add(k->softmax_cross_entropy(z, a));
    std::vector<double> y(203);
    for (const auto function : {k->erf_span, k->expm1_span, k->sin_span, k->cos_span}) {
      function(z.row_span(8), y);
      digest.add(y);
    }
    EXPECT_EQ(digest.value(), 3708132122927585570U) << k->name;
  }
}

// --- The choice of a path.

// Sets INITLAB_SIMD for one scope.
class SimdVariable {
 public:
  explicit SimdVariable(const char* value) {
    if (const char* before = std::getenv("INITLAB_SIMD")) before_ = before;
    value == nullptr ? unsetenv("INITLAB_SIMD") : setenv("INITLAB_SIMD", value, 1);
  }
  ~SimdVariable() { before_.empty() ? unsetenv("INITLAB_SIMD") : setenv("INITLAB_SIMD", before_.c_str(), 1); }
  SimdVariable(const SimdVariable&) = delete;
  SimdVariable& operator=(const SimdVariable&) = delete;

 private:
  std::string before_;
};

std::string allowed_here() {
  std::string names;
  for (const Kernels* path : available_kernels())
    names += (names.empty() ? "" : ", ") + std::string(path->name);
  return names;
}

TEST(simd_choice, every_path_here_may_be_named_and_none_need_be) {
  for (const Kernels* path : available_kernels()) {
    const SimdVariable variable(std::string(path->name).c_str());
    EXPECT_EQ(check_simd_choice(), std::nullopt) << path->name;
  }
  for (const char* none : {static_cast<const char*>(nullptr), ""}) {
    const SimdVariable variable(none);
    EXPECT_EQ(check_simd_choice(), std::nullopt);
  }
}

TEST(simd_choice, a_wrong_name_is_quoted_with_what_is_allowed) {
  const SimdVariable variable("sse9");
  EXPECT_EQ(check_simd_choice(), "INITLAB_SIMD: \"sse9\" is not a path; allowed here: " + allowed_here());
}

TEST(simd_choice, a_path_that_the_processor_lacks_is_refused) {
  for (const std::string name : {"avx512", "avx2", "portable"}) {
    bool is_here = false;
    for (const Kernels* path : available_kernels()) is_here = is_here || path->name == name;
    const SimdVariable variable(name.c_str());
    const std::optional<std::string> trouble = check_simd_choice();
    EXPECT_EQ(trouble.has_value(), !is_here) << name;
    EXPECT_EQ(trouble.value_or("").find("is not a path that this processor has") != std::string::npos,
              !is_here);
  }
}

TEST(simd_choice, the_portable_path_is_always_there_and_last) {
  EXPECT_EQ(available_kernels().back()->name, "portable");
  const std::string name(kernels().name);
  EXPECT_NE(allowed_here().find(name), std::string::npos);
}

}  // namespace
}  // namespace initlab
