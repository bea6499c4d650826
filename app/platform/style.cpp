#include "app/platform/style.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace initlab {
namespace {

ImVec4 vec(Color c) {
  return {static_cast<float>(c.r) / 255, static_cast<float>(c.g) / 255, static_cast<float>(c.b) / 255,
          static_cast<float>(c.a) / 255};
}

Color between(Color a, Color b, double share) {
  const auto mix = [share](std::uint8_t from, std::uint8_t to) {
    return static_cast<std::uint8_t>(std::lround(from + (to - from) * share));
  };
  return {mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b), mix(a.a, b.a)};
}

void apply_sizes(ImGuiStyle& style) {
  constexpr auto kRound = static_cast<float>(kCornerRadius);
  style.WindowPadding = {8, 8};
  style.FramePadding = {8, 4};
  style.CellPadding = {8, 4};
  style.ItemSpacing = {8, 8};
  style.ItemInnerSpacing = {8, 4};
  style.IndentSpacing = 16;
  style.ScrollbarSize = 8;
  style.GrabMinSize = 16;
  style.WindowRounding = kRound;
  style.ChildRounding = kRound;
  style.PopupRounding = kRound;
  style.FrameRounding = kRound;
  style.ScrollbarRounding = 4;
  style.GrabRounding = kRound;
  style.TabRounding = kRound;
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  style.FrameBorderSize = 0;
  style.TabBorderSize = 0;
  style.WindowMinSize = {16, 16};
  style.DisplaySafeAreaPadding = {8, 8};
}

}  // namespace

void apply_style(const Theme& theme) {
  ImGuiStyle& style = ImGui::GetStyle();
  apply_sizes(style);

  // What is not named below is quiet: nothing of ImGui's own blue shows through.
  std::fill(std::begin(style.Colors), std::end(style.Colors), vec(theme.soft));
  const auto set = [&style](ImGuiCol where, Color color) { style.Colors[where] = vec(color); };
  const Color hover = between(theme.soft, theme.hairline, 0.6);
  const Color none = theme.ground.with_alpha(0);
  set(ImGuiCol_Text, theme.ink);
  set(ImGuiCol_TextDisabled, theme.secondary);
  set(ImGuiCol_WindowBg, theme.ground);
  set(ImGuiCol_ChildBg, none);
  set(ImGuiCol_PopupBg, theme.card);
  set(ImGuiCol_Border, theme.hairline);
  set(ImGuiCol_BorderShadow, none);
  for (const ImGuiCol where : {ImGuiCol_FrameBgHovered, ImGuiCol_ButtonHovered, ImGuiCol_HeaderHovered,
                               ImGuiCol_TabHovered, ImGuiCol_TitleBgActive}) {
    set(where, hover);
  }
  for (const ImGuiCol where :
       {ImGuiCol_FrameBgActive, ImGuiCol_ButtonActive, ImGuiCol_HeaderActive, ImGuiCol_Separator,
        ImGuiCol_ScrollbarGrab, ImGuiCol_TableBorderStrong, ImGuiCol_TableBorderLight}) {
    set(where, theme.hairline);
  }
  for (const ImGuiCol where : {ImGuiCol_ScrollbarBg, ImGuiCol_TableRowBg, ImGuiCol_ResizeGrip,
                               ImGuiCol_TabUnfocused, ImGuiCol_NavHighlight}) {
    set(where, none);
  }
  for (const ImGuiCol where :
       {ImGuiCol_CheckMark, ImGuiCol_SliderGrab, ImGuiCol_SliderGrabActive, ImGuiCol_SeparatorHovered,
        ImGuiCol_SeparatorActive, ImGuiCol_PlotLines, ImGuiCol_PlotHistogram, ImGuiCol_DragDropTarget}) {
    set(where, theme.accent);
  }
  set(ImGuiCol_ScrollbarGrabHovered, theme.secondary);
  set(ImGuiCol_ScrollbarGrabActive, theme.secondary);
  set(ImGuiCol_TextSelectedBg, theme.accent.with_alpha(0.3));
  set(ImGuiCol_ModalWindowDimBg, theme.ink.with_alpha(theme.id == ThemeId::kLight ? 0.25 : 0.1));
  set(ImGuiCol_NavWindowingDimBg, none);
}

}  // namespace initlab
