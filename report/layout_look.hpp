#pragma once

#include "report/document.hpp"
#include "report/page.hpp"
#include "report/text.hpp"

namespace legwork::report {
/// Every color of a document: ink and rules are fixed, the rest is mixed from the brand and signal.
struct Palette {
  Color white{255, 255, 255};
  Color ink{0x15, 0x21, 0x2B}, ink_soft{0x44, 0x53, 0x5F}, ink_faint{0x62, 0x70, 0x7C};
  Color rule{0xD3, 0xDB, 0xE1}, rule_light{0xE7, 0xEC, 0xF0}, panel{0xF4, 0xF7, 0xF8};
  Color brand, brand_light, tint, band;
  Color signal, signal_tint;
};

/// The sizes, colors and measures of one document; see report-design for where they come from.
struct Look {
  explicit Look(const Document& document);

  Palette color;
  Length page_width, page_height;
  Length foot_lines;  ///< height of the lines that the template adds to the foot
  Style title, lead, pill, heading, note;  // frame and headings
  Style letterhead, department, foot, foot_note;
  Style label, fact, headline, detail;  // page 1
  Style row_head, body, claim, caption, number, unit, chip, small_print;

  Length left() const { return Length::pt(40); }
  Length top() const { return Length::pt(26); }
  Length width() const { return page_width - 2 * left(); }
  Length right() const { return page_width - left(); }
  /// Sections end above this; the foot stands in the margin below it.
  Length bottom() const { return foot_top() - Length::pt(7); }
  Length foot_top() const { return page_height - Length::pt(36) - foot_lines; }

  /// A style on a solid signal ground.
  Style reversed(Style style) const;
};

constexpr Length pt(double points) { return Length::pt(points); }
constexpr std::uint32_t rgb(Color color) {
  return std::uint32_t{color.red} << 16 | std::uint32_t{color.green} << 8 | color.blue;
}
}  // namespace legwork::report
