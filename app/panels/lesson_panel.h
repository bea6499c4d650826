// The column at the right: a lesson, step by step. Its text says what to set up and what to watch, its
// buttons do it, its questions keep their answers until they are asked for. The texts are
// assets/lessons/*.md.
#pragma once

#include <string_view>

#include "app/canvas/geometry.h"

namespace initlab {

struct PanelContext;

void draw_lesson_panel(PanelContext& context, Rect rect);

// Shows a step of a lesson (both from 0) from its beginning; what is not there is the nearest that is.
void show_lesson(PanelContext& context, std::size_t lesson, std::size_t step);

// Does what a link of a lesson says; what is wrong becomes a message.
void follow_lesson_link(PanelContext& context, std::string_view target);

}  // namespace initlab
