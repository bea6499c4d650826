// A field to type into above a list of what fits it, over everything else: arrows, Enter, Escape, mouse. The
// list of keys and the command palette are two of them. What fits is the caller's to say.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/panels/panel.h"
#include "app/panels/search_state.h"

namespace initlab {

struct SearchRow {
  std::string title;
  std::string note;       // beside it, quieter
  std::string_view keys;  // at the right
};

struct SearchLook {
  std::string_view id;            // of the popup
  std::string_view hint;          // in the empty field
  double width = 640;             // at most
  std::string_view trouble = {};  // what is wrong with what was typed; below the list
};

// Draws it while `state.shown`, in a window of width x height; the row that Enter or a click took. It stays
// open then: the caller closes it by `shown`. Escape and a click outside close it here.
std::optional<std::size_t> search_list(PanelContext& context, SearchState& state, double width, double height,
                                       const SearchLook& look, std::span<const SearchRow> rows);

// Another text, with the cursor behind it.
void set_query(SearchState& state, std::string_view text);

}  // namespace initlab
