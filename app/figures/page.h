// What every picture that stands alone has: a ground, margins, a title with the step, and headings of its
// parts.
#pragma once

#include <string_view>

#include "app/canvas/canvas.h"
#include "app/theme.h"
#include "core/experiment/snapshot.h"

namespace initlab {

// Fills `page` with the ground, writes the experiment's title, the step and what was trained, and returns the
// rectangle that is left inside the margins.
Rect draw_page(Canvas& canvas, const Theme& theme, Rect page, const Snapshot& snapshot);

inline constexpr double kSectionHeadingHeight = 24;
// A heading in the first kSectionHeadingHeight of `rect`, a note at its right end where there is room;
// returns the rest.
Rect draw_section(Canvas& canvas, const Theme& theme, Rect rect, std::string_view heading,
                  std::string_view note);

// The experiment's title, or its name where it has none.
std::string_view title_of(const Snapshot& snapshot);

}  // namespace initlab
