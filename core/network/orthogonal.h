// Random orthogonal matrices: rows or columns of equal length at right angles, each such matrix as likely as
// any other (Haar), by QR of a Gaussian matrix with the signs of R's diagonal moved into Q.
//
// Saxe, McClelland and Ganguli 2014; Mezzadri 2007 for the signs. Any shape.
#pragma once

#include "core/numeric/matrix.h"
#include "core/numeric/random.h"

namespace initlab {

// W (n_out, n_in): W W^T = gain^2 I where n_out <= n_in, else W^T W = gain^2 I. Draws randn(max, min) of the
// two, row by row.
void fill_orthogonal(double gain, NumpyRandom& random, Matrix& w);

}  // namespace initlab
