#include "app/assets.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "core/numeric/input_text.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;

bool holds_experiments(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_directory(folder / "experiments", ignored);
}

// A word with a folder or an ending is meant as a file, so the file's own trouble is what to tell.
bool looks_like_a_file(std::string_view word) {
  return word.find('/') != std::string_view::npos || fs::path(word).has_extension();
}

}  // namespace

fs::path assets_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = program.parent_path().parent_path() / "share" / "initlab";
  if (!error && holds_experiments(installed)) return installed;
  const fs::path source = INITLAB_SOURCE_ASSETS;
  return holds_experiments(source) ? source : fs::path();
}

Result<std::vector<ExperimentFile>> experiment_files() {
  const fs::path folder = assets_folder();
  if (folder.empty()) {
    return InputError{
        "the program's experiments are neither in ../share/initlab beside it nor in its source tree"};
  }
  std::vector<ExperimentFile> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder / "experiments", error), end; !error && entry != end;
       entry.increment(error)) {
    const fs::path& path = entry->path();
    if (path.extension() == ".json") files.push_back({path.stem().string(), path});
  }
  if (error) return InputError{folder.string() + "/experiments: " + error.message()};
  std::ranges::sort(files, {}, &ExperimentFile::name);
  return files;
}

Result<Experiment> find_experiment(std::string_view name_or_file,
                                   std::span<const std::string_view> other_words) {
  const Result<std::vector<ExperimentFile>> found = experiment_files();
  const auto* const files = std::get_if<0>(&found);
  std::vector<std::string_view> names(other_words.begin(), other_words.end());
  if (files != nullptr) {
    for (const ExperimentFile& file : *files) {
      if (file.name == name_or_file) return experiment_from_file(file.path);
      names.push_back(file.name);
    }
  }
  std::error_code ignored;
  if (fs::exists(name_or_file, ignored) || looks_like_a_file(name_or_file)) {
    return experiment_from_file(name_or_file);
  }
  if (files == nullptr) return std::get<InputError>(found);
  const std::string_view nearest = nearest_word(name_or_file, names);
  return InputError{fmt::format("{} is neither an experiment nor a file{} (initlab list experiments)",
                                in_quotes(name_or_file),
                                nearest.empty() ? "" : fmt::format("; did you mean \"{}\"?", nearest))};
}

ComparisonOptions comparison_options() {
  ComparisonOptions options;
  options.find = [](std::string_view name, const std::filesystem::path& folder) {
    const std::filesystem::path beside = folder / name;
    std::error_code error;
    return std::filesystem::is_regular_file(beside, error) ? experiment_from_file(beside)
                                                           : find_experiment(name);
  };
  return options;
}

}  // namespace initlab
