// Finds on a recorded frame what a tour names: by what is written there. A pure reading of the record.
#pragma once

#include <string>
#include <string_view>

#include "app/canvas/imgui_record.h"
#include "app/tour/script.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {

struct FoundTarget {
  Point point;  // where the mouse goes
  Rect rect;    // of the widget, or of the text where it is on none
};

// What is written counts first as a whole, then as a beginning in capitals or not; after it the ids and names
// of widgets (a setting's path: "training.learning_rate"). Of several, one on a widget before others, upper
// layers before lower ones, then in the order of reading. Else one line with the nearest label that is seen.
Result<FoundTarget> find_target(const FrameRecord& record, const TourTarget& target);

// The rail of the slider of that id, or of the one nearest to the label.
Result<FoundTarget> find_slider(const FrameRecord& record, const TourTarget& target);

// Whether the words are to be read: in one text, or in several that were drawn one after the other.
bool shows_text(const FrameRecord& record, std::string_view words);

}  // namespace initlab
