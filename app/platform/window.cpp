#include "app/platform/window.h"

#include <glad/gl.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <imgui.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <memory>
#include <mutex>

#include "app/platform/gui_session.h"
#include "app/platform/input_queue.h"
#include "app/platform/key_names.h"

namespace initlab {
namespace {

constexpr int kSettleFrames = 3;       // after an event: what sizes itself by its last frame comes to rest
constexpr double kSleepSeconds = 0.5;  // at most, without an event
constexpr double kBlinkSeconds = 0.2;  // likewise while a text field shows its cursor
constexpr int kMinWidth = 640;         // logical pixels
constexpr int kMinHeight = 480;

// GLFW is one a process, and so is what wakes it: the mutex keeps a wake-up out of GLFW's end.
std::mutex wake_mutex;
bool wake_possible = false;
std::atomic<bool> wake_wanted = false;

std::string glfw_trouble(const char* otherwise) {
  const char* description = nullptr;
  glfwGetError(&description);
  return std::string("cannot open a window: ") + (description != nullptr ? description : otherwise);
}

// GLFW from its start to its end.
class GlfwLibrary {
 public:
  GlfwLibrary() : ready_(glfwInit() == GLFW_TRUE) {
    const std::lock_guard lock(wake_mutex);
    wake_possible = ready_;
  }
  GlfwLibrary(const GlfwLibrary&) = delete;  // owns the library's state
  GlfwLibrary& operator=(const GlfwLibrary&) = delete;
  ~GlfwLibrary() {
    {
      const std::lock_guard lock(wake_mutex);
      wake_possible = false;
    }
    if (ready_) glfwTerminate();
  }
  bool ready() const { return ready_; }

 private:
  bool ready_;
};

class Window {
 public:
  Window() = default;
  Window(const Window&) = delete;  // GLFW's callbacks point to it
  Window& operator=(const Window&) = delete;
  ~Window() {
    session_.reset();
    for (GLFWcursor* cursor : cursors_) {
      if (cursor != nullptr) glfwDestroyCursor(cursor);
    }
    if (window_ != nullptr) glfwDestroyWindow(window_);
  }

  // `deaf`: mouse and keyboard are not listened to.
  std::optional<std::string> open(const WindowOptions& options, bool deaf = false);
  void run(const std::function<void(FrameTools&)>& setup, const FrameFunction& frame);
  void show();
  // Draws until frames have been told all of `input`; false once the window is to be closed.
  bool step(const FrameFunction& frame, const GuiInput& input);
  bool resize(const FrameFunction& frame, int width, int height);
  std::vector<Color> pixels(const FrameFunction& frame, int& width_px, int& height_px);
  GuiSession& session() { return *session_; }

 private:
  static Window& of(GLFWwindow* window) { return *static_cast<Window*>(glfwGetWindowUserPointer(window)); }
  void place(const WindowOptions& options);
  double window_units() const;
  void set_callbacks();
  void listen();
  void make_cursors();
  void use_clipboard();
  double scale() const;
  Point to_logical(Point cursor) const;
  void on_key(int key, int scancode, int action, int mods);
  void sleep_until_needed(bool animate);
  void pace();
  // `before_shown`: called when all is drawn and nothing shown yet.
  FrameAnswer draw(const FrameFunction& frame, const std::function<void()>& before_shown = {});
  void follow(const FrameAnswer& answer);
  void toggle_full_screen();
  void pixels_of_frame(std::vector<Color>& pixels, int& width_px, int& height_px) const;
  GLFWmonitor* monitor() const;
  static GLFWmonitor* monitor_at(int x, int y);
  std::optional<WindowPlace> where() const;

  GLFWwindow* window_ = nullptr;
  std::unique_ptr<GuiSession> session_;
  std::array<GLFWcursor*, ImGuiMouseCursor_COUNT> cursors_ = {};
  InputQueue input_;
  Point cursor_;  // as GLFW measures it, at its last event: asking the server would give where it is by now
  bool ctrl_ = false, shift_ = false, alt_ = false;
  int frames_due_ = kSettleFrames;
  double zoom_ = 1;
  double last_frame_time_ = -1;  // glfwGetTime's seconds; negative before the first
  std::string title_;
  WindowPlace placed_;                // x and y of the last move
  std::array<int, 4> windowed_ = {};  // x, y, width, height to come back to from the full screen
};

std::optional<std::string> Window::open(const WindowOptions& options, bool deaf) {
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);  // a full screen stays while one works on another monitor
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);       // until it has its place
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "initlab");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "initlab");
  title_ = options.title;
  window_ = glfwCreateWindow(options.width, options.height, title_.c_str(), nullptr, nullptr);
  if (window_ == nullptr) return glfw_trouble("OpenGL 3.3 is not available");
  glfwMakeContextCurrent(window_);
  if (gladLoadGL(glfwGetProcAddress) == 0) return "cannot open a window: OpenGL 3.3 functions are missing";
  glfwSwapInterval(1);
  std::string error;
  session_ = GuiSession::create(error);
  if (session_ == nullptr) return "cannot open a window: " + error;
  place(options);
  make_cursors();
  use_clipboard();
  set_callbacks();
  if (!deaf) listen();
  return std::nullopt;
}

// Of a logical pixel: on X11 a window is measured in device pixels.
double Window::window_units() const {
  float content_scale = 1;
  glfwGetWindowContentScale(window_, &content_scale, nullptr);
  int width = 0;
  int width_px = 0;
  glfwGetWindowSize(window_, &width, nullptr);
  glfwGetFramebufferSize(window_, &width_px, nullptr);
  return content_scale * (width_px > 0 ? static_cast<double>(width) / width_px : 1.0);
}

void Window::place(const WindowOptions& options) {
  const double units = this->window_units();
  const auto window_units = [units](int logical) { return static_cast<int>(std::lround(logical * units)); };
  glfwSetWindowSizeLimits(window_, window_units(kMinWidth), window_units(kMinHeight), GLFW_DONT_CARE,
                          GLFW_DONT_CARE);
  int x = 0, y = 0, area_width = 0, area_height = 0;
  if (GLFWmonitor* primary = glfwGetPrimaryMonitor()) {
    glfwGetMonitorWorkarea(primary, &x, &y, &area_width, &area_height);
  }
  int target_width = window_units(options.place ? options.place->width : options.width);
  int target_height = window_units(options.place ? options.place->height : options.height);
  if (area_width > 0 && area_height > 0) {
    target_width = std::min(target_width, area_width);
    target_height = std::min(target_height, area_height);
    placed_ = {x + (area_width - target_width) / 2, y + (area_height - target_height) / 2, 0, 0};
    // Where it stood, if a screen still shows its upper edge.
    constexpr int kGrip = 48;
    if (options.place &&
        monitor_at(options.place->x + target_width / 2, options.place->y + kGrip) != nullptr) {
      placed_.x = options.place->x;
      placed_.y = options.place->y;
    }
    glfwSetWindowPos(window_, placed_.x, placed_.y);
  }
  glfwSetWindowSize(window_, target_width, target_height);
}

void Window::make_cursors() {
  const auto make = [this](ImGuiMouseCursor which, int shape) {
    cursors_[static_cast<std::size_t>(which)] = glfwCreateStandardCursor(shape);
  };
  make(ImGuiMouseCursor_TextInput, GLFW_IBEAM_CURSOR);
  make(ImGuiMouseCursor_ResizeNS, GLFW_VRESIZE_CURSOR);
  make(ImGuiMouseCursor_ResizeEW, GLFW_HRESIZE_CURSOR);
  make(ImGuiMouseCursor_Hand, GLFW_HAND_CURSOR);
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
}

void Window::use_clipboard() {
  ImGuiIO& io = ImGui::GetIO();
  io.ClipboardUserData = window_;
  io.GetClipboardTextFn = [](void* window) {
    return glfwGetClipboardString(static_cast<GLFWwindow*>(window));
  };
  io.SetClipboardTextFn = [](void* window, const char* text) {
    glfwSetClipboardString(static_cast<GLFWwindow*>(window), text);
  };
}

void Window::set_callbacks() {
  glfwSetWindowUserPointer(window_, this);
  const auto stir = [](GLFWwindow* w) { of(w).frames_due_ = kSettleFrames; };
  glfwSetWindowRefreshCallback(window_, stir);
  glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) { of(w).frames_due_ = kSettleFrames; });
  glfwSetWindowContentScaleCallback(window_,
                                    [](GLFWwindow* w, float, float) { of(w).frames_due_ = kSettleFrames; });
  glfwSetWindowIconifyCallback(window_, [](GLFWwindow* w, int) { of(w).frames_due_ = kSettleFrames; });
  // Told once, with the next frame: asking for it at each frame would wait for the display.
  glfwSetWindowPosCallback(window_, [](GLFWwindow* w, int x, int y) {
    of(w).placed_.x = x;
    of(w).placed_.y = y;
    of(w).frames_due_ = std::max(of(w).frames_due_, 1);
  });
}

void Window::listen() {
  glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
    of(w).on_key(key, scancode, action, mods);
  });
  glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned codepoint) {
    const auto character = static_cast<char32_t>(codepoint);
    if (const auto key = key_of_character(character)) of(w).input_.key({*key, false, of(w).shift_});
    of(w).input_.character(character);
  });
  glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double x, double y) {
    of(w).cursor_ = {x, y};
    of(w).input_.move(of(w).to_logical({x, y}));
  });
  glfwSetCursorEnterCallback(window_, [](GLFWwindow* w, int entered) {
    if (entered == GLFW_FALSE) of(w).input_.move(GuiInput{}.mouse);
  });
  glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int button, int action, int) {
    of(w).input_.button(button, action == GLFW_PRESS);
  });
  glfwSetScrollCallback(window_, [](GLFWwindow* w, double dx, double dy) { of(w).input_.wheel(dy, dx); });
  glfwSetDropCallback(window_, [](GLFWwindow* w, int count, const char** paths) {
    for (int i = 0; i < count; ++i) of(w).input_.drop(paths[i]);
  });
}

void Window::on_key(int key, int scancode, int action, int mods) {
  const bool down = action != GLFW_RELEASE;
  bool* modifier = nullptr;
  if (key == GLFW_KEY_LEFT_CONTROL || key == GLFW_KEY_RIGHT_CONTROL) modifier = &ctrl_;
  if (key == GLFW_KEY_LEFT_SHIFT || key == GLFW_KEY_RIGHT_SHIFT) modifier = &shift_;
  if (key == GLFW_KEY_LEFT_ALT || key == GLFW_KEY_RIGHT_ALT) modifier = &alt_;
  if (modifier != nullptr) {
    *modifier = down;
    input_.modifiers(ctrl_, shift_, alt_);
    return;
  }
  if (!down) return;
  const bool ctrl = (mods & GLFW_MOD_CONTROL) != 0;
  // Alt and the system's own key are the desktop's.
  if ((mods & (GLFW_MOD_ALT | GLFW_MOD_SUPER)) != 0) return;
  if (const auto known = key_of_press(key, scancode, ctrl)) {
    input_.key({*known, ctrl, (mods & GLFW_MOD_SHIFT) != 0});
  }
}

double Window::scale() const {
  float content_scale = 1;
  glfwGetWindowContentScale(window_, &content_scale, nullptr);
  return std::max(0.25, static_cast<double>(content_scale)) * zoom_;
}

Point Window::to_logical(Point cursor) const {
  int width = 0;
  int width_px = 0;
  glfwGetWindowSize(window_, &width, nullptr);
  glfwGetFramebufferSize(window_, &width_px, nullptr);
  const double pixels = width > 0 ? static_cast<double>(width_px) / width : 1.0;
  return {cursor.x * pixels / scale(), cursor.y * pixels / scale()};
}

// Returns when a frame is to be drawn, or the window is to be closed.
void Window::sleep_until_needed(bool animate) {
  glfwPollEvents();
  while (glfwWindowShouldClose(window_) == GLFW_FALSE) {
    if (wake_wanted.exchange(false)) frames_due_ = std::max(frames_due_, 1);
    if (!input_.empty()) frames_due_ = kSettleFrames;
    int width_px = 0;
    int height_px = 0;
    glfwGetFramebufferSize(window_, &width_px, &height_px);
    const bool visible =
        width_px > 0 && height_px > 0 && glfwGetWindowAttrib(window_, GLFW_ICONIFIED) == GLFW_FALSE;
    if (visible && (animate || frames_due_ > 0 || session_->needs_frame())) return;
    const bool blinks = visible && session_->text_field_active();
    glfwWaitEventsTimeout(blinks ? kBlinkSeconds : kSleepSeconds);
    if (blinks) frames_due_ = std::max(frames_due_, 1);
  }
}

// Where the display does not hold back the swap of buffers, this does: events are taken in meanwhile.
void Window::pace() {
  int rate = 0;
  if (GLFWmonitor* m = monitor()) {
    if (const GLFWvidmode* mode = glfwGetVideoMode(m)) rate = mode->refreshRate;
  }
  if (rate < 20) rate = 60;
  const double interval = 0.9 / std::min(rate, 120);
  for (;;) {
    const double left = last_frame_time_ + interval - glfwGetTime();
    if (last_frame_time_ < 0 || left <= 0) return;
    glfwWaitEventsTimeout(left);
  }
}

FrameAnswer Window::draw(const FrameFunction& frame, const std::function<void()>& before_shown) {
  FrameSize size;
  glfwGetFramebufferSize(window_, &size.width_px, &size.height_px);
  size.scale = scale();
  size.place = where();
  const double now = glfwGetTime();
  size.seconds = last_frame_time_ < 0 ? 1.0 / 60 : std::max(1e-4, now - last_frame_time_);
  last_frame_time_ = now;
  FrameAnswer answer = session_->frame(frame, input_.take(session_->text_field_active()), size);
  if (before_shown) before_shown();
  glfwSwapBuffers(window_);
  const auto cursor = static_cast<std::size_t>(std::max(0, ImGui::GetMouseCursor()));
  glfwSetCursor(window_, cursors_[cursor]);
  if (frames_due_ > 0) --frames_due_;
  return answer;
}

void Window::follow(const FrameAnswer& answer) {
  if (answer.title != title_) {
    title_ = answer.title;
    glfwSetWindowTitle(window_, title_.c_str());
  }
  if (answer.zoom != zoom_ && answer.zoom > 0) {
    zoom_ = answer.zoom;
    frames_due_ = kSettleFrames;
    input_.move(to_logical(cursor_));
  }
  if (answer.toggle_full_screen) toggle_full_screen();
  if (answer.close) glfwSetWindowShouldClose(window_, GLFW_TRUE);
}

// Null while the window fills a screen: that is no place to come back to.
std::optional<WindowPlace> Window::where() const {
  if (glfwGetWindowMonitor(window_) != nullptr || glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) == GLFW_TRUE) {
    return std::nullopt;
  }
  int width = 0;
  int height = 0;
  glfwGetWindowSize(window_, &width, &height);
  const double units = window_units();
  if (width <= 0 || height <= 0 || units <= 0) return std::nullopt;
  return WindowPlace{placed_.x, placed_.y, static_cast<int>(std::lround(width / units)),
                     static_cast<int>(std::lround(height / units))};
}

// Null where no monitor shows that point.
GLFWmonitor* Window::monitor_at(int x, int y) {
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    int left = 0, top = 0;
    glfwGetMonitorPos(monitors[i], &left, &top);
    const GLFWvidmode* mode = glfwGetVideoMode(monitors[i]);
    if (mode == nullptr) continue;
    const int from_left = x - left;
    const int from_top = y - top;
    if (from_left >= 0 && from_left < mode->width && from_top >= 0 && from_top < mode->height) {
      return monitors[i];
    }
  }
  return nullptr;
}

// The monitor that shows the window's middle; null without any.
GLFWmonitor* Window::monitor() const {
  int x = 0, y = 0, width = 0, height = 0;
  glfwGetWindowPos(window_, &x, &y);
  glfwGetWindowSize(window_, &width, &height);
  GLFWmonitor* const shown = monitor_at(x + width / 2, y + height / 2);
  return shown != nullptr ? shown : glfwGetPrimaryMonitor();
}

void Window::toggle_full_screen() {
  frames_due_ = kSettleFrames;
  if (glfwGetWindowMonitor(window_) != nullptr) {
    glfwSetWindowMonitor(window_, nullptr, windowed_[0], windowed_[1], windowed_[2], windowed_[3],
                         GLFW_DONT_CARE);
    return;
  }
  GLFWmonitor* target = monitor();
  const GLFWvidmode* mode = target != nullptr ? glfwGetVideoMode(target) : nullptr;
  if (mode == nullptr) return;
  glfwGetWindowPos(window_, &windowed_[0], &windowed_[1]);
  glfwGetWindowSize(window_, &windowed_[2], &windowed_[3]);
  glfwSetWindowMonitor(window_, target, 0, 0, mode->width, mode->height, mode->refreshRate);
}

void Window::run(const std::function<void(FrameTools&)>& setup, const FrameFunction& frame) {
  if (setup) {
    session_->prepare(scale());
    FrameTools tools = session_->tools();
    setup(tools);
  }
  show();
  FrameAnswer answer;
  while (glfwWindowShouldClose(window_) == GLFW_FALSE) {
    sleep_until_needed(answer.animate);
    if (glfwWindowShouldClose(window_) != GLFW_FALSE) break;
    pace();
    answer = draw(frame);
    follow(answer);
  }
}

void Window::show() {
  session_->prepare(scale());
  glfwShowWindow(window_);
}

bool Window::step(const FrameFunction& frame, const GuiInput& input) {
  input_.follow(input);
  do {
    glfwPollEvents();
    if (glfwWindowShouldClose(window_) != GLFW_FALSE) return false;
    pace();
    follow(draw(frame));
  } while (!input_.empty());
  return true;
}

bool Window::resize(const FrameFunction& frame, int width, int height) {
  constexpr int kFrames = 120;
  const double units = window_units();
  const int target_width = static_cast<int>(std::lround(width * units));
  const int target_height = static_cast<int>(std::lround(height * units));
  glfwSetWindowSize(window_, target_width, target_height);
  for (int i = 0; i < kFrames; ++i) {
    GuiInput held = input_.held();
    if (!step(frame, held)) return false;
    int got_width = 0;
    int got_height = 0;
    glfwGetWindowSize(window_, &got_width, &got_height);
    if (got_width == target_width && got_height == target_height) return step(frame, held);
  }
  return false;
}

std::vector<Color> Window::pixels(const FrameFunction& frame, int& width_px, int& height_px) {
  std::vector<Color> pixels;
  glfwPollEvents();
  pace();
  follow(draw(frame, [&] { pixels_of_frame(pixels, width_px, height_px); }));
  return pixels;
}

// Of the buffer that is about to be shown.
void Window::pixels_of_frame(std::vector<Color>& pixels, int& width_px, int& height_px) const {
  glfwGetFramebufferSize(window_, &width_px, &height_px);
  const auto width = static_cast<std::size_t>(width_px);
  const auto height = static_cast<std::size_t>(height_px);
  pixels.resize(width * height);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width_px, height_px, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  for (std::size_t y = 0; y < height / 2; ++y) {
    std::swap_ranges(pixels.begin() + static_cast<std::ptrdiff_t>(y * width),
                     pixels.begin() + static_cast<std::ptrdiff_t>((y + 1) * width),
                     pixels.begin() + static_cast<std::ptrdiff_t>((height - 1 - y) * width));
  }
  for (Color& color : pixels) color.a = 255;
}

}  // namespace

struct SteppedWindow::State {
  GlfwLibrary library;  // first, so that it goes last
  Window window;
};

SteppedWindow::SteppedWindow(std::unique_ptr<State> state) : state_(std::move(state)) {}
SteppedWindow::~SteppedWindow() = default;

std::unique_ptr<SteppedWindow> SteppedWindow::open(const WindowOptions& options, std::string& error) {
  auto state = std::make_unique<State>();
  if (!state->library.ready()) {
    error = glfw_trouble("there is no display");
    return nullptr;
  }
  if (const auto trouble = state->window.open(options, true)) {
    error = *trouble;
    return nullptr;
  }
  state->window.show();
  return std::unique_ptr<SteppedWindow>(new SteppedWindow(std::move(state)));
}

bool SteppedWindow::frame(const FrameFunction& frame, const GuiInput& input) {
  return state_->window.step(frame, input);
}
bool SteppedWindow::resize(const FrameFunction& frame, int width, int height) {
  return state_->window.resize(frame, width, height);
}
std::vector<Color> SteppedWindow::render(const FrameFunction& frame, int& width_px, int& height_px) {
  return state_->window.pixels(frame, width_px, height_px);
}
void SteppedWindow::record_frames(FrameRecord* record) {
  state_->window.session().record_frames(record);
}

std::optional<std::string> run_window(const WindowOptions& options,
                                      const std::function<void(FrameTools&)>& setup,
                                      const FrameFunction& frame) {
  const GlfwLibrary library;
  if (!library.ready()) return glfw_trouble("there is no display");
  Window window;
  if (auto trouble = window.open(options)) return trouble;
  window.run(setup, frame);
  return std::nullopt;
}

void wake_window() {
  wake_wanted = true;
  const std::lock_guard lock(wake_mutex);
  if (wake_possible) glfwPostEmptyEvent();
}

}  // namespace initlab
