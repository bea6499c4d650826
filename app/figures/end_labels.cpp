#include "app/figures/end_labels.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace initlab {
namespace {

constexpr double kGapBeside = 6;  // labels nearer than this side by side count as above each other

// Neighbours that stand `spacing` apart and move as one: the first stands at `y`.
struct Block {
  double y = 0;
  std::size_t count = 1;
};

void push_group(std::vector<EndLabel*>& group, double spacing, double top, double bottom) {
  std::stable_sort(group.begin(), group.end(),
                   [](const EndLabel* a, const EndLabel* b) { return a->wanted_y < b->wanted_y; });
  if (group.size() > 1) spacing = std::min(spacing, (bottom - top) / static_cast<double>(group.size() - 1));
  std::vector<Block> blocks;
  for (const EndLabel* label : group) {
    blocks.push_back({label->wanted_y, 1});
    while (blocks.size() > 1) {
      const Block last = blocks.back();
      Block& before = blocks[blocks.size() - 2];
      const double end = before.y + spacing * static_cast<double>(before.count);
      if (end <= last.y) break;
      // The mean of where both want their first label to stand.
      const double shift = spacing * static_cast<double>(before.count);
      before.y = (before.y * static_cast<double>(before.count) +
                  (last.y - shift) * static_cast<double>(last.count)) /
                 static_cast<double>(before.count + last.count);
      before.count += last.count;
      blocks.pop_back();
    }
  }
  std::size_t at = 0;
  for (const Block& block : blocks) {
    for (std::size_t i = 0; i < block.count; ++i) group[at++]->y = block.y + spacing * static_cast<double>(i);
  }
  for (std::size_t i = 0; i < group.size(); ++i) {
    group[i]->y = std::max(group[i]->y, top + spacing * static_cast<double>(i));
  }
  for (std::size_t i = group.size(); i-- > 0;) {
    group[i]->y = std::min(group[i]->y, bottom - spacing * static_cast<double>(group.size() - 1 - i));
  }
}

}  // namespace

void push_apart(std::span<EndLabel> labels, double spacing, double top, double bottom) {
  std::vector<std::size_t> order(labels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return labels[a].x < labels[b].x; });
  std::vector<EndLabel*> group;
  double reach = 0;
  for (const std::size_t i : order) {
    EndLabel& label = labels[i];
    if (!group.empty() && label.x > reach) {
      push_group(group, spacing, top, bottom);
      group.clear();
    }
    const double end = label.x + label.width + kGapBeside;
    reach = group.empty() ? end : std::max(reach, end);
    group.push_back(&label);
  }
  if (!group.empty()) push_group(group, spacing, top, bottom);
}

}  // namespace initlab
