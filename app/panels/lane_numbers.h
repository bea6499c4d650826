// What is read off a lane below its picture: step, cost and accuracies in one line, and under it what is to
// be said of it: the verdict, that it catches up, or that it diverged and how to go back.
#pragma once

#include <cstddef>

#include "app/panels/panel.h"

namespace initlab {

void draw_numbers_row(PanelContext& context, std::size_t lane, Rect rect);
void draw_verdict_box(PanelContext& context, std::size_t lane, Rect rect);

}  // namespace initlab
