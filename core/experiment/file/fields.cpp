// The rows of every setting of an experiment. Help is one sentence for a student; labels fit a narrow column.
// What a row's value may be, in words and by position, is field_values.cpp.
#include "core/experiment/file/fields.h"

#include <algorithm>
#include <array>

namespace initlab {
namespace {

constexpr double kMaximumSeed = 4294967295;  // numpy's seeds
constexpr double kMaximumSamples = 100'000;
constexpr double kLargest = 1e6;  // of what scales or shifts weights or points
constexpr double kMaximumPathCharacters = 1000;
// scikit-learn's circles want a factor below 1, and both ends of a row's range are allowed.
constexpr double kJustBelowOne = 0x1.fffffffffffffp-1;

constexpr FileForm kUnlessDefault = {.omitted_at_default = true};
constexpr Choice kAsNetwork = {"network", "As the network"};
constexpr Choice kAsItLooks = {"auto", "As it looks"};

// The member of a section, and that of the parameters of a lane's scheme.
template <auto Member, class Section>
FieldValue at(Section& section) {
  return &(section.*Member);
}
template <auto Member, class Section>
FieldValue parameter(Section& section) {
  return &(section.parameters.*Member);
}

bool kind_reads(const DataSettings& data, std::string_view key) {
  return dataset_row(data.kind).reads(key);
}
template <class Section>
bool scheme_reads(const Section& start, std::string_view key) {
  return scheme(start.scheme).reads(key);
}
// Where the activation is the network's, it may be leaky.
template <class Section>
bool may_be_leaky(const Section& start, std::string_view) {
  return start.activation.value_or(ActivationId::kLeakyRelu) == ActivationId::kLeakyRelu;
}
template <class Section>
bool has_constant_bias(const Section& start, std::string_view) {
  return start.bias == BiasId::kConstant;
}

using Data = DataSettings;
constexpr std::array kDataFields = {
    Field<Data>{"kind", "Set", "", "Which points the networks learn.", 0, 0, Effect::kRestartAll,
                at<&Data::kind>},
    Field<Data>{"samples", "Points", "", "How many points there are to learn from.", 1, kMaximumSamples,
                Effect::kRestartAll, at<&Data::samples>, kind_reads},
    Field<Data>{
        "noise", "Noise", "",
        "Standard deviation of the normal noise added to each coordinate, or to the value of a regression.",
        0, 10, Effect::kRestartAll, at<&Data::noise>, kind_reads},
    Field<Data>{"factor", "Factor", "", "Radius of the inner circle, the outer one's being 1.", 0,
                kJustBelowOne, Effect::kRestartAll, at<&Data::factor>, kind_reads},
    Field<Data>{"features", "Features", "", "How many numbers each point has.", 1, kMaximumFeatures,
                Effect::kRestartAll, at<&Data::features>, kind_reads, kUnlessDefault},
    Field<Data>{"classes", "Classes", "", "How many classes there are to tell apart.", 2, kMaximumClasses,
                Effect::kRestartAll, at<&Data::classes>, kind_reads, kUnlessDefault},
    Field<Data>{"balance", "Balance", "", "Share of the last class; 0 makes all classes alike.", 0,
                kJustBelowOne, Effect::kRestartAll, at<&Data::balance>, kind_reads, kUnlessDefault},
    Field<Data>{"low", "From", "", "Smallest x that a regression is learned from.", -kLargest, kLargest,
                Effect::kRestartAll, at<&Data::low>, kind_reads, kUnlessDefault},
    Field<Data>{"high", "To", "", "Where the x that a regression is learned from end.", -kLargest, kLargest,
                Effect::kRestartAll, at<&Data::high>, kind_reads, kUnlessDefault},
    Field<Data>{"path", "File", "", "The CSV; a relative path starts at the experiment's folder.", 0,
                kMaximumPathCharacters, Effect::kRestartAll, at<&Data::path>, kind_reads, kUnlessDefault},
    Field<Data>{"label",
                "Label",
                "",
                "Name or number of the CSV's column to learn; empty is the last.",
                0,
                200,
                Effect::kRestartAll,
                at<&Data::label>,
                kind_reads,
                {.omitted_at_default = true, .number_as_text = true}},
    Field<Data>{"header", "Header", "", "Whether the CSV's first line names its columns.", 0, 0,
                Effect::kRestartAll,
                [](Data& data) -> FieldValue {
                  return Unsettable<bool>{&data.header, kAsItLooks};
                },
                kind_reads, kUnlessDefault},
    Field<Data>{"standardize", "Standardize", "", "Brings every feature to mean 0 and standard deviation 1.",
                0, 0, Effect::kRestartAll, at<&Data::standardize>, kind_reads, kUnlessDefault},
    Field<Data>{"points", "Points", "", "Points placed by hand: two coordinates and a class each.", -kLargest,
                kLargest, Effect::kRestartAll, at<&Data::points>, kind_reads, kUnlessDefault},
    Field<Data>{"seed", "Seed", "", "Seed of the training points.", 0, kMaximumSeed, Effect::kRestartAll,
                at<&Data::seed>, kind_reads},
    Field<Data>{"test_samples", "Test samples", "",
                "How many points there are to test on, never learned from; 0 for none.", 0, kMaximumSamples,
                Effect::kRestartAll, at<&Data::test_samples>, kind_reads},
    Field<Data>{"test_seed", "Test seed", "", "Seed of the test points.", 0, kMaximumSeed,
                Effect::kRestartAll, at<&Data::test_seed>, kind_reads},
};

using Net = NetworkSettings;
constexpr std::array kNetworkFields = {
    Field<Net>{"hidden", "Hidden", "units", "Units of each hidden layer, from the input on.", 1,
               static_cast<double>(kMaximumUnits), Effect::kRestartAll, at<&Net::hidden>},
    Field<Net>{"activation", "Activation", "", "What every hidden unit makes of its sum.", 0, 0,
               Effect::kRestartAll, at<&Net::activation>},
    Field<Net>{"output", "Output", "", "What the last layer makes of its sums.", 0, 0, Effect::kRestartAll,
               at<&Net::output>},
    Field<Net>{"batch_norm", "Batch norm", "", "Normalizes every hidden layer's sums over the batch.", 0, 0,
               Effect::kRestartAll, at<&Net::batch_norm>},
};

using Training = TrainingSettings;
constexpr std::array kTrainingFields = {
    Field<Training>{"loss", "Loss", "", "What the cost counts.", 0, 0, Effect::kRestartAll,
                    at<&Training::loss>},
    Field<Training>{"optimizer", "Optimizer", "", "How a step follows from the gradient.", 0, 0,
                    Effect::kRestartAll, at<&Training::optimizer>},
    Field<Training>{"learning_rate", "Rate", "", "How far a step goes along the gradient.", 0, 1000,
                    Effect::kLive, at<&Training::learning_rate>},
    Field<Training>{
        "batch", "Batch", "samples",
        "Points that one step learns from; 0 is all of them. The curve then has each batch's own cost.", 0,
        kMaximumSamples, Effect::kRestartAll, at<&Training::batch>},
    Field<Training>{"seed", "Order seed", "", "Seed of the order of the mini-batches.", 0, kMaximumSeed,
                    Effect::kRestartAll, at<&Training::seed>},
    Field<Training>{"l1", "L1", "", "Adds l1 times the sum of the weights' sizes to the cost.", 0, 1000,
                    Effect::kLive, at<&Training::l1>},
    Field<Training>{"l2", "L2", "", "Adds l2/2 times the sum of the squared weights to the cost.", 0, 1000,
                    Effect::kLive, at<&Training::l2>},
    Field<Training>{"steps", "Steps", "", "Where playing stops.", 1, static_cast<double>(kMaximumSteps),
                    Effect::kNone, at<&Training::steps>},
};

// The rows of LayerStart, which a lane has too. `scheme` is the first.
template <class Start>
constexpr auto start_fields() {
  constexpr auto kRestart = Effect::kRestartLane;
  using Parameters = SchemeParameters;
  return std::array{
      Field<Start>{"scheme", "Scheme", "", "How the initial weights are drawn.", 0, 0, kRestart,
                   at<&LayerStart::scheme>},
      Field<Start>{"gain", "Gain", "", "Multiplies every weight that the scheme draws.", -kLargest, kLargest,
                   kRestart, parameter<&Parameters::gain>},
      Field<Start>{"mean", "Mean", "", "Mean of the normal distribution.", -kLargest, kLargest, kRestart,
                   parameter<&Parameters::mean>, scheme_reads},
      Field<Start>{"std", "Std", "", "Standard deviation of the normal distribution.", 0, kLargest, kRestart,
                   parameter<&Parameters::std>, scheme_reads},
      Field<Start>{"limit", "Limit", "", "The weights lie between minus this and this.", 0, kLargest,
                   kRestart, parameter<&Parameters::limit>, scheme_reads},
      Field<Start>{"value", "Value", "", "What every weight is.", -kLargest, kLargest, kRestart,
                   parameter<&Parameters::value>, scheme_reads},
      Field<Start>{"mode", "Mode", "",
                   "Whether inputs or outputs are counted, to keep z or its gradient even.", 0, 0, kRestart,
                   parameter<&Parameters::mode>, scheme_reads, kUnlessDefault},
      Field<Start>{"sparsity", "Sparsity", "", "Share of each input's outgoing weights that is 0.", 0, 1,
                   kRestart, parameter<&Parameters::sparsity>, scheme_reads, kUnlessDefault},
      Field<Start>{"omega", "Omega", "", "Frequency of the sine: the layer computes sin(omega z).", 0.001,
                   1000, kRestart, parameter<&Parameters::omega>, scheme_reads, kUnlessDefault},
      Field<Start>{
          "path", "File", "", "The .npz of weights; a relative path starts at the experiment's folder.", 0,
          kMaximumPathCharacters, kRestart, parameter<&Parameters::path>, scheme_reads, kUnlessDefault},
      Field<Start>{"experiment", "Trained on", "",
                   "Name or file of the experiment that the weights come from.", 0, kMaximumPathCharacters,
                   kRestart, parameter<&Parameters::experiment>, scheme_reads, kUnlessDefault},
      Field<Start>{"lane", "Its lane", "", "Which lane the weights come from, from 1.", 1, kMaximumLanes,
                   kRestart, parameter<&Parameters::lane>, scheme_reads, kUnlessDefault},
      Field<Start>{"step", "Its step", "", "How long the weights are trained there.", 0,
                   static_cast<double>(kMaximumSteps), kRestart, parameter<&Parameters::step>, scheme_reads,
                   kUnlessDefault},
      Field<Start>{"freeze", "Freeze", "layers", "That many first layers stay as they are.", 0,
                   kMaximumHiddenLayers + 1, kRestart, parameter<&Parameters::freeze>, scheme_reads,
                   kUnlessDefault},
      Field<Start>{"activation", "Activation", "", "What a hidden unit makes of its sum.", 0, 0, kRestart,
                   [](Start& start) -> FieldValue {
                     return Unsettable<ActivationId>{&start.activation, kAsNetwork};
                   },
                   nullptr, kUnlessDefault},
      Field<Start>{"slope", "Slope", "", "Slope of a leaky ReLU below 0.", -10, 10, kRestart,
                   at<&LayerStart::slope>, may_be_leaky, kUnlessDefault},
      Field<Start>{"bias", "Bias", "", "How the biases begin.", 0, 0, kRestart, at<&LayerStart::bias>,
                   nullptr, kUnlessDefault},
      Field<Start>{"bias_value", "Bias value", "", "What every bias is.", -kLargest, kLargest, kRestart,
                   at<&LayerStart::bias_value>, has_constant_bias, kUnlessDefault},
  };
}
constexpr auto kStartFields = start_fields<LayerStart>();

// Name and scheme come first, and the seed before what the scheme reads, as a lane is spoken of.
constexpr auto lane_fields() {
  constexpr auto kStart = start_fields<Lane>();
  std::array<Field<Lane>, kStart.size() + 4> rows;
  auto next = rows.begin();
  *next++ = {"name", "Name", "", "What the lane is called.", 1, 60, Effect::kNone, at<&Lane::name>};
  *next++ = kStart.front();
  *next++ = {"seed",
             "Seed",
             "",
             "Seed of the weights: numpy's np.random.seed.",
             0,
             kMaximumSeed,
             Effect::kRestartLane,
             at<&Lane::seed>};
  next = std::copy(kStart.begin() + 1, kStart.end(), next);
  *next++ = {"batch_norm",
             "Batch norm",
             "",
             "Normalizes every hidden layer's sums over the batch.",
             0,
             0,
             Effect::kRestartLane,
             [](Lane& lane) -> FieldValue {
               return Unsettable<bool>{&lane.batch_norm, kAsNetwork};
             },
             nullptr,
             kUnlessDefault};
  *next++ = {"replicas",
             "Replicas",
             "seeds",
             "How many seeds are run, from this one on; the first is shown.",
             1,
             static_cast<double>(kMaximumReplicas),
             Effect::kRestartLane,
             at<&Lane::replicas>,
             nullptr,
             kUnlessDefault};
  return rows;
}
constexpr auto kLaneFields = lane_fields();

constexpr std::array kExperimentFields = {
    Field<Experiment>{"name", "Name", "", "What the experiment is called in lists and files.", 1, 60,
                      Effect::kNone, at<&Experiment::name>},
    Field<Experiment>{"title", "Title", "", "One line that says what the experiment shows.", 0, 200,
                      Effect::kNone, at<&Experiment::title>},
    Field<Experiment>{"watch", "Watch", "", "What to look at while it trains, in a few sentences.", 0, 1000,
                      Effect::kNone, at<&Experiment::watch>, nullptr, kUnlessDefault},
};

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
std::span<const Field<LayerStart>> fields<LayerStart>() {
  return kStartFields;
}
template <>
std::span<const Field<Lane>> fields<Lane>() {
  return kLaneFields;
}
template <>
std::span<const Field<Experiment>> fields<Experiment>() {
  return kExperimentFields;
}

std::int64_t default_test_samples(DatasetId kind) {
  return kind == DatasetId::kCsv ? 0 : DataSettings{}.test_samples;
}

}  // namespace initlab
