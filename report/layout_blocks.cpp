#include "report/document_words.hpp"
#include "report/figures.hpp"
#include "report/layout_section.hpp"

#include <algorithm>
#include <array>

namespace legwork::report {
namespace {
PlacedBox panel(Box box, Color fill) {
  PlacedBox placed;
  placed.box = box;
  placed.corner = pt(4);
  placed.fill = fill;
  return placed;
}

/// Widths for texts that are so wide if never broken: as they are where there is room, else the
/// widest give way first.
std::vector<Length> share_out(const std::vector<Length>& natural, Length width) {
  auto sorted = natural;
  std::sort(sorted.begin(), sorted.end());
  auto left = width;
  Length most = width;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const auto even = left / static_cast<double>(sorted.size() - i);
    if (sorted[i] > even) {
      most = even;
      break;
    }
    left -= sorted[i];
  }
  auto shares = natural;
  for (auto& share : shares) share = std::min(share, most);
  return shares;
}
/// Two lines to tick, side by side.
Galley set_pair(Composer& composer, const Checks& checks, std::size_t first, Length width) {
  const auto& look = composer.look();
  constexpr auto gap = pt(14), indent = pt(12.5), top = pt(4.5);
  const auto share = (width - gap) / 2;
  Galley galley;
  for (std::size_t side = 0; side < 2 && first + side < checks.items.size(); ++side) {
    const auto& [id, text, below] = checks.items[first + side];
    const auto node = galley.add("LBody", galley.add("LI"));
    const auto x = (share + gap) * static_cast<double>(side);
    draw_tick_box(galley, {x, top + pt(2)}, look.color.ink, {"question-" + id, text, node});
    Slot slot{{x + indent, top}, share - indent};
    slot.top_left.y += composer.set(galley, text, {look.row_head, 3}, slot, node);
    slot.top_left.y += composer.set(galley, below, {look.body, 2}, slot, node);
    galley.height = std::max(galley.height, slot.top_left.y);
  }
  return galley;
}
}  // namespace

void set_facts(Composer& composer, const Facts& facts, Length width, SetSection& into) {
  const auto& look = composer.look();
  constexpr auto inset = pt(9.5), gap = pt(14), top = pt(6);
  std::vector<Length> natural;
  const auto value_style = [&](std::size_t i) {
    auto style = look.fact;
    if (i == 0) style.weight = Weight::semibold;
    return style;
  };
  for (std::size_t i = 0; i < facts.facts.size(); ++i) {
    const auto& [label, value] = facts.facts[i];
    // What is wider gives way anyway: no need to measure a name of a thousand letters
    const auto value_width = composer.line_within(value, value_style(i), width).width;
    natural.push_back(std::max(composer.line_within(label, look.label, width).width, value_width) +
                      pt(0.5));
  }
  const auto room = width - 2 * inset - gap * static_cast<double>(natural.size() - 1);
  const auto widths = share_out(natural, room);
  Galley galley;
  galley.items.push_back(PlacedBox{});  // drawn first, as tall as what follows
  Length x = inset, bottom;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const auto node = galley.add("P");
    auto y = top;
    y += composer.set(galley, facts.facts[i].label, {look.label, 2}, {{x, y}, widths[i]}, node) +
         pt(1);
    y += composer.set(galley, facts.facts[i].value, {value_style(i), 5, false, true},
                      {{x, y}, widths[i]}, node);
    bottom = std::max(bottom, y);
    x += widths[i] + gap;
  }
  galley.height = bottom + top;
  galley.items.front() = panel({pt(0), pt(0), width, galley.height}, look.color.panel);
  append(into.head, std::move(galley));
}

void set_banners(Composer& composer, const Banners& banners, Length width, SetSection& into) {
  const auto& look = composer.look();
  Galley galley;
  for (const auto& banner : banners.banners) {
    const auto top = galley.height;
    const auto box = galley.items.size();
    galley.items.push_back(PlacedBox{});  // drawn first, as tall as what follows
    draw_warning(galley, {pt(9.5), top + pt(4.6)}, pt(8.4), look.color.signal, look.color.white);
    const auto node = galley.add("P");
    const auto height = composer.set(galley, banner, {look.body, 2},
                                     {{pt(25), top + pt(4)}, width - pt(34.5)}, node) +
                        pt(8);
    galley.items[box] = panel({pt(0), top, width, height}, look.color.signal_tint);
    galley.height += height + pt(4);
  }
  galley.height -= pt(4);
  append(into.head, std::move(galley));
}

void set_statements(Composer& composer, const Statements& statements, Length width,
                    SetSection& into) {
  const auto& look = composer.look();
  constexpr auto indent = pt(24), disc_size = pt(15);
  Galley galley;
  const auto list = galley.add("L");
  for (std::size_t i = 0; i < statements.items.size(); ++i) {
    const auto item = galley.add("LI", list);
    const auto label = galley.add("Lbl", item);
    const auto body = galley.add("LBody", item);
    auto style = look.reversed(look.row_head);
    auto number = composer.line(std::to_string(i + 1), style);
    const auto top = galley.height + pt(5);
    PlacedBox disc;
    disc.box = {pt(0), top + pt(1.5), disc_size, disc_size};
    disc.corner = disc_size / 2;
    disc.fill = look.color.brand;
    galley.items.push_back(disc);
    const auto x = (disc_size - number.width) / 2;
    const auto y = disc.box.top + (disc_size - Typesetter::leading(style)) / 2;
    put_line(galley, std::move(number), style, {x, y}, label);
    Slot slot{{indent, top}, width - indent};
    slot.top_left.y +=
        composer.set(galley, statements.items[i].headline, {look.headline, 2}, slot, body);
    slot.top_left.y +=
        composer.set(galley, statements.items[i].detail, {look.detail, 4}, slot, body);
    galley.height = std::max(slot.top_left.y, disc.box.bottom()) + pt(2);
  }
  append(into.head, std::move(galley));
}

void set_actions(Composer& composer, const Actions& actions, Length width, SetSection& into) {
  const auto& look = composer.look();
  constexpr auto inset = pt(9.5), gap = pt(10), top = pt(5.5);
  auto style = look.body;
  style.size = pt(8.6);
  style.weight = Weight::medium;
  auto label_style = style, pointer_style = look.caption;
  label_style.weight = Weight::semibold;
  label_style.color = pointer_style.color = rgb(look.color.brand);
  Galley galley;
  galley.items.push_back(PlacedBox{});  // drawn first, as tall as what follows
  const auto node = galley.add("P");
  auto label = composer.line_within(actions.label, label_style, width * 0.25);
  auto pointer = composer.line_within(actions.pointer, pointer_style, width * 0.25);
  const auto x = inset + label.width + gap;
  const auto right = width - inset - pointer.width;
  put_line(galley, std::move(label), label_style, {inset, top}, node);
  Text joined;
  for (const auto& action : actions.actions) {
    if (!joined.empty()) joined.push_back({"  ·  "});
    joined.push_back({action});
  }
  const auto height = composer.set(galley, joined, {style, 3}, {{x, top}, right - gap - x}, node);
  if (!actions.pointer.empty()) {
    put_line(galley, std::move(pointer), pointer_style, {right, top + pt(1)}, node);
    std::get<PlacedText>(galley.items.back()).link = "#workup";
  }
  galley.height = height + 2 * top;
  galley.items.front() = panel({pt(0), pt(0), width, galley.height}, look.color.tint);
  append(into.head, std::move(galley));
}

void set_checks(Composer& composer, const Checks& checks, Length width, SetSection& into) {
  into.container = "L";
  into.per_row = 2;
  into.set_row = [&composer, &checks, width](std::size_t row) {
    return set_pair(composer, checks, row * 2, width);
  };
  into.names.resize(checks.items.size());
  into.more = checks.more;
}

void set_small_print(Composer& composer, const SmallPrint& print, Length width, SetSection& into) {
  // 14 lines hold what packs say; fewer only where a page cannot hold its texts at all
  constexpr std::array<std::size_t, 4> kept = {1, 3, 8, 14};
  const auto lines_where_kept = kept[std::min<std::size_t>(composer.most_lines(), 3)];
  const Setting setting{.style = composer.look().small_print,
                        .lines = print.kept ? lines_where_kept : 6,
                        .whole = print.kept};
  for (const auto& text : print.paragraphs) {
    Galley galley;
    galley.height =
        pt(2) + composer.set(galley, text, setting, {{pt(0), pt(2)}, width}, galley.add("P"));
    append(into.head, std::move(galley));
  }
}

void set_sign_off(Composer& composer, const SignOff& sign_off, Length width, SetSection& into) {
  const auto& look = composer.look();
  Galley galley;
  // The last line is for a date, shorter than those for names
  const auto unit = (width - pt(12) * static_cast<double>(sign_off.labels.size() - 1)) /
                    (2 * static_cast<double>(sign_off.labels.size()) - 1);
  auto right = width;
  for (auto label = sign_off.labels.rbegin(); label != sign_off.labels.rend(); ++label) {
    const auto line = label == sign_off.labels.rbegin() ? unit : unit * 2;
    const auto height = composer.set(galley, *label, {look.caption, 2},
                                     {{right - line, pt(21)}, line}, galley.add("P"));
    galley.items.push_back(
        PlacedRule{{right - line, pt(20)}, {right, pt(20)}, pt(0.7), look.color.ink_faint});
    galley.height = std::max(galley.height, pt(21) + height);
    right -= line + pt(12);
  }
  append(into.head, std::move(galley));
}

void set_paragraphs(Composer& composer, const Paragraphs& block, Length width, SetSection& into) {
  for (const auto& text : block.texts) {
    Galley galley;
    galley.height = pt(3) + composer.set(galley, text, {composer.look().body, 6},
                                         {{pt(0), pt(3)}, width}, galley.add("P"));
    append(into.head, std::move(galley));
  }
}

void set_list(Composer& composer, const List& list, Length width, SetSection& into) {
  into.container = "L";
  into.set_row = [&composer, &list, width](std::size_t row) {
    const auto& look = composer.look();
    constexpr auto indent = pt(14), top = pt(3);
    Galley galley;
    const auto item = galley.add("LI");
    const auto label = galley.add("Lbl", item);
    const auto body = galley.add("LBody", item);
    if (list.signs == List::Signs::boxes) {
      draw_tick_box(galley, {pt(0), top + pt(2)}, look.color.ink,
                    {list.id + "-" + std::to_string(row + 1), words_in(list.items[row]), body});
    } else {
      const auto sign = list.signs == List::Signs::bullets ? "•" : std::to_string(row + 1) + ".";
      put_line(galley, composer.line(sign, look.body), look.body, {pt(2), top}, label);
    }
    galley.height = top + composer.set(galley, list.items[row], {look.body, 4},
                                       {{indent, top}, width - indent}, body);
    return galley;
  };
  for (const auto& item : list.items) into.names.push_back({words_in(item), ""});
  into.more = list.more;
}

void set_absence(Composer& composer, const Absence& absence, Length width, SetSection& into) {
  Galley galley;
  galley.height = pt(4) + composer.set(galley, absence.sentence, {composer.look().detail, 4},
                                       {{pt(0), pt(4)}, width}, galley.add("P"));
  append(into.head, std::move(galley));
}
}  // namespace legwork::report
