// Everything that can be done by a key or by its name: one table that the keyboard, the list of keys, the
// command palette and tours read. What a mouse drags or types is no action.
//
// To add an action: a row in actions.cpp.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "app/panels/panel.h"

namespace initlab {

enum class ActionGroup { kTime, kLanes, kView, kExperiment, kWindow, kCount };
std::string_view action_group_label(ActionGroup group);  // "Time"

struct Action {
  std::string_view id;     // "play_or_pause": stable, for tours
  std::string_view label;  // "Play or pause"
  ActionGroup group = ActionGroup::kTime;
  std::string_view keys = {};            // "Space", as on a keyboard; empty: by name alone
  std::array<KeyPress, 2> presses = {};  // key 0: none
  std::string_view help = {};            // one sentence
  void (*run)(PanelContext&) = nullptr;
  bool (*enabled)(const PanelContext&) = nullptr;  // null: always
  bool over_lists = false;                         // the key works while a list or another popup is open
};

std::span<const Action> actions();
// Null where no action has that id.
const Action* find_action(std::string_view id);
// The first enabled action of a key press; null where it means nothing. Shift is looked at only where it
// makes a difference.
const Action* action_of(const KeyPress& press, const PanelContext& context);

bool is_enabled(const Action& action, const PanelContext& context);
// Does it where it is enabled.
void perform(const Action& action, PanelContext& context);

}  // namespace initlab
