// One hash, whatever computes it.
#include <algorithm>
#include <string_view>

#include "tests/app/cli/program.h"

namespace initlab::test {
namespace {

class Fingerprint : public ProgramTest {};

TEST_F(Fingerprint, is_sixteen_hexadecimal_digits_alone_on_stdout) {
  const std::string out = output_of({"fingerprint"});
  ASSERT_EQ(out.size(), 17u);
  EXPECT_EQ(out.find_first_not_of("0123456789abcdef"), 16u);
  EXPECT_EQ(out.back(), '\n');
}

TEST_F(Fingerprint, is_the_same_at_every_thread_count) {
  const std::string one = output_of({"fingerprint", "--threads", "1"});
  EXPECT_EQ(output_of({"fingerprint", "--threads", "2"}), one);
  EXPECT_EQ(output_of({"fingerprint", "--threads", "5"}), one);
  EXPECT_EQ(output_of({"fingerprint"}), one);
}

class FingerprintPath : public ProgramTest, public testing::WithParamInterface<std::string_view> {};

TEST_P(FingerprintPath, computes_the_same_bits) {
  const Surroundings on_this_path = {.variables = {{"INITLAB_SIMD", std::string(GetParam())}}};
  const Outcome probe = run({"list", "schemes"}, on_this_path);
  if (probe.code == 2) GTEST_SKIP() << probe.err;
  EXPECT_EQ(output_of({"fingerprint"}, on_this_path), output_of({"fingerprint"}));
}

INSTANTIATE_TEST_SUITE_P(Every, FingerprintPath, testing::Values("avx512", "avx2", "portable"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace initlab::test
