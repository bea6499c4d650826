// All runs of an experiment in lock step: the whole engine, without a thread of its own. The worker, the
// command line and the tests call it directly; equal calls give equal bits at every thread count.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/experiment/experiment.h"
#include "core/experiment/materials.h"
#include "core/experiment/measure/histogram_range.h"
#include "core/experiment/measure/unit_groups.h"
#include "core/experiment/recycler.h"
#include "core/experiment/run.h"
#include "core/experiment/snapshot.h"

namespace initlab {

struct ComparisonOptions {
  // Threads that share the lanes; 0: as many as the machine has cores, never more than lanes. No number
  // changes a bit.
  unsigned threads = 0;
  // Finds what `from_run` names.
  ExperimentFinder find = find_experiment_file;
};

struct SnapshotOptions {
  FieldSize field = {128, 96};        // of each lane's decision field; its aspect is that of the domain
  int field_divisor = 1;              // 8: a field of an eighth of the columns and rows, over the same domain
  std::optional<Domain> domain = {};  // of the fields; null: around all points of the data
  bool histograms = true;
  bool range_per_layer = false;  // of the histograms: one range for each layer, else one for all
  bool spectra = true;           // correlation and effective rank of activations: some work for wide layers
  bool network = false;          // weights and what every unit responds to (measure/network_view.h)
  bool operator==(const SnapshotOptions&) const = default;
};

class Comparison {
 public:
  // What an experiment needs from files or other experiments is gathered here, and trained on the spot.
  static Result<std::unique_ptr<Comparison>> make(Experiment experiment, ComparisonOptions options = {});
  // The same for an experiment that is known to need nothing that could fail.
  explicit Comparison(Experiment experiment, ComparisonOptions options = {});
  ~Comparison();
  Comparison(const Comparison&) = delete;  // owns runs
  Comparison& operator=(const Comparison&) = delete;

  const Experiment& experiment() const { return *experiment_; }
  std::int64_t step() const { return step_; }
  DataShape shape() const { return shape_of(*task_->data); }

  // Trains every run that is not catching up by `count` steps, never past the experiment's steps.
  void advance(std::int64_t count);
  // Trains every run that is catching up by at most `count` steps, to the comparison's step at most.
  void catch_up(std::int64_t count);
  bool catching_up() const;
  bool finished() const { return step_ >= experiment_->training.steps; }

  // Every run back to step 0 with the same seeds.
  void rewind();
  // Every lane's seed becomes the next one; back to step 0.
  void new_seed();
  // Draws lane `lane` (from 0) anew as `changed` has it. With `restart_all` everything goes back to step 0;
  // else the lane catches up from step 0 while the others go on. What was expected of the lane is dropped.
  // Where weights cannot be had, all stays as it was.
  std::optional<InputError> set_lane(std::size_t lane, const Lane& changed, bool restart_all);
  // Stops catching up: every lane that lags becomes again what it was before, and trains
  // on from where it was left.
  void call_off_catch_up();
  // From this step on, for one lane (from 1) or all (0): an event of the experiment, kept in order of steps.
  // Later events of the same setting are dropped, as a changed past has another future.
  void set_live(LiveSetting setting, std::size_t lane, double value);
  // Where playing stops.
  void set_steps(std::int64_t steps);
  // Another experiment, at step 0; where its materials cannot be had, all stays as it was.
  std::optional<InputError> replace(Experiment experiment);

  // Measures every run at its step. Runs are refreshed, so this costs about a step's work and the field's; a
  // lane that stands where it stood in the last snapshot is copied from there. Uses the memory of snapshots
  // that nobody holds any more.
  std::shared_ptr<const Snapshot> snapshot(const SnapshotOptions& options = {});
  // Fills at most `cells` cells of the fields that a snapshot with these options would show now, so that it
  // need not, and returns how many: fewer than `cells` once all are there. Any cut gives the same bits.
  std::size_t prepare_fields(const SnapshotOptions& options, std::size_t cells);

  // The run of a lane that is shown, and those of its replicas: at least one, the shown one first.
  const Run& run(std::size_t lane) const { return *places_[lane].runs.front(); }
  const std::vector<std::unique_ptr<Run>>& runs(std::size_t lane) const { return places_[lane].runs; }

 private:
  class Crew;  // the threads that share the lanes

  // A lane's runs, and what belongs to them.
  struct Lived {
    std::vector<std::unique_ptr<Run>> runs;  // the one shown, then its replicas
    std::uint64_t generation = 0;            // counts the runs that were ever made here
    LayerSources sources;
    std::shared_ptr<const LaneTheory> theory;
    bool began_healthy = false;
  };
  // Where a lane stands: equal ones have equal weights and figures.
  struct Stand {
    std::uint64_t revision = 0;  // 0: nowhere
    std::int64_t steps = 0;      // of all its runs together
    std::uint64_t edits = 0;     // of the experiment
    bool operator==(const Stand&) const = default;
  };
  // A field that is filled ahead of the snapshot that will show it.
  struct Sketch {
    Stand stand;
    std::size_t cells = 0;  // that are filled
    DecisionField field;
  };
  // Memory of a lane's part of a snapshot, reused by the next.
  struct Scratch {
    FieldScratch field;
    Workspace response_pass;
    Matrix response_grid;
    NetworkViewScratch network;
    RowScratch rows;
  };
  // One lane: its runs, and while they catch up, what it was before.
  struct Place : Lived {
    bool catching_up = false;
    Lane previous_lane;
    std::vector<Expectation> previous_expect;  // of that lane
    std::optional<Lived> previous;             // null unless catching up after a switch
    Sketch sketch;
    Scratch scratch;
    std::size_t cells_to_fill = 0;  // of the sketch, by the call in hand
    Stand measured;                 // when the last snapshot was made
  };

  Comparison(Experiment experiment, Materials materials, ComparisonOptions options);
  void begin(Materials materials);    // every lane's runs, at step 0
  void make_runs(std::size_t lane);   // of one lane, at step 0
  void adopt(Experiment experiment);  // same data, network and schemes
  void settle(Place& place);          // no longer catching up, once level
  void list_runs();                   // fills everyone_
  Stand stand_of(const Place& place) const;
  // Whether the last snapshot has all figures of this lane that one with these options would have.
  bool is_known(const Place& place, const SnapshotOptions& options) const;
  // Lanes are shown and sketched by several threads at once.
  void show_run(std::size_t lane, const SnapshotOptions& options, RunSnapshot& shown);
  void measure(Run& run, const SnapshotOptions& options, RowScratch& scratch, RunSnapshot& shown);
  void show_histograms(const SnapshotOptions& options, Snapshot& snapshot);
  void choose_domain(const SnapshotOptions& options);  // of all fields
  // The sketch of a lane's field: begun unless it is of this stand and size, and some more cells of it.
  void begin_sketch(Place& place, const SnapshotOptions& options) const;
  static void fill_sketch(Place& place, std::size_t count);
  // Whether `field` is what a snapshot of a lane that stands still would show.
  bool has_size(const DecisionField& field, const SnapshotOptions& options) const;
  void add_verdicts(Snapshot& snapshot) const;

  std::shared_ptr<const Experiment> experiment_;
  std::shared_ptr<const LearningTask> task_;
  ExperimentFinder find_;
  std::vector<Place> places_;  // one a lane
  // Every run of every lane, so that threads share runs rather than lanes.
  struct Member {
    Run* run;
    std::size_t lane;
  };
  std::vector<Member> everyone_;
  std::unique_ptr<std::mutex[]> in_hand_;  // one a member, held while a thread trains it
  std::unique_ptr<Crew> crew_;
  std::int64_t step_ = 0;
  std::uint64_t generations_ = 0;
  std::uint64_t edits_ = 0;  // counts what changed the experiment but not a lane's weights
  double chance_cost_ = 0;

  Recycler<Snapshot> snapshots_;
  std::shared_ptr<const Snapshot> last_;
  SnapshotOptions last_options_;
  Domain domain_;             // of the fields
  double domain_aspect_ = 0;  // that it has around the data; 0: not chosen by them
  // Memory of a snapshot's work, reused by the next.
  RangeScratch range_scratch_;
  std::vector<std::vector<LayerProbe>*> probed_;
};

}  // namespace initlab
