// The functions behind the rows of dataset.h. Each draws `count` >= 1 points from numpy's generator seeded
// with `seed`. Those of classes come in shuffled order with normal noise on every coordinate; those of a
// regression have it on the target.
//
// None of them checks its settings: that is done where they are read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/data/dataset.h"

namespace initlab {

// How many of `count` points each of `classes` >= 2 has. `balance` is the share of the last one, rounded to a
// whole count of at least 1 and at most count - 1 where there are two points or more; the others share the
// rest evenly, later ones first. With 0 all share evenly.
std::vector<std::size_t> class_counts(std::size_t count, std::size_t classes, double balance);

// To the bit what scikit-learn gives where numpy uses the C library's sine and cosine.
Samples make_circles(const DataSettings& settings, std::size_t count, std::uint32_t seed);
Samples make_moons(const DataSettings& settings, std::size_t count, std::uint32_t seed);

Samples make_blobs(const DataSettings& settings, std::size_t count, std::uint32_t seed);
Samples make_xor(const DataSettings& settings, std::size_t count, std::uint32_t seed);
Samples make_spiral(const DataSettings& settings, std::size_t count, std::uint32_t seed);

// `x = np.random.randn(count, features)`, then `y = np.random.random_sample(count) < share`, then, where
// there is noise, `x += noise * np.random.randn(count, features)`.
Samples make_gaussian_features(const DataSettings& settings, std::size_t count, std::uint32_t seed);

// `x = np.random.uniform(low, high, count)`, then `y = f(x) + noise * np.random.randn(count)`.
Samples make_x_sin_x(const DataSettings& settings, std::size_t count, std::uint32_t seed);
Samples make_sine(const DataSettings& settings, std::size_t count, std::uint32_t seed);
Samples make_cubic(const DataSettings& settings, std::size_t count, std::uint32_t seed);
Samples make_absolute(const DataSettings& settings, std::size_t count, std::uint32_t seed);

}  // namespace initlab
