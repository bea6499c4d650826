#include "app/platform/offscreen.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <glad/gl.h>

#include <cassert>
#include <cstring>
#include <utility>

#include "app/platform/gui_session.h"

namespace initlab {
namespace {

constexpr double kFrameSeconds = 1.0 / 60;

// An OpenGL 3.3 context that is bound to no window.
class EglContext {
 public:
  EglContext() = default;
  EglContext(const EglContext&) = delete;  // owns the context
  EglContext& operator=(const EglContext&) = delete;
  ~EglContext() {
    if (display_ == EGL_NO_DISPLAY) return;
    eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (surface_ != EGL_NO_SURFACE) eglDestroySurface(display_, surface_);
    if (context_ != EGL_NO_CONTEXT) eglDestroyContext(display_, context_);
    // The display is one a process and stays: to end it would end the contexts of other surfaces.
  }

  // False when this display cannot give the context.
  bool open(EGLDisplay display) {
    if (display == EGL_NO_DISPLAY || eglInitialize(display, nullptr, nullptr) != EGL_TRUE) return false;
    display_ = display;
    constexpr EGLint kConfig[] = {EGL_SURFACE_TYPE,
                                  EGL_PBUFFER_BIT,
                                  EGL_RENDERABLE_TYPE,
                                  EGL_OPENGL_BIT,
                                  EGL_RED_SIZE,
                                  8,
                                  EGL_GREEN_SIZE,
                                  8,
                                  EGL_BLUE_SIZE,
                                  8,
                                  EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    if (eglBindAPI(EGL_OPENGL_API) != EGL_TRUE) return false;
    if (eglChooseConfig(display_, kConfig, &config, 1, &count) != EGL_TRUE || count == 0) return false;
    constexpr EGLint kContext[] = {EGL_CONTEXT_MAJOR_VERSION,
                                   3,
                                   EGL_CONTEXT_MINOR_VERSION,
                                   3,
                                   EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                   EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                   EGL_NONE};
    context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, kContext);
    if (context_ == EGL_NO_CONTEXT) return false;
    if (make_current()) return true;
    // A driver that cannot do without a surface gets one of a single pixel: what is drawn goes elsewhere.
    constexpr EGLint kPixel[] = {EGL_WIDTH, 1, EGL_HEIGHT, 1, EGL_NONE};
    surface_ = eglCreatePbufferSurface(display_, config, kPixel);
    return surface_ != EGL_NO_SURFACE && make_current();
  }

  bool make_current() const { return eglMakeCurrent(display_, surface_, surface_, context_) == EGL_TRUE; }

 private:
  EGLDisplay display_ = EGL_NO_DISPLAY;
  EGLContext context_ = EGL_NO_CONTEXT;
  EGLSurface surface_ = EGL_NO_SURFACE;
};

EGLDisplay surfaceless_display() {
  const char* extensions = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
  if (extensions == nullptr || std::strstr(extensions, "EGL_MESA_platform_surfaceless") == nullptr) {
    return EGL_NO_DISPLAY;
  }
  const auto get_display =
      reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
  if (get_display == nullptr) return EGL_NO_DISPLAY;
  return get_display(EGL_PLATFORM_SURFACELESS_MESA, nullptr, nullptr);
}

std::unique_ptr<EglContext> open_egl() {
  auto context = std::make_unique<EglContext>();
  if (context->open(surfaceless_display())) return context;
  context = std::make_unique<EglContext>();
  if (context->open(eglGetDisplay(EGL_DEFAULT_DISPLAY))) return context;
  return nullptr;
}

}  // namespace

struct OffscreenSurface::State {
  std::unique_ptr<EglContext> egl;  // first, so that it goes last
  std::unique_ptr<GuiSession> session;
  unsigned framebuffer = 0;
  unsigned color = 0;
  int width_px = 0;
  int height_px = 0;
  double scale = 1;
  bool drawn = true;
  GuiInput held;  // where the mouse was and which buttons it held
  FrameAnswer answer;

  // Null, or what is wrong.
  const char* make_framebuffer() {
    GLint largest = 0;
    glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &largest);
    if (width_px > largest || height_px > largest) return "the picture is larger than OpenGL can draw";
    glGenRenderbuffers(1, &color);
    glBindRenderbuffer(GL_RENDERBUFFER, color);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width_px, height_px);
    glGenFramebuffers(1, &framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, color);
    const bool complete = glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
    return complete ? nullptr : "OpenGL has no memory for the picture";
  }

  void delete_framebuffer() {
    if (framebuffer != 0) glDeleteFramebuffers(1, &framebuffer);
    if (color != 0) glDeleteRenderbuffers(1, &color);
    framebuffer = color = 0;
  }

  ~State() {
    if (egl == nullptr || !egl->make_current()) return;
    session.reset();
    delete_framebuffer();
  }
};

std::unique_ptr<OffscreenSurface> OffscreenSurface::create(int width_px, int height_px, double scale,
                                                           std::string& error) {
  assert(width_px > 0 && height_px > 0 && scale > 0);
  auto state = std::make_unique<State>();
  state->width_px = width_px;
  state->height_px = height_px;
  state->scale = scale;
  state->egl = open_egl();
  if (state->egl == nullptr) {
    error = "cannot draw off-screen: EGL gives no OpenGL 3.3 (Debian: libegl-mesa0, libgl1-mesa-dri)";
    return nullptr;
  }
  if (gladLoadGL(eglGetProcAddress) == 0) {
    error = "cannot draw off-screen: OpenGL 3.3 functions are missing";
    return nullptr;
  }
  if (const char* trouble = state->make_framebuffer()) {
    error = std::string("cannot draw off-screen: ") + trouble;
    return nullptr;
  }
  state->session = GuiSession::create(error);
  if (state->session == nullptr) {
    error = "cannot draw off-screen: " + error;
    return nullptr;
  }
  return std::unique_ptr<OffscreenSurface>(new OffscreenSurface(std::move(state)));
}

OffscreenSurface::OffscreenSurface(std::unique_ptr<State> state) : state_(std::move(state)) {}
OffscreenSurface::~OffscreenSurface() = default;

void OffscreenSurface::frame(const FrameFunction& frame, const GuiInput& input) {
  State& s = *state_;
  s.egl->make_current();
  glBindFramebuffer(GL_FRAMEBUFFER, s.framebuffer);
  s.held = {};
  s.held.mouse = input.mouse;
  s.held.button = input.button;
  s.held.ctrl = input.ctrl;
  s.held.shift = input.shift;
  s.held.alt = input.alt;
  const FrameSize size = {s.width_px, s.height_px, s.scale * s.answer.zoom, kFrameSeconds};
  s.answer = s.session->frame(frame, input, size);
}

void OffscreenSurface::settle(const FrameFunction& frame, int count) {
  for (int i = 0; i < count || (state_->session->needs_frame() && i < count + 4); ++i) {
    const GuiInput held = state_->held;
    this->frame(frame, held);
  }
}

std::vector<Color> OffscreenSurface::render(const FrameFunction& frame, const GuiInput& input) {
  state_->session->set_drawn(true);
  this->frame(frame, input);
  state_->session->set_drawn(state_->drawn);
  return pixels();
}

std::vector<Color> OffscreenSurface::pixels() const {
  const State& s = *state_;
  s.egl->make_current();
  glBindFramebuffer(GL_FRAMEBUFFER, s.framebuffer);
  const auto width = static_cast<std::size_t>(s.width_px);
  const auto height = static_cast<std::size_t>(s.height_px);
  std::vector<Color> upside_down(width * height);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, s.width_px, s.height_px, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
  std::vector<Color> pixels(width * height);
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      const Color c = upside_down[(height - 1 - y) * width + x];
      pixels[y * width + x] = {c.r, c.g, c.b, 255};
    }
  }
  return pixels;
}

bool OffscreenSurface::resize(int width_px, int height_px, double scale) {
  assert(width_px > 0 && height_px > 0 && scale > 0);
  State& s = *state_;
  s.egl->make_current();
  const int width_before = std::exchange(s.width_px, width_px);
  const int height_before = std::exchange(s.height_px, height_px);
  s.delete_framebuffer();
  const bool made = s.make_framebuffer() == nullptr;
  if (!made) {
    s.width_px = width_before;
    s.height_px = height_before;
    s.delete_framebuffer();
    s.make_framebuffer();
  } else {
    s.scale = scale;
  }
  return made;
}

void OffscreenSurface::set_drawn(bool drawn) {
  state_->drawn = drawn;
  state_->session->set_drawn(drawn);
}

void OffscreenSurface::record_frames(FrameRecord* record) {
  state_->session->record_frames(record);
}

int OffscreenSurface::width_px() const {
  return state_->width_px;
}
int OffscreenSurface::height_px() const {
  return state_->height_px;
}
const FrameAnswer& OffscreenSurface::answer() const {
  return state_->answer;
}

}  // namespace initlab
