// Experiments at random: every field within its range, what is not read at its default, and all of it such
// that most go together.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/experiment/experiment.h"
#include "core/experiment/file/fields.h"

namespace initlab::test {

class RandomExperiments {
 public:
  Experiment next() {
    Experiment experiment;
    fill(experiment);
    fill(experiment.data);
    fill(experiment.network);
    fill(experiment.training);
    make_consistent(experiment);
    experiment.lanes.resize(1 + index(kMaximumLanes));
    for (std::size_t i = 0; i < experiment.lanes.size(); ++i) {
      Lane& lane = experiment.lanes[i];
      fill(lane);
      lane.name += std::to_string(i);
      make_consistent(lane, experiment.network.hidden.empty());
      add_layers(lane, experiment.network.hidden.size());
    }
    for (std::size_t i = index(4); i > 0; --i) {
      experiment.events.push_back({static_cast<std::int64_t>(index(1000)), index(experiment.lanes.size() + 1),
                                   static_cast<LiveSetting>(index(3)), real(0, 1000)});
    }
    for (std::size_t i = index(4); i > 0; --i) {
      experiment.expect.push_back({experiment.lanes[index(experiment.lanes.size())].name, "layers.1.dz.std",
                                   static_cast<Relation>(index(5)), real(-1, 1)});
    }
    return experiment;
  }

 private:
  std::size_t index(std::size_t count) { return random_() % count; }
  double real(double low, double high) { return std::uniform_real_distribution<double>(low, high)(random_); }

  // Batches that the points fill, an output and a loss for what is learned, little memory.
  void make_consistent(Experiment& experiment) {
    DataSettings& data = experiment.data;
    const DatasetRow& row = dataset_row(data.kind);
    if (row.reads("low") && data.low >= data.high) std::swap(data.low, data.high);
    if (row.reads("features")) data.features = 1 + static_cast<std::int64_t>(index(20));
    if (row.reads("samples")) data.samples = 10 + data.samples % 1000;
    if (row.reads("test_samples")) data.test_samples %= 1000;
    if (row.reads("points")) {
      data.points[0].label = 0;
      data.points[1].label = 1;
    }
    experiment.training.batch = experiment.training.batch % 2 == 0 ? 0 : 2;
    experiment.network.output = OutputId::kSoftmax;
    if (row.is_regression) experiment.network.output = OutputId::kLinear;
    if (row.is_regression) experiment.training.loss = LossId::kMeanSquaredError;
    if (experiment.network.hidden.empty()) experiment.network.batch_norm = false;
  }
  void make_consistent(Lane& lane, bool is_shallow) {
    const Scheme& row = scheme(lane.scheme);
    if (row.reads("freeze")) lane.parameters.freeze %= 2;
    if (lane.bias == BiasId::kLogOdds) lane.bias = BiasId::kZeros;
    if (is_shallow) lane.batch_norm.reset();
    lane.replicas = 1 + lane.replicas % 3;
  }

  // Some layers differ in some of the keys that they read then.
  void add_layers(Lane& lane, std::size_t hidden) {
    for (std::size_t layer = 1; layer <= hidden; ++layer) {
      if (index(3) != 0) continue;
      LayerStart start;
      fill(start);
      if (start.bias == BiasId::kLogOdds) start.bias = BiasId::kZeros;
      start.parameters.freeze %= 2;
      LayerException exception;
      exception.layer = layer;
      lane.layers.push_back(exception);
      for (const Field<LayerStart>& field : fields<LayerStart>()) {
        LayerException& last = lane.layers.back();
        const bool given = field.key == "scheme" || (applies(field, start) && index(2) == 0);
        if (given && applies(field, start)) give(field, start, last);
      }
      keep_what_is_read(lane);
    }
  }
  static void give(const Field<LayerStart>& field, LayerStart& from, LayerException& exception) {
    const FieldValue source = field.member(from);
    std::visit([&](auto to) { *to = *std::get<decltype(to)>(source); }, field.member(exception.start));
    exception.given.push_back(field.key);
  }
  // The lane's own keys decide too whether a layer reads one.
  static void keep_what_is_read(Lane& lane) {
    LayerException kept;
    kept.layer = lane.layers.back().layer;
    const LayerStart whole = layer_start(lane, kept.layer);
    for (const std::string_view key : lane.layers.back().given) {
      const Field<LayerStart>& field = *find_field<LayerStart>(key);
      if (applies(field, whole)) give(field, lane.layers.back().start, kept);
    }
    lane.layers.back() = std::move(kept);
  }

  template <class Section>
  void fill(Section& section) {
    for (const Field<Section>& field : fields<Section>()) {
      if (!applies(field, section)) continue;
      const FieldValue value = field.member(section);
      if (const std::size_t count = choices(value).size(); count > 0) {
        set_choice(value, index(count));
      } else {
        std::visit([&](auto member) { fill_member(*member, field.minimum, field.maximum); }, value);
      }
    }
  }
  void fill_member(double& member, double low, double high) {
    member = index(4) == 0 ? std::round(real(low, high)) : real(low, high) * std::pow(10.0, -real(0, 12));
    member = std::clamp(member, low, high);
  }
  void fill_member(std::int64_t& member, double low, double high) {
    member = static_cast<std::int64_t>(real(low, std::min(high, 4e9)));
  }
  void fill_member(bool& member, double, double) { member = index(2) == 0; }
  void fill_member(std::string& member, double, double) {
    constexpr std::string_view kPieces[] = {"a", " ", "\"", "\\", "π", "/", "é", "{", "0", ","};
    member = "n";
    for (std::size_t i = index(20); i > 0; --i) member += kPieces[index(std::size(kPieces))];
  }
  void fill_member(std::vector<std::int64_t>& member, double, double) {
    member.resize(index(5));
    for (std::int64_t& units : member) units = 1 + static_cast<std::int64_t>(index(30));
  }
  void fill_member(std::vector<PlacedPoint>& member, double low, double high) {
    member.resize(2 + index(30));
    for (PlacedPoint& point : member) {
      point = {real(low, high), real(low, high), static_cast<std::int64_t>(index(10))};
    }
  }
  void fill_member(const auto&, double, double) {}  // a choice

  std::mt19937 random_{2024};
};

}  // namespace initlab::test
