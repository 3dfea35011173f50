#include "report/layout_sheet_parts.hpp"

#include <algorithm>
#include <initializer_list>
#include <vector>

namespace legwork::report {
namespace {
/// A path on a grid of 24 by 24, placed and scaled as it is drawn.
class Pen {
 public:
  Pen(Point top_left, Length size) : origin_(top_left), unit_(size / 24.0) {}

  Pen& move(double x, double y) { return add({PlacedPath::Step::Kind::move, {at(x, y)}}); }
  Pen& line(double x, double y) { return add({PlacedPath::Step::Kind::line, {at(x, y)}}); }
  Pen& curve(double ax, double ay, double bx, double by, double x, double y) {
    return add({PlacedPath::Step::Kind::curve, {at(ax, ay), at(bx, by), at(x, y)}});
  }
  Pen& close() { return add({PlacedPath::Step::Kind::close, {}}); }
  Pen& circle(double x, double y, double r) {
    const double k = 0.5523 * r;
    return move(x + r, y)
        .curve(x + r, y + k, x + k, y + r, x, y + r)
        .curve(x - k, y + r, x - r, y + k, x - r, y)
        .curve(x - r, y - k, x - k, y - r, x, y - r)
        .curve(x + k, y - r, x + r, y - k, x + r, y)
        .close();
  }

  PlacedPath filled(Color color) && {
    path_.fill = color;
    return std::move(path_);
  }
  PlacedPath stroked(Color color, double width) && {
    path_.stroke = color;
    path_.stroke_width = unit_ * width;
    return std::move(path_);
  }

 private:
  Point at(double x, double y) const { return {origin_.x + unit_ * x, origin_.y + unit_ * y}; }
  Pen& add(PlacedPath::Step step) {
    path_.steps.push_back(step);
    return *this;
  }

  Point origin_;
  Length unit_;
  PlacedPath path_;
};

std::vector<PlacedPath> drop(Point at, Length size, Color color) {
  Pen pen(at, size);
  pen.move(12, 1.5).curve(15, 7, 19.5, 10.5, 19.5, 15).curve(19.5, 19.4, 16, 22.5, 12, 22.5);
  pen.curve(8, 22.5, 4.5, 19.4, 4.5, 15).curve(4.5, 10.5, 9, 7, 12, 1.5).close();
  return {std::move(pen).filled(color)};
}

std::vector<PlacedPath> pill(Point at, Length size, Color color) {
  Pen outline(at, size), half(at, size);
  outline.move(3.5, 13.5).line(13.5, 3.5).curve(18.2, -1.2, 25.2, 5.8, 20.5, 10.5);
  outline.line(10.5, 20.5).curve(5.8, 25.2, -1.2, 18.2, 3.5, 13.5).close();
  half.move(8.5, 8.5).line(3.5, 13.5).curve(-1.2, 18.2, 5.8, 25.2, 10.5, 20.5);
  half.line(15.5, 15.5).close();
  return {std::move(half).filled(color), std::move(outline).stroked(color, 1.8)};
}

/// A leg from the knee to the foot; `side` is -1 for the left one, 1 for the right one.
PlacedPath leg(Point at, Length size, double side, Color color) {
  const auto x = [&](double from_middle) { return 12 + side * from_middle; };
  Pen pen(at, size);
  pen.move(x(1.6), 1.5).line(x(8), 1.5).curve(x(8.4), 7, x(8.6), 9, x(7), 14);
  pen.line(x(6.4), 18.5).curve(x(7), 19.5, x(9.6), 20, x(9.8), 22.3).line(x(2.6), 22.3);
  pen.line(x(2.6), 14).curve(x(1.6), 9, x(1.4), 6, x(1.6), 1.5).close();
  return std::move(pen).filled(color);
}

std::vector<PlacedPath> vein(Point at, Length size, Color color) {
  Pen stem(at, size), left(at, size), right(at, size);
  stem.move(12, 1.5).curve(12, 7, 10.6, 8, 12, 12).curve(13.4, 16, 12, 18, 12, 22.5);
  left.move(4, 4).curve(4.6, 8.4, 9, 8.6, 11.6, 12.4);
  right.move(20, 10).curve(19.4, 14, 15, 14.4, 12.8, 18);
  return {std::move(stem).stroked(color, 2.6), std::move(left).stroked(color, 2.2),
          std::move(right).stroked(color, 2.2)};
}

std::vector<PlacedPath> bolt(Point at, Length size, Color color) {
  Pen pen(at, size);
  pen.move(14, 1.5).line(4.5, 13.4).line(11, 13.4).line(9.4, 22.5).line(19.5, 9.6).line(12.8, 9.6);
  return {std::move(pen.close()).filled(color)};
}

std::vector<PlacedPath> water(Point at, Length size, Color color) {
  Pen glass(at, size), inside(at, size);
  glass.move(4.5, 2).line(19.5, 2).line(17.6, 22).line(6.4, 22).close();
  inside.move(5.5, 10.5).line(18.5, 10.5).line(17.6, 22).line(6.4, 22).close();
  return {std::move(inside).filled(color), std::move(glass).stroked(color, 1.8)};
}

std::vector<PlacedPath> lens(Point at, Length size, Color color) {
  Pen glass(at, size), handle(at, size);
  glass.circle(9.6, 9.6, 6.8);
  handle.move(14.6, 14.6).line(21.6, 21.6);
  return {std::move(glass).stroked(color, 2.4), std::move(handle).stroked(color, 3)};
}

std::vector<PlacedPath> paths(causes::Icon icon, Point at, Length size, Color color) {
  using causes::Icon;
  switch (icon) {
    case Icon::drop:
      return drop(at, size, color);
    case Icon::pill:
      return pill(at, size, color);
    case Icon::legs:
      return {leg(at, size, -1, color), leg(at, size, 1, color)};
    case Icon::vein:
      return vein(at, size, color);
    case Icon::bolt:
      return bolt(at, size, color);
    case Icon::water:
      return water(at, size, color);
    case Icon::question:
      return lens(at, size, color);
  }
  return {};
}
}  // namespace

void draw_icon(Galley& galley, causes::Icon icon, Point top_left, Length size, Color color) {
  for (auto& path : paths(icon, top_left, size, color)) galley.items.push_back(std::move(path));
}

void draw_check(Galley& galley, Point top_left, Length size, Color color) {
  Pen pen(top_left, size);
  pen.move(2, 13).line(9, 20).line(22, 4);
  galley.items.push_back(std::move(pen).stroked(color, 4.4));
}

void draw_cross(Galley& galley, Point top_left, Length size, Color color) {
  for (const auto& [y, to] : {std::pair{4.0, 20.0}, {20.0, 4.0}}) {
    Pen pen(top_left, size);
    pen.move(4, y).line(20, to);
    galley.items.push_back(std::move(pen).stroked(color, 4.4));
  }
}

Length draw_number_line(Galley& galley, Composer& composer, const NumberLine& line,
                        const SheetType& type, Slot slot) {
  // The band stands where it does in every report: the eye learns it once.
  constexpr double band_from = 0.34, band_to = 0.74;
  const auto& color = composer.look().color;
  const auto left = slot.top_left.x, width = slot.width;
  double from = band_from, to = band_to, place = 0.5;
  if (!line.high) to = 1;
  if (!line.low) from = 0;
  // Outside the band the mark stands by how many times the limit it is, so that it is seen.
  if (line.low && line.value < *line.low)
    place = *line.low > 0 ? from * std::max(line.value, 0.0) / *line.low : from / 2;
  else if (line.high && line.value > *line.high)
    place = *line.high > 0 ? to + (1 - to) * (line.value / *line.high - 1) : (1 + to) / 2;
  else if (line.low && line.high && *line.high > *line.low)
    place = from + (line.value - *line.low) / (*line.high - *line.low) * (to - from);
  place = std::clamp(place, 0.04, 0.96);

  Node figure = galley.add("Figure");
  galley.structure.back().alternative = line.alternative;
  auto you_style = type.strong, normal_style = type.body;
  you_style.color = rgb(color.signal);
  auto you = composer.line_within(line.you, you_style, width);
  const auto y = slot.top_left.y;
  const auto leading = Typesetter::leading(you_style);
  const auto mark = left + width * place;
  const auto you_x = std::clamp(mark - you.width / 2, left, left + width - you.width);
  put_line(galley, std::move(you), you_style, {you_x, y}, figure);

  const auto bar_top = y + leading + pt(2);
  PlacedBox track, band;
  track.box = {left, bar_top, width, pt(8)};
  track.fill = color.rule_light;
  track.node = figure;
  band.box = {left + width * from, bar_top, width * (to - from), pt(8)};
  band.fill = color.band;
  band.stroke = color.brand;
  band.stroke_width = pt(0.7);
  band.node = figure;
  galley.items.push_back(track);
  galley.items.push_back(band);
  PlacedPath arrow;
  using Kind = PlacedPath::Step::Kind;
  arrow.steps = {{Kind::move, {Point{mark - pt(6), bar_top - pt(2)}}},
                 {Kind::line, {Point{mark + pt(6), bar_top - pt(2)}}},
                 {Kind::line, {Point{mark, bar_top + pt(8)}}},
                 {Kind::close, {}}};
  arrow.fill = color.signal;
  arrow.node = figure;
  galley.items.push_back(arrow);

  auto normal = composer.line_within(line.normal, normal_style, width);
  const auto middle = left + width * ((from + to) / 2);
  const auto normal_x = std::clamp(middle - normal.width / 2, left, left + width - normal.width);
  put_line(galley, std::move(normal), normal_style, {normal_x, bar_top + pt(9)}, figure);
  return bar_top + pt(9) + leading - y;
}
}  // namespace legwork::report
