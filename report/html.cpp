#include "report/html.hpp"

#include "report/arrangement.hpp"
#include "report/document_sections.hpp"
#include "report/html_parts.hpp"
#include "report/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace legwork::report {
namespace {
using Sections = std::vector<const Section*>;

bool is_callout(const Section* section) { return std::holds_alternative<Callout>(section->block); }

/// "causes" and the like, by which others may link into the page.
std::string name_of(const Section& section) {
  const auto name = section_name(DocumentKind::clinician, section.id);
  return name.empty() ? "section" : std::string(name);
}

/// "causes", and "causes-2" for a second one.
std::vector<std::string> anchors_of(const Sections& sections) {
  std::vector<std::string> anchors;
  std::map<std::string, int> seen;
  for (const auto* section : sections) {
    auto name = name_of(*section);
    if (const auto times = ++seen[name]; times > 1) name += fmt::format("-{}", times);
    anchors.push_back(std::move(name));
  }
  return anchors;
}

std::string workup_anchor(const Sections& sections) {
  const bool there = std::any_of(sections.begin(), sections.end(), [](const Section* section) {
    return section->id == SectionId::workup;
  });
  return there ? "workup" : "";
}

std::string class_of(const Section& section) {
  const auto* callout = std::get_if<Callout>(&section.block);
  if (!callout) return "part";
  return callout->alarm ? "callout alarm" : "callout";
}

std::string html_section(const Section& section, const std::string& anchor,
                         const HtmlPlace& place) {
  const auto heading = heading_of(section);
  const auto inner = html_block(section.block, place) + element("p", "tail", markup(section.tail));
  if (heading.empty())
    return fmt::format("<div id=\"{}\" class=\"part {}{}\">\n{}\n</div>\n", anchor,
                       name_of(section), section.goes_on ? " goes-on" : "", inner);
  return fmt::format(
      "<section id=\"{0}\" class=\"{1} {2}\" aria-labelledby=\"{0}-heading\">\n"
      "<div class=\"head\"><h2 id=\"{0}-heading\">{3}{4}</h2>{5}</div>\n{6}\n</section>\n",
      anchor, class_of(section), name_of(section), is_callout(&section) ? svg_warning() : "",
      escaped(heading), element("p", "note", escaped_lines(section.note)), inner);
}

/// Red flags of which none is found stand beside what stands out, in a lane of their own.
bool shares_its_row(const Sections& sections, std::size_t at) {
  if (!is_callout(sections[at]) || at + 1 == sections.size()) return false;
  return !std::get<Callout>(sections[at]->block).alarm &&
         sections[at + 1]->id == SectionId::stands_out;
}

std::string html_sections(const Document& document) {
  const auto sections = arranged(document);
  const auto anchors = anchors_of(sections);
  HtmlPlace place{document.title, workup_anchor(sections)};
  std::string out;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const auto heading = heading_of(*sections[i]);
    if (!heading.empty() || !sections[i]->goes_on)
      place.heading = heading.empty() ? document.title : heading;
    const bool opens = shares_its_row(sections, i);
    const bool closes = i > 0 && shares_its_row(sections, i - 1);
    out += (opens ? "<div class=\"lanes\">\n" : "") +
           html_section(*sections[i], anchors[i], place) + (closes ? "</div>\n" : "");
  }
  return out;
}

/// A name may run the other way than the words around it.
std::string html_identity(const Document& document) {
  auto out = "<strong><bdi>" + escaped(document.surname_first) + "</bdi></strong>";
  for (const auto& part : document.identity) out += element("bdi", escaped(part));
  return out;
}

/// Where the drawing ends that begins here, and may hold smaller ones.
std::size_t end_of_drawing(std::string_view html, std::size_t at) {
  constexpr std::string_view begin = "<svg ", end = "</svg>";
  for (int depth = 0;; ++at) {
    at = std::min(html.find('<', at), html.size());
    if (at == html.size()) return at;
    if (html.substr(at).starts_with(begin)) ++depth;
    if (html.substr(at).starts_with(end) && --depth == 0) return at + end.size();
  }
}

/// Where the piece ends that begins here: a drawing, a tag, a space or a word.
std::size_t end_of_piece(std::string_view html, std::size_t at) {
  if (html.substr(at).starts_with("<svg ")) return end_of_drawing(html, at);
  if (html[at] == '<') return std::min(html.find('>', at), html.size() - 1) + 1;
  if (html[at] == ' ' || html[at] == '\n') return at + 1;
  return std::min(html.find_first_of("< \n", at), html.size());
}

/// Dates and ranges stay in one piece: browsers break lines after a hyphen.
std::string with_whole_dates(std::string_view html) {
  constexpr std::size_t longest = 20;  // a longer word must be able to break
  std::string out;
  for (std::size_t at = 0; at < html.size();) {
    const auto piece = html.substr(at, end_of_piece(html, at) - at);
    const bool is_date = piece[0] != '<' && piece.size() <= longest &&
                         piece.find('-') != piece.npos &&
                         piece.find_first_of("0123456789") != piece.npos;
    out += is_date ? element("span", "whole", piece) : std::string(piece);
    at += piece.size();
  }
  return out;
}

std::string html_head(const Document& document) {
  return fmt::format(
      "<head>\n<meta charset=\"utf-8\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      // The page asks for nothing, and what stands in a chart cannot make it.
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; base-uri 'none'; form-action 'none'\"/>\n"
      "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n",
      escaped(document.subject.empty() ? document.title
                                       : document.title + " · " + document.subject),
      html_style(document));
}

std::string html_lines(const std::vector<std::string>& lines) {
  std::string out;
  for (const auto& line : lines) out += element("p", "line", escaped_lines(line));
  return out;
}

std::string html_letterhead(const Document& document) {
  const auto& brand = document.brand;
  return "<header>\n<div class=\"letterhead\"><div class=\"sender\">" +
         element("p", "brand", escaped(brand.name)) +
         element("p", escaped_lines(brand.department)) + "</div>" +
         element("p", "address", escaped_lines(brand.address)) + "</div>\n" +
         html_lines(document.header) + element("p", "identity", html_identity(document)) +
         "\n</header>\n";
}

std::string html_title(const Document& document) {
  return "<div class=\"title\"><h1>" + escaped(document.title) + "</h1>" +
         element("p", "status", escaped(document.status)) +
         element("p", "complaint", markup(document.complaint)) +
         element("p", "read-on", escaped(document.read_on)) + "</div>\n";
}

std::string html_foot(const Document& document) {
  return "<footer>\n" + element("p", "identity", html_identity(document)) + "\n" +
         html_lines(document.footer) + element("p", escaped(document.running_head)) + "\n" +
         element("p", escaped_lines(document.foot_note)) + "\n</footer>\n";
}
}  // namespace

std::string to_html(const Document& document) {
  const auto body = "<body>\n<a class=\"skip\" href=\"#content\">" + escaped(document.title) +
                    "</a>\n" + html_letterhead(document) +
                    "<main id=\"content\" tabindex=\"-1\">\n" + html_title(document) +
                    html_sections(document) + "</main>\n" + html_foot(document) + "</body>\n";
  return fmt::format("<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n", escaped(document.language),
                     runs_right_to_left(document.language) ? "rtl" : "ltr") +
         html_head(document) + with_whole_dates(body) + "</html>\n";
}
}  // namespace legwork::report
