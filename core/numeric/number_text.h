// Numbers for people: 4,210, 0.0736, 1.2e-9, 50.0 %. Every number that a figure or a panel shows is made
// here. A negative number has a minus sign (U+2212), not a hyphen; exponents keep the hyphen that can be
// typed again.
#pragma once

#include <cstdint>
#include <string>

namespace initlab {

// "4,210", "-12" with a minus sign.
std::string count_text(std::int64_t count);

// `significant` figures, trailing zeros left out: "0.0736", "1,774", "12.5", "1.2e-9" below 1e-4, "3.1e7"
// from 1e6 on (an integer below 1e6 is exact). "nan", "inf", "-inf" where not finite.
std::string number_text(double value, int significant = 3);

// A cost: four decimals up to 10, then four figures, so that a column of costs keeps its shape: "0.6931",
// "12.35", "1,774", "1.2e-9"; "not finite" for NaN and infinity.
std::string cost_text(double cost);

// Share in [0, 1] as "50 %", or "50.0 %" where more than 100 samples make the decimal mean something.
// "not finite" for NaN.
std::string percent_text(double share, std::int64_t samples = 100);

// A share of a whole that is shown small: "50 %", "<1 %" and ">99 %" rather than a false 0 or 100.
std::string share_text(double share);

// A label at a tick of an axis with steps of `step`: just the decimals that the step needs.
std::string tick_text(double value, double step);

}  // namespace initlab
