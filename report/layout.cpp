#include "report/layout.hpp"

#include "report/layout_frame.hpp"
#include "report/layout_section.hpp"

#include <algorithm>
#include <charconv>
#include <map>

// A page is filled in three steps: every section is set in full, without a place; rows are taken
// away from the end of lists until what is left fits; what is left is placed from the top down.

namespace legwork::report {
namespace {
constexpr Length section_gap = pt(11);
constexpr Length narrowest_gap = pt(6), widest_gap = pt(17);  // as the page has room
constexpr std::size_t widest_limit = 8;                       // no text asks for more lines
constexpr Length side_gap = pt(16);

/// A set section and how much of it is shown.
struct Shown {
  SectionId id;
  SetSection section;
  std::size_t rows;
  Length height() const { return section.height(rows); }
};

/// All of a section as one galley, for sections that are never cut.
Galley whole(SetSection&& section) {
  auto galley = std::move(section.head);
  Node container = artifact;
  if (!section.container.empty()) container = galley.add(section.container);
  for (auto& row : section.rows) {
    const auto top = galley.height;
    galley.height += row.height;
    place(std::move(row), {pt(0), top}, container, galley.items, galley.structure);
  }
  append(galley, std::move(section.tail));
  return galley;
}

/// The width of the narrower of two sections that stand beside each other; 0 for those that do not.
Length side_width(const Section& left, const Section& right) {
  const auto* callout = std::get_if<Callout>(&right.block);
  if (left.id == SectionId::stands_out && callout && !callout->alarm) return pt(169);
  if (left.id == SectionId::basis && right.id == SectionId::sign_off) return pt(190);
  return pt(0);
}

Shown set_side_by_side(Composer& composer, const Section& main, const Section& side) {
  const auto narrow = side_width(main, side);
  const auto wide = composer.look().width() - narrow - side_gap;
  auto left = whole(set_section(composer, main, wide));
  auto right = whole(set_section(composer, side, narrow));
  Shown shown{main.id, {}, 0};
  auto& both = shown.section.head;
  both.height = std::max(left.height, right.height);
  place(std::move(left), {}, artifact, both.items, both.structure);
  place(std::move(right), {wide + side_gap, pt(0)}, artifact, both.items, both.structure);
  return shown;
}

std::vector<Shown> set_sections(Composer& composer, const std::vector<Section>& sections) {
  std::vector<Shown> all;
  for (auto section = sections.begin(); section != sections.end(); ++section) {
    if (section + 1 != sections.end() && side_width(*section, section[1]) > pt(0)) {
      all.push_back(set_side_by_side(composer, section[0], section[1]));
      ++section;
      continue;
    }
    auto set = set_section(composer, *section, composer.look().width());
    const auto rows = set.rows.size();
    all.push_back({section->id, std::move(set), rows});
  }
  return all;
}

Length total_height(const std::vector<Shown>& all) {
  Length total = section_gap * static_cast<double>(all.empty() ? 0 : all.size() - 1);
  for (const auto& shown : all) total += shown.height();
  return total;
}

/// Takes rows from the list that is furthest over what it deserves until all fits.
void cut_to_fit(std::vector<Shown>& all, Length room) {
  for (auto height = total_height(all); height > room;) {
    const auto richest =
        std::max_element(all.begin(), all.end(), [](const Shown& a, const Shown& b) {
          return static_cast<double>(a.rows) / a.section.deserved <
                 static_cast<double>(b.rows) / b.section.deserved;
        });
    if (richest == all.end() || richest->rows == 0) return;
    height -= richest->height();
    --richest->rows;
    height += richest->height();
  }
}

std::vector<Shown> fitting_sections(Typesetter& typesetter, const Look& look,
                                    const std::vector<Section>& sections, Length room) {
  for (auto most_lines = widest_limit;; most_lines = most_lines > 3 ? 3 : most_lines - 1) {
    Composer composer(typesetter, look, most_lines);
    auto all = set_sections(composer, sections);
    cut_to_fit(all, room);
    if (total_height(all) <= room || most_lines == 1) return all;
  }
}

/// Puts pages together: their items, and the structure that all of them share.
class Assembly {
 public:
  Assembly(Composer& composer, const Document& document) : composer_(composer) {
    pages_.title = document.title;
    pages_.language = document.language;
    pages_.subject = document.subject;
  }

  void begin_page(Galley head) {
    const auto& look = composer_.look();
    pages_.pages.push_back({look.page_width, look.page_height, {}});
    y_ = look.top() + head.height;
    put(std::move(head), look.top(), artifact);
  }

  Length room() const { return composer_.look().bottom() - y_; }

  void add(std::vector<Shown> sections) {
    const auto spare = room() - total_height(sections);
    const auto gaps = static_cast<double>(std::max<std::size_t>(sections.size(), 2) - 1);
    const auto gap = std::clamp(section_gap + spare / gaps, narrowest_gap, widest_gap);
    for (auto& shown : sections) {
      add(std::move(shown));
      y_ += gap;
    }
  }

  void add_foot(Galley foot, std::size_t page) {
    const auto& look = composer_.look();
    const Point at{look.left(), look.foot_top()};
    place(std::move(foot), at, artifact, pages_.pages[page].items, pages_.structure);
  }

  Pages finish() && {
    for (auto& page : pages_.pages)
      for (auto& item : page.items)
        if (auto* text = std::get_if<PlacedText>(&item); text && !text->link.empty())
          text->link = resolved(text->link);
    return std::move(pages_);
  }

 private:
  Node put(Galley&& galley, Length y, Node parent) {
    return place(std::move(galley), {composer_.look().left(), y}, parent, pages_.pages.back().items,
                 pages_.structure);
  }

  void add(Shown shown) {
    auto& section = shown.section;
    targets_.emplace(shown.id, static_cast<Node>(pages_.structure.size()));
    std::optional<Galley> more;
    if (!section.shows_all(shown.rows)) more = set_more(composer_, section, shown.rows);
    put_below(std::move(section.head), artifact);
    Node container = artifact;
    if (!section.container.empty() && shown.rows > 0) {
      container = static_cast<Node>(pages_.structure.size());
      StructureElement element;
      element.type = section.container;
      pages_.structure.push_back(std::move(element));
    }
    if (shown.rows > 0) put_below(std::move(section.columns), container);
    for (std::size_t i = 0; i < shown.rows; ++i) put_below(std::move(section.rows[i]), container);
    if (more) put_below(std::move(*more), artifact);
    put_below(std::move(section.tail), artifact);
  }

  void put_below(Galley&& galley, Node parent) {
    const auto height = galley.height;
    put(std::move(galley), y_, parent);
    y_ += height;
  }

  /// "#workup" becomes the node of that section's heading.
  std::string resolved(const std::string& link) const {
    const auto found = targets_.find(SectionId::workup);
    return found == targets_.end() || link != "#workup" ? "" : "#" + std::to_string(found->second);
  }

  Composer& composer_;
  Pages pages_;
  Length y_;
  std::map<SectionId, Node> targets_;
};
}  // namespace

Pages lay_out(const Document& document, Typesetter& typesetter) {
  const Look look(document);
  Composer composer(typesetter, look, widest_limit);
  Assembly assembly(composer, document);
  std::size_t count = 0;
  for (const auto& sections : document.pages) {
    if (sections.empty()) continue;
    assembly.begin_page(count == 0 ? set_letterhead(composer, document)
                                   : set_running_head(composer, document));
    assembly.add(fitting_sections(typesetter, look, sections, assembly.room()));
    ++count;
  }
  for (std::size_t page = 0; page < count; ++page)
    assembly.add_foot(set_foot(composer, document, page + 1, count), page);
  auto pages = std::move(assembly).finish();
  pages.warnings = typesetter.take_missing();
  return pages;
}
}  // namespace legwork::report
