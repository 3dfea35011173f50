#include "base/wrap.hpp"
#include "publish/review.hpp"

#include <algorithm>

namespace legwork::publish {
namespace {
constexpr std::size_t page_width = 100;

std::string text_of(const Line& line) {
  std::string text;
  for (const Run& run : line) text += run.text;
  return text;
}

class Printer {
 public:
  void print(const Review& review) {
    heading(review.title, '=');
    for (const Section& section : review.sections) {
      text_ += "\n\n";
      heading(section.title, '=');
      for (const Block& block : section.intro) print(block);
      for (const Entry& entry : section.entries) {
        text_ += '\n';
        heading(entry.title + "  [" + entry.id + "]", '-');
        for (const Block& block : entry.blocks) print(block);
      }
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void heading(const std::string& words, char under) {
    std::size_t longest = 0;
    for (const auto& part : wrap(words, page_width)) {
      text_ += part + '\n';
      longest = std::max(longest, columns(part));
    }
    text_ += std::string(longest, under) + '\n';
  }

  void print(const Block& block) {
    if (!block.heading.empty()) line("", "", block.heading);
    for (const Line& paragraph : block.paragraphs) line("  ", "    ", text_of(paragraph));
    for (const auto& [name, says] : block.facts) line("  ", "    ", name + ": " + text_of(says));
    for (const Node& node : block.tree) print(node, "  ", &node == &block.tree.back());
    if (block.table) print(*block.table);
    if (block.detail) line("  ", "    ", block.detail->caption);
  }

  /// A row at a time, each cell after the first under the name of its column.
  void print(const Table& table) {
    text_ += '\n';
    line("", "", table.caption + ":");
    if (table.columns.size() == 2) return print_pairs(table);
    for (const Table::Row& row : table.rows) {
      line("  • ", "    ", text_of(row.cells.front()));
      for (std::size_t i = 1; i < row.cells.size(); ++i) {
        const std::string cell = text_of(row.cells[i]);
        if (!cell.empty()) line("      ", "        ", table.columns[i] + ": " + cell);
      }
    }
  }

  void print_pairs(const Table& table) {
    for (const Table::Row& row : table.rows) {
      line("  ", "    ", text_of(row.cells[0]) + ": " + text_of(row.cells[1]));
    }
  }

  void print(const Node& node, const std::string& before, bool last) {
    const std::string below = before + (last ? "   " : "│  ");
    line(before + (last ? "└─ " : "├─ "), below, text_of(node.line));
    const std::string notes = below + (node.children.empty() ? "" : "│  ");
    for (const Line& note : node.notes) line(notes, notes, text_of(note));
    for (const Node& child : node.children) print(child, below, &child == &node.children.back());
  }

  void line(const std::string& first, const std::string& rest, const std::string& words) {
    const std::size_t used = std::max(columns(first), columns(rest));
    const std::size_t limit = std::max<std::size_t>(page_width - std::min(page_width, used), 30);
    bool start = true;
    for (const auto& part : wrap(words, limit)) {
      text_ += (start ? first : rest) + part + '\n';
      start = false;
    }
  }

  std::string text_;
};
}  // namespace

std::string to_text(const Review& review) {
  Printer printer;
  printer.print(review);
  return printer.take();
}
}  // namespace legwork::publish
