#include "report/layout_section.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
constexpr Length more_gap = pt(4), more_leading = pt(7.4 * 1.27);

/// How many lines the names of what was left out may take, from 1 to 3: guessed from their length,
/// so that nothing is measured to find out what fits.
std::size_t more_lines(const SetSection& section, std::size_t rows_shown) {
  constexpr double points_per_byte = 7.4 * 0.56;  // of the caption; more than nearly all texts need
  std::size_t bytes = section.more.words.other.size();
  for (auto i = rows_shown * section.per_row; i < section.names.size() && bytes < 1000; ++i)
    bytes += section.names[i].name.size() + section.more.separator.size();
  const auto lines = pt(static_cast<double>(bytes) * points_per_byte) / section.width;
  return std::clamp<std::size_t>(static_cast<std::size_t>(lines) + 1, 1, 3);
}

/// The heading with its rule; the note beside it, or below where there is no room beside.
Galley set_heading(Composer& composer, const Section& section, Length width) {
  const auto& look = composer.look();
  Galley galley;
  if (section.heading.empty()) return galley;
  const auto node = galley.add("H2");
  galley.structure.back().bookmark = section.heading;
  auto lines = composer.lines({{section.heading}}, {look.heading, 2}, width);
  const auto beside = lines.back().width + pt(7);
  const bool one_line = lines.size() == 1;
  galley.height = put_lines(galley, std::move(lines), look.heading, {}, node);
  if (!section.note.empty()) {
    const auto note = galley.add("P");
    auto set = composer.lines({{section.note}}, {look.note, 2}, width);
    if (one_line && set.size() == 1 && beside + set.front().width <= width) {
      const auto drop = galley.height - Typesetter::leading(look.note) - pt(0.4);
      put_lines(galley, std::move(set), look.note, {beside, drop}, note);
    } else {
      galley.height += put_lines(galley, std::move(set), look.note, {pt(0), galley.height}, note);
    }
  }
  galley.height += pt(2.4);
  galley.items.push_back(
      PlacedRule{{pt(0), galley.height}, {width, galley.height}, pt(0.7), look.color.brand});
  return galley;
}

/// How many rows each kind of list should keep when the page is full.
double deserved_rows(SectionId id) {
  switch (id) {
    case SectionId::causes:
      return 7;
    case SectionId::workup:
      return 7;
    case SectionId::results:
      return 6;
    case SectionId::medications:
      return 4;
    case SectionId::questions:
      return 3;  // of two each
    case SectionId::own:
      return 4;
    default:
      return 1;
  }
}

struct BlockSetter {
  Composer& composer;
  Length width;
  SetSection& into;

  void operator()(const Absence& block) const { set_absence(composer, block, width, into); }
  void operator()(const Facts& block) const { set_facts(composer, block, width, into); }
  void operator()(const Banners& block) const { set_banners(composer, block, width, into); }
  void operator()(const Callout& block) const { set_callout(composer, block, width, into); }
  void operator()(const Statements& block) const { set_statements(composer, block, width, into); }
  void operator()(const Changes& block) const { set_changes(composer, block, width, into); }
  void operator()(const Actions& block) const { set_actions(composer, block, width, into); }
  void operator()(const Table& block) const { set_table(composer, block, width, into); }
  void operator()(const Timeline& block) const { set_timeline(composer, block, width, into); }
  void operator()(const Checks& block) const { set_checks(composer, block, width, into); }
  void operator()(const SmallPrint& block) const { set_small_print(composer, block, width, into); }
  void operator()(const Paragraphs& block) const { set_paragraphs(composer, block, width, into); }
  void operator()(const List& block) const { set_list(composer, block, width, into); }
  void operator()(const SignOff& block) const { set_sign_off(composer, block, width, into); }
};
}  // namespace

void append(Galley& galley, Galley&& below) {
  const auto top = galley.height;
  galley.height += below.height;
  place(std::move(below), {pt(0), top}, artifact, galley.items, galley.structure);
}

Length SetSection::height(std::size_t rows_shown) const {
  auto total = head.height + columns.height + tail.height;
  for (std::size_t i = 0; i < rows_shown; ++i) total += rows[i].height;
  if (rows_shown < row_count())
    total += more_gap + more_leading * static_cast<double>(more_lines(*this, rows_shown));
  return total;
}

Galley set_more(Composer& composer, const SetSection& section, std::size_t rows_shown) {
  const auto first = rows_shown * section.per_row;
  const auto hidden = section.names.size() - first;
  std::string names, group;
  for (std::size_t i = first; i < section.names.size() && names.size() < 1000; ++i) {
    const auto& [name, its_group] = section.names[i];
    const bool new_group = its_group != group;
    if (!names.empty()) names += new_group ? "; " : section.more.separator;
    if (new_group) names += its_group + ": ";
    names += name;
    group = its_group;
  }
  const auto text = fill(for_count(section.more.words, hidden),
                         {{"count", std::to_string(hidden)}, {"names", names}});
  Galley galley;
  galley.height =
      more_gap + composer.set(galley, text,
                              {composer.look().caption, more_lines(section, rows_shown)},
                              {{pt(0), more_gap}, section.width}, galley.add("P"));
  return galley;
}

SetSection set_section(Composer& composer, const Section& section, Length width) {
  SetSection result;
  result.deserved = deserved_rows(section.id);
  result.width = width;
  result.limit = section.limit;
  result.head = set_heading(composer, section, width);
  std::visit(BlockSetter{composer, width, result}, section.block);
  if (!section.tail.empty()) {
    Galley tail;
    tail.height = pt(4) + composer.set(tail, section.tail, {composer.look().body, 4},
                                       {{pt(0), pt(4)}, width}, tail.add("P"));
    append(result.tail, std::move(tail));
  }
  return result;
}
}  // namespace legwork::report
