// What the command palette remembers between frames.
#pragma once

#include <string>
#include <vector>

#include "app/panels/search_state.h"

namespace initlab {

struct PaletteState {
  SearchState search;
  // The experiments that come with the program, read when the palette opens.
  struct Shipped {
    std::string name;
    std::string title;
  };
  std::vector<Shipped> experiments;
  bool experiments_read = false;
  std::string trouble;           // why what was typed cannot be done
  std::string trouble_of_query;  // for which text
};

}  // namespace initlab
