// A text of bounded length that asks for no memory: verdicts are written anew for every snapshot. What does
// not fit is cut off, at the end of a character.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace initlab {

class Sentence {
 public:
  static constexpr std::size_t kMostBytes = 500;

  Sentence() = default;
  explicit(false) Sentence(std::string_view text) { *this += text; }
  explicit(false) Sentence(const char* text) : Sentence(std::string_view(text)) {}

  std::string_view view() const { return {text_.data(), size_}; }
  explicit(false) operator std::string_view() const { return view(); }
  bool empty() const { return size_ == 0; }
  Sentence& operator+=(std::string_view more) {
    std::size_t count = std::min(more.size(), text_.size() - size_);
    // Bytes 10xxxxxx go on with a character of UTF-8.
    while (count > 0 && count < more.size() && (static_cast<unsigned char>(more[count]) & 0xc0U) == 0x80U)
      --count;
    std::copy_n(more.begin(), count, text_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += count;
    return *this;
  }
  friend Sentence operator+(Sentence a, std::string_view b) { return a += b; }

 private:
  std::array<char, kMostBytes> text_;
  std::size_t size_ = 0;
};

// fmt::format into a Sentence.
template <class... Arguments>
Sentence sentence(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  std::array<char, Sentence::kMostBytes + 4> text;  // a character more, so that a cut is seen
  const auto end = fmt::format_to_n(text.data(), text.size(), format, std::forward<Arguments>(arguments)...);
  return std::string_view(text.data(), std::min(end.size, text.size()));
}

}  // namespace initlab

template <>
struct fmt::formatter<initlab::Sentence> : fmt::formatter<std::string_view> {
  auto format(const initlab::Sentence& text, fmt::format_context& context) const {
    return fmt::formatter<std::string_view>::format(text.view(), context);
  }
};
