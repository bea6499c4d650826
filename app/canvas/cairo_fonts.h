// The program's faces as Cairo wants them, unhinted. Opened once: Cairo keeps what it has scaled, and shares
// it.
#pragma once

#include <cairo.h>

#include "app/canvas/text_metrics.h"

namespace initlab {

// Lives as long as the process. Cairo locks a face while it is used, so any thread may draw with it.
// Throws std::runtime_error when the font file cannot be read.
cairo_font_face_t* cairo_face(FontFace face);

// No hinting of outlines or of advances: text is as long at every scale as text_metrics.h says.
const cairo_font_options_t* unhinted_font_options();

}  // namespace initlab
