// Tensors to arrays and back. The format of an array is core/numeric/npy.h's, that of the archive
// zip_file.h's.
#include "core/network/weights_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <string_view>
#include <utility>

#include "core/network/zip_file.h"
#include "core/numeric/input_text.h"
#include "core/numeric/npy.h"

namespace initlab {
namespace {

constexpr std::string_view kEnding = ".npy";

// A path in a message: whole, on one line.
std::string shown(const std::filesystem::path& path) {
  constexpr std::size_t kLongestPath = 4096;
  return one_line(path.string(), kLongestPath);
}

struct NormTensor {
  std::string_view name;
  std::vector<double> BatchNorm::*values;
};
constexpr std::array kNormTensors = {NormTensor{"gamma", &BatchNorm::gamma},
                                     NormTensor{"beta", &BatchNorm::beta},
                                     NormTensor{"running_mean", &BatchNorm::running_mean},
                                     NormTensor{"running_variance", &BatchNorm::running_variance}};

void add_network(const NamedNetwork& named, std::vector<ZipMember>& members) {
  const std::vector<Layer>& layers = named.network->layers;
  for (std::size_t l = 1; l <= layers.size(); ++l) {
    const Layer& layer = layers[l - 1];
    const auto add = [&](std::string_view name, std::string bytes) {
      members.push_back({fmt::format("{}{}{}{}", named.prefix, name, l, kEnding), std::move(bytes)});
    };
    add("W", npy_bytes(layer.w));
    add("b", npy_bytes(layer.b));
    if (!layer.norm) continue;
    for (const NormTensor& tensor : kNormTensors) add(tensor.name, npy_bytes(*layer.norm.*tensor.values));
  }
}

// The number of the last layer that has a W; 0 where none has.
std::size_t last_layer(const std::vector<std::string>& members, const std::string& prefix) {
  std::size_t last = 0;
  const std::string begin = prefix + "W";
  for (std::string_view member : members) {
    if (!member.starts_with(begin) || !member.ends_with(kEnding)) continue;
    member.remove_prefix(begin.size());
    member.remove_suffix(std::min(kEnding.size(), member.size()));
    std::size_t layer = 0;
    const auto [end, error] = std::from_chars(member.data(), member.data() + member.size(), layer);
    if (error == std::errc() && end == member.data() + member.size()) last = std::max(last, layer);
  }
  return last;
}

// Takes the arrays of one network out of an archive; the first thing wrong ends it.
class NetworkReader {
 public:
  NetworkReader(const std::filesystem::path& path, const ZipReader& archive, std::string prefix)
      : path_(path), archive_(archive), prefix_(std::move(prefix)) {}

  std::variant<Network, WeightsError> read(std::size_t layer_count) {
    if (layer_count > kMaximumFileLayers)
      return WeightsError{fmt::format("{}: {}W{}; allowed: at most {} layers", shown(path_), prefix_,
                                      layer_count, kMaximumFileLayers)};
    Network network;
    for (std::size_t l = 1; l <= layer_count; ++l) {
      Layer layer;
      if (!read_weights(l, network, layer) || !read_vector("b", l, layer.units(), layer.b) ||
          !read_norm(l, layer))
        return error_;
      network.layers.push_back(std::move(layer));
    }
    return network;
  }

 private:
  std::string key(std::string_view name, std::size_t l) const {
    return fmt::format("{}{}{}", prefix_, name, l);
  }
  bool has(std::string_view name, std::size_t l) const {
    return archive_.has(key(name, l) + std::string(kEnding));
  }
  bool fail(const std::string& name, const std::string& what) {
    error_.message = fmt::format("{}: {}: {}", shown(path_), name, what);
    return false;
  }

  bool read_array(const std::string& name, NpyArray& array) {
    // Room for the numbers of the largest array, and its header.
    constexpr std::uint64_t kMost = kMaximumWeightSide * kMaximumWeightSide * sizeof(double) + (1U << 16U);
    const std::string member = name + std::string(kEnding);
    if (!archive_.has(member)) return fail(name, "missing");
    auto bytes = archive_.read(member, kMost);
    if (const auto* error = std::get_if<ZipError>(&bytes)) return fail(name, error->message);
    auto read = read_npy(std::get<std::string>(bytes), kMaximumWeightSide);
    if (const auto* error = std::get_if<NpyError>(&read)) return fail(name, error->message);
    array = std::get<NpyArray>(std::move(read));
    byte_count_ += array.values.size() * sizeof(double);
    if (byte_count_ > kMaximumFileBytes)
      return fail(name, fmt::format("more than {} bytes with what stands before it", kMaximumFileBytes));
    return true;
  }

  bool read_weights(std::size_t l, const Network& before, Layer& layer) {
    NpyArray array;
    const std::string name = key("W", l);
    if (!read_array(name, array)) return false;
    if (array.dimensions != 2)
      return fail(name, fmt::format("1 dimension of {}; allowed: (units, inputs)", array.values.columns()));
    if (!before.layers.empty() && array.values.columns() != before.layers.back().units()) {
      return fail(name,
                  fmt::format("shape ({}, {}) after the {} units of {}; allowed: as many columns as units",
                              array.values.rows(), array.values.columns(), before.layers.back().units(),
                              key("W", l - 1)));
    }
    layer.w = std::move(array.values);
    return true;
  }

  bool read_vector(std::string_view name, std::size_t l, std::size_t units, std::vector<double>& values) {
    NpyArray array;
    const std::string full = key(name, l);
    if (!read_array(full, array)) return false;
    const Matrix& read = array.values;
    if (std::min(read.rows(), read.columns()) != 1 || read.size() != units) {
      return fail(full,
                  fmt::format("shape {}; allowed: ({},), a number for each unit of {}",
                              array.dimensions == 1 ? fmt::format("({},)", read.columns())
                                                    : fmt::format("({}, {})", read.rows(), read.columns()),
                              units, key("W", l)));
    }
    values.clear();
    for (std::size_t r = 0; r < read.rows(); ++r)
      values.insert(values.end(), read.row_span(r).begin(), read.row_span(r).end());
    return true;
  }

  bool read_norm(std::size_t l, Layer& layer) {
    if (std::ranges::none_of(kNormTensors, [&](const auto& tensor) { return has(tensor.name, l); }))
      return true;
    layer.norm.emplace();
    return std::ranges::all_of(kNormTensors, [&](const NormTensor& tensor) {
      return read_vector(tensor.name, l, layer.units(), *layer.norm.*tensor.values);
    });
  }

  const std::filesystem::path& path_;
  const ZipReader& archive_;
  std::string prefix_;
  std::uint64_t byte_count_ = 0;
  WeightsError error_;
};

}  // namespace

std::optional<WeightsError> write_weights(const std::filesystem::path& path,
                                          std::span<const NamedNetwork> networks) {
  assert(!networks.empty());
  std::vector<ZipMember> members;
  for (const NamedNetwork& named : networks) add_network(named, members);
  if (const auto error = write_zip(path, members))
    return WeightsError{fmt::format("cannot write \"{}\": {}", shown(path), error->message)};
  return std::nullopt;
}

std::variant<Network, WeightsError> read_weights(const std::filesystem::path& path, std::int64_t lane) {
  assert(lane >= 1);
  const auto opened = ZipReader::open(path);
  if (const auto* error = std::get_if<ZipError>(&opened))
    return WeightsError{fmt::format("{}: {}", shown(path), error->message)};
  const ZipReader& archive = std::get<ZipReader>(opened);
  const std::vector<std::string> members = archive.names();
  std::string prefix = fmt::format("lane{}_", lane);
  std::size_t layer_count = last_layer(members, prefix);
  const bool is_missing = layer_count == 0;
  if (is_missing && lane == 1) {
    prefix.clear();
    layer_count = last_layer(members, prefix);
  }
  if (layer_count == 0) {
    return WeightsError{fmt::format("{}: no {}; allowed: arrays W1, b1, W2, b2, ..., or lane<n>_W1, ...",
                                    shown(path), lane == 1 ? "W1" : fmt::format("lane{}_W1", lane))};
  }
  return NetworkReader(path, archive, prefix).read(layer_count);
}

}  // namespace initlab
