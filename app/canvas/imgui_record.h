// What one frame shows, for tours and tests: every text that the window's canvas wrote and every widget that
// took part, as far as a person could see it. Kept only while somebody asks for it; it draws nothing and
// changes nothing. UI thread only.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/canvas/geometry.h"

namespace initlab {

struct ShownText {
  std::string text;
  Rect rect;      // of its letters, logical pixels
  int layer = 0;  // of the ImGui window that it is written in: larger ones lie above
};

struct ShownWidget {
  std::string id;    // unique in its window
  std::string name;  // what it is where nothing is written on it; may be empty
  Rect rect;         // logical pixels; of a slider its rail
  bool is_slider = false;
  int layer = 0;
};

class FrameRecord {
 public:
  // Forgets the frame before.
  void begin();

  void text(const ImDrawList& list, std::string_view utf8, Rect rect);
  // Something opaque was drawn: texts below it are not seen.
  void cover(const ImDrawList& list, Rect rect);
  // In ImGui's current window.
  void widget(ShownWidget widget);

  // After ImGui::Render, when it is known which window lies above which: drops what is scrolled or clipped
  // away, covered by another window or painted over.
  void finish();

  // In the order in which they were drawn; good until the next begin().
  const std::vector<ShownText>& texts() const { return texts_; }
  const std::vector<ShownWidget>& widgets() const { return widgets_; }

 private:
  struct Mark {
    const ImDrawList* list;
    Rect rect;
    Rect clip;
    std::size_t order;  // of drawing
  };
  struct Layers;
  bool is_painted_over(const Mark& mark, int layer, const Layers& layers) const;

  std::vector<ShownText> texts_;
  std::vector<ShownWidget> widgets_;
  std::vector<Mark> text_marks_;    // one a text
  std::vector<Mark> widget_marks_;  // one a widget
  std::vector<Mark> covers_;
  std::size_t order_ = 0;
};

// Where the current ImGui context's frames are recorded; null: nowhere. It is the context's user data.
FrameRecord* frame_record();
void record_frames(FrameRecord* record);

}  // namespace initlab
