// The functions behind the rows of dataset.h. Each draws `count` >= 1 points of two features from numpy's
// generator seeded with `seed`: count / 2 of class 0, the rest of class 1, in shuffled order, with normal
// noise on top.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/data/dataset.h"

namespace initlab {

// To the bit what scikit-learn gives where numpy uses the C library's sine and cosine.
Samples make_circles(const DataSettings& settings, std::size_t count, std::uint32_t seed);
Samples make_moons(const DataSettings& settings, std::size_t count, std::uint32_t seed);

Samples make_blobs(const DataSettings& settings, std::size_t count, std::uint32_t seed);
Samples make_xor(const DataSettings& settings, std::size_t count, std::uint32_t seed);
Samples make_spiral(const DataSettings& settings, std::size_t count, std::uint32_t seed);

}  // namespace initlab
