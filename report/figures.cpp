#include "report/figures.hpp"

#include <algorithm>
#include <cmath>

namespace legwork::report {
namespace {
using Kind = PlacedPath::Step::Kind;

/// Steps of a path, in points from an origin.
class Pen {
 public:
  explicit Pen(Point origin) : origin_(origin) {}

  Pen& move(double x, double y) { return step(Kind::move, {at(x, y)}); }
  Pen& line(double x, double y) { return step(Kind::line, {at(x, y)}); }
  Pen& curve(double x1, double y1, double x2, double y2, double x, double y) {
    return step(Kind::curve, {at(x1, y1), at(x2, y2), at(x, y)});
  }
  Pen& close() { return step(Kind::close, {}); }

  /// Half a circle around the origin, from its top down the right (1) or the left (-1) side.
  Pen& half_circle(double radius, double side) {
    const double k = 0.5523 * radius;  // Bézier's circle
    return curve(side * k, -radius, side * radius, -k, side * radius, 0)
        .curve(side * radius, k, side * k, radius, 0, radius);
  }
  Pen& circle(double radius) {
    const double k = 0.5523 * radius;
    return move(0, -radius)
        .half_circle(radius, 1)
        .curve(-k, radius, -radius, k, -radius, 0)
        .curve(-radius, -k, -k, -radius, 0, -radius)
        .close();
  }

  PlacedPath filled(Color fill, Node node = artifact) const {
    return {steps_, fill, std::nullopt, pt(1), node};
  }
  PlacedPath stroked(Color stroke, Length width, Node node = artifact) const {
    return {steps_, std::nullopt, stroke, width, node};
  }

 private:
  Point at(double x, double y) const { return {origin_.x + pt(x), origin_.y + pt(y)}; }
  Pen& step(Kind kind, std::array<Point, 3> points) {
    steps_.push_back({kind, points});
    return *this;
  }

  Point origin_;
  std::vector<PlacedPath::Step> steps_;
};

void draw_steps(Galley& galley, int filled, Point middle, Color color) {
  for (int i = 0; i < 3; ++i) {
    PlacedBox box;
    box.box = {middle.x + pt(0.3) + pt(5.5) * i, middle.y - pt(3), pt(3.7), pt(6)};
    box.stroke = color;
    if (i < filled) box.fill = color;
    galley.items.push_back(box);
  }
}

constexpr double radius = 3.8;

// Where the laboratory's limits stand on every bar, so that rows compare at a glance.
constexpr double band_low = 0.30, band_high = 0.72;

/// Where a value stands on the bar, 0 to 1; beyond a limit by its ratio to that limit.
double place_on_bar(const RangeBar& bar) {
  const double value = bar.value;
  double where = 0.5;
  if (bar.low && value < *bar.low)
    where = *bar.low > 0 ? band_low * std::max(value, 0.0) / *bar.low : 0;
  else if (bar.high && value > *bar.high)
    where = value > 0 && *bar.high >= 0 ? 1 - (1 - band_high) * *bar.high / value : 1;
  else if (bar.low && bar.high && *bar.high > *bar.low)
    where = band_low + (band_high - band_low) * (value - *bar.low) / (*bar.high - *bar.low);
  else if (bar.high)
    where = *bar.high > 0 ? band_high * std::max(value, 0.0) / *bar.high : band_high;
  else if (bar.low)
    where = value > 0 ? 1 - (1 - band_low) * std::max(*bar.low, 0.0) / value : band_low;
  return std::clamp(where, 0.03, 0.97);
}

void draw_band(Galley& galley, const RangeBar& bar, Slot slot, const Palette& color, Node figure) {
  const auto box = [&](double from, double to, Length top, Length height, Color fill) {
    PlacedBox placed;
    placed.box = {slot.top_left.x + slot.width * from, slot.top_left.y + top,
                  slot.width * (to - from), height};
    placed.fill = fill;
    placed.node = figure;
    galley.items.push_back(placed);
  };
  const double from = bar.low ? band_low : 0, to = bar.high ? band_high : 1;
  box(0, 1, pt(4), pt(3.4), color.rule_light);
  box(from, to, pt(2.6), pt(6.2), color.band);
  const double edge = pt(0.9) / slot.width / 2;
  if (bar.low) box(from - edge, from + edge, pt(1.6), pt(8.2), color.brand_light);
  if (bar.high) box(to - edge, to + edge, pt(1.6), pt(8.2), color.brand_light);
}

void draw_value(Galley& galley, const RangeBar& bar, Slot slot, const Palette& color, Node figure) {
  Pen pen({slot.top_left.x + slot.width * place_on_bar(bar), slot.top_left.y + pt(5.7)});
  if (bar.low && bar.value < *bar.low)
    galley.items.push_back(
        pen.move(-4, -3.6).line(4, -3.6).line(0, 3.6).close().filled(color.signal, figure));
  else if (bar.high && bar.value > *bar.high)
    galley.items.push_back(
        pen.move(-4, 3.6).line(4, 3.6).line(0, -3.6).close().filled(color.signal, figure));
  else
    galley.items.push_back(pen.circle(3.1).filled(color.ink, figure));
}

/// The limits under the ends of the band, or moved apart where they would touch.
Length set_limits(Galley& galley, Composer& composer, const RangeBar& bar, Slot slot, Node figure) {
  auto style = composer.look().caption;
  style.size = pt(6.8);
  const auto top = slot.top_left.y + pt(11);
  const auto left = slot.top_left.x, gap = pt(4);
  auto low = composer.line_within(bar.low_text, style, slot.width / 2 - gap);
  auto high = composer.line_within(bar.high_text, style, slot.width / 2 - gap);
  auto low_x = std::max(left, left + slot.width * band_low - low.width / 2);
  auto high_x =
      std::min(left + slot.width - high.width, left + slot.width * band_high - high.width / 2);
  if (bar.low && bar.high && low_x + low.width + gap > high_x) {
    low_x = left;
    high_x = left + slot.width - high.width;
  }
  if (bar.low) put_line(galley, std::move(low), style, {low_x, top}, figure);
  if (bar.high) put_line(galley, std::move(high), style, {high_x, top}, figure);
  return pt(11) + Typesetter::leading(style);
}
}  // namespace

Length sign_width(Sign sign) {
  switch (sign) {
    case Sign::none:
      return pt(0);
    case Sign::full:
    case Sign::half:
    case Sign::open:
    case Sign::minus:
      return pt(14.5);
    case Sign::now:
    case Sign::three_steps:
    case Sign::two_steps:
    case Sign::one_step:
      return pt(20);
  }
  return {};
}

void draw_sign(Galley& galley, Sign sign, Point middle, const Palette& color) {
  const Point center = {middle.x + pt(4.4), middle.y};
  const auto ring = Pen(center).circle(radius).stroked(color.ink, pt(1.1));
  switch (sign) {
    case Sign::none:
      return;
    case Sign::full:
      galley.items.push_back(Pen(center).circle(radius + 0.5).filled(color.ink));
      return;
    case Sign::half:
      galley.items.push_back(ring);
      galley.items.push_back(
          Pen(center).move(0, -radius).half_circle(radius, 1).close().filled(color.ink));
      return;
    case Sign::open:
      galley.items.push_back(ring);
      return;
    case Sign::minus:
      galley.items.push_back(Pen(center).circle(radius).stroked(color.ink_faint, pt(1)));
      galley.items.push_back(PlacedRule{
          {center.x - pt(1.9), center.y}, {center.x + pt(1.9), center.y}, pt(1), color.ink_faint});
      return;
    case Sign::now:
      draw_steps(galley, 3, middle, color.signal);
      return;
    case Sign::three_steps:
      draw_steps(galley, 3, middle, color.ink);
      return;
    case Sign::two_steps:
      draw_steps(galley, 2, middle, color.ink);
      return;
    case Sign::one_step:
      draw_steps(galley, 1, middle, color.ink);
      return;
  }
}

void draw_tick_box(Galley& galley, Point at, Color stroke, Tick tick) {
  PlacedBox box;
  box.box = {at.x, at.y, tick_box_size, tick_box_size};
  box.corner = pt(1.4);
  box.stroke = stroke;
  box.stroke_width = pt(0.9);
  galley.items.push_back(
      PlacedField{box, std::move(tick.name), std::move(tick.tooltip), tick.node});
}

void draw_warning(Galley& galley, Point top_left, Length size, Color fill, Color mark) {
  const double s = size.pt(), half = s * 0.56;
  Pen pen({top_left.x + pt(half), top_left.y});
  galley.items.push_back(pen.move(0, 0).line(half, s).line(-half, s).close().filled(fill));
  PlacedBox stem;
  stem.box = {top_left.x + pt(half - s * 0.055), top_left.y + pt(s * 0.36), pt(s * 0.11),
              pt(s * 0.32)};
  stem.fill = mark;
  galley.items.push_back(stem);
  stem.box.top = top_left.y + pt(s * 0.77);
  stem.box.height = pt(s * 0.11);
  galley.items.push_back(stem);
}

Length draw_range_bar(Galley& galley, Composer& composer, const RangeBar& bar, Slot slot,
                      Node parent) {
  const auto& look = composer.look();
  if (!bar.low && !bar.high)
    return composer.set(galley, bar.without, {look.caption, 1}, slot, parent);
  const auto figure = galley.add("Figure", parent);
  galley.structure.back().alternative = bar.alternative;
  draw_band(galley, bar, slot, look.color, figure);
  draw_value(galley, bar, slot, look.color, figure);
  return set_limits(galley, composer, bar, slot, figure);
}

Length draw_trend(Galley& galley, Composer& composer, const Trend& trend, Slot slot, Node parent) {
  const auto& look = composer.look();
  if (trend.values.size() < 2)
    return composer.set(galley, trend.without, {look.caption, 1}, slot, parent);
  const auto figure = galley.add("Figure", parent);
  galley.structure.back().alternative = trend.alternative;
  const auto [low, high] = std::minmax_element(trend.values.begin(), trend.values.end());
  const double span = *high - *low, height = 11;
  const double width = slot.width.pt() - 6;
  const auto y_of = [&, lowest = *low](double value) {
    return span > 0 ? height * (1 - (value - lowest) / span) : height / 2;
  };
  Pen pen({slot.top_left.x + pt(1), slot.top_left.y + pt(2.5)});
  const auto last = static_cast<double>(trend.values.size() - 1);
  for (std::size_t i = 0; i < trend.values.size(); ++i) {
    const double x = width * static_cast<double>(i) / last, y = y_of(trend.values[i]);
    if (i == 0)
      pen.move(x, y);
    else
      pen.line(x, y);
  }
  galley.items.push_back(pen.stroked(look.color.ink_soft, pt(1.1), figure));
  const bool outside = (trend.low && trend.values.back() < *trend.low) ||
                       (trend.high && trend.values.back() > *trend.high);
  Pen dot({slot.top_left.x + pt(1 + width), slot.top_left.y + pt(2.5 + y_of(trend.values.back()))});
  galley.items.push_back(
      dot.circle(2).filled(outside ? look.color.signal : look.color.ink, figure));
  return pt(height + 5);
}
}  // namespace legwork::report
