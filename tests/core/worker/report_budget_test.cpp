// What reports may cost, with times made by hand.
#include "core/worker/report_budget.h"

#include <gtest/gtest.h>

namespace initlab {
namespace {

using Seconds = ReportBudget::Seconds;

ReportBudget budget_of(Seconds a_cell, Seconds rest) {
  ReportBudget budget;
  budget.note_fields(1000 * a_cell, 1000);
  budget.note_rest(rest);
  return budget;
}

constexpr double kCells = 3 * 128 * 96;

TEST(report_budget, leaves_training_nine_tenths_of_the_time_whatever_a_report_takes) {
  for (const double took : {1e-6, 1e-4, 1e-3, 2e-3, 0.01, 0.3, 20.0}) {
    const Seconds interval = ReportBudget::interval(Seconds(took));
    EXPECT_LE(took / (took + interval.count()), 0.1 + 1e-12) << took;
    EXPECT_GE(interval.count(), 1.0 / 60 - 1e-12);
  }
  EXPECT_DOUBLE_EQ(ReportBudget::interval(Seconds(1e-4)).count(), 1.0 / 60);
}

TEST(report_budget, a_small_network_is_always_shown_in_full) {
  ReportBudget budget = budget_of(Seconds(5e-9), Seconds(2e-4));
  EXPECT_EQ(budget.divisor_while_training(kCells), 1);
  EXPECT_EQ(budget.divisor_at_rest(kCells), 1);
}

// Played through with a clock of our own: a network whose cells and steps are dear.
TEST(report_budget, of_a_hundred_layers_reports_take_a_tenth_and_come_five_times_a_second) {
  const Seconds a_cell(2e-5);  // 0.74 s for the full fields
  const Seconds rest(3e-3);
  const Seconds a_step(8e-3);
  ReportBudget budget = budget_of(a_cell, rest);
  Seconds now(0), reporting(0), due(0);
  int reports = 0;
  while (now < Seconds(60)) {
    now += a_step;
    if (now < due) continue;
    const int divisor = budget.divisor_while_training(kCells);
    const double cells = kCells / (divisor * divisor);
    const Seconds took = a_cell * cells + rest;
    budget.note_fields(a_cell * cells, cells);
    budget.note_rest(rest);
    now += took;
    reporting += took;
    due = now + ReportBudget::interval(took);
    ++reports;
    EXPECT_EQ(divisor, ReportBudget::kCoarsest);
  }
  EXPECT_LE(reporting / now, 0.1);
  EXPECT_GE(reports / now.count(), 5);
}

TEST(report_budget, fields_get_what_the_rest_of_a_report_takes_and_no_more) {
  for (const double a_cell : {1e-8, 1e-7, 5e-7, 1e-6, 3e-6}) {
    for (const double rest : {1e-4, 1e-3, 5e-3, 9e-3}) {
      ReportBudget budget = budget_of(Seconds(a_cell), Seconds(rest));
      const int divisor = budget.divisor_while_training(kCells);
      const double fields = a_cell * kCells / (divisor * divisor);
      if (divisor < ReportBudget::kCoarsest) {
        EXPECT_LE(fields + rest, std::max(2 * rest, 0.005)) << a_cell << " " << rest;
      }
      if (divisor > 1) {
        EXPECT_GT(4 * fields + rest, std::max(2 * rest, 0.005)) << a_cell << " " << rest;
      }
    }
  }
}

TEST(report_budget, does_not_waver_between_two_sizes_where_times_do) {
  // The full fields take now a little less, now a little more than is allowed.
  ReportBudget budget = budget_of(Seconds(0.0049 / kCells), Seconds(0));
  EXPECT_EQ(budget.divisor_while_training(kCells), 1);
  int changes = 0;
  int last = 1;
  for (int i = 0; i < 40; ++i) {
    budget.note_fields(Seconds(i % 2 == 0 ? 0.0056 : 0.0046), kCells);
    const int divisor = budget.divisor_while_training(kCells);
    changes += divisor != last;
    last = divisor;
  }
  EXPECT_LE(changes, 1);
  // Much faster ones are shown in full again.
  for (int i = 0; i < 20; ++i) budget.note_fields(Seconds(0.001), kCells);
  EXPECT_EQ(budget.divisor_while_training(kCells), 1);
}

TEST(report_budget, at_rest_a_piece_of_work_is_two_milliseconds) {
  const ReportBudget budget = budget_of(Seconds(1e-6), Seconds(1e-3));
  EXPECT_EQ(budget.divisor_at_rest(1900), 1);
  EXPECT_EQ(budget.divisor_at_rest(2100), 2);
  EXPECT_EQ(budget.divisor_at_rest(1e9), ReportBudget::kCoarsest);
  EXPECT_NEAR(budget.cells_in_piece(), 2000, 1e-6);
  // Never so few that nothing comes of it.
  EXPECT_GE(budget_of(Seconds(1), Seconds(1)).cells_in_piece(), 64);
}

TEST(report_budget, forgets_what_another_experiment_cost) {
  ReportBudget budget = budget_of(Seconds(1e-3), Seconds(1));
  EXPECT_TRUE(budget.knows_fields());
  budget.forget();
  EXPECT_FALSE(budget.knows_fields());
}

}  // namespace
}  // namespace initlab
