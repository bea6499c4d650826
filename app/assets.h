// Where the program's own files lie: experiments now. They are found from any working directory, beside the
// installed program first, else in the source tree that built it.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/experiment/comparison.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {

// The folder that holds `experiments/`; empty when there is none.
std::filesystem::path assets_folder();

struct ExperimentFile {
  std::string name;  // the file's name without ".json"
  std::filesystem::path path;
};
// The experiments that come with the program, by name; an error where the program cannot find them.
Result<std::vector<ExperimentFile>> experiment_files();

// An experiment by its name, or from a file; else one line that says what is wrong, with the nearest name or
// the nearest of `other_words` that could have stood there.
Result<Experiment> find_experiment(std::string_view name_or_file,
                                   std::span<const std::string_view> other_words = {});

// How a comparison is made here: an experiment may begin from one that comes with the program, or from a file
// beside its own.
ComparisonOptions comparison_options();

}  // namespace initlab
