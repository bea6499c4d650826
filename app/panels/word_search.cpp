#include "app/panels/word_search.h"

#include <algorithm>
#include <cctype>

namespace initlab {
namespace {

constexpr int kInsideWord = 2;

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}
bool is_letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

// Whether all letters of `word` follow each other in `text` from `begin` on, before its next space.
bool is_scattered(std::string_view word, std::string_view text, std::size_t begin) {
  std::size_t found = 0;
  for (std::size_t i = begin; i < text.size() && text[i] != ' '; ++i) {
    if (found < word.size() && lower(text[i]) == lower(word[found])) ++found;
  }
  return found == word.size();
}

std::optional<int> misfit_of_word(std::string_view word, std::string_view text) {
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  std::optional<int> best;
  for (auto at = text.begin();; ++at) {
    at = std::search(at, text.end(), word.begin(), word.end(), same);
    if (at == text.end()) break;
    const bool begins = at == text.begin() || !is_letter(*(at - 1));
    if (begins) return 0;
    best = kInsideWord;
  }
  if (best || word.size() < 2) return best;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = i == 0 || !is_letter(text[i - 1]);
    if (begins && lower(text[i]) == lower(word[0]) && is_scattered(word, text, i)) return kScatteredMisfit;
  }
  return std::nullopt;
}

}  // namespace

std::optional<int> search_misfit(std::string_view query, std::string_view text) {
  int misfit = 0;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find(' '), query.size());
    if (end > 0) {
      const auto of_word = misfit_of_word(query.substr(0, end), text);
      if (!of_word) return std::nullopt;
      misfit += *of_word;
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return misfit;
}

}  // namespace initlab
