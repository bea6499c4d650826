// How the window looks: colours of the classes, size of the text, motion. The last section of the column.
#pragma once

#include "app/panels/panel.h"

namespace initlab {

void draw_view_section(PanelContext& context, Rect rect);
double view_section_height();

}  // namespace initlab
