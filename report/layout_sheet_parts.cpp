#include "report/layout_sheet_parts.hpp"

#include "report/layout_frame.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
Style styled(Weight weight, double size, Color color) {
  Style style;
  style.weight = weight;
  style.size = pt(size);
  style.color = rgb(color);
  return style;
}

/// A text at the right edge; returns its height.
Length set_right(Galley& galley, Composer& composer, const std::string& text,
                 const Setting& setting, Slot slot, Node node) {
  auto y = slot.top_left.y;
  for (auto& line : composer.lines({{text}}, setting, slot.width)) {
    const auto height = std::max(Typesetter::leading(setting.style), line.ascent + line.descent);
    const auto x = slot.top_left.x + slot.width - line.width;
    put_line(galley, std::move(line), setting.style, {x, y}, node);
    y += height;
  }
  return y - slot.top_left.y;
}
}  // namespace

SheetType::SheetType(const Palette& color)
    : title(styled(Weight::display, 30, color.ink)),
      lead(styled(Weight::regular, 13, color.ink_soft)),
      sender(styled(Weight::semibold, 12.4, color.ink)),
      name(styled(Weight::semibold, 11.4, color.ink)),
      message(styled(Weight::regular, 14.6, color.ink)),
      heading(styled(Weight::semibold, 15, color.brand)),
      strong(styled(Weight::semibold, 11.4, color.ink)),
      body(styled(Weight::regular, 11.4, color.ink_soft)),
      phone(styled(Weight::bold, 14.6, color.signal)),
      number(styled(Weight::bold, 11.4, color.white)) {
  title.tracking = pt(-0.6);
}

Length SheetSetter::heading(Galley& galley, const std::string& text, Length width) const {
  const auto node = galley.add("H2");
  galley.structure.back().bookmark = text;
  return composer.set(galley, text, {type.heading, 2}, {{}, width}, node) + pt(3);
}

Galley SheetSetter::head() const {
  Galley galley;
  const auto half = look().width() / 2 - pt(10);
  const auto indent = sender_indent(sheet.brand);
  const auto sender = galley.add("P");
  auto left = composer.set(galley, sheet.brand.name, {type.sender, 2, false, true},
                           {{indent, pt(0)}, half - indent}, sender);
  left += composer.set(galley, sheet.brand.department, {type.body, 2},
                       {{indent, left}, half - indent}, sender);
  left = draw_sender_mark(galley, sheet.brand, left);

  const auto person = galley.add("P");
  const Point right{half + pt(20), pt(0)};
  auto below =
      set_right(galley, composer, sheet.name, {type.name, 10, false, true}, {right, half}, person);
  below += set_right(galley, composer, sheet.identity, {type.body, 3, false, true},
                     {{right.x, below}, half}, person);

  auto y = std::max(left, below) + pt(10);
  const auto title = galley.add("H1");
  galley.structure.back().bookmark = sheet.title;
  y += composer.set(galley, sheet.title, {type.title, 2}, {{pt(-1), y}, look().width()}, title);
  y += composer.set(galley, sheet.lead, {type.lead, 2}, {{pt(0), y}, look().width()},
                    galley.add("P"));
  galley.height = y;
  return galley;
}

Galley SheetSetter::message() const {
  Galley galley;
  galley.items.push_back(PlacedBox{});  // drawn first, as tall as what follows
  galley.items.push_back(PlacedBox{});
  constexpr auto inset = pt(18), top = pt(11);
  Text text;
  if (!sheet.findings.empty()) text.push_back({sheet.findings + " ", Tone::strong});
  text.push_back({sheet.outlook});
  const auto height = composer.set(galley, text, {type.message, amounts.message_lines, false, true},
                                   {{inset, top}, look().width() - 2 * inset}, galley.add("P"));
  galley.height = height + 2 * top;
  PlacedBox panel, bar;
  panel.box = {pt(0), pt(0), look().width(), galley.height};
  panel.corner = pt(6);
  panel.fill = look().color.tint;
  bar.box = {pt(0), pt(8), pt(4), galley.height - pt(16)};
  bar.fill = look().color.brand;
  galley.items[0] = panel;
  galley.items[1] = bar;
  return galley;
}

Length SheetSetter::card(Galley& galley, const Sheet::Card& card, Slot slot) const {
  constexpr auto inset = pt(12), icon = pt(22);
  const auto inner = slot.width - 2 * inset;
  const auto left = slot.top_left.x + inset;
  auto y = slot.top_left.y + pt(10);
  const auto& color = look().color;
  draw_icon(galley, card.icon, {left, y}, icon, card.flagged ? color.signal : color.brand);
  const auto title = galley.add("H3");
  const auto lines = composer.lines({{card.head}}, {type.strong, 2}, inner - icon - pt(8));
  const auto height = height_of(lines, type.strong);
  const auto drop = std::max(pt(0), (icon - height) / 2);
  put_lines(galley, lines, type.strong, {left + icon + pt(8), y + drop}, title);
  y += std::max(height, icon) + pt(6);
  y += composer.set(galley, card.text, {type.body, amounts.lines + 2}, {{left, y}, inner},
                    galley.add("P"));
  if (card.line)
    y += pt(3) + draw_number_line(galley, composer, *card.line, type, {{left, y + pt(3)}, inner});
  return y + pt(9) - slot.top_left.y;
}

Galley SheetSetter::found() const {
  Galley galley;
  const auto count = std::min(amounts.cards, sheet.found.size());
  const auto top = heading(galley, sheet.headings.found, look().width()) + pt(2);
  constexpr auto gap = pt(12);
  // One card alone would be a bar: it is as wide as one of two.
  const auto columns = static_cast<double>(std::max<std::size_t>(count, 2));
  const auto width = (look().width() - gap * (columns - 1)) / columns;
  const auto frames = galley.items.size();
  galley.items.resize(frames + count, PlacedBox{});
  Length tallest;
  const auto x_of = [&](std::size_t i) { return (width + gap) * static_cast<double>(i); };
  for (std::size_t i = 0; i < count; ++i)
    tallest = std::max(tallest, card(galley, sheet.found[i], {{x_of(i), top}, width}));
  for (std::size_t i = 0; i < count; ++i) {
    PlacedBox frame;
    frame.box = {x_of(i), top, width, tallest};
    frame.corner = pt(6);
    frame.stroke = look().color.rule;
    frame.stroke_width = pt(1);
    galley.items[frames + i] = frame;
  }
  galley.height = top + tallest;
  return galley;
}

Length SheetSetter::step(Galley& galley, const Sheet::Step& step, Slot slot, Node node) const {
  Text text{{step.head, Tone::strong}};
  if (!step.text.empty()) text.push_back({" " + step.text});
  return composer.set(galley, text, {type.body, amounts.lines}, slot, node);
}

Galley SheetSetter::next(Length width) const {
  Galley galley;
  auto y = heading(galley, sheet.headings.next, width);
  const auto list = galley.add("L");
  constexpr auto disc = pt(18), indent = pt(27);
  for (std::size_t i = 0; i < std::min(amounts.next, sheet.next.size()); ++i) {
    y += pt(4);
    const auto item = galley.add("LI", list);
    const auto label = galley.add("Lbl", item), body = galley.add("LBody", item);
    auto number = composer.line(std::to_string(i + 1), type.number);
    PlacedBox circle;
    circle.box = {pt(0), y - pt(1), disc, disc};
    circle.corner = disc / 2;
    circle.fill = look().color.brand;
    galley.items.push_back(circle);
    const auto x = (disc - number.width) / 2;
    const auto top = circle.box.top + (disc - Typesetter::leading(type.number)) / 2;
    put_line(galley, std::move(number), type.number, {x, top}, label);
    y += std::max(disc, step(galley, sheet.next[i], {{indent, y}, width - indent}, body)) + pt(2);
  }
  galley.height = y;
  return galley;
}

Galley SheetSetter::until_then(Length width) const {
  Galley galley;
  auto y = heading(galley, sheet.headings.until_then, width);
  const auto list = galley.add("L");
  constexpr auto sign = pt(12), indent = pt(22);
  // Cut by importance; then what to do stands before what not to do.
  auto shown = sheet.until_then;
  shown.resize(std::min(amounts.until_then, shown.size()));
  std::stable_partition(shown.begin(), shown.end(),
                        [](const Sheet::Todo& todo) { return !todo.avoid; });
  for (const auto& todo : shown) {
    y += pt(4);
    const auto body = galley.add("LBody", galley.add("LI", list));
    const Point at{pt(0), y + pt(1.4)};
    if (todo.avoid)
      draw_cross(galley, at, sign, look().color.signal);
    else
      draw_check(galley, at, sign, look().color.brand);
    y += step(galley, todo.words, {{indent, y}, width - indent}, body) + pt(2);
  }
  galley.height = y;
  return galley;
}

Galley SheetSetter::foot() const {
  Galley galley;
  galley.items.push_back(PlacedRule{{}, {look().width(), pt(0)}, pt(0.8), look().color.rule});
  auto page = composer.line(fill(sheet.page_of, {{"page", "1"}, {"pages", "1"}}), type.strong);
  const auto x = look().width() - page.width;
  galley.height = pt(5) + composer.set(galley, sheet.basis, {type.body, 4, false, true},
                                       {{pt(0), pt(5)}, x - pt(18)}, galley.add("P"));
  put_line(galley, std::move(page), type.strong, {x, pt(5)}, artifact);
  return galley;
}
}  // namespace legwork::report
