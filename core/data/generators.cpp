// Points of classes, and points along a curve. Every generator of classes but gaussian_features places its
// points in order of class, then scatter() shuffles them and adds the noise, in scikit-learn's order of
// draws.
//
// Circles and moons repeat the arithmetic of numpy and scikit-learn 1.2 operation by operation, because a
// student's notebook is to give these very points; so do Gaussian features and the curves with numpy's. Sine,
// cosine and power are the C library's.
#include "core/data/generators.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "core/numeric/random.h"

namespace initlab {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

// Points in order of class: counts[0] of class 0 first.
struct Placed {
  Matrix x;  // (features, m)
  std::vector<std::size_t> counts;
};

Placed room_for(std::size_t count, std::size_t features, std::size_t classes, double balance) {
  return {Matrix(features, count), class_counts(count, classes, balance)};
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
  const std::size_t features = placed.x.rows(), count = placed.x.columns();
  std::vector<double> labels;
  labels.reserve(count);
  for (std::size_t c = 0; c < placed.counts.size(); ++c) {
    labels.insert(labels.end(), placed.counts[c], static_cast<double>(c));
  }
  const std::vector<std::int64_t> order = random.permutation(count);
  Samples samples{Matrix(features, count), Matrix(1, count)};
  for (std::size_t i = 0; i < count; ++i) {
    const auto from = static_cast<std::size_t>(order[i]);
    for (std::size_t f = 0; f < features; ++f) samples.x(f, i) = placed.x(f, from);
    samples.y(0, i) = labels[from];
  }
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t f = 0; f < features; ++f) samples.x(f, i) += 0.0 + noise * random.randn();
  }
  return samples;
}

// Two coordinates for each point of each class: `point(class, position in it, points of it)` gives a pair.
struct Point {
  double x = 0;
  double y = 0;
};
template <class PointOf>
void place(Placed& placed, const PointOf& point_of) {
  std::size_t i = 0;
  for (std::size_t c = 0; c < placed.counts.size(); ++c) {
    for (std::size_t position = 0; position < placed.counts[c]; ++position, ++i) {
      const Point point = point_of(c, position, placed.counts[c]);
      placed.x(0, i) = point.x;
      placed.x(1, i) = point.y;
    }
  }
}

// Two classes stand opposite each other on the diagonal, more of them evenly on the circle through those two;
// with one feature there is no circle, and they stand in a row. Further features do not tell them apart.
double blob_centre(std::size_t c, std::size_t classes, std::size_t feature, std::size_t features) {
  constexpr double kCentre = 0.6;
  if (feature > 1) return 0;
  const auto position = static_cast<double>(c), count = static_cast<double>(classes);
  if (features == 1) return kCentre * (2 * position - (count - 1));
  if (classes == 2) return c == 0 ? -kCentre : kCentre;
  const double angle = kTurn * (position / count + 0.625);
  return kCentre * std::numbers::sqrt2 * (feature == 0 ? std::cos(angle) : std::sin(angle));
}

Samples make_curve(const DataSettings& settings, std::size_t count, std::uint32_t seed,
                   double (*curve)(double)) {
  NumpyRandom random(seed);
  Samples samples{Matrix(1, count), Matrix(1, count)};
  for (double& x : samples.x.row_span(0)) x = random.uniform(settings.low, settings.high);
  for (std::size_t i = 0; i < count; ++i) {
    samples.y(0, i) = curve(samples.x(0, i)) + settings.noise * random.randn();
  }
  return samples;
}

}  // namespace

std::vector<std::size_t> class_counts(std::size_t count, std::size_t classes, double balance) {
  assert(classes >= 2);
  assert(balance >= 0 && balance <= 1);
  std::vector<std::size_t> counts(classes);
  std::size_t rest = count, sharing = classes;
  if (balance > 0) {
    auto last = static_cast<std::size_t>(std::llround(balance * static_cast<double>(count)));
    if (count >= 2) last = std::clamp<std::size_t>(last, 1, count - 1);
    counts.back() = last;
    rest -= last;
    --sharing;
  }
  for (std::size_t c = 0; c < sharing; ++c) {
    counts[c] = rest * (c + 1) / sharing - rest * c / sharing;
  }
  return counts;
}

Samples make_circles(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  NumpyRandom random(seed);
  Placed placed = room_for(count, 2, 2, settings.balance);
  place(placed, [&](std::size_t c, std::size_t position, std::size_t points) -> Point {
    const double angle = linspace(kTurn, points, false, position);
    if (c == 0) return {std::cos(angle), std::sin(angle)};
    return {std::cos(angle) * settings.factor, std::sin(angle) * settings.factor};
  });
  return scatter(placed, settings.noise, random);
}

Samples make_moons(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  NumpyRandom random(seed);
  Placed placed = room_for(count, 2, 2, settings.balance);
  place(placed, [](std::size_t c, std::size_t position, std::size_t points) -> Point {
    const double angle = linspace(std::numbers::pi, points, true, position);
    if (c == 0) return {std::cos(angle), std::sin(angle)};
    return {1 - std::cos(angle), 1 - std::sin(angle) - 0.5};
  });
  return scatter(placed, settings.noise, random);
}

// The clouds have a spread of their own, so that without noise they are still clouds; the centres of two lie
// 6.8 of it apart.
Samples make_blobs(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  constexpr double kSpread = 0.25;
  NumpyRandom random(seed);
  const auto features = static_cast<std::size_t>(settings.features);
  const auto classes = static_cast<std::size_t>(settings.classes);
  Placed placed = room_for(count, features, classes, settings.balance);
  std::size_t i = 0;
  for (std::size_t c = 0; c < classes; ++c) {
    for (const std::size_t end = i + placed.counts[c]; i < end; ++i) {
      for (std::size_t f = 0; f < features; ++f) {
        placed.x(f, i) = blob_centre(c, classes, f, features) + kSpread * random.randn();
      }
    }
  }
  return scatter(placed, settings.noise, random);
}

// The points of a class go to its two squares in turn; a gap along both axes keeps the classes apart.
Samples make_xor(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  constexpr double kGap = 0.1;
  NumpyRandom random(seed);
  Placed placed = room_for(count, 2, 2, settings.balance);
  place(placed, [&](std::size_t c, std::size_t position, std::size_t) -> Point {
    const double x_sign = position % 2 == 0 ? 1 : -1;
    const double y_sign = c == 1 ? -x_sign : x_sign;
    const double x = random.uniform(kGap, 1);
    const double y = random.uniform(kGap, 1);
    return {x_sign * x, y_sign * y};
  });
  return scatter(placed, settings.noise, random);
}

// One point in each of as many equal stretches as an arm has points; the root makes them even along the arm.
Samples make_spiral(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  constexpr double kInnerRadius = 0.1;
  constexpr double kTurns = 1.25;
  NumpyRandom random(seed);
  const auto classes = static_cast<std::size_t>(settings.classes);
  Placed placed = room_for(count, 2, classes, settings.balance);
  place(placed, [&](std::size_t c, std::size_t position, std::size_t points) -> Point {
    const double s =
        std::sqrt((static_cast<double>(position) + random.random_sample()) / static_cast<double>(points));
    const double radius = kInnerRadius + (1 - kInnerRadius) * s;
    const double angle = kTurn * kTurns * s + kTurn * static_cast<double>(c) / static_cast<double>(classes);
    return {radius * std::cos(angle), radius * std::sin(angle)};
  });
  return scatter(placed, settings.noise, random);
}

Samples make_gaussian_features(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  NumpyRandom random(seed);
  const auto features = static_cast<std::size_t>(settings.features);
  const double share = settings.balance == 0 ? 0.5 : settings.balance;
  Samples samples{Matrix(features, count), Matrix(1, count)};
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t f = 0; f < features; ++f) samples.x(f, i) = random.randn();
  }
  for (double& label : samples.y.row_span(0)) label = random.random_sample() < share ? 1 : 0;
  if (settings.noise == 0) return samples;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t f = 0; f < features; ++f) samples.x(f, i) += settings.noise * random.randn();
  }
  return samples;
}

Samples make_x_sin_x(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  return make_curve(settings, count, seed, [](double x) { return x * std::sin(x); });
}

Samples make_sine(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  return make_curve(settings, count, seed, [](double x) { return std::sin(x); });
}

// numpy's `x**3` is the C library's power; x * x * x rounds twice.
Samples make_cubic(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  return make_curve(settings, count, seed, [](double x) { return std::pow(x, 3.0); });
}

Samples make_absolute(const DataSettings& settings, std::size_t count, std::uint32_t seed) {
  return make_curve(settings, count, seed, [](double x) { return std::abs(x); });
}

}  // namespace initlab
