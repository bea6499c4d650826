// What the lesson's column remembers between frames.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/document/document_layout.h"
#include "app/document/lesson.h"

namespace initlab {

struct LessonState {
  std::vector<Lesson> lessons;
  bool read = false;  // the files, once
  std::string error;  // why there are none
  std::size_t lesson = 0;
  std::size_t step = 0;
  std::vector<bool> revealed;  // by part of the step
  bool list_shown = false;     // of the lessons, in place of the text
  double scroll = 0;           // logical pixels
  double content_height = 0;   // of the last frame

  // The step laid out for one width; made anew when another step or width is shown.
  struct LaidPart {
    LaidDocument text;
    std::optional<LaidDocument> answer;
  };
  std::vector<LaidPart> laid;
  double laid_width = 0;
};

}  // namespace initlab
