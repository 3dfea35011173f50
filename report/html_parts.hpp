#pragma once

#include "report/document.hpp"

#include <string>
#include <string_view>

/// The parts of the HTML form. Of no use outside it.
namespace legwork::report {
/// What a block must know of where it stands.
struct HtmlPlace {
  std::string heading;        ///< of the section, or of the one that it goes on
  std::string workup_anchor;  ///< where the work-up stands; "" where the document has none
};

std::string html_block(const Block& block, const HtmlPlace& place);

std::string html_table(const Table& table, const HtmlPlace& place);
std::string html_timeline(const Timeline& timeline, const HtmlPlace& place);
/// Begins and ends what holds a table: named, and reached by the keyboard where it scrolls.
std::string html_table_begin(const HtmlPlace& place, std::string_view css_class);
std::string html_table_end();

/// Figures, as inline SVG. A sign is decoration, since words beside it say the same; the others
/// have their sentence as a name.
std::string svg_sign(Sign sign);
std::string svg_warning();
std::string svg_range_bar(const RangeBar& bar);
std::string svg_trend(const Trend& trend);
std::string svg_axis(const Timeline& timeline);
std::string svg_lane(const Timeline& timeline, const Timeline::Lane& lane);

/// The style sheet: the document's colors, and who is on each printed sheet.
std::string html_style(const Document& document);
}  // namespace legwork::report
