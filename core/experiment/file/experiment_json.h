// An experiment as JSON and back, and single settings by their dotted path. Every way in is checked against
// the rows of fields.h; what is wrong comes back as one line that quotes it, says where it stood and what is
// allowed.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/experiment/experiment.h"
#include "core/numeric/input_text.h"

namespace initlab {

// One line: what, where, what is allowed.
struct InputError {
  std::string message;
};
template <class T>
using Result = std::variant<T, InputError>;

// `source` names the text in messages: a file's path, "pasted text".
Result<Experiment> experiment_from_json(std::string_view json, std::string_view source);
// A regular file; a folder, a missing or an unreadable file are errors of one line.
Result<Experiment> experiment_from_file(const std::filesystem::path& file);

// The whole experiment, indented, ready to be a file; settings that its kinds do not read are left out.
std::string experiment_to_json(const Experiment& experiment);

// Sets "training.learning_rate", "network.hidden", "lanes.2.scheme", "name" ... from text as it stands on a
// command line: JSON, or a bare word for text and choices. Null, or what is wrong; then nothing has changed.
std::optional<InputError> set_by_path(Experiment& experiment, std::string_view path, std::string_view value);
// Several in a row, all or none: only their outcome need pass check_experiment, so their order matters only
// where one overrides another or a kind decides what is read.
struct SettingText {
  std::string path;
  std::string value;
};
std::optional<InputError> set_by_paths(Experiment& experiment, std::span<const SettingText> settings);

// What no single setting can break: lanes' count and names, memory, loss and output that do not go together,
// layers, events and expectations that name what there is. Null when all is well. `from_json` and
// `set_by_path` call it.
std::optional<InputError> check_experiment(const Experiment& experiment);
// The part of it that depends on the data's shape: output and classes, mini-batches, memory. check_experiment
// calls it where the shape is known without reading a file.
std::optional<InputError> check_shape(const Experiment& experiment, const DataShape& shape);

}  // namespace initlab
