// Several figures that depend on a variance q > 0 and are costly to compute, known at evenly spaced log q and
// interpolated between by six points: to some eight digits for figures that change over a factor of e in q,
// as all expectations over N(mean, q) do.
#pragma once

#include <functional>
#include <map>
#include <vector>

namespace initlab {

class CurveOfQ {
 public:
  // `compute` returns as many figures for every q.
  explicit CurveOfQ(std::function<std::vector<double>(double q)> compute) : compute_(std::move(compute)) {}

  // Computes what it does not know yet. As `compute` has it where q is 0, tiny, huge or not finite.
  std::vector<double> at(double q);

 private:
  const std::vector<double>& knot(int index);

  std::function<std::vector<double>(double q)> compute_;
  std::map<int, std::vector<double>> knots_;
};

}  // namespace initlab
