#include "app/canvas/imgui_stroke.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace initlab {
namespace {

constexpr float kPi = std::numbers::pi_v<float>;
constexpr float kGentle = 0.5f;  // cosine of the sharpest turn that is mitred: 60 degrees

ImVec2 operator+(ImVec2 a, ImVec2 b) {
  return {a.x + b.x, a.y + b.y};
}
ImVec2 operator-(ImVec2 a, ImVec2 b) {
  return {a.x - b.x, a.y - b.y};
}
ImVec2 operator*(ImVec2 a, float s) {
  return {a.x * s, a.y * s};
}
float dot(ImVec2 a, ImVec2 b) {
  return a.x * b.x + a.y * b.y;
}
ImVec2 left_of(ImVec2 direction) {
  return {direction.y, -direction.x};
}

class Stroker {
 public:
  Stroker(ImDrawList& list, ImU32 color, float width, float pixel)
      : list_(list),
        uv_(ImGui::GetFontTexUvWhitePixel()),
        inner_(std::max(0.0f, (width - pixel) / 2)),
        outer_(std::max(pixel, (width + pixel) / 2)),
        round_ends_(width >= 2 * pixel),
        chord_angle_(2 * std::acos(std::max(0.0f, 1 - 0.15f * pixel / outer_))) {
    const float share = std::min(1.0f, width / pixel);
    const auto alpha =
        static_cast<ImU32>(std::lround(static_cast<float>(color >> IM_COL32_A_SHIFT & 0xFF) * share));
    color_ = (color & ~IM_COL32_A_MASK) | alpha << IM_COL32_A_SHIFT;
    clear_ = color & ~IM_COL32_A_MASK;
  }

  void open(std::span<const ImVec2> points) {
    ImVec2 before = direction(points[0], points[1]);
    if (round_ends_) fan(points[0], before * -1, kPi);
    section(points[0], left_of(before), false);
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
      const ImVec2 after = direction(points[i], points[i + 1]);
      corner(points[i], before, after);
      before = after;
    }
    section(points.back(), left_of(before), true);
    if (round_ends_) fan(points.back(), before, kPi);
  }

  void closed(std::span<const ImVec2> points) {
    const ImVec2 last = direction(points.back(), points[0]);
    const ImVec2 first = direction(points[0], points[1]);
    const bool gentle = dot(last, first) > kGentle;
    const ImVec2 normal = gentle ? mitre(last, first) : left_of(first);
    section(points[0], normal, false);
    ImVec2 before = first;
    for (std::size_t i = 1; i < points.size(); ++i) {
      const ImVec2 after = direction(points[i], points[i + 1 == points.size() ? 0 : i + 1]);
      corner(points[i], before, after);
      before = after;
    }
    section(points[0], gentle ? normal : left_of(last), true);
    if (!gentle) join(points[0], last, first);
  }

 private:
  static ImVec2 direction(ImVec2 from, ImVec2 to) {
    const ImVec2 d = to - from;
    return d * (1 / std::sqrt(dot(d, d)));
  }

  // The normal at a corner, longer than 1 so that both sides keep their width.
  static ImVec2 mitre(ImVec2 before, ImVec2 after) {
    const ImVec2 sum = left_of(before) + left_of(after);
    return sum * (2 / dot(sum, sum));
  }

  void corner(ImVec2 at, ImVec2 before, ImVec2 after) {
    if (dot(before, after) > kGentle) {
      section(at, mitre(before, after), true);
      return;
    }
    section(at, left_of(before), true);
    join(at, before, after);
    section(at, left_of(after), false);
  }

  // Fills the outer side of a sharp corner.
  void join(ImVec2 at, ImVec2 before, ImVec2 after) {
    const ImVec2 middle = before - after;  // points away from the inside of the corner
    const float length = std::sqrt(dot(middle, middle));
    const float turn = std::acos(std::clamp(dot(before, after), -1.0f, 1.0f));
    if (length > 0) fan(at, middle * (1 / length), turn);
  }

  // A sector of a disc about `at`, `angle` wide about the direction `middle`.
  void fan(ImVec2 at, ImVec2 middle, float angle) {
    const int steps = std::max(1, static_cast<int>(std::ceil(angle / chord_angle_)));
    list_.PrimReserve(9 * steps, 1 + 2 * (steps + 1));
    const unsigned first = list_._VtxCurrentIdx;
    list_.PrimWriteVtx(at, uv_, color_);
    const float start = std::atan2(middle.y, middle.x) - angle / 2;
    for (int i = 0; i <= steps; ++i) {
      const float a = start + angle * static_cast<float>(i) / static_cast<float>(steps);
      const ImVec2 ray = {std::cos(a), std::sin(a)};
      list_.PrimWriteVtx(at + ray * inner_, uv_, color_);
      list_.PrimWriteVtx(at + ray * outer_, uv_, clear_);
    }
    for (unsigned i = 0; i < static_cast<unsigned>(steps); ++i) {
      const unsigned a = first + 1 + 2 * i;
      triangle(first, a, a + 2);
      triangle(a, a + 1, a + 3);
      triangle(a, a + 3, a + 2);
    }
  }

  // Four points across the line, joined to the four before where `joined`.
  void section(ImVec2 at, ImVec2 normal, bool joined) {
    if (!joined) {
      list_.PrimReserve(0, 4);
      remember(at, normal);
      write_section(at, normal);
      return;
    }
    list_.PrimReserve(18, 8);
    if (list_._CmdHeader.VtxOffset == last_offset_) {
      list_.PrimUnreserve(0, 4);
    } else {
      // The list's 16-bit indices began anew: the section before is written again behind the break.
      last_first_ = list_._VtxCurrentIdx;
      write_section(last_at_, last_normal_);
    }
    const unsigned before = last_first_;
    remember(at, normal);
    write_section(at, normal);
    for (unsigned i = 0; i < 3; ++i) {
      triangle(before + i, last_first_ + i, last_first_ + i + 1);
      triangle(before + i, last_first_ + i + 1, before + i + 1);
    }
  }

  // The section about to be written is the one to join the next to.
  void remember(ImVec2 at, ImVec2 normal) {
    last_at_ = at;
    last_normal_ = normal;
    last_first_ = list_._VtxCurrentIdx;
    last_offset_ = list_._CmdHeader.VtxOffset;
  }

  void write_section(ImVec2 at, ImVec2 normal) {
    list_.PrimWriteVtx(at + normal * outer_, uv_, clear_);
    list_.PrimWriteVtx(at + normal * inner_, uv_, color_);
    list_.PrimWriteVtx(at - normal * inner_, uv_, color_);
    list_.PrimWriteVtx(at - normal * outer_, uv_, clear_);
  }

  void triangle(unsigned a, unsigned b, unsigned c) {
    list_.PrimWriteIdx(static_cast<ImDrawIdx>(a));
    list_.PrimWriteIdx(static_cast<ImDrawIdx>(b));
    list_.PrimWriteIdx(static_cast<ImDrawIdx>(c));
  }

  ImDrawList& list_;
  ImVec2 uv_;
  float inner_;  // half the width that is fully covered
  float outer_;  // half the width at which nothing is covered any more
  bool round_ends_;
  float chord_angle_;  // of an arc's step, so that it stays within a fraction of a pixel of the circle
  ImU32 color_ = 0;
  ImU32 clear_ = 0;
  ImVec2 last_at_;
  ImVec2 last_normal_;
  unsigned last_first_ = 0;   // index of its first vertex
  unsigned last_offset_ = 0;  // what that index counts from
};

}  // namespace

void add_stroke(ImDrawList& list, std::span<const ImVec2> points, ImU32 color, float width, float pixel,
                bool closed) {
  if (points.size() < 2 || (color & IM_COL32_A_MASK) == 0) return;
  Stroker stroker(list, color, width, pixel);
  if (closed && points.size() > 2) {
    stroker.closed(points);
  } else {
    stroker.open(points);
  }
}

}  // namespace initlab
