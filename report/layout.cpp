#include "report/layout.hpp"

#include "report/layout_fit.hpp"
#include "report/layout_frame.hpp"
#include "report/layout_mirror.hpp"
#include "report/unicode.hpp"
#include "report/watermark.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace legwork::report {
namespace {
constexpr std::size_t most_pages = 2;
constexpr Length narrowest_gap = pt(6), widest_gap = pt(17);  // as the page has room

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
    const auto wide = [](const Shown& shown) { return shown.gap == section_gap; };
    const auto gaps = std::count_if(sections.begin(), sections.end(), wide);
    const auto spare =
        (room() - total_height(sections)) / static_cast<double>(std::max<std::ptrdiff_t>(gaps, 1));
    const auto gap = std::clamp(section_gap + spare, narrowest_gap, widest_gap);
    for (auto& shown : sections) {
      y_ += wide(shown) ? gap : shown.gap;
      add(std::move(shown));
    }
  }

  void add_foot(Galley foot, std::size_t page) {
    const auto& look = composer_.look();
    const Point at{look.left(), look.foot_top()};
    place(std::move(foot), at, artifact, pages_.pages[page].items, pages_.structure);
  }

  std::size_t page_count() const { return pages_.pages.size(); }

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
    headings_.emplace(shown.id, static_cast<Node>(pages_.structure.size()));
    std::optional<Galley> more;
    if (shown.rows < section.row_count()) more = set_more(composer_, section, shown.rows);
    put_below(std::move(section.head), artifact);
    if (shown.rows > 0) {
      Node container = artifact;
      if (!section.container.empty()) {
        container = static_cast<Node>(pages_.structure.size());
        pages_.structure.emplace_back().type = section.container;
      }
      put_below(std::move(section.columns), container);
      for (std::size_t i = 0; i < shown.rows; ++i) put_below(std::move(section.rows[i]), container);
    }
    if (more) put_below(std::move(*more), artifact);
    put_below(std::move(section.tail), artifact);
  }

  void put_below(Galley&& galley, Node parent) {
    const auto height = galley.height;
    put(std::move(galley), y_, parent);
    y_ += height;
  }

  /// An address stays as it is; "#workup" becomes the node of that section's heading; "" where the
  /// template left it out.
  std::string resolved(const std::string& link) const {
    if (!link.starts_with('#')) return link;
    const auto heading = headings_.find(SectionId::workup);
    if (link != "#workup" || heading == headings_.end()) return "";
    return "#" + std::to_string(heading->second);
  }

  Composer& composer_;
  Pages pages_;
  Length y_;
  std::map<SectionId, Node> headings_;
};
/// A page hands on to the next that the template has. Where it has none a second page is better
/// than texts that run off the first.
Overflow overflow(const Document& document, std::size_t page) {
  if (page + 1 < document.pages.size()) return Overflow::to_next_page;
  return page + 1 < most_pages ? Overflow::only_in_need : Overflow::stays;
}
}  // namespace

Pages lay_out(const Document& document, Typesetter& typesetter) {
  const Look look(document);
  Composer composer(typesetter, look);
  Assembly assembly(composer, document);
  assembly.begin_page(set_letterhead(composer, document));
  std::vector<const Section*> sections;
  for (std::size_t page = 0; page < most_pages; ++page) {
    if (page < document.pages.size())
      for (const auto& section : document.pages[page]) sections.push_back(&section);
    if (sections.empty()) break;
    if (page > 0) assembly.begin_page(set_running_head(composer, document));
    auto fitted = fit(typesetter, look, sections, assembly.room(), overflow(document, page));
    assembly.add(std::move(fitted.shown));
    sections.erase(sections.begin(),
                   sections.begin() + static_cast<std::ptrdiff_t>(fitted.sections));
  }

  for (std::size_t page = 0; page < assembly.page_count(); ++page)
    assembly.add_foot(set_foot(composer, document, page + 1, assembly.page_count()), page);
  auto pages = std::move(assembly).finish();
  if (reads_right_to_left(document.language)) mirror(pages);
  pages.watermark = watermark(document.watermark, look.page_width, look.page_height, typesetter);
  pages.warnings = typesetter.take_missing();
  return pages;
}
}  // namespace legwork::report
