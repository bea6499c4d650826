// The first minute: a few cards, each with a sentence or two beside the place in the window that it speaks
// of. The window stays alive below; a tour ends with its last card, with Skip or with Escape.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "app/canvas/geometry.h"

namespace initlab {

struct Layout;
struct PanelContext;

struct FirstTourState {
  bool shown = false;
  std::size_t card = 0;
  bool seen = false;  // to its end or skipped: worth remembering beyond this start
};

enum class TourPlace { kLanes, kPlay, kCost, kSignal, kHistograms, kScheme, kTimeline, kLesson };

struct TourCard {
  TourPlace place;
  std::string_view title;
  std::string_view text;
};
std::span<const TourCard> tour_cards();

// Where a place is in this layout; width 0 where it is not shown, and its card is passed over.
Rect place_in_window(TourPlace place, const Layout& layout);

void start_first_tour(PanelContext& context);
void end_first_tour(PanelContext& context);
// The card that is on, over everything.
void draw_first_tour(PanelContext& context, const Layout& layout, double width, double height);

}  // namespace initlab
