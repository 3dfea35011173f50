#include "report/figures.hpp"
#include "report/layout_section.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
constexpr Length gap = pt(9);        // between columns
constexpr Length padding = pt(3.1);  // above and below a row's words

/// The place of each column.
std::vector<Slot> column_slots(const Table& table, Length width) {
  double total = 0;
  for (const auto& column : table.columns) total += column.width;
  std::vector<Slot> slots;
  Length x;
  for (const auto& column : table.columns) {
    const auto share = width * (column.width / total);
    slots.push_back({{x, padding}, share - gap});
    x += share;
  }
  slots.back().width += gap;
  return slots;
}

void rule_below(Galley& galley, Length width, Color color) {
  galley.items.push_back(
      PlacedRule{{pt(0), galley.height}, {width, galley.height}, pt(0.6), color});
}

/// Sets a cell whose first line shares its baseline with a line of `first_size`.
class CellSetter {
 public:
  CellSetter(Composer& composer, Galley& row, Length first_size)
      : composer_(composer), row_(row), first_size_(first_size) {}

  Length set(const Cell& cell, Slot slot, Node node) const {
    return std::visit([&](const auto& content) { return set(content, slot, node); }, cell);
  }

 private:
  Slot lowered(Slot slot, const Style& style) const {
    slot.top_left.y += first_size_ - style.size;
    return slot;
  }

  Length set(const TextCell& cell, Slot slot, Node node) const {
    const auto& look = composer_.look();
    const bool heading = row_.structure[static_cast<std::size_t>(node)].type == "TH";
    const bool claim = !cell.text.empty() && cell.text.front().tone == Tone::claim;
    const auto& style = heading ? look.row_head : claim ? look.claim : look.body;
    if (cell.sign != Sign::none) {
      const auto middle = slot.top_left.y + first_size_ * 0.64;
      draw_sign(row_, cell.sign, {slot.top_left.x, middle}, look.color);
      slot.top_left.x += sign_width(cell.sign);
      slot.width -= sign_width(cell.sign);
    }
    auto rest = lowered(slot, style);
    const auto first = row_.items.size();
    rest.top_left.y += composer_.set(row_, cell.text, {style, 5}, rest, node);
    for (const auto& words : cell.text)
      if (!words.link.empty()) link_lines(first, words.link);
    rest.top_left.y += composer_.set(row_, cell.below, {look.caption, 3}, rest, node);
    return rest.top_left.y - slot.top_left.y;
  }

  /// A reader who clicks on any line of a statement is led to its source.
  void link_lines(std::size_t first, const std::string& address) const {
    for (auto i = first; i < row_.items.size(); ++i)
      if (auto* text = std::get_if<PlacedText>(&row_.items[i])) text->link = address;
  }

  Length set(const Reading& reading, Slot slot, Node node) const {
    const auto& look = composer_.look();
    auto style = look.number;
    if (!reading.chip.empty()) style.color = rgb(look.color.signal);
    if (reading.stale) style.color = rgb(look.color.ink_faint);
    auto number = composer_.line_within(reading.number, style, slot.width * 0.6);
    const auto right = std::max(number.width, pt(31));
    const auto number_slot = lowered(slot, style);
    const auto chip_width = set_chip(reading.chip, slot, node);
    Slot unit = lowered(slot, look.unit);
    unit.top_left.x += right + pt(3);
    unit.width = slot.width - right - pt(3) - chip_width;
    put_line(row_, std::move(number), style,
             {slot.top_left.x + right - number.width, number_slot.top_left.y}, node);
    const auto height = composer_.set(row_, reading.unit, {look.unit, 2}, unit, node);
    return std::max(Typesetter::leading(style), unit.top_left.y - slot.top_left.y + height);
  }

  /// A word on the signal color at the right end of the cell; returns the width that it takes.
  Length set_chip(const std::string& word, Slot slot, Node node) const {
    if (word.empty()) return {};
    const auto& look = composer_.look();
    auto line = composer_.line_within(word, look.chip, slot.width * 0.4);
    const auto width = line.width + pt(7);
    const auto height = pt(9.6);
    const auto top = slot.top_left.y + first_size_ * 0.64 - height / 2;
    PlacedBox box;
    box.box = {slot.top_left.x + slot.width - width, top, width, height};
    box.corner = pt(2);
    box.fill = look.color.signal;
    row_.items.push_back(box);
    const auto text_top = top + (height - Typesetter::leading(look.chip)) / 2;
    put_line(row_, std::move(line), look.chip, {box.box.left + pt(3.5), text_top}, node);
    return width + pt(4);
  }

  Length set(const RangeBar& bar, Slot slot, Node node) const {
    if (!bar.low && !bar.high) slot = lowered(slot, composer_.look().caption);
    return draw_range_bar(row_, composer_, bar, slot, node);
  }
  Length set(const Trend& trend, Slot slot, Node node) const {
    if (trend.values.size() < 2) slot = lowered(slot, composer_.look().caption);
    return draw_trend(row_, composer_, trend, slot, node);
  }

  Composer& composer_;
  Galley& row_;
  Length first_size_;
};

Galley set_column_heads(Composer& composer, const Table& table, const std::vector<Slot>& slots,
                        Length width) {
  const auto& look = composer.look();
  auto style = look.caption;
  style.weight = Weight::semibold;
  Galley galley;
  const auto row = galley.add("TR");
  Length height;
  const auto indent = sign_width(std::get<TextCell>(table.rows.front().cells.front()).sign);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto node = galley.add("TH", row);
    galley.structure.back().scope = "Column";
    auto slot = slots[i];
    if (i == 0) {
      slot.top_left.x += indent;
      slot.width -= indent;
    }
    height =
        std::max(height, composer.set(galley, table.columns[i].heading, {style, 2}, slot, node));
  }
  galley.height = height + 2 * padding - pt(1);
  rule_below(galley, width, look.color.rule);
  return galley;
}

Galley set_row(Composer& composer, const Row& row, const std::vector<Slot>& slots, Length width) {
  const auto& look = composer.look();
  Galley galley;
  const auto tr = galley.add("TR");
  const bool has_number = std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) {
    return std::holds_alternative<Reading>(cell);
  });
  const CellSetter setter(composer, galley, has_number ? look.number.size : look.row_head.size);
  Length height;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto node = galley.add(i == 0 ? "TH" : "TD", tr);
    if (i == 0) galley.structure.back().scope = "Row";
    height = std::max(height, setter.set(row.cells[i], slots[i], node));
  }
  galley.height = padding + height;
  if (!row.note.empty()) {
    const auto left = slots[1].top_left.x;
    const auto second_cell = std::find_if(galley.structure.begin(), galley.structure.end(),
                                          [](const auto& element) { return element.type == "TD"; });
    galley.height +=
        pt(1) + composer.set(galley, row.note, {look.caption, 3},
                             {{left, galley.height + pt(1)}, width - left},
                             static_cast<Node>(second_cell - galley.structure.begin()));
  }
  galley.height += padding;
  rule_below(galley, width, look.color.rule_light);
  return galley;
}

/// The signs and their words in one line, wrapped where it is too narrow.
Galley set_legend(Composer& composer, const std::vector<TextCell>& legend, Length width) {
  const auto& look = composer.look();
  Galley galley;
  if (legend.empty()) return galley;
  const auto node = galley.add("P");
  const auto leading = Typesetter::leading(look.caption);
  Length x, y = pt(4);
  for (const auto& [text, below, sign] : legend) {
    auto lines = composer.lines(text, {look.caption, 1}, width - sign_width(sign));
    const auto entry = sign_width(sign) + (lines.empty() ? Length() : lines.front().width);
    if (x > pt(0) && x + entry > width) {
      x = pt(0);
      y += leading + pt(1);
    }
    draw_sign(galley, sign, {x, y + leading / 2}, look.color);
    put_lines(galley, std::move(lines), look.caption, {x + sign_width(sign), y}, node);
    x += entry + pt(14);
  }
  galley.height = y + leading;
  return galley;
}
}  // namespace

void set_table(Composer& composer, const Table& table, Length width, SetSection& into) {
  auto slots = column_slots(table, width);
  into.container = "Table";
  into.columns = set_column_heads(composer, table, slots, width);
  into.set_row = [&composer, &table, slots = std::move(slots), width](std::size_t row) {
    return set_row(composer, table.rows[row], slots, width);
  };
  for (const auto& row : table.rows) into.names.push_back({row.name, row.group});
  into.more = table.more;
  append(into.tail, set_legend(composer, table.legend, width));
}
}  // namespace legwork::report
