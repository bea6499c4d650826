// One frame of the laboratory after another: keys, panels, and what they ask of the worker. It knows no
// window: the window, the off-screen surface and the tests call it alike.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/layout.h"
#include "app/panels/panel.h"
#include "app/platform/frame.h"
#include "app/settings_file.h"
#include "app/undo.h"
#include "core/worker/worker.h"

namespace initlab {

class Lab {
 public:
  // `on_report` is called on the worker's thread when there is something new to show.
  Lab(std::unique_ptr<Comparison> comparison, ThemeId theme, double zoom,
      std::function<void()> on_report = {});
  Lab(const Lab&) = delete;  // owns the worker's thread
  Lab& operator=(const Lab&) = delete;

  FrameAnswer frame(const FrameInput& input, FrameTools& tools);

  // As if chosen by hand, from the next frame on.
  void set_theme(ThemeId id) { state_.theme = id; }
  void recall(const Settings& settings);
  // What recall would need; where the window stands is the caller's to add.
  Settings settings() const;
  // A message that waits at the first frame.
  void tell(std::string text, bool warning);
  // Where pictures of the window go; none are taken without it.
  void keep_pictures_in(std::filesystem::path folder) { pictures_ = std::move(folder); }

  Worker& worker() { return worker_; }
  const LabState& state() const { return state_; }
  const Layout& layout() const { return layout_; }  // of the last frame

 private:
  void press(PanelContext& context, const KeyPress& press);
  void draw(PanelContext& context, const FrameInput& input);
  void draw_panels(PanelContext& context);
  void undo_or_redo();
  void save_picture(const FrameInput& input);

  Worker worker_;
  LabState state_;
  Layout layout_;
  SnapshotOptions asked_view_;
  UndoHistory history_;
  std::filesystem::path pictures_;
  std::uint64_t refusal_told_ = 0;  // number of the last refused command that a message told of
  std::optional<ThemeId> styled_;   // the theme that ImGui's style has
};

}  // namespace initlab
