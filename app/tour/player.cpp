#include "app/tour/player.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <memory>
#include <thread>

#include "app/assets.h"
#include "app/canvas/png_image.h"
#include "app/file_output.h"
#include "app/lab_frame.h"
#include "app/tour/lookup.h"
#include "core/experiment/result/result_json.h"
#include "core/numeric/input_text.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::seconds;
using Trouble = std::optional<std::string>;  // null: done

constexpr seconds kLongestWait{120};      // of a wait
constexpr seconds kLongestDoubt{8};       // until an expectation must hold
constexpr seconds kLongestSearch{3};      // until a widget must be there
constexpr int kFramesBetweenClicks = 20;  // at one place, or two clicks would be a double click
constexpr int kDragFrames = 8;
constexpr int kNoteFrames = 32;  // after which a note beside the mouse is shown

constexpr std::string_view kFirstExperiment = "course-initialization";

// A file of the script's is named from the script's folder, or from the working folder.
std::string file_beside(const TourScript& script, const std::string& name) {
  const std::filesystem::path beside = std::filesystem::path(script.source).parent_path() / name;
  std::error_code error;
  return std::filesystem::exists(beside, error) ? beside.string() : name;
}

class Player {
 public:
  Player(const TourScript& script, TourSurface& surface,
         const std::function<void(const std::string& file)>& on_picture)
      : script_(script), surface_(surface), on_picture_(on_picture) {}

  TourOutcome play();

 private:
  Trouble act(const tour::Open& open);
  Trouble act(const tour::Click& click);
  Trouble act(const tour::Hover& hover);
  Trouble act(const tour::Wheel& wheel);
  Trouble act(const tour::Drag& drag);
  Trouble act(const tour::DragSlider& drag);
  Trouble act(const tour::Press& press);
  Trouble act(const tour::Type& type);
  Trouble act(const tour::Drop& drop);
  Trouble act(const tour::Resize& resize);
  Trouble act(const tour::SetTheme& theme);
  Trouble act(const tour::Picture& picture);
  Trouble act(const tour::WaitSteps& wait);
  Trouble act(const tour::WaitFrames& wait);
  Trouble act(const tour::WaitText& wait);
  Trouble act(const tour::WaitPaused& wait);
  Trouble act(const tour::ExpectLane& expect);
  Trouble act(const tour::ExpectCount& expect);
  Trouble act(const tour::ExpectText& expect);
  Trouble act(const tour::ExpectResults& expect);
  Trouble act(const tour::ExpectPlaying& expect);

  void frame(const GuiInput& input);
  void frames(int count);
  void settle();
  void pause_between_frames() const;
  void move(Point to);
  void hold(int button, bool down);
  void drag(Point from, Point to);
  template <class Condition>
  bool within(seconds limit, Condition condition);
  Trouble look_for(const TourTarget& target, FoundTarget& found);
  template <class Failure>
  Trouble expect(Failure failure);

  std::shared_ptr<const Report> report() const { return lab_->worker().latest(); }
  std::shared_ptr<const Snapshot> snapshot() const { return report()->snapshot; }

  const TourScript& script_;
  TourSurface& surface_;
  const std::function<void(const std::string& file)>& on_picture_;
  std::unique_ptr<Lab> lab_;
  const FrameFunction draw_ = [this](const FrameInput& input, FrameTools& tools) {
    return lab_->frame(input, tools);
  };
  GuiInput held_;  // mouse and buttons
  Point last_click_ = {-1e9, -1e9};
  int frames_since_click_ = kFramesBetweenClicks;
  bool closed_ = false;  // by who sits before the window
  TourOutcome outcome_;
};

TourOutcome Player::play() {
  using End = TourOutcome::End;
  const auto ended = [&](End end, const TourCommand& command, const std::string& why) {
    outcome_.end = end;
    outcome_.complaint = fmt::format("{}:{}: {}: {}", script_.source, command.line,
                                     one_line(command.text, 120), one_line(why, 1000));
    return outcome_;
  };
  for (const TourCommand& command : script_.commands) {
    const auto* const open = std::get_if<tour::Open>(&command.action);
    if (lab_ == nullptr && open == nullptr) {
      if (auto trouble = act(tour::Open{std::string(kFirstExperiment)})) {
        return ended(End::kBadInput, command, *trouble);
      }
    }
    auto trouble = std::visit([this](const auto& action) { return act(action); }, command.action);
    if (!trouble && closed_) trouble = "the window was closed";
    if (trouble) {
      const bool picture = std::holds_alternative<tour::Picture>(command.action);
      return ended(picture           ? End::kCouldNotWrite
                   : open != nullptr ? End::kBadInput
                                     : End::kFailed,
                   command, *trouble);
    }
    ++outcome_.commands;
  }
  return outcome_;
}

// --- frames
// ---------------------------------------------------------------------------------------------------

void Player::frame(const GuiInput& input) {
  if (!closed_ && !surface_.frame(draw_, input)) closed_ = true;
  ++frames_since_click_;
}

void Player::frames(int count) {
  for (int i = 0; i < count; ++i) frame(held_);
}

void Player::pause_between_frames() const {
  if (!surface_.is_paced()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

// Until what the window asked for is done and shown.
void Player::settle() {
  frames(2);
  // Asks for nothing: it only tells where the queue stands.
  const std::uint64_t number = lab_->worker().post(command::SetSpeed{0});
  within(kLongestWait, [&] { return report()->commands_obeyed >= number; });
  frames(1);
}

// Draws frames until the condition holds; false after `limit`, or when the window was closed.
template <class Condition>
bool Player::within(seconds limit, Condition condition) {
  const auto end = Clock::now() + limit;
  while (!condition()) {
    if (closed_ || Clock::now() > end) return false;
    pause_between_frames();
    frames(1);
  }
  return true;
}

void Player::move(Point to) {
  held_.mouse = to;
  frames(2);
}

void Player::hold(int button, bool down) {
  held_.button[static_cast<std::size_t>(button)] = down;
  frames(1);
}

void Player::drag(Point from, Point to) {
  move(from);
  hold(0, true);
  for (int i = 1; i <= kDragFrames; ++i) {
    const double share = static_cast<double>(i) / kDragFrames;
    held_.mouse = {from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)};
    frames(1);
  }
  frames(1);
  hold(0, false);
  settle();
}

// What the target is on the screen, once it is there.
Trouble Player::look_for(const TourTarget& target, FoundTarget& found) {
  Trouble trouble;
  within(kLongestSearch, [&] {
    auto result = find_target(surface_.record(), target);
    const auto* const error = std::get_if<InputError>(&result);
    trouble = error != nullptr ? Trouble(error->message) : std::nullopt;
    if (error == nullptr) found = std::get<FoundTarget>(result);
    return error == nullptr;
  });
  return trouble;
}

// --- what is done
// ---------------------------------------------------------------------------------------------

Trouble Player::act(const tour::Open& open) {
  const std::string beside = file_beside(script_, open.experiment);
  auto experiment = find_experiment(open.experiment);
  if (std::holds_alternative<InputError>(experiment) && beside != open.experiment) {
    experiment = find_experiment(beside);
  }
  if (const auto* error = std::get_if<InputError>(&experiment)) return error->message;
  auto comparison = Comparison::make(std::get<Experiment>(std::move(experiment)), comparison_options());
  if (const auto* error = std::get_if<InputError>(&comparison)) return error->message;
  const ThemeId theme = lab_ != nullptr ? lab_->state().theme : ThemeId::kLight;
  lab_.reset();
  lab_ = std::make_unique<Lab>(std::get<0>(std::move(comparison)), theme, 1.0);
  held_ = {};
  settle();
  return std::nullopt;
}

Trouble Player::act(const tour::Click& click) {
  FoundTarget found;
  if (auto trouble = look_for(click.target, found)) return trouble;
  const double apart = std::hypot(found.point.x - last_click_.x, found.point.y - last_click_.y);
  if (apart < 8 && frames_since_click_ < kFramesBetweenClicks)
    frames(kFramesBetweenClicks - frames_since_click_);
  move(found.point);
  for (int i = 0; i < click.count; ++i) {
    hold(click.button, true);
    hold(click.button, false);
  }
  last_click_ = found.point;
  frames_since_click_ = 0;
  frames(2);  // a text field that it opens takes some to listen
  settle();
  return std::nullopt;
}

Trouble Player::act(const tour::Hover& hover) {
  FoundTarget found;
  if (auto trouble = look_for(hover.target, found)) return trouble;
  move(found.point);
  frames(kNoteFrames);
  return std::nullopt;
}

Trouble Player::act(const tour::Wheel& wheel) {
  FoundTarget found;
  if (auto trouble = look_for(wheel.target, found)) return trouble;
  move(found.point);
  GuiInput input = held_;
  input.wheel = wheel.notches;
  frame(input);
  settle();
  return std::nullopt;
}

Trouble Player::act(const tour::Drag& drag) {
  FoundTarget from;
  FoundTarget to;
  if (auto trouble = look_for(drag.from, from)) return trouble;
  if (auto trouble = look_for(drag.to, to)) return trouble;
  this->drag(from.point, to.point);
  return std::nullopt;
}

Trouble Player::act(const tour::DragSlider& drag) {
  const auto found = find_slider(surface_.record(), drag.slider);
  if (const auto* error = std::get_if<InputError>(&found)) return error->message;
  const Rect rail = std::get<FoundTarget>(found).rect;
  const double y = rail.center().y;
  this->drag({rail.center().x, y}, {rail.x + drag.share * rail.width, y});
  return std::nullopt;
}

Trouble Player::act(const tour::Press& press) {
  GuiInput input = held_;
  input.keys.push_back(press.key);
  frame(input);
  frames(2);
  settle();
  return std::nullopt;
}

Trouble Player::act(const tour::Type& type) {
  GuiInput input = held_;
  input.text = type.text;
  frame(input);
  frames(1);
  return std::nullopt;
}

Trouble Player::act(const tour::Drop& drop) {
  GuiInput input = held_;
  input.dropped_files.push_back(file_beside(script_, drop.file));
  frame(input);
  settle();
  return std::nullopt;
}

Trouble Player::act(const tour::Resize& resize) {
  if (!surface_.resize(draw_, resize.width, resize.height, resize.scale)) {
    return "the window does not become so large";
  }
  settle();
  return std::nullopt;
}

Trouble Player::act(const tour::SetTheme& wanted) {
  lab_->set_theme(wanted.theme);
  frames(2);
  return std::nullopt;
}

Trouble Player::act(const tour::Picture& picture) {
  frames(3);  // what sizes itself by its last frame comes to rest
  const SurfacePicture drawn = surface_.picture(draw_, held_);
  if (auto failure = write_file(picture.file, encode_png(drawn.width, drawn.height, drawn.pixels))) {
    return failure;
  }
  on_picture_(picture.file);
  return std::nullopt;
}

Trouble Player::act(const tour::WaitSteps& wait) {
  if (within(kLongestWait, [&] { return snapshot()->step >= wait.step; })) {
    frames(2);
    return std::nullopt;
  }
  return fmt::format("after {} s it is step {}{}", kLongestWait.count(), count_text(snapshot()->step),
                     report()->playing ? "" : ", paused");
}

Trouble Player::act(const tour::WaitFrames& wait) {
  frames(wait.count);
  return std::nullopt;
}

Trouble Player::act(const tour::WaitText& wait) {
  if (within(kLongestWait, [&] { return shows_text(surface_.record(), wait.text); })) return std::nullopt;
  return fmt::format("after {} s nothing on the screen says it", kLongestWait.count());
}

Trouble Player::act(const tour::WaitPaused&) {
  if (within(kLongestWait, [&] { return !report()->playing; })) {
    settle();
    return std::nullopt;
  }
  return fmt::format("after {} s it still plays, at step {}", kLongestWait.count(),
                     count_text(snapshot()->step));
}

// --- what is expected
// -----------------------------------------------------------------------------------------

// `failure` says what is wrong now, or null.
template <class Failure>
Trouble Player::expect(Failure failure) {
  settle();
  Trouble trouble;
  within(kLongestDoubt, [&] {
    trouble = failure();
    return !trouble;
  });
  if (!trouble) ++outcome_.expectations;
  return trouble;
}

Trouble Player::act(const tour::ExpectLane& wanted) {
  return expect([&]() -> Trouble {
    const auto shown = snapshot();
    Expectation one = {"", wanted.quantity, wanted.relation, wanted.value};
    if (const auto* number = std::get_if<std::size_t>(&wanted.lane)) {
      if (*number > shown->runs.size()) return fmt::format("there are {} lanes", shown->runs.size());
      one.lane = shown->runs[*number - 1].lane.name;
    } else {
      one.lane = std::get<std::string>(wanted.lane);
    }
    return failed_expectation(*shown, one);
  });
}

Trouble Player::act(const tour::ExpectCount& wanted) {
  return expect([&]() -> Trouble {
    const auto shown = snapshot();
    const bool step = wanted.what == tour::Count::kStep;
    const double count =
        static_cast<double>(step ? shown->step : static_cast<std::int64_t>(shown->runs.size()));
    if (holds(count, wanted.relation, wanted.value)) return std::nullopt;
    return fmt::format("it is {}", format_number(count));
  });
}

Trouble Player::act(const tour::ExpectText& wanted) {
  return expect([&]() -> Trouble {
    if (shows_text(surface_.record(), wanted.text) == wanted.shown) return std::nullopt;
    if (!wanted.shown) return "it is on the screen";
    TourTarget target;
    target.label = wanted.text;
    auto nearest = find_target(surface_.record(), target);
    const auto* const error = std::get_if<InputError>(&nearest);
    return error != nullptr ? error->message : "nothing on the screen says it in this way";
  });
}

Trouble Player::act(const tour::ExpectResults&) {
  return expect([&]() -> Trouble {
    const std::vector<std::string> failures = failed_expectations(*snapshot());
    return failures.empty() ? std::nullopt : Trouble(failures.front());
  });
}

Trouble Player::act(const tour::ExpectPlaying& wanted) {
  return expect([&]() -> Trouble {
    if (report()->playing == wanted.playing) return std::nullopt;
    return fmt::format("it is {} at step {}", wanted.playing ? "paused" : "playing",
                       count_text(snapshot()->step));
  });
}

}  // namespace

TourOutcome play_tour(const TourScript& script, TourSurface& surface,
                      const std::function<void(const std::string& file)>& on_picture) {
  return Player(script, surface, on_picture).play();
}

std::optional<std::string> check_tour(const TourScript& script) {
  for (const TourCommand& command : script.commands) {
    const auto* const open = std::get_if<tour::Open>(&command.action);
    if (open == nullptr) continue;
    auto found = find_experiment(open->experiment);
    if (std::holds_alternative<InputError>(found)) {
      const std::string beside = file_beside(script, open->experiment);
      if (beside != open->experiment) found = find_experiment(beside);
    }
    if (const auto* error = std::get_if<InputError>(&found)) {
      return fmt::format("{}:{}: {}", script.source, command.line, error->message);
    }
  }
  return std::nullopt;
}

}  // namespace initlab
