// A table from a file in place of an experiment's data, with the output and the loss that go with it. It
// reads the file, so it is for what a person does once, not for every frame. No drawing.
#pragma once

#include <string>

#include "core/experiment/experiment.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {

struct CsvRead {
  Experiment experiment;
  Dataset data;
  std::string
      said;  // "iris.csv: 150 rows, 4 features, 3 classes. Softmax output and cross entropy came along."
};

// `experiment`, whose data are a CSV, with an output and a loss that can learn it: those that it has where
// they do, else those of its classes, and where the column to learn has too many values for classes, those of
// a regression. What was expected of the result is dropped. Errors: those of reading the file, and of what
// the rest of the experiment asks of its data.
Result<CsvRead> with_csv_read(Experiment experiment);
// The same with the table at `path` as its data: the last column is learned, a first line of names is seen.
Result<CsvRead> with_csv(Experiment experiment, const std::string& path);

}  // namespace initlab
