#include "app/panels/csv_data.h"

#include <fmt/format.h>

#include <cctype>
#include <filesystem>
#include <set>

#include "core/experiment/file/fields.h"
#include "core/network/losses.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

using Loaded = std::variant<Dataset, DataError>;

bool is_regression(const Experiment& experiment) {
  return experiment.network.output == OutputId::kLinear;
}

// Whether there are more different values to learn than there may be classes.
bool has_many_values(const Dataset& data) {
  std::set<double> seen;
  for (const double value : data.train.y.row_span(0)) {
    seen.insert(value);
    if (seen.size() > static_cast<std::size_t>(kMaximumClasses)) return true;
  }
  return false;
}

// As classes where the column can be, else as numbers; as numbers at once where that is what is learned now.
Loaded load(const Experiment& experiment, bool as_numbers) {
  const auto read = [&](TargetKind kind) { return load_dataset(experiment.data, experiment.folder, kind); };
  if (as_numbers) return read(TargetKind::kNumbers);
  Loaded classes = read(TargetKind::kClasses);
  if (std::holds_alternative<Dataset>(classes)) return classes;
  Loaded numbers = read(TargetKind::kNumbers);
  const auto* data = std::get_if<Dataset>(&numbers);
  return data != nullptr && has_many_values(*data) ? numbers : classes;
}

void choose_output(Experiment& experiment, std::size_t classes) {
  const bool fits = classes == 0   ? is_regression(experiment)
                    : classes == 2 ? !is_regression(experiment)
                                   : experiment.network.output == OutputId::kSoftmax;
  if (fits) return;
  experiment.network.output = classes == 0   ? OutputId::kLinear
                              : classes == 2 ? OutputId::kSigmoid
                                             : OutputId::kSoftmax;
  experiment.training.loss = classes == 0 ? LossId::kMeanSquaredError : LossId::kCrossEntropy;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count_text(static_cast<std::int64_t>(count)), count == 1 ? one : many);
}

std::string said_of(const Experiment& before, const Experiment& after, const Dataset& data) {
  const DataShape shape = shape_of(data);
  std::string text = fmt::format("{}: {}, {}, ", std::filesystem::path(after.data.path).filename().string(),
                                 counted(shape.samples + shape.test_samples, "row", "rows"),
                                 counted(shape.features, "feature", "features"));
  text += shape.classes == 0 ? "a number to learn" : counted(shape.classes, "class", "classes");
  if (after.network.output == before.network.output && after.training.loss == before.training.loss) {
    return text + ".";
  }
  std::string name(loss(after.training.loss).label);
  name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
  return text + fmt::format(". {} output and {} came along.", output(after.network.output).label, name);
}

Result<CsvRead> read_as(const Experiment& given, bool as_numbers) {
  Loaded loaded = load(given, as_numbers);
  if (const auto* error = std::get_if<DataError>(&loaded)) return InputError{error->message};
  CsvRead read;
  read.data = std::get<Dataset>(std::move(loaded));
  read.experiment = given;
  read.experiment.expect.clear();
  // Single weights that were edited belong to a network of another shape.
  std::erase_if(read.experiment.events, [](const Event& event) { return event.weight.has_value(); });
  const DataShape shape = shape_of(read.data);
  choose_output(read.experiment, shape.classes);
  if (auto error = check_experiment(read.experiment)) return *std::move(error);
  if (auto error = check_shape(read.experiment, shape)) return *std::move(error);
  read.said = said_of(given, read.experiment, read.data);
  return read;
}

}  // namespace

Result<CsvRead> with_csv_read(Experiment experiment) {
  return read_as(experiment, is_regression(experiment));
}

Result<CsvRead> with_csv(Experiment experiment, const std::string& path) {
  DataSettings data;
  data.kind = DatasetId::kCsv;
  data.path = path;
  data.test_samples = default_test_samples(DatasetId::kCsv);
  experiment.data = std::move(data);
  return read_as(experiment, false);
}

}  // namespace initlab
