#include "report/layout_look.hpp"

#include "report/watermark.hpp"

#include <cmath>

namespace legwork::report {
namespace {
Color mix(Color color, Color other, double part_of_other) {
  const auto channel = [&](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a + (b - a) * part_of_other));
  };
  return {channel(color.red, other.red), channel(color.green, other.green),
          channel(color.blue, other.blue)};
}

/// The brand with some white, as much of it as still reads over the watermark.
Color lighter_but_readable(Color color, Color white) {
  for (const double part : {0.2, 0.15, 0.1, 0.05})
    if (const auto lighter = mix(color, white, part); contrast(lighter, watermark_color) >= 4.5)
      return lighter;
  return color;
}

Palette palette_of(const Brand& brand) {
  Palette color;
  color.brand = brand.color;
  color.brand_light = lighter_but_readable(brand.color, color.white);
  color.tint = mix(brand.color, color.white, 0.88);
  color.band = mix(brand.color, color.white, 0.78);
  color.signal = brand.signal;
  color.signal_tint = mix(brand.signal, color.white, 0.91);
  return color;
}

Style style(Weight weight, double size, Color color) {
  Style result;
  result.weight = weight;
  result.size = pt(size);
  result.color = rgb(color);
  return result;
}
}  // namespace

Look::Look(const Document& document)
    : color(palette_of(document.brand)),
      page_width(document.paper == Paper::a4 ? Length::mm(210) : pt(612)),
      page_height(document.paper == Paper::a4 ? Length::mm(297) : pt(792)) {
  title = style(Weight::display, 22.5, color.ink);
  title.tracking = pt(-0.35);
  lead = style(Weight::regular, 9, color.ink);
  pill = style(Weight::semibold, 7.6, color.signal);
  heading = style(Weight::semibold, 10.6, color.brand);
  note = style(Weight::regular, 7.6, color.ink_faint);
  letterhead = style(Weight::semibold, 10.2, color.ink);
  department = style(Weight::regular, 8, color.ink_soft);
  foot = style(Weight::regular, 7.6, color.ink_soft);
  foot_note = style(Weight::regular, 6.4, color.ink_faint);
  label = style(Weight::regular, 7, color.ink_soft);
  fact = style(Weight::medium, 9, color.ink);
  headline = style(Weight::semibold, 9.8, color.ink);
  detail = style(Weight::regular, 8.4, color.ink_soft);
  row_head = style(Weight::semibold, 8.6, color.ink);
  body = style(Weight::regular, 8.1, color.ink);
  claim = style(Weight::italic, 8, color.ink_soft);
  caption = style(Weight::regular, 7.4, color.ink_faint);
  number = style(Weight::bold, 10.4, color.ink);
  unit = style(Weight::regular, 7.2, color.ink_faint);
  chip = style(Weight::bold, 7, color.white);
  foot_lines = Typesetter::leading(foot_note) * static_cast<double>(document.footer.size());
  small_print = style(Weight::regular, 7.2, color.ink_soft);
  for (auto* with_dates : {&fact, &body, &caption, &number, &detail})
    with_dates->tabular_figures = true;
}

Style Look::reversed(Style style) const {
  style.color = rgb(color.white);
  return style;
}
}  // namespace legwork::report
