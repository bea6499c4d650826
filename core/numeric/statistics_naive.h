// The same figures one value at a time: the reference that the kernels are held against, and the path of
// histograms with more bins than those take.
#pragma once

#include "core/numeric/statistics.h"

namespace initlab {

Summary summarize_naive(ConstBlock values);
void fill_histogram_naive(ConstBlock values, Histogram& histogram);

}  // namespace initlab
