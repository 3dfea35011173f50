#include "report/html_parts.hpp"
#include "report/markup.hpp"

#include <fmt/format.h>

#include <algorithm>

// Rows become cards where the page is narrow. That takes `display` away from a table, and with it,
// in some browsers, its meaning: so every part says its role itself.

namespace legwork::report {
namespace {
struct CellWriter {
  std::string operator()(const TextCell& cell) const {
    return svg_sign(cell.sign) + element("span", "words",
                                         element("span", markup(cell.text)) +
                                             element("span", "below", markup(cell.below)));
  }
  std::string operator()(const Reading& cell) const {
    return fmt::format("<span class=\"{}\">", cell.stale ? "reading stale" : "reading") +
           element("strong", escaped(cell.number)) + " " +
           element("span", "unit", escaped(cell.unit)) + " " +
           element("strong", "chip", escaped(cell.chip)) + "</span>";
  }
  std::string operator()(const RangeBar& cell) const {
    return cell.low || cell.high ? svg_range_bar(cell)
                                 : element("span", "quiet", escaped(cell.without));
  }
  std::string operator()(const Trend& cell) const {
    return cell.values.size() < 2 ? element("span", "quiet", escaped(cell.without))
                                  : svg_trend(cell);
  }
};

/// Whether two of them have room beside each other on a telephone.
bool is_short(const Cell& cell) {
  constexpr std::size_t short_enough = 28;
  const auto* words = std::get_if<TextCell>(&cell);
  if (!words) return true;
  std::size_t size = 0;
  for (const auto& part : words->text) size += part.text.size();
  return size <= short_enough;
}

std::string html_cell(const Cell& cell) { return std::visit(CellWriter{}, cell); }

/// A note is a second line of its row: the row's heading spans both.
std::string html_row(const Table& table, const Row& row) {
  std::string out = "<tr role=\"row\">";
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (i == 0)
      out += fmt::format("<th role=\"rowheader\" scope=\"row\"{}>{}</th>",
                         row.note.empty() ? "" : " rowspan=\"2\"", html_cell(row.cells[i]));
    else
      out += fmt::format("<td role=\"cell\"{} data-label=\"{}\">{}</td>",
                         is_short(row.cells[i]) ? " class=\"short\"" : "",
                         i < table.columns.size() ? escaped(table.columns[i].heading) : "",
                         html_cell(row.cells[i]));
  }
  out += "</tr>\n";
  if (row.note.empty()) return out;
  return out +
         fmt::format(
             "<tr class=\"note\" role=\"row\"><td role=\"cell\" colspan=\"{}\">{}</td></tr>\n",
             std::max<std::size_t>(row.cells.size(), 2) - 1, markup(row.note));
}

std::string html_columns(const Table& table) {
  double total = 0;
  for (const auto& column : table.columns) total += column.width;
  std::string widths, headings;
  for (const auto& column : table.columns) {
    widths += fmt::format("<col style=\"width:{:.0f}%\"/>", 100 * column.width / total);
    headings += fmt::format("<th role=\"columnheader\" scope=\"col\">{}</th>",
                            escaped_lines(column.heading));
  }
  return "<colgroup>" + widths + "</colgroup>\n<thead role=\"rowgroup\"><tr role=\"row\">" +
         headings + "</tr></thead>\n";
}

/// Over its line, as far to the right as its words have room.
std::string onset_words(const Timeline& timeline) {
  return fmt::format(
      "<span class=\"onset\" style=\"padding-left:min({:.1f}%,100% - 9.5rem)\">{}</span>",
      100 * timeline.onset.value_or(0), escaped(timeline.onset_label));
}

std::string html_lane(const Timeline& timeline, const Timeline::Lane& lane) {
  return "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><span class=\"words\">" +
         element("span", markup(lane.name)) + element("span", "below", escaped(lane.label)) +
         element("span", "below", escaped_lines(lane.below)) + "</span></th><td role=\"cell\">" +
         svg_lane(timeline, lane) + "</td></tr>\n";
}
}  // namespace

std::string html_table_begin(const HtmlPlace& place, std::string_view css_class) {
  return fmt::format("<table role=\"table\" class=\"{}\">\n", css_class) +
         element("caption", escaped(place.heading)) + "\n";
}

std::string html_table_end() { return "</tbody>\n</table>\n"; }

std::string html_table(const Table& table, const HtmlPlace& place) {
  auto out = html_table_begin(place, "cards") + html_columns(table) + "<tbody role=\"rowgroup\">\n";
  for (const auto& row : table.rows) out += html_row(table, row);
  out += html_table_end();
  std::string legend;
  for (const auto& entry : table.legend) legend += element("li", html_cell(entry));
  return out + element("ul", "legend", legend);
}

std::string html_timeline(const Timeline& timeline, const HtmlPlace& place) {
  auto out = html_table_begin(place, "timeline") +
             "<thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">" +
             escaped(timeline.names) + "</th><th role=\"columnheader\" scope=\"col\">";
  out += onset_words(timeline) + svg_axis(timeline) +
         "</th></tr></thead>\n<tbody role=\"rowgroup\">\n";
  for (const auto& lane : timeline.lanes) out += html_lane(timeline, lane);
  return out + html_table_end();
}
}  // namespace legwork::report
