// The remainder of huge angles by pi / 2, for sin and cos far beyond what Cody and Waite's reduction reaches:
// Payne and Hanek 1983, Radian Reduction for Trigonometric Functions. Scalar and in whole numbers, so the
// same everywhere; rare enough that speed is no concern.
#pragma once

namespace initlab {

// The angle is (4 k + quarters) pi / 2 + high + low for some whole k, |high| <= pi / 4; quarters is whole, in
// -4..4.
struct QuarterTurns {
  double quarters;
  double high;
  double low;
};

// angle: finite, |angle| >= 2^40. The error of high + low is below 2^-100 of it.
QuarterTurns reduce_huge_angle(double angle);

}  // namespace initlab
