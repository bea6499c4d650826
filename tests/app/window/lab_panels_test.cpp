// Every panel from ordinary and extreme snapshots, at every size that the window may have; and the whole
// laboratory under random hands.
#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "app/panels/curves_panel.h"
#include "app/panels/experiment_column.h"
#include "app/panels/histogram_panel.h"
#include "app/panels/key_list.h"
#include "app/panels/lane_panel.h"
#include "app/panels/top_bar.h"
#include "app/platform/style.h"
#include "core/experiment/file/experiment_json.h"
#include "core/numeric/random.h"
#include "tests/app/figures/sample_snapshots.h"
#include "tests/app/window/lab_fixture.h"

namespace initlab {
namespace {

// Draws all panels as the laboratory does, of a report that no worker made.
FrameAnswer draw_panels(const FrameInput& input, FrameTools& tools, const Report& report, LabState& state,
                        Worker& worker) {
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({static_cast<float>(input.width), static_cast<float>(input.height)});
  ImGui::Begin("laboratory", nullptr, ImGuiWindowFlags_NoDecoration);
  {
    ImguiCanvas canvas(*ImGui::GetWindowDrawList(), tools);
    PanelContext context = {canvas, tools, theme(state.theme), report, state, worker};
    const Layout layout = make_layout({.width = input.width,
                                       .height = input.height,
                                       .lanes = report.snapshot->runs.size(),
                                       .column = true});
    draw_experiment_column(context, layout.column);
    draw_curves(context, layout.cost, layout.signal);
    draw_histogram_panel(context, layout);
    for (std::size_t lane = 0; lane < layout.lanes.size(); ++lane)
      draw_lane(context, lane, layout.lanes[lane]);
    draw_top_bar(context, layout.top_bar);
    draw_key_list(context, input.width, input.height);
    draw_message(context, input.width, input.height);
  }
  ImGui::End();
  return {};
}

std::size_t distinct_colors(const std::vector<Color>& pixels) {
  std::vector<std::uint32_t> seen;
  for (const Color c : pixels) {
    seen.push_back(static_cast<std::uint32_t>(c.r) << 16 | static_cast<std::uint32_t>(c.g) << 8 | c.b);
  }
  std::sort(seen.begin(), seen.end());
  return static_cast<std::size_t>(std::unique(seen.begin(), seen.end()) - seen.begin());
}

struct WindowKind {
  int width;
  int height;
  double scale;
  ThemeId theme;
  std::size_t number;
};
std::ostream& operator<<(std::ostream& out, const WindowKind& kind) {
  return out << kind.width << " x " << kind.height << " at " << kind.scale << ", "
             << (kind.theme == ThemeId::kLight ? "light" : "dark");
}

class PanelsTest : public SurfaceTest, public testing::WithParamInterface<WindowKind> {};

TEST_P(PanelsTest, are_drawn_from_every_snapshot) {
  const WindowKind kind = GetParam();
  INITLAB_OPEN_OR_SKIP(static_cast<int>(kind.width * kind.scale), static_cast<int>(kind.height * kind.scale),
                       kind.scale);
  Worker worker(course());
  for (const SampleSnapshot& sample : sample_snapshots()) {
    if (sample.snapshot->runs.empty()) continue;  // an experiment has a lane at least
    SCOPED_TRACE(sample.name);
    Report report;
    report.snapshot = sample.snapshot;
    report.playing = sample.name == "normal";
    report.speed = sample.name == "normal" ? std::numeric_limits<double>::infinity() : 1000;
    report.measured_speed = 31234.5;
    LabState state;
    state.theme = kind.theme;
    state.message = {"A message that is so long that it has to be broken: " + std::string(300, 'w'), true,
                     1e9};
    state.selection_shown = true;
    state.key_list_shown = sample.name == "deep";
    std::size_t turn = kind.number;
    const FrameFunction draw = [&](const FrameInput& input, FrameTools& tools) {
      apply_style(theme(kind.theme));
      state.tensor = static_cast<HistogramTensor>(turn % histogram_tensors().size());
      state.axis_per_layer = turn % 2 == 1;
      state.log_counts = turn % 4 < 2;
      state.by_depth = turn % 3 == 0;
      state.plane.test_points = turn % 2 == 0;
      state.plane.discrete = turn % 4 == 3;
      state.signal.quantity = static_cast<SignalQuantity>(turn % signal_quantities().size());
      state.signal.in_front = turn % 2 == 0;
      state.log_x = turn % 3 == 1;
      state.log_y = turn % 2 == 0;
      ++turn;
      return draw_panels(input, tools, report, state, worker);
    };
    // The mouse over another panel in every window: each snapshot meets each read-out once.
    const Layout layout = make_layout({.width = static_cast<double>(kind.width),
                                       .height = static_cast<double>(kind.height),
                                       .lanes = sample.snapshot->runs.size(),
                                       .column = true});
    const Rect places[] = {layout.cost,   layout.histograms,       layout.lanes.back().field, layout.column,
                           layout.signal, layout.lanes[0].verdict, layout.lanes[0].heading};
    GuiInput input;
    input.mouse = places[kind.number % std::size(places)].center();
    surface_->frame(draw, input);
    surface_->frame(draw, input);
    EXPECT_GT(distinct_colors(surface_->pixels()), 20u);
  }
}

std::vector<WindowKind> window_kinds() {
  std::vector<WindowKind> kinds;
  for (const auto& [width, height] : {std::pair{1440, 900}, {1024, 700}, {640, 480}}) {
    for (const double scale : {1.0, 2.0}) {
      for (const ThemeId id : {ThemeId::kLight, ThemeId::kDark}) {
        kinds.push_back({width, height, scale, id, kinds.size()});
      }
    }
  }
  return kinds;
}
INSTANTIATE_TEST_SUITE_P(window, PanelsTest, testing::ValuesIn(window_kinds()),
                         [](const testing::TestParamInfo<WindowKind>& row) {
                           const WindowKind& kind = row.param;
                           return std::to_string(kind.width) + "_at_" +
                                  std::to_string(static_cast<int>(kind.scale)) +
                                  (kind.theme == ThemeId::kLight ? "_light" : "_dark");
                         });

// A hand without a plan: mostly clicks, often the same place twice, sometimes a key or text.
class Hand {
 public:
  explicit Hand(std::uint32_t seed) : random_(seed) {}

  // One frame of one to four events.
  GuiInput next(double width, double height) {
    input_.wheel = input_.wheel_horizontal = 0;
    input_.keys.clear();
    input_.text.clear();
    bool button_free = true;
    for (std::uint64_t more = 1 + random_.interval(3); more > 0; --more) {
      ++events_;
      switch (random_.interval(9)) {
        case 0:
        case 1:
        case 2:
          input_.mouse = {width * random_.random_sample(), height * random_.random_sample()};
          break;
        case 3:
        case 4:
        case 5:
          if (std::exchange(button_free, false)) input_.button[0] = !input_.button[0];
          break;
        case 6:
          input_.wheel = 4 * random_.random_sample() - 2;
          input_.button[1] = random_.interval(3) == 0;
          break;
        case 7:
          input_.text = pick({"1", "0", "3, 2", ".", "-", "x", "ä", "∇"});
          break;
        default:
          input_.keys.push_back(key());
      }
    }
    return input_;
  }
  int events() const { return events_; }

 private:
  std::string pick(std::initializer_list<const char*> texts) {
    return *(texts.begin() + random_.interval(texts.size() - 1));
  }
  KeyPress key() {
    constexpr int kPlain[] = {kKeySpace,  'S',           'R',        'N',          'L',       'D',
                              '1',        '2',           '3',        '6',          kKeyEnter, kKeyEscape,
                              kKeyTab,    kKeyBackspace, kKeyDelete, kKeyLeft,     kKeyRight, kKeyUp,
                              kKeyDown,   kKeyHome,      kKeyEnd,    kKeyQuestion, kKeyF1,    kKeyF11,
                              kKeyPageUp, kKeyPageDown};
    constexpr int kWithCtrl[] = {kKeyPlus, kKeyMinus, '0', 'C', 'V', 'A', 'Z'};
    if (random_.interval(4) == 0) return {kWithCtrl[random_.interval(std::size(kWithCtrl) - 1)], true, false};
    return {kPlain[random_.interval(std::size(kPlain) - 1)], false, random_.interval(5) == 0};
  }

  NumpyRandom random_;
  GuiInput input_;
  int events_ = 0;
};

TEST_F(LabTest, lives_through_three_thousand_random_events) {
  Experiment experiment = course();
  experiment.data.samples = 40;
  experiment.lanes.resize(2);
  INITLAB_START_OR_SKIP(experiment, 640, 480);
  Hand hand(7);
  int frames_with_list = 0;
  int frames_with_text_field = 0;
  while (hand.events() < 3000) {
    frame(hand.next(width_, height_));
    frames_with_list += state().open_scheme_list ? 1 : 0;
    frames_with_text_field += state().edited.empty() ? 0 : 1;
    const auto shown = snapshot();
    ASSERT_EQ(shown->runs.size(), shown->experiment->lanes.size());
    ASSERT_FALSE(check_experiment(*shown->experiment));
  }
  // It has been everywhere.
  EXPECT_GT(frames_with_list, 0);
  EXPECT_GT(frames_with_text_field, 0);
  mouse_ = {-1e9, -1e9};
  EXPECT_TRUE(obeyed());
}

}  // namespace
}  // namespace initlab
