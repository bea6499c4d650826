// What reports may cost: at most a tenth of the time while the worker trains, about 2 ms a piece of work
// while it rests. Arithmetic on measured times alone: no clock, no thread.
//
// A report is its decision fields, which may be coarser, and all else, which may not. So fields become
// coarser first, down to an eighth; what is still too long is made less often.
#pragma once

#include <chrono>

namespace initlab {

class ReportBudget {
 public:
  using Seconds = std::chrono::duration<double>;
  // Training gets at least this many times what reports take.
  static constexpr double kTrainingPerReport = 9;
  static constexpr Seconds kShortestInterval{1.0 / 60};  // between two reports: nobody sees more
  static constexpr Seconds kLongestInterval{1.0 / 5};    // where coarser fields can help it
  static constexpr Seconds kPiece{0.002};                // of work between two looks at the commands
  static constexpr int kCoarsest = 8;

  // How long `cells` cells of fields took, and all else of a report.
  void note_fields(Seconds took, double cells);
  void note_rest(Seconds took);
  // Another experiment: nothing is known of its cost.
  void forget();
  bool knows_fields() const { return seconds_per_cell_ > 0; }

  // The divisor of fields (1, 2, 4 or 8) in reports while training, of which the full ones have `cells` cells
  // together. Returns to a finer one only where there is room to spare, so that pictures do not flicker.
  int divisor_while_training(double cells);
  // In the first report of what stands still: finer ones follow piece by piece.
  int divisor_at_rest(double cells) const;
  // Cells that fit into a piece of work: at least enough to be worth a pass.
  double cells_in_piece() const;
  // From the end of a report that took `took` to the next while training.
  static Seconds interval(Seconds took);

 private:
  Seconds fields_time(double cells, int divisor) const;
  int finest_within(double cells, Seconds time) const;

  double seconds_per_cell_ = 0;  // 0: not known
  Seconds rest_{0};
  int divisor_ = 1;  // of the last report while training
};

}  // namespace initlab
