// The list of keys, over everything else, and the line of messages at the lower edge.
#pragma once

#include <span>
#include <string_view>

#include "app/panels/panel.h"

namespace initlab {

struct KeyHelp {
  std::string_view keys;
  std::string_view does;
};
std::span<const KeyHelp> key_help();

void draw_key_list(PanelContext& context, double width, double height);
void draw_message(PanelContext& context, double width, double height);

}  // namespace initlab
