#include "report/figures.hpp"
#include "report/layout_sheet_parts.hpp"

#include <algorithm>

// The lower half of a sheet: when to get help, what to tick, what to ask.

namespace legwork::report {
namespace {
constexpr Length column_gap = pt(22);
}  // namespace

Length SheetSetter::signs(Galley& galley, const Sheet::Column& column, Slot slot) const {
  auto strong = type.strong, body = type.body;
  strong.size = pt(12.4);
  body.color = rgb(look().color.ink);
  auto y = slot.top_left.y;
  y += composer.set(galley, column.lead, {strong, 2, false, true}, slot, galley.add("H3")) + pt(1);
  const auto list = galley.add("L");
  for (const auto& sign : column.signs) {
    y += pt(1.5);
    const auto node = galley.add("LBody", galley.add("LI", list));
    PlacedBox dot;
    dot.box = {slot.top_left.x, y + pt(5.4), pt(4.4), pt(4.4)};
    dot.corner = pt(2.2);
    dot.fill = look().color.signal;
    galley.items.push_back(dot);
    y += composer.set(galley, sign, {body, 2, false, true},
                      {{slot.top_left.x + pt(13), y}, slot.width - pt(13)}, node);
  }
  return y - slot.top_left.y;
}

Galley SheetSetter::help() const {
  Galley galley;
  galley.items.push_back(PlacedBox{});  // drawn first, as tall as what follows
  constexpr auto inset = pt(15);
  const auto inner = look().width() - 2 * inset;
  const auto share = (inner - column_gap) / 2;
  auto y = pt(10);
  const auto title = galley.add("H2");
  galley.structure.back().bookmark = sheet.headings.help;
  auto style = type.heading;
  style.color = rgb(look().color.signal);
  draw_warning(galley, {inset, y + pt(1)}, pt(16), look().color.signal, look().color.white);
  y += composer.set(galley, sheet.headings.help, {style, 2}, {{inset + pt(26), y}, inner - pt(26)},
                    title) +
       pt(4);
  const auto top = y;
  const auto left = signs(galley, sheet.emergency, {{inset, y}, share});
  const auto x = inset + share + column_gap;
  auto right = signs(galley, sheet.same_day, {{x, y}, share});
  if (!sheet.phone.empty())
    right += composer.set(galley, sheet.phone, {type.phone, 2, false, true},
                          {{x, y + right + pt(2)}, share}, galley.add("P")) +
             pt(2);
  y += std::max(left, right);
  const auto middle = x - column_gap / 2;
  galley.items.push_back(PlacedRule{{middle, top}, {middle, y}, pt(0.8), look().color.signal});
  galley.height = y + pt(11);
  PlacedBox frame;
  frame.box = {pt(0), pt(0), look().width(), galley.height};
  frame.corner = pt(7);
  frame.fill = look().color.signal_tint;
  frame.stroke = look().color.signal;
  frame.stroke_width = pt(1.6);
  galley.items.front() = frame;
  return galley;
}

Length SheetSetter::tick(Galley& galley, const Sheet::Tick& tick, Slot slot, Node list) const {
  constexpr auto box = pt(12), indent = pt(20);
  auto style = type.body;
  style.color = rgb(look().color.ink);
  const auto& [x, y] = slot.top_left;
  const auto node = galley.add("LBody", galley.add("LI", list));
  const auto lines = composer.lines({{tick.text}}, {style, amounts.lines}, slot.width - indent);
  put_lines(galley, lines, style, {x + indent, y}, node);
  const auto height = height_of(lines, style);
  PlacedBox square;
  square.box = {x, y + pt(1.3), box, box};
  square.corner = pt(2);
  square.stroke = look().color.ink;
  square.stroke_width = pt(1);
  galley.items.push_back(PlacedField{square, "question-" + tick.id, tick.text, node});
  if (tick.to_write && !lines.empty()) {
    const auto from = x + indent + lines.back().width + pt(6), to = x + slot.width;
    const auto base = y + height - pt(2);
    if (from < to - pt(30))
      galley.items.push_back(PlacedRule{{from, base}, {to, base}, pt(0.8), look().color.ink_soft});
  }
  return height;
}

Galley SheetSetter::tell(Length width) const {
  Galley galley;
  auto y = heading(galley, sheet.headings.tell, width);
  const auto list = galley.add("L");
  const std::size_t columns = width > pt(400) ? 2 : 1;
  const auto share = columns == 2 ? (width - column_gap) / 2 : width;
  const auto count = std::min(amounts.tell, sheet.tell.size());
  for (std::size_t i = 0; i < count; i += columns) {
    y += pt(3);
    Length tallest;
    for (std::size_t side = 0; side < columns && i + side < count; ++side) {
      const auto x = (share + column_gap) * static_cast<double>(side);
      tallest = std::max(tallest, tick(galley, sheet.tell[i + side], {{x, y}, share}, list));
    }
    y += tallest;
  }
  galley.height = y;
  return galley;
}

Galley SheetSetter::ask(Length width) const {
  Galley galley;
  auto y = heading(galley, sheet.headings.ask, width);
  const auto list = galley.add("L");
  constexpr auto indent = pt(16);
  auto style = type.body;
  style.color = rgb(look().color.ink);
  for (std::size_t i = 0; i < std::min(amounts.ask, sheet.ask.size()); ++i) {
    y += pt(3);
    const auto node = galley.add("LBody", galley.add("LI", list));
    PlacedBox dot;
    dot.box = {pt(1), y + pt(5), pt(5), pt(5)};
    dot.corner = pt(2.5);
    dot.fill = look().color.brand;
    galley.items.push_back(dot);
    y += composer.set(galley, sheet.ask[i], {style, amounts.lines}, {{indent, y}, width - indent},
                      node);
  }
  galley.height = y;
  return galley;
}
}  // namespace legwork::report
