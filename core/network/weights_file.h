// Networks as .npz files: one numpy array a tensor, named as the notes name them, W1, b1, W2, b2, ..., so
// that `numpy.load("weights.npz")["W1"]` is the first layer here and a notebook's numpy.savez can begin a
// network.
//
// A layer with batch normalization adds gamma1, beta1, running_mean1, running_variance1. Several networks in
// one file have prefixes: lane1_W1, lane2_W1. What follows a layer, its activation, is not in the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "core/network/network.h"

namespace initlab {

// One line: the file, the array in it, what is wrong, what is allowed.
struct WeightsError {
  std::string message;
};

struct NamedNetwork {
  std::string prefix;  // "" or "lane2_"
  const Network* network = nullptr;
};
// Replaces `path` whole or not at all, by a file beside it that is renamed. At least one network; prefixes
// differ. Null when done.
std::optional<WeightsError> write_weights(const std::filesystem::path& path,
                                          std::span<const NamedNetwork> networks);

inline constexpr std::size_t kMaximumWeightSide = 4096;
inline constexpr std::size_t kMaximumFileLayers = 101;
// Of all arrays of one network, as doubles; checked before it is taken.
inline constexpr std::uint64_t kMaximumFileBytes = std::uint64_t{2} << 30;

// Weights, biases and batch normalizations of `lane` (from 1): arrays that begin with "lane<lane>_", or for
// lane 1 those without a prefix where there are none with it. Activations and output are Layer's and
// Network's defaults. Biases may have the shape (n,), (n, 1) or (1, n). Numbers that are not finite are read
// as they are. Errors: no such file, no zip, an array that is missing or not as read_npy allows, shapes that
// do not chain, more than the maxima above.
std::variant<Network, WeightsError> read_weights(const std::filesystem::path& path, std::int64_t lane);

}  // namespace initlab
