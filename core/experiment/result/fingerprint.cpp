// Bits of training, hashed: what must be the same on every path, at every thread count, from every compiler.
#include <fmt/format.h>

#include <array>
#include <bit>

#include "core/experiment/result/result_json.h"

namespace initlab {
namespace {

// FNV-1a over 64-bit words, with a final mix so that every bit of the last word counts.
class Hash {
 public:
  void add(double value) {
    // All NaNs are one: their sign and payload are the processor's choice.
    add(value == value ? std::bit_cast<std::uint64_t>(value) : std::uint64_t{0x7ff8000000000000});
  }
  void add(std::uint64_t word) {
    state_ = (state_ ^ word) * 0x100000001b3;
    state_ ^= state_ >> 29;
  }
  std::string text() const { return fmt::format("{:016x}", state_); }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325;
};

void add_norm(const BatchNorm& norm, Hash& hash) {
  for (const std::vector<double>* numbers :
       {&norm.gamma, &norm.beta, &norm.running_mean, &norm.running_variance}) {
    for (const double number : *numbers) hash.add(number);
  }
}

void add_run(const Run& run, Hash& hash) {
  for (const Layer& layer : run.network().layers) {
    for (std::size_t r = 0; r < layer.units(); ++r) {
      for (const double w : layer.w.row_span(r)) hash.add(w);
      hash.add(layer.b[r]);
    }
    if (layer.norm) add_norm(*layer.norm, hash);
  }
  // The cost at the step itself is known only once someone has looked.
  for (std::int64_t step = 0; step < run.step(); ++step) hash.add(run.history()[step]);
  hash.add(static_cast<std::uint64_t>(run.step()));
}

void add_comparison(const Comparison& comparison, Hash& hash) {
  for (std::size_t lane = 0; lane < comparison.experiment().lanes.size(); ++lane) {
    for (const auto& run : comparison.runs(lane)) add_run(*run, hash);
  }
}

constexpr std::int64_t kSamples = 61;  // neither even nor a multiple of the lanes

// The first rows that the tables had: these experiments stay as they are whatever rows are added, so that a
// change of the hash means a change of the arithmetic or of the list below.
constexpr std::array kFirstData = {DatasetId::kCircles, DatasetId::kMoons, DatasetId::kBlobs, DatasetId::kXor,
                                   DatasetId::kSpiral};
constexpr std::array kFirstActivations = {ActivationId::kLinear, ActivationId::kSigmoid, ActivationId::kTanh,
                                          ActivationId::kRelu};
constexpr std::array kFirstSchemes = {SchemeId::kZeros,    SchemeId::kConstant,     SchemeId::kNormal,
                                      SchemeId::kUniform,  SchemeId::kXavierNormal, SchemeId::kXavierUniform,
                                      SchemeId::kHeNormal, SchemeId::kHeUniform};

Lane lane_with(SchemeId kind) {
  return make_lane(std::string(scheme(kind).id), kind, {}, 7);
}

void add_first_experiments(std::vector<Experiment>& list) {
  for (const DatasetId data : kFirstData) {
    for (const ActivationId activation : kFirstActivations) {
      const std::size_t next = list.size();
      Experiment experiment;
      experiment.data.kind = data;
      experiment.data.samples = kSamples;
      experiment.data.noise = 0.1;
      experiment.network.hidden = {9, 17, 3};
      experiment.network.activation = activation;
      const bool regression = next % 3 == 2;
      experiment.training.loss = regression ? LossId::kMeanSquaredError : LossId::kCrossEntropy;
      experiment.network.output = next % 6 == 5 ? OutputId::kLinear : OutputId::kSigmoid;
      experiment.training.l1 = next % 4 == 1 ? 1e-3 : 0;
      experiment.training.l2 = next % 4 == 2 ? 1e-2 : 0;
      experiment.training.learning_rate = 0.1;
      experiment.training.steps = 50;
      for (std::size_t lane = 0; lane < 3; ++lane) {
        experiment.lanes.push_back(lane_with(kFirstSchemes[(next + 3 * lane) % kFirstSchemes.size()]));
      }
      experiment.events = {{20, 0, LiveSetting::kLearningRate, 0.05}};
      list.push_back(std::move(experiment));
    }
  }
}

// What can be drawn and made without a file or another run.
std::vector<SchemeId> drawn_schemes() {
  std::vector<SchemeId> kinds;
  for (const Scheme& row : schemes()) {
    if (row.kind != SchemeId::kFromFile && row.kind != SchemeId::kFromRun) kinds.push_back(row.kind);
  }
  return kinds;
}
std::vector<DatasetId> generated_data() {
  std::vector<DatasetId> kinds;
  for (const DatasetRow& row : datasets()) {
    if (row.generate != nullptr) kinds.push_back(row.kind);
  }
  return kinds;
}

Experiment wide_experiment(std::size_t next, const Activation& activation) {
  const std::vector<DatasetId> data = generated_data();
  Experiment experiment;
  experiment.data.kind = data[next % data.size()];
  experiment.data.samples = kSamples;
  experiment.data.classes = 3;
  const bool regression = dataset_row(experiment.data.kind).is_regression;
  experiment.network.hidden = {9, 17, 3};
  experiment.network.activation = activation.kind;
  experiment.network.output = regression ? OutputId::kLinear : OutputId::kSoftmax;
  experiment.network.batch_norm = next % 3 == 1;
  const bool squared = regression || next % 4 == 2;
  experiment.training.loss = squared ? LossId::kMeanSquaredError : LossId::kCrossEntropy;
  experiment.training.optimizer = optimizers()[next % optimizers().size()].kind;
  experiment.training.batch = next % 3 == 0 ? 0 : 16;
  experiment.training.learning_rate = 0.01;
  experiment.training.l2 = next % 5 == 0 ? 1e-2 : 0;
  experiment.training.steps = 30;
  return experiment;
}

// Every activation; and, in turn, every dataset that is made, scheme that is drawn, optimizer and bias.
void add_wide_experiments(std::vector<Experiment>& list) {
  const std::vector<SchemeId> drawn = drawn_schemes();
  for (std::size_t next = 0; next < activations().size(); ++next) {
    Experiment experiment = wide_experiment(next, activations()[next]);
    for (std::size_t place = 0; place < 3; ++place) {
      Lane lane = lane_with(drawn[(3 * next + place) % drawn.size()]);
      lane.bias = biases()[(next + place) % biases().size()].kind;
      if (experiment.network.output == OutputId::kLinear && lane.bias == BiasId::kLogOdds)
        lane.bias = BiasId::kZeros;
      lane.slope = 0.2;
      experiment.lanes.push_back(std::move(lane));
    }
    list.push_back(std::move(experiment));
  }
}

// Between them these use every generated dataset, activation, drawn scheme, loss, output, optimizer and bias.
std::vector<Experiment> fingerprint_experiments() {
  std::vector<Experiment> list;
  add_first_experiments(list);
  add_wide_experiments(list);
  return list;
}

}  // namespace

std::string fingerprint_of(const Comparison& comparison) {
  Hash hash;
  add_comparison(comparison, hash);
  return hash.text();
}

std::string fingerprint(unsigned threads) {
  Hash hash;
  for (const Experiment& experiment : fingerprint_experiments()) {
    Comparison comparison(experiment, {.threads = threads});
    comparison.advance(experiment.training.steps);
    add_comparison(comparison, hash);
  }
  return hash.text();
}

}  // namespace initlab
