// Networks to files and back, and every way in which a file can be wrong.
#include "core/network/weights_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>

#include "core/network/zip_file.h"
#include "core/numeric/npy.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;

class WeightsFile : public testing::Test {
 protected:
  void SetUp() override {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(testing::TempDir()) / ("initlab-weights-" + std::string(test->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path file() const { return folder_ / "weights.npz"; }
  std::size_t files_in_folder() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  // What read_weights says of these arrays, less the file's name.
  std::string error_of(const std::vector<ZipMember>& members, std::int64_t lane = 1) const {
    EXPECT_FALSE(write_zip(file(), members));
    const auto read = read_weights(file(), lane);
    if (!std::holds_alternative<WeightsError>(read)) return "";
    const std::string message = std::get<WeightsError>(read).message;
    const std::string name = file().string() + ": ";
    EXPECT_TRUE(message.starts_with(name)) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    return message.substr(name.size());
  }

  fs::path folder_;
};

Network small_network(std::uint32_t seed) {
  UniformPlan uniform;
  uniform.sizes = {3, 5, 2};
  uniform.scheme = SchemeId::kPytorchLinear;
  uniform.seed = seed;
  NetworkPlan plan = network_plan(uniform);
  plan.layers[0].batch_norm = true;
  Network network = make_network(plan);
  network.layers[0].norm->running_mean = {0.1, -2, 3e300, 4, 5};
  network.layers[0].norm->beta[2] = -0.0;
  return network;
}

std::string array(std::size_t rows, std::size_t columns) {
  return npy_bytes(Matrix(rows, columns));
}
std::string vector(std::size_t count) {
  return npy_bytes(std::vector<double>(count));
}

void expect_same_weights(const Network& a, const Network& b) {
  ASSERT_EQ(a.layers.size(), b.layers.size());
  for (std::size_t l = 0; l < a.layers.size(); ++l) {
    EXPECT_EQ(a.layers[l].w, b.layers[l].w);
    EXPECT_EQ(a.layers[l].b, b.layers[l].b);
    EXPECT_EQ(a.layers[l].norm, b.layers[l].norm);
  }
}

TEST_F(WeightsFile, what_is_written_is_read_again_to_the_bit) {
  const Network network = small_network(1);
  ASSERT_FALSE(write_weights(file(), std::vector<NamedNetwork>{{"", &network}}));
  const auto read = read_weights(file(), 1);
  ASSERT_TRUE(std::holds_alternative<Network>(read)) << std::get<WeightsError>(read).message;
  expect_same_weights(std::get<Network>(read), network);
  EXPECT_EQ(files_in_folder(), 1U);
}

TEST_F(WeightsFile, arrays_have_the_names_that_notebooks_give_them) {
  const Network network = small_network(1);
  ASSERT_FALSE(write_weights(file(), std::vector<NamedNetwork>{{"", &network}}));
  const auto archive = ZipReader::open(file());
  const std::vector<std::string> expected = {
      "W1.npy", "b1.npy", "gamma1.npy", "beta1.npy", "running_mean1.npy", "running_variance1.npy",
      "W2.npy", "b2.npy"};
  EXPECT_EQ(std::get<ZipReader>(archive).names(), expected);
}

TEST_F(WeightsFile, several_networks_stand_side_by_side) {
  const Network first = small_network(1);
  const Network second = small_network(2);
  ASSERT_FALSE(write_weights(file(), std::vector<NamedNetwork>{{"lane1_", &first}, {"lane2_", &second}}));
  expect_same_weights(std::get<Network>(read_weights(file(), 1)), first);
  expect_same_weights(std::get<Network>(read_weights(file(), 2)), second);
  const auto third = read_weights(file(), 3);
  EXPECT_NE(std::get<WeightsError>(third).message.find("no lane3_W1"), std::string::npos);
}

TEST_F(WeightsFile, the_same_networks_make_the_same_bytes) {
  const auto bytes_of = [&] {
    const Network network = small_network(1);
    EXPECT_FALSE(write_weights(file(), std::vector<NamedNetwork>{{"", &network}}));
    std::ifstream in(file(), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  const std::string first = bytes_of();
  EXPECT_GT(first.size(), 1000U);
  EXPECT_EQ(bytes_of(), first);
}

TEST_F(WeightsFile, numbers_that_are_not_finite_are_kept) {
  Network network = small_network(1);
  network.layers[0].norm.reset();
  network.layers[0].w(0, 0) = std::numeric_limits<double>::quiet_NaN();
  network.layers[1].b[1] = -std::numeric_limits<double>::infinity();
  ASSERT_FALSE(write_weights(file(), std::vector<NamedNetwork>{{"", &network}}));
  const Network read = std::get<Network>(read_weights(file(), 1));
  EXPECT_TRUE(std::isnan(read.layers[0].w(0, 0)));
  EXPECT_EQ(read.layers[1].b[1], -std::numeric_limits<double>::infinity());
}

TEST_F(WeightsFile, biases_may_be_a_column_or_a_row) {
  EXPECT_EQ(error_of({{"W1.npy", array(4, 2)}, {"b1.npy", array(4, 1)}}), "");
  EXPECT_EQ(error_of({{"W1.npy", array(4, 2)}, {"b1.npy", array(1, 4)}}), "");
  EXPECT_EQ(error_of({{"W1.npy", array(1, 2)}, {"b1.npy", array(1, 1)}}), "");
}

TEST_F(WeightsFile, arrays_that_are_no_network_are_refused_by_name) {
  EXPECT_EQ(error_of({{"weights.npy", array(4, 2)}}),
            "no W1; allowed: arrays W1, b1, W2, b2, ..., or lane<n>_W1, ...");
  EXPECT_EQ(error_of({{"W1.npy", array(4, 2)}, {"b1.npy", vector(4)}}, 2),
            "no lane2_W1; allowed: arrays W1, b1, W2, b2, ..., or lane<n>_W1, ...");
  EXPECT_EQ(error_of({{"W1.npy", array(4, 2)}}), "b1: missing");
  EXPECT_EQ(error_of({{"W1.npy", array(4, 2)}, {"b1.npy", vector(4)}, {"W3.npy", array(1, 4)}}),
            "W2: missing");
  EXPECT_EQ(error_of({{"W1.npy", vector(4)}}), "W1: 1 dimension of 4; allowed: (units, inputs)");
  EXPECT_EQ(error_of({{"W1.npy", "no array"}}), "W1: not an array in numpy's .npy format, versions 1 to 3");
  EXPECT_EQ(error_of({{"W999999.npy", array(4, 2)}}), "W999999; allowed: at most 101 layers");
}

TEST_F(WeightsFile, shapes_that_do_not_chain_are_refused) {
  EXPECT_EQ(error_of({{"W1.npy", array(4, 2)}, {"b1.npy", vector(4)}, {"W2.npy", array(1, 5)}}),
            "W2: shape (1, 5) after the 4 units of W1; allowed: as many columns as units");
  EXPECT_EQ(error_of({{"W1.npy", array(4, 2)}, {"b1.npy", vector(5)}}),
            "b1: shape (5,); allowed: (4,), a number for each unit of W1");
  EXPECT_EQ(error_of({{"W1.npy", array(4, 2)}, {"b1.npy", array(2, 2)}}),
            "b1: shape (2, 2); allowed: (4,), a number for each unit of W1");
  EXPECT_EQ(error_of({{"W1.npy", array(4, 2)}, {"b1.npy", vector(4)}, {"beta1.npy", vector(4)}}),
            "gamma1: missing");
}

TEST_F(WeightsFile, an_array_beyond_the_largest_layer_is_refused) {
  EXPECT_EQ(error_of({{"W1.npy", array(1, 4097)}}), "W1: a side of 4097; allowed: 1 to 4096");
  const std::string too_long(4096ULL * 4096 * 8 + 70'000, '\0');
  EXPECT_EQ(error_of({{"W1.npy", too_long}}), "W1: 134287728 bytes; allowed: at most 134283264");
}

TEST_F(WeightsFile, a_file_that_is_none_is_refused_in_one_line) {
  const auto message = [&](const fs::path& path) {
    return std::get<WeightsError>(read_weights(path, 1)).message;
  };
  EXPECT_EQ(message(file()), file().string() + ": there is no such file");
  EXPECT_EQ(message(folder_), folder_.string() + ": is a folder; allowed: a file");
  EXPECT_EQ(message("/dev/null"), "/dev/null: is not a regular file");
  std::ofstream(file()) << "these are no weights";
  EXPECT_EQ(message(file()), file().string() + ": Not a zip archive");
}

TEST_F(WeightsFile, a_file_cut_short_is_refused) {
  const Network network = small_network(1);
  ASSERT_FALSE(write_weights(file(), std::vector<NamedNetwork>{{"", &network}}));
  const auto size = fs::file_size(file());
  for (const auto part : {size - 1, size / 2, size / 10, std::uintmax_t{3}}) {
    fs::resize_file(file(), part);
    EXPECT_TRUE(std::holds_alternative<WeightsError>(read_weights(file(), 1))) << part;
  }
}

TEST_F(WeightsFile, damaged_numbers_are_found_by_their_check_sum) {
  const Network network = small_network(1);
  ASSERT_FALSE(write_weights(file(), std::vector<NamedNetwork>{{"", &network}}));
  std::fstream bytes(file(), std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekp(200);
  bytes.put('\x55');
  bytes.close();
  const auto read = read_weights(file(), 1);
  ASSERT_TRUE(std::holds_alternative<WeightsError>(read));
  EXPECT_NE(std::get<WeightsError>(read).message.find("W1: CRC error"), std::string::npos)
      << std::get<WeightsError>(read).message;
}

TEST_F(WeightsFile, a_failed_write_says_why_and_leaves_what_stood_there) {
  const Network network = small_network(1);
  const std::vector<NamedNetwork> named = {{"", &network}};
  const fs::path nowhere = folder_ / "no folder" / "weights.npz";
  EXPECT_EQ(write_weights(nowhere, named)->message,
            "cannot write \"" + nowhere.string() + "\": No such file or directory");
  EXPECT_EQ(write_weights(folder_, named)->message,
            "cannot write \"" + folder_.string() + "\": Is a directory");
  EXPECT_EQ(write_weights("/dev/null", named)->message, "cannot write \"/dev/null\": not a regular file");
  EXPECT_EQ(files_in_folder(), 0U);
}

TEST_F(WeightsFile, a_file_that_stood_there_is_replaced_through_its_link) {
  const Network network = small_network(1);
  const std::vector<NamedNetwork> named = {{"", &network}};
  std::ofstream(file()) << "older";
  const fs::path link = folder_ / "link.npz";
  fs::create_symlink("weights.npz", link);
  ASSERT_FALSE(write_weights(link, named));
  EXPECT_TRUE(fs::is_symlink(link));
  expect_same_weights(std::get<Network>(read_weights(file(), 1)), network);
}

}  // namespace
}  // namespace initlab
