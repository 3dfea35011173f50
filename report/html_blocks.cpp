#include "report/html_parts.hpp"
#include "report/markup.hpp"

#include <fmt/format.h>

namespace legwork::report {
namespace {
std::string tick_box(std::string_view words) {
  return fmt::format("<label class=\"check\"><input type=\"checkbox\"/><span>{}</span></label>",
                     words);
}

std::string html_item(const Callout::Item& item) {
  const auto words = markup(item.text) + element("strong", "action", escaped_lines(item.action));
  return item.found ? element("li", "found", words) : element("li", tick_box(words));
}

std::string html_check(const Check& check) {
  return element("li", tick_box(element("strong", escaped_lines(check.text)) +
                                element("span", "below", escaped_lines(check.below))));
}

/// One function a kind of block; a new kind does not compile until it has its own.
struct BlockWriter {
  const HtmlPlace& place;

  std::string operator()(const Absence& block) const {
    return element("p", "absence", escaped_lines(block.sentence));
  }
  std::string operator()(const Facts& block) const {
    std::string facts;
    for (const auto& [label, value] : block.facts)
      facts += fmt::format("<div><dt>{}</dt><dd><bdi>{}</bdi></dd></div>", escaped_lines(label),
                           escaped_lines(value));
    return element("dl", "facts", facts);
  }
  std::string operator()(const Banners& block) const {
    std::string banners;
    for (const auto& banner : block.banners)
      banners += "<p class=\"banner\">" + svg_warning() + "<span>" + markup(banner) + "</span></p>";
    return banners;
  }
  std::string operator()(const Callout& block) const {
    std::string items;
    for (const auto& item : block.items) items += html_item(item);
    return element("p", markup(block.lead)) + element("ul", "flags", items) +
           element("p", markup(block.closing));
  }
  std::string operator()(const Statements& block) const {
    std::string items;
    for (const auto& [headline, detail] : block.items)
      items +=
          element("li", element("p", "headline", markup(headline)) + element("p", markup(detail)));
    return element("ol", "statements", items);
  }
  std::string operator()(const Changes& block) const {
    std::string entries;
    for (const auto& entry : block.entries) entries += element("li", markup(entry));
    return "<div class=\"actions changes\">" + element("p", "label", escaped_lines(block.label)) +
           element("ul", entries) + element("p", "closing", markup(block.closing)) + "</div>";
  }
  std::string operator()(const Actions& block) const {
    std::string actions;
    for (const auto& action : block.actions) actions += element("li", escaped_lines(action));
    auto pointer = escaped_lines(block.pointer);
    if (!pointer.empty() && !place.workup_anchor.empty())
      pointer = fmt::format("<a href=\"#{}\">{}</a>", place.workup_anchor, pointer);
    return "<div class=\"actions\">" + element("p", "label", escaped_lines(block.label)) +
           element("ul", actions) + element("p", "pointer", pointer) + "</div>";
  }
  std::string operator()(const Table& block) const { return html_table(block, place); }
  std::string operator()(const Timeline& block) const { return html_timeline(block, place); }
  std::string operator()(const Checks& block) const {
    std::string items;
    for (const auto& item : block.items) items += html_check(item);
    return element("ul", "checks", items);
  }
  std::string operator()(const SmallPrint& block) const {
    std::string paragraphs;
    for (const auto& text : block.paragraphs) paragraphs += element("p", markup(text));
    return element("div", "small-print", paragraphs);
  }
  std::string operator()(const SignOff& block) const {
    std::string labels;
    for (const auto& label : block.labels) labels += element("p", escaped_lines(label));
    return element("div", "lines", labels);
  }
  std::string operator()(const Paragraphs& block) const {
    std::string paragraphs;
    for (const auto& text : block.texts) paragraphs += element("p", markup(text));
    return paragraphs;
  }
  std::string operator()(const List& block) const {
    const bool boxes = block.signs == List::Signs::boxes;
    std::string items;
    for (const auto& item : block.items)
      items += element("li", boxes ? tick_box(markup(item)) : markup(item));
    if (boxes) return element("ul", "checks", items);
    return element(block.signs == List::Signs::numbers ? "ol" : "ul", "list", items);
  }
};
}  // namespace

std::string html_block(const Block& block, const HtmlPlace& place) {
  return std::visit(BlockWriter{place}, block);
}
}  // namespace legwork::report
