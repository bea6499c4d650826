#include "app/tour/lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "core/numeric/input_text.h"

namespace initlab {
namespace {

constexpr double kSameLine = 6;  // logical pixels between the middles of two texts of one line

// Lines of text from the top, in steps of half a line: what stands beside each other has one number.
long line_of(double y) {
  return std::lround(y / 10);
}

struct Candidate {
  Point point;
  Rect rect;
  bool on_widget = false;
  int layer = 0;
};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool is_exact(std::string_view shown, std::string_view wanted) {
  return shown == wanted;
}
bool is_beginning(std::string_view shown, std::string_view wanted) {
  return lower(shown).starts_with(lower(wanted));
}

// The smallest widget under a point.
const ShownWidget* widget_at(const FrameRecord& record, Point point, int layer) {
  const ShownWidget* best = nullptr;
  for (const ShownWidget& widget : record.widgets()) {
    if (widget.layer != layer || !widget.rect.contains(point)) continue;
    const double area = widget.rect.width * widget.rect.height;
    if (best == nullptr || area < best->rect.width * best->rect.height) best = &widget;
  }
  return best;
}

Candidate candidate_of(const FrameRecord& record, const ShownText& text) {
  const Point middle = text.rect.center();
  const ShownWidget* const widget = widget_at(record, middle, text.layer);
  return {middle, widget != nullptr ? widget->rect : text.rect, widget != nullptr, text.layer};
}

using Match = bool (*)(std::string_view shown, std::string_view wanted);

std::vector<Candidate> texts_that(const FrameRecord& record, Match match, std::string_view wanted) {
  std::vector<Candidate> found;
  for (const ShownText& text : record.texts()) {
    if (match(text.text, wanted)) found.push_back(candidate_of(record, text));
  }
  return found;
}

std::vector<Candidate> widgets_that(const FrameRecord& record, Match match, std::string_view wanted) {
  std::vector<Candidate> found;
  for (const ShownWidget& widget : record.widgets()) {
    if (match(widget.id, wanted) || (!widget.name.empty() && match(widget.name, wanted))) {
      found.push_back({widget.rect.center(), widget.rect, true, widget.layer});
    }
  }
  return found;
}

// Texts of one line, drawn word by word, that make up the label.
std::vector<Candidate> lines_that_read(const FrameRecord& record, std::string_view wanted) {
  std::vector<Candidate> found;
  const std::vector<ShownText>& texts = record.texts();
  for (std::size_t first = 0; first < texts.size(); ++first) {
    std::string read = texts[first].text;
    for (std::size_t next = first + 1; next < texts.size() && read.size() < wanted.size(); ++next) {
      const double apart = texts[next].rect.center().y - texts[first].rect.center().y;
      if (std::abs(apart) > kSameLine) break;
      read += read.ends_with(' ') ? texts[next].text : ' ' + texts[next].text;
      if (read == wanted) found.push_back(candidate_of(record, texts[first]));
    }
  }
  return found;
}

std::vector<Candidate> candidates(const FrameRecord& record, std::string_view wanted) {
  auto found = texts_that(record, is_exact, wanted);
  if (found.empty()) found = widgets_that(record, is_exact, wanted);
  if (found.empty()) found = lines_that_read(record, wanted);
  if (found.empty()) found = texts_that(record, is_beginning, wanted);
  if (found.empty()) found = widgets_that(record, is_beginning, wanted);
  std::ranges::stable_sort(found, [](const Candidate& a, const Candidate& b) {
    if (a.on_widget != b.on_widget) return a.on_widget;
    if (a.layer != b.layer) return a.layer > b.layer;
    if (line_of(a.point.y) != line_of(b.point.y)) return a.point.y < b.point.y;
    return a.point.x < b.point.x;
  });
  return found;
}

// Between two rectangles; what stands on one line is nearer than what stands below.
double distance(Rect a, Rect b) {
  const double dx = std::max({0.0, a.x - b.right(), b.x - a.right()});
  const double dy = std::abs(a.center().y - b.center().y);
  return std::hypot(dx, 2 * dy);
}

// What is written on buttons and boxes, in the order of reading.
std::vector<std::string_view> labels_on_widgets(const FrameRecord& record) {
  constexpr double kHighest = 60;  // of what is no figure
  std::vector<const ShownText*> texts;
  for (const ShownText& text : record.texts()) {
    const Candidate candidate = candidate_of(record, text);
    if (candidate.on_widget && candidate.rect.height < kHighest) texts.push_back(&text);
  }
  std::ranges::stable_sort(texts, [](const ShownText* a, const ShownText* b) {
    if (a->layer != b->layer) return a->layer > b->layer;
    const long line = line_of(a->rect.center().y);
    if (line != line_of(b->rect.center().y)) return line < line_of(b->rect.center().y);
    return a->rect.x < b->rect.x;
  });
  std::vector<std::string_view> labels;
  for (const ShownText* const text : texts) {
    if (std::ranges::find(labels, text->text) == labels.end()) labels.push_back(text->text);
  }
  return labels;
}

InputError nothing_says(const FrameRecord& record, std::string_view label) {
  std::vector<std::string_view> shown;
  for (const ShownText& text : record.texts()) shown.push_back(text.text);
  for (const ShownWidget& widget : record.widgets()) shown.push_back(widget.id);
  const std::string_view near = nearest_word(label, shown);
  if (!near.empty()) {
    return {fmt::format("nothing on the screen says {}; the nearest label is {}", in_quotes(label),
                        in_quotes(near))};
  }
  return {fmt::format("nothing on the screen says {}; there are {}", in_quotes(label),
                      one_line(joined(labels_on_widgets(record)), 600))};
}

void sort_by_distance(std::vector<Candidate>& found, Rect anchor) {
  std::ranges::stable_sort(found, {}, [&](const Candidate& c) {
    return distance({c.point.x, c.point.y, 0, 0}, anchor);
  });
}

// Of each label beside it the nearest pair counts: a label may stand in several places.
std::optional<InputError> sort_by_nearness(const FrameRecord& record, std::vector<Candidate>& found,
                                           std::string_view near) {
  const std::vector<Candidate> anchors = candidates(record, near);
  if (anchors.empty()) return nothing_says(record, near);
  double least = std::numeric_limits<double>::infinity();
  std::vector<Candidate> best;
  for (const Candidate& anchor : anchors) {
    std::vector<Candidate> sorted = found;
    const Rect place = {anchor.point.x, anchor.point.y, 0, 0};
    sort_by_distance(sorted, place);
    const double nearest = distance({sorted.front().point.x, sorted.front().point.y, 0, 0}, place);
    if (nearest < least) {
      least = nearest;
      best = std::move(sorted);
    }
  }
  found = std::move(best);
  return std::nullopt;
}

std::string without_spaces(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ' && c != '\n') result += c;
  }
  return result;
}

}  // namespace

Result<FoundTarget> find_target(const FrameRecord& record, const TourTarget& target) {
  if (target.place) return FoundTarget{*target.place, {target.place->x, target.place->y, 0, 0}};
  std::vector<Candidate> found = candidates(record, target.label);
  if (found.empty()) return nothing_says(record, target.label);
  if (!target.near.empty()) {
    if (auto error = sort_by_nearness(record, found, target.near)) return *error;
  }
  const auto nth = static_cast<std::size_t>(target.nth);
  if (nth > found.size()) {
    return InputError{
        fmt::format("{} is written {} times, not {}", in_quotes(target.label), found.size(), nth)};
  }
  const Candidate& chosen = found[nth - 1];
  Point point = chosen.point;
  if (target.share) {
    point = {chosen.rect.x + target.share->x * chosen.rect.width,
             chosen.rect.y + target.share->y * chosen.rect.height};
  }
  return FoundTarget{point, chosen.rect};
}

Result<FoundTarget> find_slider(const FrameRecord& record, const TourTarget& target) {
  const ShownWidget* best = nullptr;
  double least = std::numeric_limits<double>::infinity();
  std::vector<std::string_view> ids;
  const std::vector<Candidate> anchors = candidates(record, target.label);
  for (const ShownWidget& widget : record.widgets()) {
    if (!widget.is_slider) continue;
    ids.push_back(widget.id);
    double far =
        anchors.empty() ? least : distance(widget.rect, {anchors[0].point.x, anchors[0].point.y, 0, 0});
    if (widget.id == target.label) far = -1;
    if (far < least) {
      least = far;
      best = &widget;
    }
  }
  if (best == nullptr) {
    return InputError{fmt::format("there is no slider {}; sliders are {}", in_quotes(target.label),
                                  ids.empty() ? "none" : joined(ids))};
  }
  return FoundTarget{best->rect.center(), best->rect};
}

bool shows_text(const FrameRecord& record, std::string_view words) {
  std::string all;
  for (const ShownText& text : record.texts()) {
    if (text.text.find(words) != std::string::npos) return true;
    all += without_spaces(text.text);
  }
  // Sentences are broken into lines, and lines into pieces of one style.
  return words.find(' ') != std::string_view::npos && all.find(without_spaces(words)) != std::string::npos;
}

}  // namespace initlab
