// Advice names what the activation asks for, and never what a lane has already.
#include "core/experiment/verdict/verdict_advice.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/core/experiment/measure/probed_networks.h"

namespace initlab {
namespace {

using test::sound_layers;
using test::sound_state;

// Every complaint at once.
std::vector<Verdict> complaints(ActivationId activation, RunState state, bool batch_norm) {
  std::vector<Verdict> all;
  const auto add = [&](std::vector<LayerProbe> layers) {
    for (LayerProbe& layer : layers) layer.batch_norm = batch_norm;
    for (Verdict& verdict : judge(state, layers)) all.push_back(std::move(verdict));
  };
  std::vector<LayerProbe> layers = sound_layers(20, activation);
  layers[0].d_z.summary.std = layers[1].z.summary.std = 1e-6;
  layers[1].saturated = 0.9;
  layers[1].correlation = 0.9999;
  layers[1].near_copies = 20;
  state.first_cost = 9;
  add(layers);
  state.earlier_cost = state.cost = state.chance_cost;
  add(sound_layers(20, activation));
  state.diverged = Divergence{10, {1, Tensor::kZ}};
  add(sound_layers(20, activation));
  return all;
}

TEST(verdict_advice, never_names_what_the_lane_has) {
  for (const Activation& activation : activations()) {
    for (const Scheme& scheme : schemes()) {
      for (const bool batch_norm : {false, true}) {
        RunState state = sound_state();
        state.scheme = scheme.kind;
        LayerProbe hidden = sound_layers(20, activation.kind)[0];
        const bool fits = suits(state, hidden);
        for (const Verdict& verdict : complaints(activation.kind, state, batch_norm)) {
          SCOPED_TRACE(std::string(scheme.id) + " " + std::string(activation.id) + ": " + verdict.advice);
          EXPECT_FALSE(verdict.advice.empty());
          if (fits) {
            for (const char* name : {"Try He", "Try Xavier", "Try LeCun", "Try SIREN", "gain back"}) {
              EXPECT_EQ(verdict.advice.find(name), std::string::npos);
            }
          }
          if (batch_norm) {
            EXPECT_EQ(verdict.advice.find("batch normalization"), std::string::npos);
          }
          if (scheme.kind == SchemeId::kOrthogonal) {
            EXPECT_EQ(verdict.advice.find("orthogonal"), std::string::npos);
          }
        }
      }
    }
  }
}

TEST(verdict_advice, names_the_scheme_that_the_activation_is_made_for) {
  struct Row {
    ActivationId activation;
    SchemeId scheme;
    const char* words;
  };
  for (const auto& [activation, scheme, words] :
       {Row{ActivationId::kRelu, SchemeId::kNormal, "He: its gain √2"},
        {ActivationId::kRelu, SchemeId::kXavierNormal, "He: its gain √2"},
        {ActivationId::kTanh, SchemeId::kNormal, "Xavier"},
        {ActivationId::kSigmoid, SchemeId::kNormal, "Xavier"},
        {ActivationId::kSelu, SchemeId::kHeNormal, "LeCun normal with gain 1"},
        {ActivationId::kGelu, SchemeId::kUniform, "He: GELU is like ReLU"},
        {ActivationId::kSine, SchemeId::kXavierNormal, "SIREN"}}) {
    RunState state;
    state.scheme = scheme;
    EXPECT_NE(scheme_advice(state, sound_layers(4, activation)[0]).view().find(words), std::string::npos)
        << scheme_advice(state, sound_layers(4, activation)[0]).view();
  }
  LayerProbe leaky = sound_layers(4, ActivationId::kLeakyRelu)[0];
  leaky.activation_parameters.slope = 0.2;
  RunState state;
  state.scheme = SchemeId::kNormal;
  EXPECT_NE(scheme_advice(state, leaky).view().find("here 1.387, is made for leaky ReLU"), std::string::npos)
      << scheme_advice(state, leaky).view();
}

TEST(verdict_advice, a_gain_beside_the_right_scheme_is_set_back) {
  RunState state;
  state.scheme = SchemeId::kHeNormal;
  state.gain = 10;
  const LayerProbe hidden = sound_layers(4, ActivationId::kRelu)[0];
  EXPECT_FALSE(suits(state, hidden));
  EXPECT_EQ(scheme_advice(state, hidden).view().find("Set the gain back to 1"), 0u);
  state.gain = 1;
  EXPECT_TRUE(suits(state, hidden));
}

}  // namespace
}  // namespace initlab
