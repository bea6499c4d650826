// The canvas of the window: triangles in an ImGui draw list. Coordinates are ImGui's, logical pixels; edges
// are softened over one device pixel, and what is level or upright is moved onto whole device pixels to be
// crisp. Text stands where text_metrics.h says; only its start is moved onto a whole device pixel.
#pragma once

#include <imgui.h>

#include <array>
#include <vector>

#include "app/canvas/canvas.h"
#include "app/canvas/dashes.h"
#include "app/canvas/text_metrics.h"
#include "app/canvas/triangulate.h"
#include "app/platform/frame.h"

namespace initlab {

// Pictures as textures of the graphics card.
class ImageTextures {
 public:
  ImageTextures() = default;
  ImageTextures(const ImageTextures&) = delete;  // owns textures
  ImageTextures& operator=(const ImageTextures&) = delete;
  virtual ~ImageTextures() = default;
  // The texture that holds the picture's current revision, painted anew when need be.
  virtual ImTextureID texture(const ImageSource& source) = 0;
};

class ImguiCanvas : public Canvas {
 public:
  // Draws to the end of `list`, which must outlive the canvas, as must the tools.
  ImguiCanvas(ImDrawList& list, FrameTools& tools);
  ~ImguiCanvas() override;

  void push_clip(Rect clip) override;
  void pop_clip() override;
  void polyline(std::span<const Point> points, const Stroke& stroke, bool closed = false) override;
  void fill_rect(Rect rect, Color color, double corner_radius = 0) override;
  void stroke_rect(Rect rect, const Stroke& stroke, double corner_radius = 0) override;
  void fill_circle(Point center, double radius, Color color) override;
  void stroke_circle(Point center, double radius, const Stroke& stroke) override;
  void fill_polygon(std::span<const Point> points, Color color) override;
  void image(Rect where, const ImageSource& source) override;
  void text(Point anchor, std::string_view utf8, const TextStyle& style) override;

 private:
  double snap(double logical) const;  // onto a whole device pixel
  Rect snap(Rect rect) const;
  Stroke snap(const Stroke& stroke) const;
  double stroke_center(double logical, double width) const;
  void straight(Point from, Point to, const Stroke& stroke);
  void dashed(std::span<const Point> points, const Stroke& stroke, bool closed);
  void solid(std::span<const Point> points, const Stroke& stroke, bool closed);
  void convex(std::span<const Point> points, Color color);
  const std::vector<ImVec2>& outline_of_disc(double radius);

  ImDrawList& list_;
  FrameTools& tools_;
  double scale_;         // device pixels a logical pixel
  float fringe_before_;  // of the list, put back at the end
  int clip_depth_ = 0;
  struct Disc {
    double radius = 0;
    std::vector<ImVec2> outline;
  };
  std::array<Disc, 2> discs_;
  // Scratch, kept between calls.
  std::vector<Point> points_;
  std::vector<ImVec2> outline_;
  std::vector<PlacedGlyph> glyphs_;
  Polylines parts_;
  Polylines dashes_;
  Triangulator triangulator_;
};

}  // namespace initlab
