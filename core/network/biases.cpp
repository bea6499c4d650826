// How biases begin: the rows. make_network does what they say.
#include <array>
#include <cassert>

#include "core/network/initializers.h"

namespace initlab {
namespace {

constexpr std::array kBiases = {
    Bias{.kind = BiasId::kFramework,
         .id = "framework",
         .label = "Scheme's own",
         .formula = "b as the scheme's framework begins",
         .help = "What the scheme's framework does: PyTorch Linear and scikit-learn draw biases from the law "
                 "of their weights, all others begin at 0.",
         .reference = "torch.nn.Linear, sklearn.neural_network.MLPClassifier"},
    Bias{.kind = BiasId::kZeros,
         .id = "zeros",
         .label = "Zeros",
         .formula = "b = 0",
         .help = "Every bias is 0: random weights already tell the units apart.",
         .reference = "Goodfellow, Bengio and Courville 2016, Deep Learning, 8.4"},
    Bias{.kind = BiasId::kConstant,
         .id = "constant",
         .label = "Constant",
         .formula = "b = bias_value",
         .help = "Every bias is the same small number, which is to let ReLUs begin active; the gain is not "
                 "consistent.",
         .reference = "Goodfellow, Bengio and Courville 2016, Deep Learning, 8.4 (0.1 for ReLU)"},
    Bias{.kind = BiasId::kLogOdds,
         .id = "log_odds",
         .label = "Log-odds of the classes",
         .formula = "b = ln(p / (1 − p)), for softmax b = ln p",
         .help = "The output layer begins at the shares p of the classes in the training labels, the hidden "
                 "layers at 0: the first steps need not learn which class is rare.",
         .reference = "Lin, Goyal, Girshick, He and Dollár 2017, Focal Loss for Dense Object Detection, 3.3"},
};
static_assert(kBiases.size() == static_cast<std::size_t>(BiasId::kCount));

}  // namespace

std::span<const Bias> biases() {
  return kBiases;
}

const Bias& bias(BiasId kind) {
  const Bias& row = kBiases[static_cast<std::size_t>(kind)];
  assert(row.kind == kind);
  return row;
}

}  // namespace initlab
