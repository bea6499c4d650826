#include "app/document/lesson.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <system_error>

#include "core/numeric/input_text.h"

namespace initlab {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// The text between lines that are "---".
std::vector<std::string_view> sections(std::string_view text) {
  std::vector<std::string_view> found;
  std::size_t begin = 0;
  for (std::size_t line = 0; line < text.size();) {
    const std::size_t end = std::min(text.find('\n', line), text.size());
    if (trimmed(text.substr(line, end - line)) == "---") {
      found.push_back(text.substr(begin, line - begin));
      begin = std::min(end + 1, text.size());
    }
    line = end + 1;
  }
  found.push_back(text.substr(begin));
  return found;
}

// "title: ..." and "experiment: ...", each once and nothing else.
std::optional<InputError> read_head(std::string_view head, Lesson& lesson) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    const std::string_view line = trimmed(head.substr(0, end));
    head.remove_prefix(std::min(end + 1, head.size()));
    if (line.empty()) continue;
    const std::size_t colon = line.find(':');
    const std::string_view key = trimmed(line.substr(0, colon));
    std::string* const value = key == "title"        ? &lesson.title
                               : key == "experiment" ? &lesson.experiment
                                                     : nullptr;
    if (value == nullptr || colon == std::string_view::npos || !value->empty()) {
      return InputError{fmt::format("{}: {} stands where \"title: ...\" and \"experiment: ...\" are allowed",
                                    lesson.id, in_quotes(line))};
    }
    *value = trimmed(line.substr(colon + 1));
  }
  if (lesson.title.empty() || lesson.experiment.empty()) {
    return InputError{fmt::format("{}: a lesson begins with its title and its experiment", lesson.id)};
  }
  return std::nullopt;
}

// "? " at the start of a quote; taken away.
bool take_question_mark(TextBlock& block) {
  constexpr std::string_view kMark = "? ";
  if (!block.quoted || block.text.empty() || !block.text.front().text.starts_with(kMark)) return false;
  block.text.front().text.erase(0, kMark.size());
  block.quoted = false;
  return true;
}

LessonStep step_of(Document document) {
  LessonStep step;
  for (TextBlock& block : document.blocks) {
    if (take_question_mark(block)) {
      step.parts.push_back({{{std::move(block)}}, Document{}});
      continue;
    }
    const bool answers = block.quoted && !step.parts.empty() && step.parts.back().answer;
    if (answers) {
      block.quoted = false;
      step.parts.back().answer->blocks.push_back(std::move(block));
      continue;
    }
    if (step.parts.empty() || step.parts.back().answer) step.parts.emplace_back();
    step.parts.back().text.blocks.push_back(std::move(block));
  }
  return step;
}

void add_links(const Document& document, std::vector<std::string>& links) {
  for (const TextBlock& block : document.blocks) {
    for (const InlineText& piece : block.text) {
      if (!piece.target.empty()) links.push_back(piece.target);
    }
  }
}

Result<LessonLink> read_settings(std::string_view list, std::string_view target) {
  LessonSet set;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(';'), list.size());
    const std::string_view one = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    const std::size_t equals = one.find('=');
    if (equals == 0 || equals == std::string_view::npos) {
      return InputError{fmt::format("link {}: {} is no path=value", in_quotes(target), in_quotes(one))};
    }
    set.settings.push_back({std::string(one.substr(0, equals)), std::string(one.substr(equals + 1))});
  }
  return set;
}

}  // namespace

Result<LessonLink> read_lesson_link(std::string_view target) {
  const std::size_t colon = target.find(':');
  const std::string_view verb = target.substr(0, colon);
  const std::string_view rest = colon == std::string_view::npos ? "" : target.substr(colon + 1);
  if (!rest.empty()) {
    if (verb == "open") return LessonOpen{std::string(rest)};
    if (verb == "do") return LessonDo{std::string(rest)};
    if (verb == "set") return read_settings(rest, target);
    if (verb == "go") {
      std::int64_t step = 0;
      const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), step);
      if (error == std::errc() && end == rest.data() + rest.size() && step >= 0) return LessonGo{step};
      return InputError{
          fmt::format("link {}: {} is no step; allowed: 0 or more", in_quotes(target), in_quotes(rest))};
    }
  }
  return InputError{
      fmt::format("link {} does nothing; allowed: open:EXPERIMENT, set:PATH=VALUE;..., do:ACTION, go:STEP",
                  in_quotes(target))};
}

Result<Lesson> read_lesson(std::string_view text, std::string_view id) {
  Lesson lesson;
  lesson.id = id;
  const std::vector<std::string_view> parts = sections(text);
  if (parts.size() < 3 || !trimmed(parts[0]).empty()) {
    return InputError{fmt::format("{}: a lesson begins with ---, its title, its experiment and ---", id)};
  }
  if (auto error = read_head(parts[1], lesson)) return std::move(*error);
  for (std::size_t i = 2; i < parts.size(); ++i) {
    const std::string source = fmt::format("{}, step {}", id, i - 1);
    Result<Document> document = read_markdown(parts[i], source);
    if (auto* error = std::get_if<InputError>(&document)) return std::move(*error);
    lesson.steps.push_back(step_of(std::get<Document>(std::move(document))));
    if (lesson.steps.back().parts.empty()) return InputError{fmt::format("{} is empty", source)};
    for (const LessonPart& part : lesson.steps.back().parts) {
      if (part.answer && part.answer->blocks.empty()) {
        return InputError{fmt::format("{}: a question has no answer", source)};
      }
    }
  }
  for (const std::string& link : lesson_links(lesson)) {
    const Result<LessonLink> read = read_lesson_link(link);
    if (const auto* error = std::get_if<InputError>(&read)) {
      return InputError{fmt::format("{}: {}", id, error->message)};
    }
  }
  return lesson;
}

Result<std::vector<Lesson>> read_lessons(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".md") files.push_back(entry->path());
  }
  if (error) return InputError{fmt::format("{}: {}", folder.string(), error.message())};
  std::ranges::sort(files);
  std::vector<Lesson> lessons;
  for (const std::filesystem::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in) return InputError{fmt::format("cannot read {}", in_quotes(file.string()))};
    Result<Lesson> lesson = read_lesson(text, file.stem().string());
    if (auto* wrong = std::get_if<InputError>(&lesson)) return std::move(*wrong);
    lessons.push_back(std::get<Lesson>(std::move(lesson)));
  }
  return lessons;
}

std::vector<std::string> lesson_links(const Lesson& lesson) {
  std::vector<std::string> links;
  for (const LessonStep& step : lesson.steps) {
    for (const LessonPart& part : step.parts) {
      add_links(part.text, links);
      if (part.answer) add_links(*part.answer, links);
    }
  }
  return links;
}

}  // namespace initlab
