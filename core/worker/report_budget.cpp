#include "core/worker/report_budget.h"

#include <algorithm>

namespace initlab {
namespace {

// Of the newest time in what is expected: one slow report among many changes little.
constexpr double kNewest = 0.3;
// A report that takes this long still comes twenty times a second.
constexpr ReportBudget::Seconds kUsualReport{0.005};
constexpr double kLeastCellsInPiece = 64;
// Of the time allowed, what a finer field must leave free before it is taken.
constexpr double kSpare = 0.4;

}  // namespace

void ReportBudget::note_fields(Seconds took, double cells) {
  if (!(cells > 0)) return;
  const double each = std::max(took.count() / cells, 1e-12);
  seconds_per_cell_ = knows_fields() ? kNewest * each + (1 - kNewest) * seconds_per_cell_ : each;
}

void ReportBudget::note_rest(Seconds took) {
  rest_ = rest_.count() > 0 ? kNewest * took + (1 - kNewest) * rest_ : took;
}

void ReportBudget::forget() {
  *this = {};
}

ReportBudget::Seconds ReportBudget::fields_time(double cells, int divisor) const {
  return Seconds(seconds_per_cell_ * cells / (divisor * divisor));
}

int ReportBudget::finest_within(double cells, Seconds time) const {
  int divisor = 1;
  while (divisor < kCoarsest && fields_time(cells, divisor) > time) divisor *= 2;
  return divisor;
}

int ReportBudget::divisor_while_training(double cells) {
  // Fields may take as long as all else does, as far as five reports a second allow.
  const Seconds longest = kLongestInterval / (1 + kTrainingPerReport);
  const Seconds allowed = std::clamp(2 * rest_, kUsualReport, longest) - rest_;
  divisor_ = std::max(finest_within(cells, allowed),
                      std::min(divisor_, finest_within(cells, allowed * (1 - kSpare))));
  return divisor_;
}

int ReportBudget::divisor_at_rest(double cells) const {
  return finest_within(cells, kPiece);
}

double ReportBudget::cells_in_piece() const {
  if (!knows_fields()) return kLeastCellsInPiece;
  return std::max(kPiece.count() / seconds_per_cell_, kLeastCellsInPiece);
}

ReportBudget::Seconds ReportBudget::interval(Seconds took) {
  return std::max(kShortestInterval, kTrainingPerReport * took);
}

}  // namespace initlab
