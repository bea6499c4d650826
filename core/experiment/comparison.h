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
  // What the key frames of all runs may take together: the more there are, the shorter the way to any step.
  std::size_t key_frame_bytes = std::size_t{64} << 20;
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

  // The furthest step that was reached and can be again: seek() goes as far. A lane that has not been there,
  // as it came later, is trained on the way.
  std::int64_t reached() const { return reached_; }

  // Trains every run that is not catching up by `count` steps, never past the experiment's steps. A seek that
  // is under way is finished first.
  void advance(std::int64_t count);
  // Trains every run that is catching up by at most `count` steps, to the comparison's step at most.
  void catch_up(std::int64_t count);
  bool catching_up() const;
  bool finished() const { return step_ >= experiment_->training.steps; }

  // To a step from 0 to reached(), the nearest where it is another: every run is there with the bits that a
  // fresh one has after as many steps, and goes on from there as it did before until something is changed. A
  // lane that is catching up goes on doing so where it is not ahead.
  void seek(std::int64_t step);
  // The same piece by piece: step() is the new one at once, and runs are on their way to it until
  // continue_seek(), which trains each by at most `count` steps, says that there is no more to do. Any other
  // call may come between; what it changes happens at the new step.
  void begin_seek(std::int64_t step);
  bool continue_seek(std::int64_t count);
  bool seeking() const { return seeking_; }

  // Every run back to step 0 with the same seeds, to begin again: what was known of later steps is forgotten.
  void rewind();
  // Every lane's seed becomes the next one; back to step 0.
  void new_seed();
  // Draws lane `lane` (from 0) anew as `changed` has it. With `restart_all` everything goes back to step 0;
  // else the lane catches up from step 0 while the others go on. What was expected of the lane is dropped.
  // Where weights cannot be had, all stays as it was.
  std::optional<InputError> set_lane(std::size_t lane, const Lane& changed, bool restart_all);
  // Stops catching up: every lane that lags after a switch becomes again what it was before, and trains
  // on from where it was left.
  void call_off_catch_up();
  // From this step on, for one lane (from 1) or all (0): an event of the experiment, kept in order of steps.
  // Later events of the same setting are dropped, as a changed past has another future.
  void set_live(LiveSetting setting, std::size_t lane, double value);
  // Writes a weight or bias of every run of a lane (from 0) at this step: an event, after which later ones of
  // the same number are dropped. Errors: no such place, a value that is not finite, a run that has diverged.
  std::optional<InputError> edit_weight(std::size_t lane, const WeightPlace& place, double value);
  // Where playing stops.
  void set_steps(std::int64_t steps);
  // Another experiment, at step 0; where its materials cannot be had, all stays as it was.
  std::optional<InputError> replace(Experiment experiment);
  // Another experiment that keeps what it can. Lanes that begin like one of the present experiment take its
  // runs over, whatever their place and name; others are drawn and catch up. Runs to which something else
  // happened go back to before that and catch up. Where data, network or how training goes differ, or with
  // `restart_all`, it is replace(). An equal experiment changes nothing. Where materials cannot be had, all
  // stays as it was.
  std::optional<InputError> change(Experiment next, bool restart_all = false);

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
  // As RunSnapshot::revision.
  std::uint64_t revision(std::size_t lane) const;

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
    bool diverged = false;       // the run that is shown
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
  void adopt_runs(Lived& lived, std::size_t lane);
  bool is_level(const Place& place) const;
  void settle(Place& place);  // no longer catching up, once level
  void list_runs();           // fills everyone_, and shares the memory of key frames among them
  // Who takes over which runs; nothing is changed yet.
  struct Heir;
  Result<std::vector<Heir>> find_heirs(const Experiment& next) const;
  // What lived at `before`, as `lane` of the present experiment, stays behind `place` until that has caught
  // up.
  void set_aside(Place& before, const Lane& lane, const Experiment& next, Place& place) const;
  // The runs that were set aside live again.
  void revive(Place& place) const;
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
  std::int64_t reached_ = 0;
  bool seeking_ = false;
  const std::size_t key_frame_bytes_;
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
