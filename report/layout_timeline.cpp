#include "report/figures.hpp"
#include "report/layout_section.hpp"

#include <algorithm>

// Names on the left, an axis on the right. Each lane draws its own piece of the lines that run
// through all of them, so that lanes can be cut like the rows of a table.

namespace legwork::report {
namespace {
constexpr Length names_width = pt(168);
constexpr Length today_room = pt(30);  // for the word beyond the axis' end
constexpr Length bar_height = pt(9);
constexpr Length padding = pt(3);

struct Axis {
  Length left, right;
  Length at(double place) const { return left + (right - left) * std::clamp(place, 0.0, 1.0); }
};

void draw_vertical(Galley& galley, Length x, Length width, Color color) {
  galley.items.push_back(PlacedRule{{x, pt(0)}, {x, galley.height}, width, color});
}

/// What lies behind the bars: the time since the onset, the months, today.
void draw_grid(Galley& galley, const Timeline& timeline, const Axis& axis, const Palette& color) {
  if (timeline.onset) {
    const auto onset = axis.at(*timeline.onset);
    PlacedBox since;
    since.box = {onset, pt(0), axis.right - onset, galley.height};
    since.fill = color.signal_tint;
    galley.items.push_back(since);
  }
  for (const auto& tick : timeline.ticks)
    draw_vertical(galley, axis.at(tick.at), pt(0.6), color.rule_light);
  draw_vertical(galley, axis.right, pt(0.8), color.ink_soft);
}

class TimelineSetter {
 public:
  TimelineSetter(Composer& composer, const Timeline& timeline, Length width)
      : composer_(composer),
        look_(composer.look()),
        timeline_(timeline),
        width_(width),
        axis_{names_width, width - today_room} {}

  Galley set_head() const {
    Galley galley;
    const auto row = galley.add("TR");
    auto style = look_.caption;
    style.weight = Weight::semibold;
    const auto leading = Typesetter::leading(style);
    const auto names = galley.add("TH", row);
    galley.structure.back().scope = "Column";
    const auto second_line = padding + leading + pt(1);
    put_line(galley, composer_.line_within(timeline_.names, style, names_width), style,
             {pt(0), second_line}, names);
    const auto months = galley.add("TH", row);
    galley.structure.back().scope = "Column";
    set_onset(galley, style, months);
    set_ticks(galley, style, second_line, months);
    galley.height = second_line + leading + pt(2);
    galley.items.push_back(
        PlacedRule{{pt(0), galley.height}, {width_, galley.height}, pt(0.6), look_.color.rule});
    return galley;
  }

  Galley set_lane(const Timeline::Lane& lane) const {
    Galley galley;
    const auto row = galley.add("TR");
    const auto name = galley.add("TH", row);
    galley.structure.back().scope = "Row";
    const auto figure = galley.add("Figure", galley.add("TD", row));
    galley.structure.back().alternative = lane.alternative;
    Slot slot{{pt(0), padding}, names_width - pt(8)};
    auto style = look_.body;
    style.size = look_.row_head.size;
    slot.top_left.y += composer_.set(galley, lane.name, {style, 2}, slot, name);
    slot.top_left.y += composer_.set(galley, lane.below, {look_.caption, 2}, slot, name);
    galley.height = slot.top_left.y + padding;
    draw_grid(galley, timeline_, axis_, look_.color);
    draw_bar(galley, lane, figure);
    if (timeline_.onset)
      draw_vertical(galley, axis_.at(*timeline_.onset), pt(1.6), look_.color.signal);
    galley.items.push_back(PlacedRule{
        {pt(0), galley.height}, {width_, galley.height}, pt(0.6), look_.color.rule_light});
    return galley;
  }

 private:
  /// Over the axis, its middle where the onset is as far as the margins let it.
  void set_onset(Galley& galley, Style style, Node node) const {
    style.color = rgb(look_.color.signal);
    auto line = composer_.line_within(timeline_.onset_label, style, width_ - axis_.left);
    const auto middle = timeline_.onset ? axis_.at(*timeline_.onset) : axis_.left;
    const auto x = std::clamp(middle - line.width / 2, axis_.left, width_ - line.width);
    put_line(galley, std::move(line), style, {x, padding}, node);
  }

  /// A month's name right of its line, left out where it would touch the next one.
  void set_ticks(Galley& galley, Style strong, Length top, Node node) const {
    strong.color = rgb(look_.color.ink);
    Length taken = axis_.left;
    for (const auto& tick : timeline_.ticks) {
      const auto x = axis_.at(tick.at) + pt(2);
      Text text;
      if (!tick.text.empty()) text.push_back({tick.text});
      if (!tick.year.empty()) text.push_back({(text.empty() ? "" : " ") + tick.year, Tone::strong});
      auto lines = composer_.lines(text, {look_.caption, 1}, today_room * 2);
      if (lines.empty() || x < taken || x + lines.front().width > axis_.right - pt(3)) continue;
      taken = x + lines.front().width + pt(3);
      put_line(galley, std::move(lines.front()), look_.caption, {x, top}, node);
    }
    put_line(galley, composer_.line_within(timeline_.today, strong, today_room - pt(3)), strong,
             {axis_.right + pt(3), top}, node);
  }

  void draw_bar(Galley& galley, const Timeline::Lane& lane, Node figure) const {
    const auto middle = galley.height / 2;
    auto left = axis_.at(lane.from);
    const auto right = std::max(axis_.at(lane.to), left + pt(3));
    if (!lane.start_known) left = draw_unknown_start(galley, {left, middle}, figure);
    PlacedBox bar;
    bar.box = {left, middle - bar_height / 2, std::max(right - left, pt(3)), bar_height};
    bar.fill = lane.linked ? look_.color.brand : look_.color.white;
    if (!lane.linked) bar.stroke = look_.color.ink_faint;
    bar.node = figure;
    galley.items.push_back(bar);
    const auto ink = lane.linked ? look_.color.white : look_.color.ink_soft;
    if (lane.began_earlier) {
      draw_earlier(galley, {left + pt(3), middle}, ink, figure);
      left += pt(7);
    }
    set_label(galley, lane.label, {left, bar.box.right()}, ink, figure);
  }

  /// In the bar, before the line of the onset or after it; nowhere if neither has room.
  void set_label(Galley& galley, const std::string& label, Axis inside, Color ink,
                 Node figure) const {
    auto style = look_.caption;
    style.size = pt(7);
    style.weight = Weight::medium;
    style.color = rgb(ink);
    auto line = composer_.line_within(label, style, axis_.right - axis_.left);
    const auto fits = [&](Length left, Length right) { return line.width + pt(7) <= right - left; };
    auto left = inside.left, right = inside.right;
    if (timeline_.onset) {
      const auto onset = std::clamp(axis_.at(*timeline_.onset), left, right);
      if (fits(left, onset) || !fits(onset, right))
        right = onset;
      else
        left = onset;
    }
    if (!fits(left, right)) return;
    const auto top = (galley.height - Typesetter::leading(style)) / 2;
    put_line(galley, std::move(line), style, {left + pt(4), top}, figure);
  }

  /// Three dots before the bar; returns where it begins.
  Length draw_unknown_start(Galley& galley, Point at, Node figure) const {
    for (int i = 0; i < 3; ++i) {
      PlacedBox dot;
      dot.box = {at.x + pt(1.5 + 4 * i), at.y - pt(1), pt(2), pt(2)};
      dot.corner = pt(1);
      dot.fill = look_.color.ink_faint;
      dot.node = figure;
      galley.items.push_back(dot);
    }
    return at.x + pt(13);
  }

  static void draw_earlier(Galley& galley, Point at, Color color, Node figure) {
    using Kind = PlacedPath::Step::Kind;
    PlacedPath arrow;
    arrow.steps = {{Kind::move, {Point{at.x + pt(2.6), at.y - pt(2.6)}}},
                   {Kind::line, {at}},
                   {Kind::line, {Point{at.x + pt(2.6), at.y + pt(2.6)}}}};
    arrow.stroke = color;
    arrow.stroke_width = pt(1.1);
    arrow.node = figure;
    galley.items.push_back(std::move(arrow));
  }

  Composer& composer_;
  const Look& look_;
  const Timeline& timeline_;
  Length width_;
  Axis axis_;
};
}  // namespace

void set_timeline(Composer& composer, const Timeline& timeline, Length width, SetSection& into) {
  const TimelineSetter setter(composer, timeline, width);
  into.container = "Table";
  into.columns = setter.set_head();
  into.set_row = [setter, &timeline](std::size_t row) {
    return setter.set_lane(timeline.lanes[row]);
  };
  for (const auto& lane : timeline.lanes) {
    std::string name;
    for (const auto& words : lane.name) name += words.text;
    into.names.push_back({std::move(name), ""});
  }
  into.more = timeline.more;
}
}  // namespace legwork::report
