#include "tests/bench/work.h"

#include <charconv>
#include <filesystem>
#include <numeric>

#include "app/file_output.h"
#include "core/numeric/npy.h"

namespace initlab::bench {
namespace {

Experiment one_lane(std::string name, SchemeId scheme) {
  Experiment experiment;
  experiment.name = std::move(name);
  experiment.data.test_samples = 0;
  experiment.lanes = {make_lane("timed", scheme)};
  return experiment;
}

std::string exact_text(double value) {
  char text[32];
  const auto end = std::to_chars(std::begin(text), std::end(text), value);
  return {std::begin(text), end.ptr};
}

// Where the field is taken, and the mean of its logits: "x_min x_max y_min y_max mean".
std::string field_text(const Network& network, const Dataset& data) {
  const Domain domain = domain_of(data, 1);
  FieldScratch scratch;
  DecisionField field;
  fill_decision_field(network, domain, kTimedField, scratch, field);
  const double mean =
      std::accumulate(field.logit.begin(), field.logit.end(), 0.0) / static_cast<double>(field.logit.size());
  std::string text;
  for (const double value : {domain.x_min, domain.x_max, domain.y_min, domain.y_max, mean})
    text += exact_text(value) + ' ';
  return text + '\n';
}

}  // namespace

Work course_work() {
  return {"course", one_lane("course", SchemeId::kHeNormal), 200};
}

Work deep_tanh_work() {
  Experiment experiment = one_lane("deep_tanh", SchemeId::kXavierNormal);
  experiment.data.samples = 1000;
  experiment.network.hidden.assign(10, 100);
  experiment.network.activation = ActivationId::kTanh;
  return {"deep_tanh", std::move(experiment), 1};
}

Work wide_relu_work() {
  Experiment experiment = one_lane("wide_relu", SchemeId::kHeNormal);
  experiment.data.kind = DatasetId::kBlobs;
  experiment.data.samples = 256;
  experiment.data.features = 64;
  experiment.data.classes = 10;
  experiment.network.hidden.assign(4, 256);
  experiment.network.output = OutputId::kSoftmax;
  return {"wide_relu", std::move(experiment), 1};
}

std::vector<Work> all_works() {
  return {course_work(), deep_tanh_work(), wide_relu_work()};
}

Experiment course_experiment() {
  Experiment experiment;
  experiment.name = "course";
  experiment.lanes = course_lanes();
  return experiment;
}

std::unique_ptr<Run> make_run(const Experiment& experiment) {
  const auto shared = std::make_shared<const Experiment>(experiment);
  const auto data = std::make_shared<const Dataset>(make_dataset(experiment.data));
  return std::make_unique<Run>(
      RunOrigin{.experiment = shared, .task = make_learning_task(*shared, data), .sources = {}});
}

double multiply_adds_of_step(const Network& network, std::size_t samples) {
  double sum = 0;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const double product = static_cast<double>(network.layers[l].w.size() * samples);
    sum += product * (l == 0 ? 2 : 3);  // forward, gradient of the weights, and of what came in
  }
  return sum;
}

std::optional<std::string> write_work(const std::string& folder) {
  namespace fs = std::filesystem;
  for (const Work& work : all_works()) {
    const fs::path place = fs::path(folder) / work.name;
    std::error_code error;
    fs::create_directories(place, error);
    if (error) return "cannot make " + place.string() + ": " + error.message();
    const Dataset data = make_dataset(work.experiment.data);
    const std::unique_ptr<Run> run = make_run(work.experiment);
    std::vector<std::pair<std::string, std::string>> files = {{"x.npy", npy_bytes(data.train.x)},
                                                              {"y.npy", npy_bytes(data.train.y)}};
    for (std::size_t l = 0; l < run->network().layers.size(); ++l) {
      const Layer& layer = run->network().layers[l];
      const std::string number = std::to_string(l + 1);
      files.emplace_back("w" + number + ".npy", npy_bytes(layer.w));
      files.emplace_back("b" + number + ".npy", npy_bytes(layer.b));
    }
    run->advance(kSharedSteps);
    run->refresh();
    files.emplace_back("cost.txt", std::to_string(kSharedSteps) + ' ' + exact_text(run->cost()) + '\n');
    if (work.name == "course")
      files.emplace_back("field.txt", field_text(make_run(work.experiment)->network(), data));
    for (const auto& [name, bytes] : files) {
      if (auto failure = write_file(place / name, bytes)) return failure;
    }
  }
  return std::nullopt;
}

}  // namespace initlab::bench
