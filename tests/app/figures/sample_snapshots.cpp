#include "tests/app/figures/sample_snapshots.h"

#include <cassert>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>

namespace initlab {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Shape {
  std::size_t lanes = 3;
  std::int64_t step = 4210;
  std::size_t layers = 3;
  std::size_t inputs = 2;   // 1: a regression
  std::size_t classes = 2;  // more: a softmax
  double scale = 1;         // of costs, logits and tensors
};

Samples circle_samples(std::size_t count, std::size_t inputs) {
  Samples samples{Matrix(inputs, count), Matrix(1, count)};
  for (std::size_t i = 0; i < count; ++i) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(count);
    const double radius = i % 2 == 0 ? 1 : 0.8;
    for (std::size_t k = 0; k < inputs; ++k) {
      samples.x(k, i) = radius * (k % 2 == 0 ? std::cos(angle) : std::sin(angle));
    }
    samples.y(0, i) = i % 2 == 0 ? 0 : 1;
  }
  return samples;
}

// A parabola; test points on it, training points beside it.
Samples curve_samples(std::size_t count, double noise, double scale) {
  Samples samples{Matrix(1, count), Matrix(1, count)};
  for (std::size_t i = 0; i < count; ++i) {
    const double x = -2 + 4 * static_cast<double>(i) / static_cast<double>(count - 1);
    samples.x(0, i) = x;
    samples.y(0, i) = scale * (x * x + (i % 2 == 0 ? noise : -noise));
  }
  return samples;
}

TensorProbe probe_of(const std::vector<double>& values, double low, double high) {
  TensorProbe probe;
  probe.summary = summarize(std::span<const double>(values));
  probe.histogram.low = low;
  probe.histogram.high = high;
  probe.histogram.counts.resize(kHistogramBins);
  fill_histogram(std::span<const double>(values), probe.histogram);
  return probe;
}

// 300 numbers spread over [-spread, spread], the smallest tenth of them exactly 0.
std::vector<double> spread_values(double spread) {
  std::vector<double> values;
  for (int i = 0; i < 300; ++i) {
    const double value = spread * std::sin(1.7 * i);
    values.push_back(std::abs(value) < 0.1 * spread ? 0 : value);
  }
  return values;
}

void fill_layers(RunSnapshot& run, std::size_t lane, const Shape& shape) {
  for (std::size_t layer = 1; layer <= shape.layers; ++layer) {
    LayerProbe probe;
    probe.layer = layer;
    probe.units = 10;
    // The second lane reaches far beyond the axes.
    const double spread = shape.scale * (lane == 1 ? 30.0 : 0.5 + 0.3 * static_cast<double>(lane));
    const double high = 2 * shape.scale;
    std::vector<double> positive = spread_values(spread);
    for (double& value : positive) value = std::max(value, 0.0);
    probe.weights = probe_of(spread_values(spread), -high, high);
    probe.z = probe_of(spread_values(spread), -high, high);
    probe.a = probe_of(positive, 0, high);
    probe.d_z = probe_of(spread_values(spread / 100), -high / 100, high / 100);
    probe.d_w = probe_of(spread_values(spread / 10), -high / 10, high / 10);
    run.layers.push_back(std::move(probe));
  }
}

// A disc of the other class about the origin, its radius of 0.9.
void fill_field(RunSnapshot& run, double scale) {
  run.field.domain = {-2, 2, -1.5, 1.5};
  run.field.size = {48, 36};
  for (int row = 0; row < 36; ++row) {
    for (int column = 0; column < 48; ++column) {
      const double x = -2 + (column + 0.5) / 48 * 4;
      const double y = 1.5 - (row + 0.5) / 36 * 3;
      run.field.logit.push_back(static_cast<float>(scale * 8 * (0.81 - x * x - y * y)));
    }
  }
}

// Classes as sectors about the origin, the first from the right upwards.
void fill_sectors(RunSnapshot& run, std::size_t classes) {
  run.field.domain = {-2, 2, -1.5, 1.5};
  run.field.size = {48, 36};
  run.field.classes = classes;
  for (int row = 0; row < 36; ++row) {
    for (int column = 0; column < 48; ++column) {
      const double x = -2 + (column + 0.5) / 48 * 4;
      const double y = 1.5 - (row + 0.5) / 36 * 3;
      const double turn = std::atan2(y, x) / (2 * std::numbers::pi) + 1;
      const double at = (turn - std::floor(turn)) * static_cast<double>(classes);
      const auto winner = std::min(static_cast<std::size_t>(at), classes - 1);
      const double inside = 0.5 - std::abs(at - static_cast<double>(winner) - 0.5);
      run.field.winner.push_back(static_cast<std::uint8_t>(winner));
      run.field.logit.push_back(static_cast<float>(8 * inside));
    }
  }
}

// The first lane answers the parabola, the second one leaves the plot; gradients fall by half a layer, and
// are 0 on the left for the second lane.
void fill_response(RunSnapshot& run, std::size_t lane, const Shape& shape) {
  run.response.gradient.resize(shape.layers);
  for (int i = 0; i <= 64; ++i) {
    const double x = -2.4 + 4.8 * i / 64;
    run.response.x.push_back(x);
    run.response.y.push_back(shape.scale * (lane == 1 ? 1000 + x : x * x));
    for (std::size_t layer = 0; layer < shape.layers; ++layer) {
      const double fall = std::pow(0.5, static_cast<double>(shape.layers - 1 - layer));
      run.response.gradient[layer].push_back(lane == 1 && x < 0 ? 0 : shape.scale * fall * (0.1 + x * x));
    }
  }
}

RunSnapshot make_run(std::size_t lane, const Shape& shape) {
  RunSnapshot run;
  const char* names[] = {"Zeros", "Large", "He", "Xavier", "Small", "Constant"};
  const SchemeId schemes[] = {SchemeId::kZeros,        SchemeId::kNormal, SchemeId::kHeNormal,
                              SchemeId::kXavierNormal, SchemeId::kNormal, SchemeId::kConstant};
  run.lane.name = names[lane];
  run.lane.scheme = schemes[lane];
  run.lane.parameters.std = lane == 1 ? 10 : 0.01;
  run.step = shape.step;
  for (std::int64_t step = 0; step <= shape.step; ++step) {
    const double t = static_cast<double>(step);
    double cost = 0.6931;
    if (lane == 1) cost = 0.4 + 1700 * std::exp(-t / 40) * (step % 3 == 0 ? 1 : 0.4);
    if (lane >= 2) cost = 0.1 * static_cast<double>(lane) + 0.5 * std::exp(-t / 1500);
    run.history.push_back(cost * shape.scale);
  }
  run.cost = run.history[shape.step];
  run.train_accuracy = 0.953;
  run.test_accuracy = 0.5;
  run.revision = static_cast<std::uint64_t>(shape.step + 1);
  const bool good = lane >= 2;
  run.verdicts.push_back(
      {.kind = good ? VerdictKind::kHealthy : VerdictKind::kIdenticalUnits,
       .layer = good ? 0u : 1u,
       .text = good ? "Healthy: the signal keeps its size in each layer."
                    : "Layer 1: 10 of 10 units are identical; they get the same gradient and stay copies.",
       .advice = good ? "" : "Draw the weights at random: He for ReLU.",
       .good = good});
  fill_layers(run, lane, shape);
  if (shape.inputs == 1) {
    fill_response(run, lane, shape);
    run.train_accuracy.reset();
    run.test_accuracy.reset();
    run.test_cost = run.cost;
  }
  if (shape.inputs == 2 && shape.classes == 2) fill_field(run, shape.scale);
  if (shape.inputs == 2 && shape.classes > 2) fill_sectors(run, shape.classes);
  return run;
}

std::shared_ptr<Snapshot> make_snapshot(const Shape& shape) {
  auto experiment = std::make_shared<Experiment>();
  experiment->name = "sample";
  experiment->title = "Zeros, large, He: three beginnings of one network";
  experiment->data.test_samples = 40;
  experiment->network.hidden.assign(shape.layers - 1, 10);
  auto data = std::make_shared<Dataset>();
  data->train = circle_samples(120, shape.inputs);
  data->test = circle_samples(40, shape.inputs);
  data->classes = shape.classes;
  for (std::size_t i = 0; shape.classes > 2 && i < data->train.count(); ++i)
    data->train.y(0, i) = static_cast<double>(i % shape.classes);
  if (shape.classes > 2) experiment->network.output = OutputId::kSoftmax;
  if (shape.inputs == 1) {
    data->train = curve_samples(120, 0.2, shape.scale);
    data->test = curve_samples(40, 0, shape.scale);
    data->classes = 0;
    experiment->data.kind = DatasetId::kXSinX;
    experiment->network.output = OutputId::kLinear;
    experiment->training.loss = LossId::kMeanSquaredError;
  }
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->data = data;
  snapshot->step = shape.step;
  snapshot->chance_cost = std::log(2.0) * shape.scale;
  for (std::size_t lane = 0; lane < shape.lanes; ++lane) {
    snapshot->runs.push_back(make_run(lane, shape));
    experiment->lanes.push_back(snapshot->runs.back().lane);
  }
  snapshot->experiment = experiment;
  return snapshot;
}

void diverge(RunSnapshot& run, std::int64_t step) {
  run.history.truncate(step - 2);
  run.history.push_back(1e200);
  run.history.push_back(1e300);
  run.history.push_back(kInfinity);
  run.step = step;
  run.cost = kInfinity;
  run.diverged = Divergence{step, {2, Tensor::kZ}};
  run.train_accuracy = 0.5;
  for (std::size_t i = 0; i < run.field.logit.size(); i += 3) run.field.logit[i] = std::nanf("");
  for (std::size_t i = 0; i < run.response.y.size(); i += 3) {
    run.response.y[i] = i % 2 == 0 ? std::nan("") : kInfinity;
    for (std::vector<double>& layer : run.response.gradient) layer[i] = kInfinity;
  }
  run.verdicts = {{.kind = VerdictKind::kDiverged,
                   .layer = 2,
                   .text = "Diverged at step 12: z of layer 2 is not finite.",
                   .advice = "A tenth of the learning rate."}};
}

// Two more seeds of every lane, one of them diverged half way.
void add_replicas(Snapshot& snapshot) {
  for (RunSnapshot& run : snapshot.runs) {
    run.lane.replicas = 3;
    for (const double factor : {0.5, 4.0}) {
      RunSnapshot replica;
      replica.lane = run.lane;
      for (std::int64_t step = 0; step < run.history.size(); ++step)
        replica.history.push_back(factor * run.history[step]);
      if (factor > 1) {
        replica.history.truncate(run.history.size() / 2);
        replica.diverged = Divergence{run.history.size() / 2, {1, Tensor::kZ}};
      }
      run.replicas.push_back(std::move(replica));
    }
  }
}

// Everything that a lane may set besides its scheme.
void set_all(Snapshot& snapshot) {
  for (RunSnapshot& run : snapshot.runs) {
    run.lane.scheme = SchemeId::kFromRun;
    run.lane.parameters.experiment = "transfer-source";
    run.lane.parameters.freeze = 2;
    run.lane.activation = ActivationId::kTanh;
    run.lane.bias = BiasId::kLogOdds;
    run.lane.batch_norm = true;
    LayerException exception{.layer = 3, .start = {}, .given = {"scheme", "gain"}};
    exception.start.parameters.gain = 3;
    run.lane.layers.push_back(exception);
  }
}

void make_constant(Snapshot& snapshot) {
  for (RunSnapshot& run : snapshot.runs) {
    for (LayerProbe& layer : run.layers) {
      const double value = layer.layer == 3 ? 0.5 : 0;
      layer.weights = layer.z = layer.d_z = layer.d_w = probe_of(std::vector<double>(50, value), -1, 1);
      layer.a = probe_of(std::vector<double>(50, value), 0, 1);
    }
    for (float& logit : run.field.logit) logit = 0;
  }
}

void make_not_finite(Snapshot& snapshot) {
  const double nan = std::nan("");
  const std::vector<double> values = {nan, kInfinity, -kInfinity, 0.5, -7, 7, 0, 0};
  for (RunSnapshot& run : snapshot.runs) {
    for (LayerProbe& layer : run.layers) {
      layer.weights = layer.z = layer.a = layer.d_z = layer.d_w = probe_of(values, -1, 1);
    }
    for (float& logit : run.field.logit) logit = std::nanf("");
    run.history = {};
    run.history.push_back(nan);
    run.history.push_back(kInfinity);
    run.cost = nan;
    run.step = 1;
    run.train_accuracy = nan;
  }
  snapshot.step = 1;
}

}  // namespace

std::vector<SampleSnapshot> sample_snapshots() {
  std::vector<SampleSnapshot> samples;
  const auto add = [&](const char* name, const Shape& shape,
                       const std::function<void(Snapshot&)>& change = {}) {
    samples.push_back({name, make_snapshot(shape)});
    if (change) change(*samples.back().snapshot);
  };
  Shape shape;
  shape.lanes = 0;
  add("no_runs", shape);
  const char* counts[] = {"one_lane", "two_lanes", "normal", "four_lanes", "five_lanes", "six_lanes"};
  for (std::size_t lanes = 1; lanes <= 6; ++lanes) {
    shape.lanes = lanes;
    add(counts[lanes - 1], shape);
  }
  shape = {};
  add("diverged", shape, [](Snapshot& s) { diverge(s.runs[1], 12); });
  add("all_diverged", shape, [](Snapshot& s) {
    for (RunSnapshot& run : s.runs) diverge(run, 12);
  });
  add("constant", shape, make_constant);
  add("not_finite", shape, make_not_finite);
  add("catching_up", shape, [](Snapshot& s) {
    s.runs[0].catching_up = true;
    s.runs[0].step = 3200;
    s.runs[0].history.truncate(3201);
  });
  add("long_names", shape, [](Snapshot& s) {
    for (RunSnapshot& run : s.runs)
      run.lane.name = "A lane whose name is a whole sentence about what it does";
  });
  add("not_measured", shape, [](Snapshot& s) {
    for (RunSnapshot& run : s.runs) {
      for (LayerProbe& layer : run.layers) {
        for (TensorProbe* probe : {&layer.weights, &layer.z, &layer.a, &layer.d_z, &layer.d_w}) *probe = {};
      }
    }
  });
  shape.step = 0;
  add("step_0", shape);
  shape = {};
  shape.scale = 1e250;
  add("huge", shape);
  shape.scale = 1e-250;
  add("tiny", shape);
  shape = {};
  shape.inputs = 5;
  add("five_inputs", shape);
  shape = {};
  shape.layers = 21;
  add("deep", shape);
  shape = {};
  shape.inputs = 1;
  add("one_input", shape);
  add("one_input_diverged", shape, [](Snapshot& s) {
    for (RunSnapshot& run : s.runs) diverge(run, 12);
  });
  shape.layers = 101;
  shape.scale = 1e250;
  add("one_input_huge", shape);
  shape = {};
  shape.classes = 10;
  add("ten_classes", shape);
  add("ten_classes_diverged", shape, [](Snapshot& s) {
    for (RunSnapshot& run : s.runs) diverge(run, 12);
    for (RunSnapshot& run : s.runs) std::fill(run.field.winner.begin(), run.field.winner.end(), kNoWinner);
  });
  shape = {};
  add("replicas", shape, add_replicas);
  shape.lanes = 6;
  add("all_set", shape, set_all);
  return samples;
}

std::shared_ptr<Snapshot> sample_snapshot(const std::string& name) {
  for (const SampleSnapshot& sample : sample_snapshots()) {
    if (sample.name == name) return sample.snapshot;
  }
  assert(false && "no such sample");
  return nullptr;
}

}  // namespace initlab
