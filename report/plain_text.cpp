#include "report/plain_text.hpp"

#include "base/text.hpp"
#include "base/wrap.hpp"
#include "report/arrangement.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace legwork::report {
namespace {
constexpr std::size_t narrowest = 20;
constexpr std::string_view bullet = "* ", open_box = "[ ] ";

std::string joined(const Text& text) {
  std::string words;
  for (const auto& part : text) words += part.text;
  return words;
}

/// Lines under construction. What comes from the chart passes through `printable`.
class Lines {
 public:
  explicit Lines(std::size_t columns) : columns_(std::max(columns, narrowest)) {}

  /// A paragraph that hangs under its mark: "* ", "[ ] ", "1. ", or spaces.
  void hang(std::string_view mark, std::string_view words) {
    if (trim(words).empty()) return;
    const std::string indent(columns(mark), ' ');
    std::string_view before = mark;
    for (const auto& line : wrap(words, columns_ - std::min(indent.size(), columns_ / 2))) {
      text_.append(before).append(printable(line)) += '\n';
      before = indent;
    }
  }
  void line(std::string_view words) { hang("", words); }
  void blank() {
    if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
  }
  void underlined(std::string_view words, char with) {
    const auto before = text_.size();
    line(words);
    const auto last = std::string_view(text_).substr(before);
    std::size_t widest = 0;
    for (std::size_t at = 0; at < last.size(); at = last.find('\n', at) + 1)
      widest = std::max(widest, columns(last.substr(at, last.find('\n', at) - at)));
    text_.append(widest, with) += '\n';
  }
  std::string take() { return std::move(text_); }

 private:
  std::size_t columns_;
  std::string text_;
};

struct CellWords {
  std::string operator()(const TextCell& cell) const {
    const auto words = joined(cell.text), below = joined(cell.below);
    if (words.empty() || below.empty()) return words + below;
    return fmt::format("{} ({})", words, below);
  }
  std::string operator()(const Reading& cell) const {
    return fmt::format("{} {} {}", cell.number, cell.unit, cell.chip);
  }
  std::string operator()(const RangeBar& cell) const {
    return cell.low || cell.high ? cell.alternative : cell.without;
  }
  std::string operator()(const Trend& cell) const {
    return cell.values.size() < 2 ? cell.without : cell.alternative;
  }
};

/// One function a kind of block; a new kind does not compile until it has its own.
struct TextBlock {
  Lines& lines;

  void operator()(const Absence& block) const { lines.line(block.sentence); }
  void operator()(const Facts& block) const {
    for (const auto& [label, value] : block.facts)
      lines.hang("", fmt::format("{}: {}", label, value));
  }
  void operator()(const Banners& block) const {
    for (const auto& banner : block.banners) lines.hang("! ", joined(banner));
  }
  void operator()(const Callout& block) const {
    lines.line(joined(block.lead));
    for (const auto& item : block.items) {
      const auto mark = item.found ? std::string_view("! ") : open_box;
      lines.hang(mark, joined(item.text));
      lines.hang(std::string(mark.size(), ' '), item.action);
    }
    lines.line(joined(block.closing));
  }
  void operator()(const Statements& block) const {
    for (std::size_t i = 0; i < block.items.size(); ++i) {
      const auto mark = fmt::format("{}. ", i + 1);
      lines.hang(mark, joined(block.items[i].headline));
      lines.hang(std::string(mark.size(), ' '), joined(block.items[i].detail));
    }
  }
  void operator()(const Changes& block) const {
    lines.line(block.label + ":");
    for (const auto& entry : block.entries) lines.hang(bullet, joined(entry));
    lines.line(joined(block.closing));
  }
  void operator()(const Actions& block) const {
    lines.line(block.label + ":");
    for (const auto& action : block.actions) lines.hang(bullet, action);
  }
  void operator()(const Table& block) const {
    for (const auto& row : block.rows) write_row(block, row);
  }
  void operator()(const Timeline& block) const {
    lines.line(block.onset_label);
    for (const auto& lane : block.lanes) {
      lines.hang(bullet, fmt::format("{}, {}", joined(lane.name), lane.below));
      lines.hang("  ", lane.alternative);
    }
  }
  void operator()(const Checks& block) const {
    for (const auto& item : block.items) {
      lines.hang(open_box, item.text);
      lines.hang(std::string(open_box.size(), ' '), item.below);
    }
  }
  void operator()(const SmallPrint& block) const {
    for (const auto& text : block.paragraphs) {
      lines.line(joined(text));
      lines.blank();
    }
  }
  void operator()(const SignOff& block) const {
    for (const auto& label : block.labels)
      lines.line(fmt::format("{}: ____________________", label));
  }
  void operator()(const Paragraphs& block) const {
    for (const auto& text : block.texts) lines.line(joined(text));
  }
  void operator()(const List& block) const {
    for (std::size_t i = 0; i < block.items.size(); ++i)
      lines.hang(mark_of(block.signs, i), joined(block.items[i]));
  }

 private:
  static std::string mark_of(List::Signs signs, std::size_t item) {
    switch (signs) {
      case List::Signs::bullets:
        return std::string(bullet);
      case List::Signs::numbers:
        return fmt::format("{}. ", item + 1);
      case List::Signs::boxes:
        return std::string(open_box);
    }
    return "";
  }

  /// The row's heading, then each cell under its column's.
  void write_row(const Table& table, const Row& row) const {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const auto words = std::visit(CellWords{}, row.cells[i]);
      if (i == 0)
        lines.hang(bullet, words);
      else if (!trim(words).empty())
        lines.hang("    ", i < table.columns.size()
                               ? fmt::format("{}: {}", table.columns[i].heading, words)
                               : words);
    }
    lines.hang("    ", joined(row.note));
  }
};

void write_head(Lines& lines, const Document& document) {
  const auto& brand = document.brand;
  lines.line(brand.name);
  lines.line(brand.department);
  lines.line(brand.address);
  for (const auto& line : document.header) lines.line(line);
  lines.blank();
  lines.underlined(document.title, '=');
  lines.line(joined(document.complaint));
  lines.line(document.read_on);
  lines.line(document.status);
}

void write_foot(Lines& lines, const Document& document) {
  auto identity = document.surname_first;
  for (const auto& part : document.identity) identity += part;
  lines.blank();
  lines.line("--");
  lines.line(identity);
  for (const auto& line : document.footer) lines.line(line);
  lines.line(document.running_head);
  lines.line(document.foot_note);
}
}  // namespace

std::string to_text(const Document& document, std::size_t columns) {
  Lines lines(columns);
  write_head(lines, document);
  for (const auto* section : arranged(document)) {
    lines.blank();
    if (const auto heading = heading_of(*section); !heading.empty()) lines.underlined(heading, '-');
    lines.line(section->note);
    std::visit(TextBlock{lines}, section->block);
    lines.line(joined(section->tail));
  }
  write_foot(lines, document);
  return lines.take();
}
}  // namespace legwork::report
