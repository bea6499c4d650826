#include "app/tour/surface.h"

#include <cmath>

#include "app/platform/offscreen.h"
#include "app/platform/window.h"

namespace initlab {
namespace {

constexpr int kWidth = 1440;
constexpr int kHeight = 900;

int pixels(int logical, double scale) {
  return static_cast<int>(std::lround(logical * scale));
}

class OffscreenTour : public TourSurface {
 public:
  explicit OffscreenTour(std::unique_ptr<OffscreenSurface> surface) : surface_(std::move(surface)) {
    surface_->record_frames(&record_);
    surface_->set_drawn(false);
  }
  ~OffscreenTour() override { surface_->record_frames(nullptr); }

  bool frame(const FrameFunction& frame, const GuiInput& input) override {
    surface_->frame(frame, input);
    return true;
  }
  bool resize(const FrameFunction& frame, int width, int height, double scale) override {
    if (!surface_->resize(pixels(width, scale), pixels(height, scale), scale)) return false;
    surface_->settle(frame, 2);
    return true;
  }
  SurfacePicture picture(const FrameFunction& frame, const GuiInput& input) override {
    std::vector<Color> drawn = surface_->render(frame, input);
    return {surface_->width_px(), surface_->height_px(), std::move(drawn)};
  }
  bool is_paced() const override { return false; }

 private:
  std::unique_ptr<OffscreenSurface> surface_;
};

class WindowTour : public TourSurface {
 public:
  explicit WindowTour(std::unique_ptr<SteppedWindow> window) : window_(std::move(window)) {
    window_->record_frames(&record_);
  }
  ~WindowTour() override { window_->record_frames(nullptr); }

  bool frame(const FrameFunction& frame, const GuiInput& input) override {
    return window_->frame(frame, input);
  }
  bool resize(const FrameFunction& frame, int width, int height, double) override {
    return window_->resize(frame, width, height);
  }
  SurfacePicture picture(const FrameFunction& frame, const GuiInput&) override {
    SurfacePicture picture;
    picture.pixels = window_->render(frame, picture.width, picture.height);
    return picture;
  }
  bool is_paced() const override { return true; }

 private:
  std::unique_ptr<SteppedWindow> window_;
};

}  // namespace

std::unique_ptr<TourSurface> offscreen_tour_surface(std::string& error) {
  auto surface = OffscreenSurface::create(kWidth, kHeight, 1, error);
  return surface != nullptr ? std::make_unique<OffscreenTour>(std::move(surface)) : nullptr;
}

std::unique_ptr<TourSurface> window_tour_surface(std::string& error) {
  auto window = SteppedWindow::open({.width = kWidth, .height = kHeight}, error);
  return window != nullptr ? std::make_unique<WindowTour>(std::move(window)) : nullptr;
}

}  // namespace initlab
