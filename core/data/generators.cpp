// Points of two classes in the plane. Every generator places its points in order of class, then scatter()
// shuffles them and adds the noise, in scikit-learn's order of draws.
//
// Circles and moons repeat the arithmetic of numpy and scikit-learn 1.2 operation by operation, because a
// student's notebook is to give these very points. Sine and cosine are the C library's.
#include "core/data/generators.h"

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "core/numeric/random.h"

namespace initlab {
namespace {

struct Point {
  double x = 0;
  double y = 0;
};

// Points in order of class: first_count of class 0, the rest of class 1.
struct Placed {
  std::vector<Point> points;
  std::size_t first_count = 0;
};

Placed room_for(std::size_t count) {
  Placed placed;
  placed.points.reserve(count);
  placed.first_count = count / 2;
  return placed;
}

// `np.linspace(0, stop, count, endpoint)`: i * (stop / divisor), the last value set exactly. Like numpy, a
// single value with its end point is 0.
double linspace(double stop, std::size_t count, bool endpoint, std::size_t i) {
  const std::size_t divisor = endpoint ? count - 1 : count;
  if (divisor == 0) return 0;
  if (endpoint && i + 1 == count) return stop;
  return static_cast<double>(i) * (stop / static_cast<double>(divisor));
}

Samples scatter(const Placed& placed, double noise, NumpyRandom& random) {
  const std::size_t count = placed.points.size();
  const std::vector<std::int64_t> order = random.permutation(count);
  Samples samples{Matrix(2, count), Matrix(1, count)};
  for (std::size_t i = 0; i < count; ++i) {
    const auto from = static_cast<std::size_t>(order[i]);
    samples.x(0, i) = placed.points[from].x;
    samples.x(1, i) = placed.points[from].y;
    samples.y(0, i) = from < placed.first_count ? 0 : 1;
  }
  for (std::size_t i = 0; i < count; ++i) {
    samples.x(0, i) += 0.0 + noise * random.randn();
    samples.x(1, i) += 0.0 + noise * random.randn();
  }
  return samples;
}

}  // namespace

Samples make_circles(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  NumpyRandom random(seed);
  Placed placed = room_for(count);
  const std::size_t inner_count = count - placed.first_count;
  const double turn = 2 * std::numbers::pi;
  for (std::size_t i = 0; i < placed.first_count; ++i) {
    const double angle = linspace(turn, placed.first_count, false, i);
    placed.points.push_back({std::cos(angle), std::sin(angle)});
  }
  for (std::size_t i = 0; i < inner_count; ++i) {
    const double angle = linspace(turn, inner_count, false, i);
    placed.points.push_back({std::cos(angle) * settings.factor, std::sin(angle) * settings.factor});
  }
  return scatter(placed, settings.noise, random);
}

Samples make_moons(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  NumpyRandom random(seed);
  Placed placed = room_for(count);
  const std::size_t inner_count = count - placed.first_count;
  for (std::size_t i = 0; i < placed.first_count; ++i) {
    const double angle = linspace(std::numbers::pi, placed.first_count, true, i);
    placed.points.push_back({std::cos(angle), std::sin(angle)});
  }
  for (std::size_t i = 0; i < inner_count; ++i) {
    const double angle = linspace(std::numbers::pi, inner_count, true, i);
    placed.points.push_back({1 - std::cos(angle), 1 - std::sin(angle) - 0.5});
  }
  return scatter(placed, settings.noise, random);
}

// The clouds have a spread of their own, so that without noise they are still clouds; their centres lie 6.8
// of it apart.
Samples make_blobs(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  constexpr double kCentre = 0.6;
  constexpr double kSpread = 0.25;
  NumpyRandom random(seed);
  Placed placed = room_for(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double centre = i < placed.first_count ? -kCentre : kCentre;
    const double x = centre + kSpread * random.randn();
    const double y = centre + kSpread * random.randn();
    placed.points.push_back({x, y});
  }
  return scatter(placed, settings.noise, random);
}

// The points of a class go to its two squares in turn; a gap along both axes keeps the classes apart.
Samples make_xor(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  constexpr double kGap = 0.1;
  NumpyRandom random(seed);
  Placed placed = room_for(count);
  for (std::size_t i = 0; i < count; ++i) {
    const bool second_class = i >= placed.first_count;
    const double x_sign = (second_class ? i - placed.first_count : i) % 2 == 0 ? 1 : -1;
    const double y_sign = second_class ? -x_sign : x_sign;
    const double x = random.uniform(kGap, 1);
    const double y = random.uniform(kGap, 1);
    placed.points.push_back({x_sign * x, y_sign * y});
  }
  return scatter(placed, settings.noise, random);
}

// One point in each of as many equal stretches as an arm has points; the root makes them even along the arm.
Samples make_spiral(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  constexpr double kInnerRadius = 0.1;
  constexpr double kTurns = 1.25;
  NumpyRandom random(seed);
  Placed placed = room_for(count);
  for (std::size_t i = 0; i < count; ++i) {
    const bool second_class = i >= placed.first_count;
    const std::size_t arm_count = second_class ? count - placed.first_count : placed.first_count;
    const std::size_t position = second_class ? i - placed.first_count : i;
    const double s =
        std::sqrt((static_cast<double>(position) + random.random_sample()) / static_cast<double>(arm_count));
    const double radius = kInnerRadius + (1 - kInnerRadius) * s;
    const double angle = 2 * std::numbers::pi * kTurns * s + (second_class ? std::numbers::pi : 0.0);
    placed.points.push_back({radius * std::cos(angle), radius * std::sin(angle)});
  }
  return scatter(placed, settings.noise, random);
}

}  // namespace initlab
