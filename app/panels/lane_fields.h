// Rows of a lane's settings inside an open list: the list of schemes and the lane's menu are made of them.
#pragma once

#include <cstddef>
#include <string_view>

#include "app/panels/panel.h"

namespace initlab {

// The pen of an open list: rows from the top down. ImGui is told of their extent by finish().
struct ListPen {
  double x;
  double y;
  double width;
  double top;

  static ListPen here(double width);  // at ImGui's cursor
  Rect row(double height);
  void skip(double height) { y += height; }
  void line(PanelContext& context);  // a hairline with some room around it
  void finish() const;
};

// The same context with the canvas of the list that is open.
PanelContext inside_list(const PanelContext& context, ImguiCanvas& canvas);

// The row of one setting of a lane (from 0): its key in fields<Lane>(). Nothing where the lane does not read
// it.
void lane_field_row(PanelContext& context, ListPen& pen, std::size_t lane, std::string_view key);
// The same of one of its layers (from 1).
void layer_field_row(PanelContext& context, ListPen& pen, std::size_t lane, std::size_t layer,
                     std::string_view key);

// Whether the row would be drawn.
bool reads_field(const PanelContext& context, std::size_t lane, std::string_view key);

// "Draws this lane anew; it catches up with the others.", small, at the foot of a list.
void lane_effect_row(PanelContext& context, ListPen& pen);

}  // namespace initlab
