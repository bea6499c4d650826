// The rows of every setting of an experiment. Help is one sentence for a student; labels fit a narrow column.
#include "core/experiment/fields.h"

#include <array>
#include <cassert>
#include <cmath>
#include <type_traits>

#include "core/numeric/input_text.h"

namespace initlab {
namespace {

constexpr double kMaximumSeed = 4294967295;  // numpy's seeds
constexpr double kMaximumSamples = 100'000;
constexpr double kLargest = 1e6;  // of what scales or shifts weights
// scikit-learn's circles want a factor below 1, and both ends of a row's range are allowed.
constexpr double kJustBelowOne = 0x1.fffffffffffffp-1;

constexpr std::array kDataFields = {
    Field<DataSettings>{"kind", "Set", "", "Which points the networks learn.", 0, 0, Effect::kRestartAll,
                        [](DataSettings& data) -> FieldValue { return &data.kind; }},
    Field<DataSettings>{"samples", "Points", "", "How many points there are to learn from.", 1,
                        kMaximumSamples, Effect::kRestartAll,
                        [](DataSettings& data) -> FieldValue { return &data.samples; }},
    Field<DataSettings>{"noise", "Noise", "",
                        "Standard deviation of the normal noise that is added to each coordinate.", 0, 10,
                        Effect::kRestartAll, [](DataSettings& data) -> FieldValue { return &data.noise; }},
    Field<DataSettings>{"factor", "Factor", "", "Radius of the inner circle, the outer one's being 1.", 0,
                        kJustBelowOne, Effect::kRestartAll,
                        [](DataSettings& data) -> FieldValue { return &data.factor; },
                        [](const DataSettings& data) { return dataset_row(data.kind).reads("factor"); }},
    Field<DataSettings>{"seed", "Seed", "", "Seed of the training points.", 0, kMaximumSeed,
                        Effect::kRestartAll, [](DataSettings& data) -> FieldValue { return &data.seed; }},
    Field<DataSettings>{"test_samples", "Test samples", "",
                        "How many points there are to test on, never learned from; 0 for none.", 0,
                        kMaximumSamples, Effect::kRestartAll,
                        [](DataSettings& data) -> FieldValue { return &data.test_samples; }},
    Field<DataSettings>{"test_seed", "Test seed", "", "Seed of the test points.", 0, kMaximumSeed,
                        Effect::kRestartAll,
                        [](DataSettings& data) -> FieldValue { return &data.test_seed; }},
};

constexpr std::array kNetworkFields = {
    Field<NetworkSettings>{"hidden", "Hidden", "units", "Units of each hidden layer, from the input on.", 1,
                           static_cast<double>(kMaximumUnits), Effect::kRestartAll,
                           [](NetworkSettings& network) -> FieldValue { return &network.hidden; }},
    Field<NetworkSettings>{"activation", "Activation", "", "What every hidden unit makes of its sum.", 0, 0,
                           Effect::kRestartAll,
                           [](NetworkSettings& network) -> FieldValue { return &network.activation; }},
    Field<NetworkSettings>{"output", "Output", "", "What the last layer makes of its sum.", 0, 0,
                           Effect::kRestartAll,
                           [](NetworkSettings& network) -> FieldValue { return &network.output; }},
    Field<NetworkSettings>{"batch_norm", "Batch norm", "",
                           "Normalizes every hidden layer's sums over the batch.", 0, 0, Effect::kRestartAll,
                           [](NetworkSettings& network) -> FieldValue { return &network.batch_norm; }},
};

constexpr std::array kTrainingFields = {
    Field<TrainingSettings>{"loss", "Loss", "", "What the cost counts.", 0, 0, Effect::kRestartAll,
                            [](TrainingSettings& training) -> FieldValue { return &training.loss; }},
    Field<TrainingSettings>{"optimizer", "Optimizer", "", "How a step follows from the gradient.", 0, 0,
                            Effect::kRestartAll,
                            [](TrainingSettings& training) -> FieldValue { return &training.optimizer; }},
    Field<TrainingSettings>{"learning_rate", "Rate", "", "How far a step goes along the gradient.", 0, 1000,
                            Effect::kLive,
                            [](TrainingSettings& training) -> FieldValue { return &training.learning_rate; }},
    Field<TrainingSettings>{"batch", "Batch", "samples",
                            "Points that one step learns from; 0 is all of them.", 0, 0, Effect::kRestartAll,
                            [](TrainingSettings& training) -> FieldValue { return &training.batch; }},
    Field<TrainingSettings>{"seed", "Order seed", "", "Seed of the order of the mini-batches.", 0,
                            kMaximumSeed, Effect::kRestartAll,
                            [](TrainingSettings& training) -> FieldValue { return &training.seed; }},
    Field<TrainingSettings>{"l1", "L1", "", "Adds l1 times the sum of the weights' sizes to the cost.", 0,
                            1000, Effect::kLive,
                            [](TrainingSettings& training) -> FieldValue { return &training.l1; }},
    Field<TrainingSettings>{"l2", "L2", "", "Adds l2/2 times the sum of the squared weights to the cost.", 0,
                            1000, Effect::kLive,
                            [](TrainingSettings& training) -> FieldValue { return &training.l2; }},
    Field<TrainingSettings>{"steps", "Steps", "", "Where playing stops.", 1,
                            static_cast<double>(kMaximumSteps), Effect::kNone,
                            [](TrainingSettings& training) -> FieldValue { return &training.steps; }},
};

constexpr std::array kLaneFields = {
    Field<Lane>{"name", "Name", "", "What the lane is called.", 1, 60, Effect::kNone,
                [](Lane& lane) -> FieldValue { return &lane.name; }},
    Field<Lane>{"scheme", "Scheme", "", "How the initial weights are drawn.", 0, 0, Effect::kRestartLane,
                [](Lane& lane) -> FieldValue { return &lane.scheme; }},
    Field<Lane>{"seed", "Seed", "", "Seed of the weights: numpy's np.random.seed.", 0, kMaximumSeed,
                Effect::kRestartLane, [](Lane& lane) -> FieldValue { return &lane.seed; }},
    Field<Lane>{"gain", "Gain", "", "Multiplies every weight that the scheme draws.", -kLargest, kLargest,
                Effect::kRestartLane, [](Lane& lane) -> FieldValue { return &lane.parameters.gain; }},
    Field<Lane>{"mean", "Mean", "", "Mean of the normal distribution.", -kLargest, kLargest,
                Effect::kRestartLane, [](Lane& lane) -> FieldValue { return &lane.parameters.mean; },
                [](const Lane& lane) { return scheme(lane.scheme).reads("mean"); }},
    Field<Lane>{"std", "Std", "", "Standard deviation of the normal distribution.", 0, kLargest,
                Effect::kRestartLane, [](Lane& lane) -> FieldValue { return &lane.parameters.std; },
                [](const Lane& lane) { return scheme(lane.scheme).reads("std"); }},
    Field<Lane>{"limit", "Limit", "", "The weights lie between minus this and this.", 0, kLargest,
                Effect::kRestartLane, [](Lane& lane) -> FieldValue { return &lane.parameters.limit; },
                [](const Lane& lane) { return scheme(lane.scheme).reads("limit"); }},
    Field<Lane>{"value", "Value", "", "What every weight is.", -kLargest, kLargest, Effect::kRestartLane,
                [](Lane& lane) -> FieldValue { return &lane.parameters.value; },
                [](const Lane& lane) { return scheme(lane.scheme).reads("value"); }},
};

constexpr std::array kExperimentFields = {
    Field<Experiment>{"name", "Name", "", "What the experiment is called in lists and files.", 1, 60,
                      Effect::kNone, [](Experiment& experiment) -> FieldValue { return &experiment.name; }},
    Field<Experiment>{"title", "Title", "", "One line that says what the experiment shows.", 0, 200,
                      Effect::kNone, [](Experiment& experiment) -> FieldValue { return &experiment.title; }},
};

// The table behind an enum; null for other kinds of field.
template <class T>
constexpr auto table_of() {
  if constexpr (std::is_same_v<T, DatasetId>) return &datasets;
  if constexpr (std::is_same_v<T, ActivationId>) return &activations;
  if constexpr (std::is_same_v<T, OutputId>) return &outputs;
  if constexpr (std::is_same_v<T, LossId>) return &losses;
  if constexpr (std::is_same_v<T, OptimizerId>) return &optimizers;
  if constexpr (std::is_same_v<T, SchemeId>) return &schemes;
}

template <class Section>
std::string range_of(const Field<Section>& field) {
  if (field.minimum == field.maximum) return format_number(field.minimum);
  const std::string maximum = field.maximum == kJustBelowOne ? "below 1" : format_number(field.maximum);
  return format_number(field.minimum) + " to " + maximum;
}

template <class Row>
void append_reader(std::string& text, const Row& row, std::string_view key) {
  if (!row.reads(key)) return;
  if (!text.empty()) text += ", ";
  text += row.id;
}

}  // namespace

template <>
std::span<const Field<DataSettings>> fields<DataSettings>() {
  return kDataFields;
}
template <>
std::span<const Field<NetworkSettings>> fields<NetworkSettings>() {
  return kNetworkFields;
}
template <>
std::span<const Field<TrainingSettings>> fields<TrainingSettings>() {
  return kTrainingFields;
}
template <>
std::span<const Field<Lane>> fields<Lane>() {
  return kLaneFields;
}
template <>
std::span<const Field<Experiment>> fields<Experiment>() {
  return kExperimentFields;
}

std::vector<Choice> choices(const FieldValue& value) {
  std::vector<Choice> result;
  std::visit(
      [&result](auto* member) {
        using T = std::remove_pointer_t<decltype(member)>;
        if constexpr (std::is_enum_v<T>) {
          for (const auto& row : table_of<T>()()) result.push_back({row.id, row.label});
        }
      },
      value);
  return result;
}

std::size_t choice_index(const FieldValue& value) {
  return std::visit(
      [](auto* member) -> std::size_t {
        if constexpr (std::is_enum_v<std::remove_pointer_t<decltype(member)>>) {
          return static_cast<std::size_t>(*member);
        } else {
          assert(false && "only a choice has an index");
          return 0;
        }
      },
      value);
}

void set_choice(const FieldValue& value, std::size_t index) {
  std::visit(
      [index](auto* member) {
        using T = std::remove_pointer_t<decltype(member)>;
        if constexpr (std::is_enum_v<T>) {
          assert(index < static_cast<std::size_t>(T::kCount));
          *member = static_cast<T>(index);
        } else {
          assert(false && "only a choice has an index");
        }
      },
      value);
}

template <class Section>
std::string allowed_values(const Field<Section>& field) {
  Section section;
  const FieldValue value = field.member(section);
  if (std::holds_alternative<bool*>(value)) return field.maximum == 0 ? "false" : "true or false";
  if (std::holds_alternative<std::string*>(value)) return range_of(field) + " characters";
  if (std::holds_alternative<std::vector<std::int64_t>*>(value)) {
    return "up to " + format_number(kMaximumHiddenLayers) + " layers of " + range_of(field) + " units";
  }
  const std::vector<Choice> ids = choices(value);
  if (ids.empty()) return range_of(field) + (field.key == "batch" ? " (the full batch)" : "");
  std::string text;
  for (const Choice& choice : ids) {
    if (!text.empty()) text += ", ";
    text += choice.id;
  }
  return text;
}

template <class Section>
std::string readers(const Field<Section>& field) {
  std::string text;
  if (field.applies == nullptr) return text;
  if constexpr (std::is_same_v<Section, DataSettings>) {
    for (const DatasetRow& row : datasets()) append_reader(text, row, field.key);
  }
  if constexpr (std::is_same_v<Section, Lane>) {
    for (const Scheme& row : schemes()) append_reader(text, row, field.key);
  }
  return text;
}

template std::string allowed_values(const Field<DataSettings>&);
template std::string allowed_values(const Field<NetworkSettings>&);
template std::string allowed_values(const Field<TrainingSettings>&);
template std::string allowed_values(const Field<Lane>&);
template std::string allowed_values(const Field<Experiment>&);
template std::string readers(const Field<DataSettings>&);
template std::string readers(const Field<NetworkSettings>&);
template std::string readers(const Field<TrainingSettings>&);
template std::string readers(const Field<Lane>&);
template std::string readers(const Field<Experiment>&);

}  // namespace initlab
