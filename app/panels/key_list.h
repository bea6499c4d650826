// The list of keys, over everything else, and the line of messages at the lower edge.
#pragma once

#include "app/panels/panel.h"

namespace initlab {

void draw_key_list(PanelContext& context, double width, double height);
void draw_message(PanelContext& context, double width, double height);

}  // namespace initlab
