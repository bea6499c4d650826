#include "app/lab.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "app/lab_frame.h"
#include "app/platform/offscreen.h"
#include "app/platform/style.h"
#include "app/platform/window.h"
#include "app/settings_file.h"
#include "app/window_picture.h"

namespace initlab {
namespace {

// Until the worker has obeyed command `number`.
void wait_for_command(const Worker& worker, std::uint64_t number) {
  while (worker.latest()->commands_obeyed < number) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}
// Until every lane stands at `step`, or has diverged before.
void wait_for_step(const Worker& worker, std::int64_t step) {
  while (worker.latest()->snapshot->step < step) std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

}  // namespace

std::optional<std::string> run_laboratory(std::unique_ptr<Comparison> comparison, const LabOptions& options) {
  Lab lab(std::move(comparison), options.theme, options.zoom, wake_window);
  lab.keep_pictures_in(pictures_folder());
  WindowOptions window;
  Memory* const memory = options.memory;
  if (memory != nullptr) {
    lab.recall(memory->settings());
    window.place = memory->settings().window;
    std::string notices;
    for (const std::string& notice : memory->notices()) notices += (notices.empty() ? "" : " ") + notice;
    if (!notices.empty()) lab.tell(notices, true);
  }
  const auto start = std::chrono::steady_clock::now();
  const auto frame = [&](const FrameInput& input, FrameTools& tools) {
    FrameAnswer answer = lab.frame(input, tools);
    if (memory == nullptr) return answer;
    if (input.place) window.place = input.place;
    Settings settings = lab.settings();
    settings.window = window.place;
    const std::chrono::duration<double> now = std::chrono::steady_clock::now() - start;
    // What waits to be written is looked at again.
    if (memory->keep(settings, lab.worker().latest()->snapshot->experiment, now.count())) {
      answer.animate = true;
    }
    if (const auto failure = memory->take_failure()) lab.tell(*failure, true);
    return answer;
  };
  const auto trouble = run_window(
      window, [&](FrameTools&) { apply_style(theme(lab.state().theme)); }, frame);
  if (memory != nullptr && !trouble) memory->flush();
  return trouble;
}

std::optional<WindowPicture> render_laboratory(std::unique_ptr<Comparison> comparison,
                                               const LabOptions& options, int width, int height, double scale,
                                               std::int64_t step, std::string& error) {
  WindowPicture picture;
  picture.width = static_cast<int>(width * scale + 0.5);
  picture.height = static_cast<int>(height * scale + 0.5);
  const auto surface = OffscreenSurface::create(picture.width, picture.height, scale, error);
  if (!surface) return std::nullopt;
  const std::int64_t target = std::min(step, comparison->experiment().training.steps);
  Lab lab(std::move(comparison), options.theme, options.zoom);
  const FrameFunction frame = [&](const FrameInput& input, FrameTools& tools) {
    return lab.frame(input, tools);
  };
  lab.worker().post(command::Step{target});
  wait_for_step(lab.worker(), target);
  // The first frames ask for a field of the panels' shape; then all has settled.
  surface->settle(frame, 3);
  wait_for_command(lab.worker(), lab.worker().post(command::Pause{}));
  surface->settle(frame, 2);
  picture.pixels = surface->render(frame);
  return picture;
}

}  // namespace initlab
