#include "app/platform/key_names.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include "app/platform/frame.h"

namespace initlab {
namespace {

constexpr struct {
  int glfw;
  int key;
} kNamedKeys[] = {
    {GLFW_KEY_SPACE, kKeySpace},   {GLFW_KEY_ENTER, kKeyEnter},    {GLFW_KEY_KP_ENTER, kKeyEnter},
    {GLFW_KEY_ESCAPE, kKeyEscape}, {GLFW_KEY_TAB, kKeyTab},        {GLFW_KEY_BACKSPACE, kKeyBackspace},
    {GLFW_KEY_DELETE, kKeyDelete}, {GLFW_KEY_LEFT, kKeyLeft},      {GLFW_KEY_RIGHT, kKeyRight},
    {GLFW_KEY_UP, kKeyUp},         {GLFW_KEY_DOWN, kKeyDown},      {GLFW_KEY_HOME, kKeyHome},
    {GLFW_KEY_END, kKeyEnd},       {GLFW_KEY_PAGE_UP, kKeyPageUp}, {GLFW_KEY_PAGE_DOWN, kKeyPageDown},
    {GLFW_KEY_F1, kKeyF1},         {GLFW_KEY_F11, kKeyF11},
};

}  // namespace

std::optional<int> key_of_press(int glfw_key, int scancode, bool ctrl) {
  for (const auto& row : kNamedKeys) {
    if (row.glfw == glfw_key) return row.key;
  }
  if (glfw_key >= GLFW_KEY_0 && glfw_key <= GLFW_KEY_9) return '0' + (glfw_key - GLFW_KEY_0);
  if (glfw_key >= GLFW_KEY_KP_0 && glfw_key <= GLFW_KEY_KP_9) return '0' + (glfw_key - GLFW_KEY_KP_0);
  if (glfw_key == GLFW_KEY_KP_ADD && ctrl) return kKeyPlus;
  if (glfw_key == GLFW_KEY_KP_SUBTRACT && ctrl) return kKeyMinus;

  const char* name = glfwGetKeyName(glfw_key, scancode);
  const char sign = name != nullptr && name[0] != '\0' && name[1] == '\0' ? name[0] : '\0';
  if (sign >= 'a' && sign <= 'z') return sign - 'a' + 'A';
  if (sign >= 'A' && sign <= 'Z') return sign;
  if (ctrl && (sign == '+' || sign == '=')) return kKeyPlus;
  if (ctrl && sign == '-') return kKeyMinus;
  // A layout without Latin letters: the key's place on an English keyboard.
  const bool other_script = name != nullptr && (name[0] & 0x80) != 0;
  if (other_script && glfw_key >= GLFW_KEY_A && glfw_key <= GLFW_KEY_Z) return 'A' + (glfw_key - GLFW_KEY_A);
  return std::nullopt;
}

std::optional<int> key_of_character(char32_t character) {
  if (character == U'+' || character == U'=') return kKeyPlus;
  if (character == U'-') return kKeyMinus;
  if (character == U'?') return kKeyQuestion;
  return std::nullopt;
}

}  // namespace initlab
