// Each rule sees what breaks it and lets pass what does not: texts made up for it.
#include "tests/rules/rules.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace initlab::rules {
namespace {

struct Example {
  std::string_view rule;
  std::string path;
  std::string text;
  std::size_t breaches;
};

std::string repeated(const std::string& line, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += line;
  return text;
}

std::vector<Example> examples() {
  const std::string later = std::string("TO") + "DO";
  return {
      {"core_shows_nothing", "core/a.cpp", "#include <imgui.h>\n", 1},
      {"core_shows_nothing", "core/a.cpp", "  #  include <GLFW/glfw3.h>\n#include <EGL/egl.h>\n", 2},
      {"core_shows_nothing", "core/a.h", "#include <glad/gl.h>\n#include <cairo.h>\n#include <ft2build.h>\n",
       3},
      {"core_shows_nothing", "tests/core/a.cpp", "#include <cairo-pdf.h>\n", 1},
      {"core_shows_nothing", "core/a.cpp", "#include <vector>\n// #include <imgui.h> is for others\n", 0},
      {"core_shows_nothing", "app/panels/a.cpp", "#include <imgui.h>\n", 0},

      {"core_prints_nothing", "core/a.cpp", "#include <iostream>\n", 1},
      {"core_prints_nothing", "core/a.cpp", "void f() { printf(\"x\"); }\n", 1},
      {"core_prints_nothing", "core/a.cpp", "void f() {\n  std::cout << 1;\n  std::cerr << 2;\n}\n", 2},
      {"core_prints_nothing", "core/a.cpp", "void f() { fmt::print(\"{}\", 1); }\n", 1},
      {"core_prints_nothing", "core/a.cpp", "const int million = 1'000'000; std::puts(\"\");\n", 1},
      {"core_prints_nothing", "core/a.cpp",
       "// no printf\nconst char* s = \"std::cout\"; int outputs = layer.inputs();\n", 0},
      {"core_prints_nothing", "core/a.cpp", "/* printf */ auto s = R\"(puts(\"x\") printf)\";\n", 0},
      {"core_prints_nothing", "app/cli/a.cpp", "#include <iostream>\n", 0},

      {"only_the_platform_knows_the_window_system", "app/lab.cpp", "#include <glad/gl.h>\n", 1},
      {"only_the_platform_knows_the_window_system", "app/panels/a.cpp", "#include <GLFW/glfw3.h>\n", 1},
      {"only_the_platform_knows_the_window_system", "app/canvas/imgui_a.cpp",
       "#include <backends/imgui_impl_opengl3.h>\n", 1},
      {"only_the_platform_knows_the_window_system", "app/platform/a.cpp",
       "#include <EGL/egl.h>\n#include <glad/gl.h>\n", 0},

      {"figures_and_canvas_know_no_gui", "app/figures/a.cpp", "#include <imgui.h>\n", 1},
      {"figures_and_canvas_know_no_gui", "app/figures/a.cpp", "#include <cairo.h>\n", 1},
      {"figures_and_canvas_know_no_gui", "app/figures/a.cpp", "#include \"app/canvas/imgui_canvas.h\"\n", 1},
      {"figures_and_canvas_know_no_gui", "app/canvas/svg_canvas.cpp", "#include <imgui.h>\n", 1},
      {"figures_and_canvas_know_no_gui", "app/canvas/imgui_canvas.cpp", "#include <imgui.h>\n", 0},
      {"figures_and_canvas_know_no_gui", "app/canvas/cairo_canvas.cpp", "#include <cairo.h>\n", 0},

      {"include_arrows_point_one_way", "core/numeric/a.h", "#include \"core/network/network.h\"\n", 1},
      {"include_arrows_point_one_way", "core/network/a.h", "#include \"core/data/dataset.h\"\n", 1},
      {"include_arrows_point_one_way", "core/data/a.h", "#include \"core/network/network.h\"\n", 1},
      {"include_arrows_point_one_way", "core/experiment/a.h", "#include \"core/worker/worker.h\"\n", 1},
      {"include_arrows_point_one_way", "core/worker/a.h", "#include \"app/theme.h\"\n", 1},
      {"include_arrows_point_one_way", "core/worker/a.h", "#include \"core/experiment/run.h\"\n", 0},
      {"include_arrows_point_one_way", "core/experiment/a.h",
       "#include \"core/data/dataset.h\"\n#include <vector>\n", 0},
      {"include_arrows_point_one_way", "app/figures/a.h", "#include \"app/panels/panel.h\"\n", 1},
      {"include_arrows_point_one_way", "app/figures/a.h", "#include \"core/worker/worker.h\"\n", 1},
      {"include_arrows_point_one_way", "app/canvas/canvas.h", "#include \"app/platform/fonts.h\"\n", 1},
      {"include_arrows_point_one_way", "app/canvas/imgui_canvas.h", "#include \"app/platform/frame.h\"\n", 0},
      {"include_arrows_point_one_way", "app/canvas/imgui_canvas.h", "#include \"app/platform/window.h\"\n",
       1},
      {"include_arrows_point_one_way", "app/canvas/imgui_canvas.h", "#include \"app/panels/panel.h\"\n", 1},
      {"include_arrows_point_one_way", "app/platform/a.cpp", "#include \"app/panels/panel.h\"\n", 1},
      {"include_arrows_point_one_way", "app/panels/a.cpp", "#include \"app/cli/cli.h\"\n", 1},
      {"include_arrows_point_one_way", "app/lab.cpp", "#include \"tests/rules/rules.h\"\n", 1},
      {"include_arrows_point_one_way", "app/lab.cpp", "#include \"lab.h\"\n", 1},
      {"include_arrows_point_one_way", "tests/core/a.cpp", "#include \"app/theme.h\"\n", 1},
      {"include_arrows_point_one_way", "tests/app/a.cpp", "#include \"app/theme.h\"\n", 0},

      {"headers_are_included_once", "app/a.h", "// A header.\n", 1},
      {"headers_are_included_once", "app/a.h", "// #pragma once\n", 1},
      {"headers_are_included_once", "app/a.h", "// A header.\n#pragma once\n", 0},
      {"headers_are_included_once", "app/a.cpp", "// A source.\n", 0},
      {"headers_are_included_once", "core/a-inl.h", "#pragma once\n", 1},
      {"headers_are_included_once", "core/a-inl.h", "#if defined(A) == defined(HWY_TARGET_TOGGLE)\n", 0},

      {"files_open_with_what_they_are_for", "app/a.h", "#pragma once\n", 1},
      {"files_open_with_what_they_are_for", "app/a.h", "#include \"app/b.h\"\n", 1},
      {"files_open_with_what_they_are_for", "app/a.cpp", "#include <vector>\n", 1},
      {"files_open_with_what_they_are_for", "app/a.cpp", "\n// Late.\n", 1},
      {"files_open_with_what_they_are_for", "app/a.cpp", "#include \"app/a.h\"\n", 0},
      {"files_open_with_what_they_are_for", "app/a.h", "// What it is for.\n#pragma once\n", 0},
      {"files_open_with_what_they_are_for", "run", "#!/bin/sh\n", 0},

      {"files_are_short_enough_to_read", "app/a.cpp", repeated("x\n", 601), 1},
      {"files_are_short_enough_to_read", "app/a.cpp", repeated("x\n", 600), 0},

      {"nothing_is_left_for_later", "README.md", "Soon.\n" + later + ": more\n", 1},
      {"nothing_is_left_for_later", "core/a.cpp",
       "// FIX"
       "ME\n/* " +
           later + "(me) */\n",
       2},
      {"nothing_is_left_for_later", "core/a.cpp", "const char* name = \"MAS" + later + "NT\";\n", 0},

      {"packages_are_names_one_a_line", "third_party/packages.txt",
       "# build\n\ng++\nlibgl1-mesa-dri\nclang-14\n", 0},
      {"packages_are_names_one_a_line", "third_party/packages.txt", "cmake ninja-build\n", 1},
      {"packages_are_names_one_a_line", "third_party/packages.txt", "cmake \n-y\nLibpng\n", 3},
      {"packages_are_names_one_a_line", "third_party/packages.txt", "cmake\ncmake\n", 1},
      {"packages_are_names_one_a_line", "third_party/packages.txt", "# none\n", 1},
      {"packages_are_names_one_a_line", "README.md", "Any words.\n", 0},

      {"lines_end_plainly", "README.md", "no end", 1},
      {"lines_end_plainly", "README.md", "one\r\n", 1},
      {"lines_end_plainly", "README.md", "one\n", 0},
  };
}

TEST(rules, see_what_breaks_them_and_nothing_else) {
  for (const Example& example : examples()) {
    const Breaches breaches = breaches_of(example.rule, {example.path, example.text});
    EXPECT_EQ(breaches.size(), example.breaches) << example.rule << "\n"
                                                 << example.path << ":\n"
                                                 << example.text;
    for (const std::string& breach : breaches) EXPECT_EQ(breach.find(example.path + ":"), 0u) << breach;
  }
}

TEST(rules, each_has_a_text_that_breaks_it_and_one_that_does_not) {
  std::set<std::string_view> broken, kept;
  for (const Example& example : examples()) (example.breaches > 0 ? broken : kept).insert(example.rule);
  for (const Rule& rule : rules()) {
    EXPECT_TRUE(broken.contains(rule.name)) << rule.name;
    EXPECT_TRUE(kept.contains(rule.name)) << rule.name;
  }
}

TEST(rules, a_breach_names_its_line) {
  const Breaches breaches =
      breaches_of("core_shows_nothing", {"core/a.cpp", "// A.\n\n#include <imgui.h>\n"});
  ASSERT_EQ(breaches.size(), 1u);
  EXPECT_EQ(breaches[0].find("core/a.cpp:3: "), 0u) << breaches[0];
}

TEST(code_only, blanks_comments_and_strings_and_keeps_lines) {
  EXPECT_EQ(code_only("a // b\nc"), "a     \nc");
  EXPECT_EQ(code_only("a /* b\nc */ d"), "a     \n     d");
  EXPECT_EQ(code_only("f(\"x\\\"y\") + g"), "f(      ) + g");
  EXPECT_EQ(code_only("'\"' + x + '\\''"), "    + x +     ");
  EXPECT_EQ(code_only("1'000 + x'"), "1'000 + x'");
  EXPECT_EQ(code_only("R\"-(a)\" b)-\" c"), "             c");
  EXPECT_EQ(code_only("\"//\" a"), "     a");
}

}  // namespace
}  // namespace initlab::rules
