#include "tests/bench/headless_gui.h"

#include <cfloat>

namespace initlab::bench {

ImTextureID PaintedPictures::texture(const ImageSource& source) {
  Entry& entry = entries_[source.id];
  const auto count = static_cast<std::size_t>(source.width) * static_cast<std::size_t>(source.height);
  if (entry.pixels.size() != count || entry.revision != source.revision) {
    entry.pixels.resize(count);
    source.paint(entry.pixels);
    entry.revision = source.revision;
    ++painted_;
  }
  return &entry;
}

HeadlessGui::HeadlessGui(double width, double height) : context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;  // as with OpenGL 3.3
  io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  io.DeltaTime = 1.0f / 60;
  io.MousePos = {-FLT_MAX, -FLT_MAX};
  input_.width = width;
  input_.height = height;
}

HeadlessGui::~HeadlessGui() {
  ImGui::DestroyContext(context_);
}

FrameAnswer HeadlessGui::frame(const FrameFunction& frame) {
  fonts_.prepare(input_.scale);
  ImGui::NewFrame();
  FrameTools tools = {fonts_, pictures_, input_.scale};
  FrameAnswer answer = frame(input_, tools);
  ImGui::Render();
  fonts_.take_changed();
  return answer;
}

int HeadlessGui::index_count() const {
  return ImGui::GetDrawData()->TotalIdxCount;
}

}  // namespace initlab::bench
