#include "app/canvas/cairo_fonts.h"

#include <cairo-ft.h>

#include <array>
#include <memory>
#include <new>

#include "app/canvas/font_library.h"

namespace initlab {
namespace {

using CairoFace = std::unique_ptr<cairo_font_face_t, void (*)(cairo_font_face_t*)>;

// Cairo's cache may use the face after we have let go of it, so the FreeType face is Cairo's to destroy.
CairoFace open_face(FontFace id) {
  static const cairo_user_data_key_t key{};
  auto face = std::make_unique<FreetypeFace>(font_file(id));
  CairoFace cairo_face(cairo_ft_font_face_create_for_ft_face(face->get(), FT_LOAD_NO_HINTING),
                       cairo_font_face_destroy);
  const auto destroy = [](void* data) { delete static_cast<FreetypeFace*>(data); };
  if (cairo_font_face_set_user_data(cairo_face.get(), &key, face.get(), destroy) != CAIRO_STATUS_SUCCESS) {
    throw std::bad_alloc();
  }
  (void)face.release();
  return cairo_face;
}

}  // namespace

cairo_font_face_t* cairo_face(FontFace face) {
  static const std::array<CairoFace, 4> faces = {open_face(FontFace::kRegular), open_face(FontFace::kMedium),
                                                 open_face(FontFace::kItalic), open_face(FontFace::kSymbols)};
  return faces[static_cast<std::size_t>(face)].get();
}

const cairo_font_options_t* unhinted_font_options() {
  using Options = std::unique_ptr<cairo_font_options_t, void (*)(cairo_font_options_t*)>;
  static const Options options = [] {
    Options made(cairo_font_options_create(), cairo_font_options_destroy);
    cairo_font_options_set_antialias(made.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(made.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(made.get(), CAIRO_HINT_METRICS_OFF);
    return made;
  }();
  return options.get();
}

}  // namespace initlab
