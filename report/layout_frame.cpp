#include "report/layout_frame.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
/// As tall as the letterhead has room for, unless it is very wide.
Box logo_size(const Image& image) {
  constexpr auto tallest = pt(24), widest = pt(130);
  const double ratio = static_cast<double>(image.width) / image.height;
  const auto height = std::min(tallest, widest / ratio);
  return {pt(0), pt(0), height * ratio, height};
}

}  // namespace

Length sender_indent(const Brand& brand) {
  return brand.image ? logo_size(*brand.image).width + pt(8) : pt(10);
}

Length draw_sender_mark(Galley& galley, const Brand& brand, Length words_height) {
  if (brand.image) {
    // The name stands beside it: the picture says nothing more
    const auto logo = logo_size(*brand.image);
    galley.items.push_back(PlacedImage{brand.image, logo, artifact});
    return std::max(words_height, logo.height);
  }
  PlacedBox bar;
  bar.box = {pt(0), pt(1), pt(3.2), words_height - pt(1)};
  bar.fill = brand.color;
  galley.items.push_back(bar);
  return words_height;
}

namespace {
Length set_sender(Composer& composer, const Document& document, Galley& galley) {
  const auto& look = composer.look();
  const auto& brand = document.brand;
  const auto indent = sender_indent(brand);
  const auto half = look.width() / 2 - pt(10);
  const auto node = galley.add("P");
  Length left;
  left += composer.set(galley, brand.name, {look.letterhead, 2}, {{indent, pt(0)}, half - indent},
                       node);
  left += composer.set(galley, brand.department, {look.department, 2},
                       {{indent, left}, half - indent}, node);
  left = draw_sender_mark(galley, brand, left);

  auto address = composer.lines({{brand.address}}, {look.department, 3}, half);
  Length right = pt(1);
  const auto address_node = address.empty() ? artifact : galley.add("P");
  for (auto& line : address) {
    const auto x = look.width() - line.width;
    put_line(galley, std::move(line), look.department, {x, right}, address_node);
    right += Typesetter::leading(look.department);
  }
  return std::max(left, right);
}

/// A rounded frame around a few words, its right edge at the margin; returns its left edge.
Length set_status(Composer& composer, const std::string& status, Length top, Galley& galley) {
  const auto& look = composer.look();
  auto line = composer.line_within(status, look.pill, look.width() * 0.4);
  const auto width = line.width + pt(18), height = pt(16);
  PlacedBox pill;
  pill.box = {look.width() - width, top, width, height};
  pill.corner = height / 2;
  pill.stroke = look.color.signal;
  pill.stroke_width = pt(1.1);
  galley.items.push_back(pill);
  const auto text_top = top + (height - Typesetter::leading(look.pill)) / 2;
  put_line(galley, std::move(line), look.pill, {pill.box.left + pt(9), text_top}, galley.add("P"));
  return pill.box.left;
}
/// Birth date and first number always; the rest only where it fits whole.
Line set_identity(Composer& composer, const Document& document, Length room) {
  const auto& style = composer.look().foot;
  constexpr std::size_t needed = 2;
  std::string identity;
  for (std::size_t i = 0; i < document.identity.size(); ++i) {
    const auto longer = identity + document.identity[i];
    if (i >= needed && composer.line(longer, style).width > room) break;
    identity = longer;
  }
  return composer.line_within(identity, style, room);
}
/// Further lines that the template wants on every page.
Length set_lines(Composer& composer, const std::vector<std::string>& lines, const Style& style,
                 Length top, Galley& galley) {
  auto y = top;
  for (const auto& line : lines) {
    put_line(galley, composer.line_within(line, style, composer.look().width()), style, {pt(0), y},
             artifact);
    y += Typesetter::leading(style);
  }
  return y - top;
}
}  // namespace

Galley set_letterhead(Composer& composer, const Document& document) {
  const auto& look = composer.look();
  Galley galley;
  auto y = std::max(set_sender(composer, document, galley), pt(24)) + pt(3);
  y += set_lines(composer, document.header, look.caption, y, galley) + pt(9);
  const auto title = galley.add("H1");
  galley.structure.back().bookmark = document.title;
  const auto status = set_status(composer, document.status, y + pt(6), galley);
  y += composer.set(galley, document.title, {look.title, 2}, {{pt(-0.8), y}, status - pt(14)},
                    title);

  auto read_on = composer.line_within(document.read_on, look.department, look.width() * 0.4);
  const auto right = look.width() - read_on.width;
  const auto lead = galley.add("P");
  const auto height =
      composer.set(galley, document.complaint, {look.lead, 2}, {{pt(0), y}, right - pt(14)}, lead);
  put_line(galley, std::move(read_on), look.department, {right, y + pt(1)}, galley.add("P"));
  galley.height = y + std::max(height, Typesetter::leading(look.lead)) + pt(8);
  return galley;
}

Galley set_running_head(Composer& composer, const Document& document) {
  const auto& look = composer.look();
  Galley galley;
  put_line(galley, composer.line_within(document.running_head, look.caption, look.width()),
           look.caption, {}, artifact);
  galley.height = Typesetter::leading(look.caption);
  galley.height +=
      set_lines(composer, document.header, look.caption, galley.height, galley) + pt(10);
  return galley;
}

Galley set_foot(Composer& composer, const Document& document, std::size_t page, std::size_t pages) {
  const auto& look = composer.look();
  auto strong = look.foot;
  strong.weight = Weight::semibold;
  strong.color = rgb(look.color.ink);
  Galley galley;
  galley.items.push_back(PlacedRule{{}, {look.width(), pt(0)}, pt(0.6), look.color.rule});
  auto number = composer.line(
      fill(document.page_of, {{"page", std::to_string(page)}, {"pages", std::to_string(pages)}}),
      strong);
  const auto room = look.width() - number.width - pt(16);
  auto identity = set_identity(composer, document, room - pt(80));
  auto name = composer.line_within(document.surname_first, strong, room - identity.width);
  constexpr auto top = pt(3.2);
  // One baseline, though a name's script may be taller than the rest of the line
  const auto drop = std::max({name.ascent, identity.ascent, number.ascent});
  const auto put = [&](Line line, Length x) {
    galley.items.push_back(PlacedText{std::move(line), {x, top + drop}, artifact, ""});
  };
  const auto after_name = name.width, left_of_number = look.width() - number.width;
  const auto below = top + drop + std::max({name.descent, identity.descent, number.descent});
  put(std::move(name), pt(0));
  put(std::move(identity), after_name);
  put(std::move(number), left_of_number);
  galley.height = below + composer.set(galley, document.foot_note, {look.foot_note, 1},
                                       {{pt(0), below}, look.width()}, artifact);
  galley.height += set_lines(composer, document.footer, look.foot_note, galley.height, galley);
  return galley;
}
}  // namespace legwork::report
