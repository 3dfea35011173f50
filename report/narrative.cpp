#include "report/narrative.hpp"

#include "report/markup.hpp"

#include <fmt/format.h>

namespace legwork::report {
namespace {
constexpr std::string_view open_box = "☐ ";

std::string with_below(const std::string& words, const std::string& below) {
  return words.empty() || below.empty() ? words + below : words + "<br/>" + below;
}

struct NarrativeCell {
  std::string operator()(const TextCell& cell) const {
    return with_below(markup(cell.text), markup(cell.below));
  }
  std::string operator()(const Reading& cell) const {
    auto words = element("strong", escaped(cell.number));
    for (const auto& more : {escaped(cell.unit), element("strong", escaped(cell.chip))})
      if (!more.empty()) words += " " + more;
    return words;
  }
  std::string operator()(const RangeBar& cell) const {
    return escaped(cell.low || cell.high ? cell.alternative : cell.without);
  }
  std::string operator()(const Trend& cell) const {
    return escaped(cell.values.size() < 2 ? cell.without : cell.alternative);
  }
};

std::string narrative_row(const Row& row) {
  std::string cells;
  for (const auto& cell : row.cells) {
    const auto words = std::visit(NarrativeCell{}, cell);
    cells += cells.empty() ? fmt::format("<th scope=\"row\">{}</th>", words)
                           : fmt::format("<td>{}</td>", words);
  }
  auto out = "<tr>" + cells + "</tr>";
  if (!row.note.empty())
    out += fmt::format("<tr><td colspan=\"{}\">{}</td></tr>", row.cells.size(), markup(row.note));
  return out;
}

/// One function a kind of block; a new kind does not compile until it has its own.
struct NarrativeBlock {
  std::string operator()(const Absence& block) const {
    return element("p", escaped_lines(block.sentence));
  }
  std::string operator()(const Facts& block) const {
    std::string facts;
    for (const auto& [label, value] : block.facts)
      facts += fmt::format("<dt>{}</dt><dd>{}</dd>", escaped_lines(label), escaped_lines(value));
    return element("dl", facts);
  }
  std::string operator()(const Banners& block) const {
    std::string banners;
    for (const auto& banner : block.banners) banners += element("p", markup(banner));
    return banners;
  }
  std::string operator()(const Callout& block) const {
    std::string items;
    for (const auto& item : block.items)
      items += element(
          "li", std::string(item.found ? "" : open_box) +
                    with_below(markup(item.text), element("strong", escaped_lines(item.action))));
    return element("p", markup(block.lead)) + element("ul", items) +
           element("p", markup(block.closing));
  }
  std::string operator()(const Statements& block) const {
    std::string items;
    for (const auto& [headline, detail] : block.items)
      items += element("li", with_below(markup(headline), markup(detail)));
    return element("ol", items);
  }
  std::string operator()(const Changes& block) const {
    std::string entries;
    for (const auto& entry : block.entries) entries += element("li", markup(entry));
    return element("p", escaped_lines(block.label)) + element("ul", entries) +
           element("p", markup(block.closing));
  }
  std::string operator()(const Actions& block) const {
    std::string actions;
    for (const auto& action : block.actions) actions += element("li", escaped_lines(action));
    return element("p", escaped_lines(block.label)) + element("ul", actions);
  }
  std::string operator()(const Table& block) const {
    std::string headings, rows;
    for (const auto& column : block.columns)
      headings += fmt::format("<th scope=\"col\">{}</th>", escaped_lines(column.heading));
    for (const auto& row : block.rows) rows += narrative_row(row);
    return "<table><thead><tr>" + headings + "</tr></thead>" + element("tbody", rows) + "</table>";
  }
  std::string operator()(const Timeline& block) const {
    std::string lanes;
    for (const auto& lane : block.lanes) lanes += element("li", escaped_lines(lane.alternative));
    return element("p", escaped_lines(block.onset_label)) + element("ul", lanes);
  }
  std::string operator()(const Checks& block) const {
    std::string items;
    for (const auto& item : block.items)
      items += element("li", std::string(open_box) +
                                 with_below(escaped_lines(item.text), escaped_lines(item.below)));
    return element("ul", items);
  }
  std::string operator()(const SmallPrint& block) const {
    std::string paragraphs;
    for (const auto& text : block.paragraphs) paragraphs += element("p", markup(text));
    return paragraphs;
  }
  std::string operator()(const SignOff& block) const {
    std::string labels;
    for (const auto& label : block.labels) labels += element("p", escaped_lines(label) + ":");
    return labels;
  }
  std::string operator()(const Paragraphs& block) const {
    std::string paragraphs;
    for (const auto& text : block.texts) paragraphs += element("p", markup(text));
    return paragraphs;
  }
  std::string operator()(const List& block) const {
    std::string items;
    for (const auto& item : block.items)
      items += element(
          "li", std::string(block.signs == List::Signs::boxes ? open_box : "") + markup(item));
    return element(block.signs == List::Signs::numbers ? "ol" : "ul", items);
  }
};

std::string in_div(const std::string& language, const std::string& inner) {
  if (inner.empty()) return {};
  return fmt::format(
      "<div xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{0}\" xml:lang=\"{0}\" dir=\"{1}\">{2}"
      "</div>",
      escaped(language), runs_right_to_left(language) ? "rtl" : "ltr", inner);
}
}  // namespace

std::string narrative(const Section& section, const std::string& language) {
  return in_div(language, element("p", escaped_lines(section.note)) +
                              std::visit(NarrativeBlock{}, section.block) +
                              element("p", markup(section.tail)));
}

std::string frame_narrative(const Document& document) {
  auto identity = document.surname_first;
  for (const auto& part : document.identity) identity += part;
  return in_div(document.language, element("p", element("strong", escaped(document.title))) +
                                       element("p", escaped(identity)) +
                                       element("p", markup(document.complaint)) +
                                       element("p", escaped(document.read_on)) +
                                       element("p", element("strong", escaped(document.status))) +
                                       element("p", escaped_lines(document.foot_note)));
}
}  // namespace legwork::report
