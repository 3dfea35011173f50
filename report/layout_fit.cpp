#include "report/layout_fit.hpp"

#include <algorithm>

// A page is filled in three steps: of every section is set what cannot be left out; rows are added
// to the lists while there is room; all is placed from the top down. So nothing is set that is not
// shown, but for the one row of each list that did not fit. Texts out of all proportion (a name of
// a thousand letters) may leave no room even without rows: then the page is set again with fewer
// lines for each text.

namespace legwork::report {
namespace {
constexpr std::size_t widest_limit = 8;  // no text asks for more lines
constexpr Length side_gap = pt(16);

/// All of a section as one galley, for sections that are never cut.
Galley whole(SetSection&& section) {
  auto galley = std::move(section.head);
  append(galley, std::move(section.tail));
  return galley;
}

/// The width of the narrower of two sections that stand beside each other; 0 for those that do not.
Length side_width(const Section& left, const Section& right) {
  const auto* callout = std::get_if<Callout>(&right.block);
  if (left.id == SectionId::stands_out && callout && !callout->alarm) return pt(184);
  return pt(0);
}

/// One over the other, the one that stood at the side first.
Galley set_stacked(Composer& composer, const Section& main, const Section& side) {
  auto galley = whole(set_section(composer, side, composer.look().width()));
  galley.height += section_gap;
  append(galley, whole(set_section(composer, main, composer.look().width())));
  return galley;
}

/// Beside each other, unless the one at the side would stand beside a hole.
Shown set_side_by_side(Composer& composer, const Section& main, const Section& side) {
  const auto narrow = side_width(main, side);
  const auto wide = composer.look().width() - narrow - side_gap;
  auto left = whole(set_section(composer, main, wide));
  auto right = whole(set_section(composer, side, narrow));
  Shown shown;
  shown.id = main.id;
  shown.sections = 2;
  auto& both = shown.section.head;
  if (left.height * 2 < right.height) {
    both = set_stacked(composer, main, side);
    return shown;
  }
  both.height = std::max(left.height, right.height);
  place(std::move(left), {}, artifact, both.items, both.structure);
  place(std::move(right), {wide + side_gap, pt(0)}, artifact, both.items, both.structure);
  return shown;
}

/// None above the first; little between two sections of small print.
Length gap_above(const Section* before, const Section& section) {
  if (!before) return pt(0);
  if (section.goes_on) return pt(4);
  const bool small = std::holds_alternative<SmallPrint>(before->block) &&
                     std::holds_alternative<SmallPrint>(section.block);
  return small ? pt(2) : section_gap;
}

std::vector<Shown> set_sections(Composer& composer, const std::vector<const Section*>& sections) {
  std::vector<Shown> all;
  const Section* before = nullptr;
  for (auto it = sections.begin(); it != sections.end();) {
    const auto& section = **it;
    const bool beside = it + 1 != sections.end() && side_width(section, *it[1]) > pt(0);
    Shown shown;
    if (beside) {
      shown = set_side_by_side(composer, section, *it[1]);
    } else {
      shown.id = section.id;
      shown.section = set_section(composer, section, composer.look().width());
    }
    shown.gap = gap_above(before, section);
    it += static_cast<std::ptrdiff_t>(shown.sections);
    before = it[-1];
    all.push_back(std::move(shown));
  }
  return all;
}

/// How much of what it deserves a list shows.
double ease(const Shown& shown) { return static_cast<double>(shown.rows) / shown.section.deserved; }

/// Shows one row more if the page has room for it. Returns whether it has.
bool grow(Shown& shown, Length& height, Length room) {
  auto& section = shown.section;
  if (shown.rows == section.rows.size()) section.rows.push_back(section.set_row(shown.rows));
  const auto grown = height - section.height(shown.rows) + section.height(shown.rows + 1);
  if (grown > room) return false;
  height = grown;
  ++shown.rows;
  return true;
}

/// Row by row, each for the list that shows least of what it deserves, until the page is full.
void fill(std::vector<Shown>& all, Length room) {
  std::vector<Shown*> growing;
  for (auto& shown : all) {
    shown.rows = 0;
    if (shown.section.most_rows() > 0) growing.push_back(&shown);
  }
  auto height = total_height(all);
  while (!growing.empty()) {
    const auto poorest =
        std::min_element(growing.begin(), growing.end(),
                         [](const Shown* a, const Shown* b) { return ease(*a) < ease(*b); });
    auto& shown = **poorest;
    if (!grow(shown, height, room) || shown.rows == shown.section.most_rows())
      growing.erase(poorest);
  }
}

/// Whether each list shows all it has, or half of what it deserves.
bool shows_enough(const std::vector<Shown>& all) {
  return std::all_of(all.begin(), all.end(), [](const Shown& shown) {
    return shown.rows == shown.section.most_rows() ||
           static_cast<double>(shown.rows) >= shown.section.deserved / 2;
  });
}

/// What matters first stays on its page, whatever the room.
bool may_move(SectionId id) {
  switch (id) {
    case SectionId::patient:
    case SectionId::red_flags:
    case SectionId::stands_out:
    case SectionId::changes:
    case SectionId::first_steps:
    case SectionId::causes:
      return false;
    case SectionId::results:
    case SectionId::medications:
    case SectionId::questions:
    case SectionId::workup:
    case SectionId::notes:
    case SectionId::basis:
    case SectionId::sign_off:
    case SectionId::message:
    case SectionId::found:
    case SectionId::next:
    case SectionId::until_then:
    case SectionId::help:
    case SectionId::tell:
    case SectionId::ask:
    case SectionId::own:
      return true;
  }
  return true;
}
/// Takes the last section from the page, with those that go on from it.
void hand_on_last(std::vector<Shown>& all, std::vector<const Section*>& here) {
  for (bool goes_on = true; goes_on;) {
    const auto first = here.size() - all.back().sections;
    goes_on = here[first]->goes_on;
    here.resize(first);
    all.pop_back();
  }
}
}  // namespace

Length total_height(const std::vector<Shown>& all) {
  Length total;
  for (const auto& shown : all) total += shown.height();
  return total;
}

Fitted fit(Typesetter& typesetter, const Look& look, const std::vector<const Section*>& sections,
           Length room, Overflow overflow) {
  auto here = sections;
  for (auto most_lines = widest_limit;; most_lines = most_lines > 3 ? 3 : most_lines - 1) {
    Composer composer(typesetter, look, most_lines);
    auto all = set_sections(composer, here);
    fill(all, room);
    while (overflow == Overflow::to_next_page && may_move(all.back().id) && !shows_enough(all)) {
      hand_on_last(all, here);
      fill(all, room);
    }
    while (overflow != Overflow::stays && most_lines == 1 && total_height(all) > room &&
           all.back().id != SectionId::patient && all.back().id != SectionId::red_flags)
      hand_on_last(all, here);
    if (total_height(all) <= room || most_lines == 1) return {std::move(all), here.size()};
  }
}
}  // namespace legwork::report
