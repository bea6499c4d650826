#include "core/numeric/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace initlab {
namespace {

constexpr double kScientificFrom = 1e6;
constexpr double kScientificBelow = 1e-4;

// Puts commas into the integer part of plain digits ("1234.5") and the minus sign in front.
std::string grouped(std::string_view digits, bool negative) {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  std::string text(negative ? "\u2212" : "");
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i < point && (point - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string without_trailing_zeros(std::string digits) {
  if (digits.find('.') == std::string::npos) return digits;
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits;
}

// "1.2e-9" of a positive number.
std::string scientific(double value, int significant) {
  const std::string text = fmt::format("{:.{}e}", value, std::max(significant - 1, 0));
  const std::size_t e = text.find('e');
  return without_trailing_zeros(text.substr(0, e)) + fmt::format("e{}", std::stoi(text.substr(e + 1)));
}

int magnitude_of(double value) {
  return static_cast<int>(std::floor(std::log10(value)));
}

}  // namespace

std::string count_text(std::int64_t count) {
  const bool negative = count < 0;
  const auto size = negative ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
  return grouped(fmt::format("{}", size), negative);
}

std::string number_text(double value, int significant) {
  if (std::isnan(value)) return "nan";
  const bool negative = value < 0;
  const std::string sign = negative ? "\u2212" : "";
  const double size = std::abs(value);
  if (std::isinf(size)) return sign + "inf";
  if (size == 0) return "0";
  if (size >= kScientificFrom || size < kScientificBelow) return sign + scientific(size, significant);
  if (size == std::floor(size)) return grouped(fmt::format("{:.0f}", size), negative);
  const int decimals = std::max(0, significant - 1 - magnitude_of(size));
  return grouped(without_trailing_zeros(fmt::format("{:.{}f}", size, decimals)), negative);
}

std::string cost_text(double cost) {
  if (!std::isfinite(cost)) return "not finite";
  const double size = std::abs(cost);
  if (size == 0) return "0";
  if (size >= kScientificFrom || size < 1e-3) return number_text(cost, size < 1 ? 2 : 3);
  const int decimals = size < 10 ? 4 : std::max(0, 3 - magnitude_of(size));
  return grouped(fmt::format("{:.{}f}", size, decimals), cost < 0);
}

std::string percent_text(double share, std::int64_t samples) {
  if (!std::isfinite(share)) return "not finite";
  return fmt::format("{:.{}f} %", share * 100, samples > 100 ? 1 : 0);
}

std::string share_text(double share) {
  if (!std::isfinite(share)) return "not finite";
  if (share > 0 && share < 0.005) return "<1 %";
  if (share < 1 && share > 0.995) return ">99 %";
  return fmt::format("{:.0f} %", share * 100);
}

std::string tick_text(double value, double step) {
  const double size = std::abs(value);
  if (size == 0) return "0";
  // A step of 0.5 is a power of ten below 1; the half unit added keeps log10(0.001) from rounding down.
  const int step_magnitude = static_cast<int>(std::floor(std::log10(step) + 1e-9));
  if (size >= kScientificFrom || step < kScientificBelow) {
    return number_text(value, std::clamp(magnitude_of(size) - step_magnitude + 1, 1, 17));
  }
  return grouped(fmt::format("{:.{}f}", size, std::max(0, -step_magnitude)), value < 0);
}

}  // namespace initlab
