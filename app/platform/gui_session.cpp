#include "app/platform/gui_session.h"

#include <backends/imgui_impl_opengl3.h>
#include <glad/gl.h>

#include <algorithm>
#include <cassert>
#include <cfloat>
#include <cmath>
#include <exception>
#include <utility>

namespace initlab {
namespace {

// ImGui's names for the keys that its text fields and lists understand.
constexpr struct {
  ImGuiKey imgui;
  int key;
} kKeyMap[] = {
    {ImGuiKey_Tab, kKeyTab},
    {ImGuiKey_LeftArrow, kKeyLeft},
    {ImGuiKey_RightArrow, kKeyRight},
    {ImGuiKey_UpArrow, kKeyUp},
    {ImGuiKey_DownArrow, kKeyDown},
    {ImGuiKey_PageUp, kKeyPageUp},
    {ImGuiKey_PageDown, kKeyPageDown},
    {ImGuiKey_Home, kKeyHome},
    {ImGuiKey_End, kKeyEnd},
    {ImGuiKey_Delete, kKeyDelete},
    {ImGuiKey_Space, kKeySpace},
    {ImGuiKey_Backspace, kKeyBackspace},
    {ImGuiKey_Enter, kKeyEnter},
    {ImGuiKey_KeyPadEnter, kKeyEnter},
    {ImGuiKey_Escape, kKeyEscape},
    {ImGuiKey_A, 'A'},
    {ImGuiKey_C, 'C'},
    {ImGuiKey_V, 'V'},
    {ImGuiKey_X, 'X'},
    {ImGuiKey_Y, 'Y'},
    {ImGuiKey_Z, 'Z'},
};

// Whether a press means the laboratory even while somebody types into a text field.
bool passes_text_field(const KeyPress& press) {
  const bool zoom = press.ctrl && (press.key == kKeyPlus || press.key == kKeyMinus || press.key == '0');
  const bool close = press.ctrl && press.key == 'Q';
  const bool palette = press.ctrl && press.key == 'K';
  return zoom || close || palette || press.key == kKeyF1 || press.key == kKeyF11;
}

// The logical length whose product with `scale` ImGui's back end cuts down to `length_px`, not to one less.
float logical_length(int length_px, float scale) {
  float length = static_cast<float>(length_px) / scale;
  while (static_cast<int>(length * scale) < length_px) length = std::nextafter(length, FLT_MAX);
  return length;
}

// What the bound framebuffer holds.
std::shared_ptr<const FramePicture> picture_of_frame(const FrameSize& size) {
  const auto picture = std::make_shared<FramePicture>();
  picture->width = size.width_px;
  picture->height = size.height_px;
  const auto width = static_cast<std::size_t>(size.width_px);
  const auto height = static_cast<std::size_t>(size.height_px);
  std::vector<Color> upside_down(width * height);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, size.width_px, size.height_px, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
  picture->pixels.reserve(upside_down.size());
  for (std::size_t y = height; y-- > 0;) {
    for (std::size_t x = 0; x < width; ++x) {
      const Color c = upside_down[y * width + x];
      picture->pixels.push_back({c.r, c.g, c.b, 255});
    }
  }
  return picture;
}

}  // namespace

std::unique_ptr<GuiSession> GuiSession::create(std::string& error) {
  try {
    std::unique_ptr<GuiSession> session(new GuiSession);
    if (ImGui_ImplOpenGL3_Init("#version 330 core")) return session;
    error = "the OpenGL library cannot be loaded";
  } catch (const std::exception& e) {
    error = e.what();
  }
  return nullptr;
}

GuiSession::GuiSession() : context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_.get());
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // nothing is left behind in the working folder
  io.LogFilename = nullptr;
  io.BackendPlatformName = "initlab";
  for (const auto& row : kKeyMap) io.KeyMap[row.imgui] = row.key;
}

GuiSession::~GuiSession() {
  ImGui::SetCurrentContext(context_.get());
  if (ImGui::GetIO().BackendRendererUserData != nullptr) ImGui_ImplOpenGL3_Shutdown();
}

void GuiSession::prepare(double scale) {
  ImGui::SetCurrentContext(context_.get());
  scale_ = scale;
  if (!fonts_.prepare(scale)) return;
  // Only the texture is made anew: ImGui 1.86 does not survive that of its other objects, because it still
  // believes in the old buffers' sizes.
  if (has_device_objects_) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  } else {
    has_device_objects_ = ImGui_ImplOpenGL3_CreateDeviceObjects();
  }
  fonts_.take_changed();
}

FrameAnswer GuiSession::frame(const FrameFunction& frame, const GuiInput& input, const FrameSize& size) {
  assert(size.width_px > 0 && size.height_px > 0 && size.scale > 0 && size.seconds > 0);
  prepare(size.scale);
  begin(input, size);

  const ImGuiIO& io = ImGui::GetIO();
  FrameInput told;
  told.width = static_cast<double>(io.DisplaySize.x);
  told.height = static_cast<double>(io.DisplaySize.y);
  told.scale = size.scale;
  told.dropped_files = input.dropped_files;
  told.place = size.place;
  told.picture = std::exchange(picture_, nullptr);
  const bool text_field = text_field_active();
  for (const KeyPress& press : input.keys) {
    if (!text_field || passes_text_field(press)) told.keys.push_back(press);
  }
  FrameTools frame_tools = tools();
  FrameRecord* const record = frame_record();
  if (record != nullptr) record->begin();
  FrameAnswer answer = frame(told, frame_tools);
  draw(size);
  if (answer.take_picture) picture_ = picture_of_frame(size);
  if (record != nullptr) record->finish();
  return answer;
}

void GuiSession::begin(const GuiInput& input, const FrameSize& size) {
  ImGuiIO& io = ImGui::GetIO();
  const auto scale = static_cast<float>(size.scale);
  io.DisplaySize = {logical_length(size.width_px, scale), logical_length(size.height_px, scale)};
  io.DisplayFramebufferScale = {scale, scale};
  io.DeltaTime = static_cast<float>(size.seconds);
  ImGuiStyle& style = ImGui::GetStyle();
  style.CircleTessellationMaxError = 0.2f / scale;
  style.CurveTessellationTol = 1.0f / scale;

  const bool has_mouse = input.mouse.x > -1e6 && input.mouse.y > -1e6;
  io.MousePos = has_mouse ? ImVec2(static_cast<float>(input.mouse.x), static_cast<float>(input.mouse.y))
                          : ImVec2(-FLT_MAX, -FLT_MAX);
  for (std::size_t i = 0; i < input.button.size(); ++i) io.MouseDown[i] = input.button[i];
  io.MouseWheel = static_cast<float>(input.wheel);
  io.MouseWheelH = static_cast<float>(input.wheel_horizontal);

  // A press is down for one frame; a press in each of two frames is two presses.
  std::fill(std::begin(io.KeysDown), std::end(io.KeysDown), false);
  io.KeyCtrl = input.ctrl;
  io.KeyShift = input.shift;
  io.KeyAlt = input.alt;
  for (const KeyPress& press : input.keys) {
    assert(press.key >= 0 && press.key < static_cast<int>(std::size(io.KeysDown)));
    io.KeysDown[press.key] = true;
    io.KeysDownDuration[press.key] = -1;
    io.KeyCtrl = io.KeyCtrl || press.ctrl;
    io.KeyShift = io.KeyShift || press.shift;
  }
  io.AddInputCharactersUTF8(input.text.c_str());
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
}

void GuiSession::draw(const FrameSize& size) {
  ImGui::Render();
  if (!drawn_) {
    textures_.end_frame();
    return;
  }
  const TextureArea changed = fonts_.take_changed();
  if (changed.height > 0) {
    const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(reinterpret_cast<std::intptr_t>(atlas.TexID)));
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, changed.y, changed.width, changed.height, GL_RGBA, GL_UNSIGNED_BYTE,
                    atlas.TexPixelsRGBA32 + static_cast<std::ptrdiff_t>(changed.y) * changed.width);
  }
  const ImVec4 ground = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
  glViewport(0, 0, size.width_px, size.height_px);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(ground.x, ground.y, ground.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  textures_.end_frame();
}

void GuiSession::record_frames(FrameRecord* record) {
  ImGui::SetCurrentContext(context_.get());
  initlab::record_frames(record);
}

bool GuiSession::text_field_active() const {
  ImGui::SetCurrentContext(context_.get());
  // ImGui goes on wanting text for a frame after Enter has closed the field.
  return ImGui::GetIO().WantTextInput && ImGui::IsAnyItemActive();
}

}  // namespace initlab
