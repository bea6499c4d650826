// How well what was typed into a search field fits a line of text.
#pragma once

#include <optional>
#include <string_view>

namespace initlab {

// Null where some word of `query` is nowhere in `text`; else how badly it fits, 0 at best: words that begin a
// word of the text fit better than words inside one, letters that only follow each other within one word fit
// worst. Letters count alike in either case; an empty query fits everything.
inline constexpr int kScatteredMisfit = 20;
std::optional<int> search_misfit(std::string_view query, std::string_view text);

}  // namespace initlab
