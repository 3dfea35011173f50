#include "base/text.hpp"
#include "publish/review.hpp"
#include "publish/review_look.hpp"

#include <fmt/format.h>

#include <string_view>

namespace legwork::publish {
namespace {
/// Whether a pack's link may be one: a place in the page, or a page of the web. Nothing else runs.
bool is_link(std::string_view target) {
  return target.starts_with('#') || target.starts_with("https://") || target.starts_with("http://");
}

std::string html(const Run& run) {
  std::string words = escape_markup(run.text);
  switch (run.look) {
    case Run::Look::plain:
      break;
    case Run::Look::strong:
      words = "<strong>" + words + "</strong>";
      break;
    case Run::Look::quiet:
      words = "<span class=\"quiet\">" + words + "</span>";
      break;
    case Run::Look::code:
      words = "<code>" + words + "</code>";
      break;
  }
  if (!is_link(run.target)) return words;
  const auto* const rel = run.target.starts_with('#') ? "" : " rel=\"noreferrer\"";
  return fmt::format("<a href=\"{}\"{}>{}</a>", escape_markup(run.target), rel, words);
}

std::string html(const Line& line) {
  std::string out;
  for (const Run& run : line) out += html(run);
  return out;
}

std::string html(const std::vector<Node>& nodes, std::string_view list) {
  if (nodes.empty()) return {};
  std::string out = fmt::format("<ul class=\"{}\">\n", list);
  for (const Node& node : nodes) {
    out += "<li>" + html(node.line);
    for (const Line& note : node.notes) out += "<p class=\"note\">" + html(note) + "</p>";
    out += html(node.children, "tree") + "</li>\n";
  }
  return out + "</ul>\n";
}

std::string html(const Table& table) {
  std::string out = fmt::format(
      "<div class=\"scroll\" role=\"region\" aria-label=\"{}\" tabindex=\"0\"><table>\n",
      escape_markup(table.caption));
  out += "<caption>" + escape_markup(table.caption) + "</caption>\n<thead><tr>";
  for (const auto& column : table.columns) {
    out += "<th scope=\"col\">" + escape_markup(column) + "</th>";
  }
  out += "</tr></thead>\n<tbody>\n";
  for (const Table::Row& row : table.rows) {
    out += row.anchor.empty() ? "<tr>" : fmt::format("<tr id=\"{}\">", escape_markup(row.anchor));
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      out += i == 0 ? "<th scope=\"row\">" + html(row.cells[i]) + "</th>"
                    : "<td>" + html(row.cells[i]) + "</td>";
    }
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table></div>\n";
}

/// `heading` is the element of a block's heading: one level below what holds it.
std::string html(const Block& block, std::string_view heading) {
  std::string out;
  if (!block.heading.empty()) {
    out += fmt::format("<{0}>{1}</{0}>\n", heading, escape_markup(block.heading));
  }
  for (const Line& paragraph : block.paragraphs) out += "<p>" + html(paragraph) + "</p>\n";
  if (!block.facts.empty()) {
    out += "<dl>\n";
    for (const auto& [name, says] : block.facts) {
      out += "<dt>" + escape_markup(name) + "</dt><dd>" + html(says) + "</dd>\n";
    }
    out += "</dl>\n";
  }
  out += html(block.tree, "rules");
  if (block.table) out += html(*block.table);
  if (block.detail) {
    out += "<details><summary>" + escape_markup(block.detail->caption) + "</summary>\n" +
           html(*block.detail) + "</details>\n";
  }
  return out;
}

std::string html(const Section& section) {
  std::string out = fmt::format(
      "<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n"
      "<h2 id=\"{0}-title\">{1}</h2>\n",
      escape_markup(section.anchor), escape_markup(section.title));
  if (!section.intro.empty()) {
    out += "<div class=\"intro\">\n";
    for (const Block& block : section.intro) out += html(block, "h3");
    out += "</div>\n";
  }
  for (const Entry& entry : section.entries) {
    out += fmt::format("<article id=\"{}\">\n<h3>{}<code>{}</code></h3>\n",
                       escape_markup(entry.anchor), escape_markup(entry.title),
                       escape_markup(entry.id));
    for (const Block& block : entry.blocks) out += html(block, "h4");
    out += "</article>\n";
  }
  return out + "</section>\n";
}

std::string contents(const Review& review) {
  std::string out = "<nav aria-label=\"Contents\"><ul>\n";
  for (const Section& section : review.sections) {
    out += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", escape_markup(section.anchor),
                       escape_markup(section.title));
  }
  return out + "</ul></nav>\n";
}
}  // namespace

std::string to_html(const Review& review) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      // The page asks for nothing, and what a pack says cannot make it.
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n";
  out += fmt::format("<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
                     escape_markup(review.title), review_style);
  out += "<a class=\"skip\" href=\"#content\">Skip to the content</a>\n";
  out += fmt::format("<header><h1>{}</h1>\n{}</header>\n", escape_markup(review.title),
                     contents(review));
  out +=
      "<form role=\"search\" hidden><label for=\"search\">Search</label>"
      "<input id=\"search\" type=\"search\" autocomplete=\"off\" "
      "placeholder=\"a cause, a drug, a code; press /\"><output for=\"search\" "
      "aria-live=\"polite\"></output></form>\n<main id=\"content\">\n";
  for (const Section& section : review.sections) out += html(section);
  return out + fmt::format("</main>\n<script>{}</script>\n</body>\n</html>\n", review_script);
}
}  // namespace legwork::publish
