// A canvas that draws nothing and remembers everything: tests ask it what a figure would show, where, and
// whether its labels collide.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/canvas/canvas.h"

namespace initlab {

enum class DrawnKind {
  kPolyline,
  kFilledRect,
  kStrokedRect,
  kFilledCircle,
  kStrokedCircle,
  kPolygon,
  kImage,
  kText
};

struct DrawnItem {
  DrawnKind kind = DrawnKind::kPolyline;
  // Without the width of a stroke. Of text: its advance by cap height above and descender below the baseline,
  // turned as it is drawn.
  Rect bounds;
  Color color;
  std::vector<Point> points;  // polyline and polygon
  bool closed = false;        // polyline
  double stroke_width = 0;    // 0: filled
  std::vector<double> dash;   // empty: solid
  double corner_radius = 0;   // rectangles
  std::string text;           // as it was given
  TextStyle style;            // of text
  std::uint64_t image_id = 0;
  bool clipped = false;  // whether any clip was in force
  Rect clip;             // their intersection
};

class RecordingCanvas final : public Canvas {
 public:
  const std::vector<DrawnItem>& items() const { return items_; }
  // Clips pushed and not popped: 0 after a figure that keeps its word.
  std::size_t open_clip_count() const { return clips_.size(); }

  // The first text that contains `part`; null when there is none.
  const DrawnItem* find_text(std::string_view part) const;
  // All texts in the order in which they were drawn.
  std::vector<std::string> texts() const;
  // Pairs of texts whose bounds overlap by more than `slack` both ways.
  std::vector<std::pair<std::string, std::string>> overlapping_texts(double slack = 0.5) const;
  // Texts that reach out of `rect` by more than `slack`.
  std::vector<std::string> texts_outside(Rect rect, double slack = 0.5) const;
  std::size_t count(DrawnKind kind) const;

  void push_clip(Rect clip) override;
  void pop_clip() override;
  void polyline(std::span<const Point> points, const Stroke& stroke, bool closed) override;
  void fill_rect(Rect rect, Color color, double corner_radius) override;
  void stroke_rect(Rect rect, const Stroke& stroke, double corner_radius) override;
  void fill_circle(Point center, double radius, Color color) override;
  void stroke_circle(Point center, double radius, const Stroke& stroke) override;
  void fill_polygon(std::span<const Point> points, Color color) override;
  // Paints the source once, so that a figure's pixels are computed in tests too.
  void image(Rect where, const ImageSource& source) override;
  void text(Point anchor, std::string_view utf8, const TextStyle& style) override;

 private:
  DrawnItem& add(DrawnKind kind, Rect bounds, Color color);
  DrawnItem& add(DrawnKind kind, Rect bounds, const Stroke& stroke);

  std::vector<DrawnItem> items_;
  std::vector<Rect> clips_;
};

// The part that both cover; zero width or height where they do not meet.
Rect intersection(Rect a, Rect b);

}  // namespace initlab
