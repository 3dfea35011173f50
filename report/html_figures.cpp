#include "report/html_parts.hpp"
#include "report/markup.hpp"
#include "report/range_bar.hpp"

#include <fmt/format.h>

#include <algorithm>

// Signs and trends have a size of their own; bars and lanes take the width that they are given, so
// their places are percentages, and nothing in them is stretched.

namespace legwork::report {
namespace {
/// What is only decoration.
std::string sign(std::string_view css_class, double width, std::string_view drawing) {
  return fmt::format(
      "<svg class=\"sign {0}\" aria-hidden=\"true\" viewBox=\"0 0 {1} 10\" width=\"{1}\" "
      "height=\"10\">{2}</svg>",
      css_class, width, drawing);
}

std::string steps(std::string_view css_class, int filled) {
  std::string drawing;
  for (int i = 0; i < 3; ++i)
    drawing += fmt::format("<rect x=\"{}\" y=\"1\" width=\"4\" height=\"8\"{}/>", 1 + 6 * i,
                           i < filled ? "" : " class=\"empty\"");
  return sign(css_class, 18, drawing);
}

/// A figure that takes its cell's width; `name` is read out in its place.
std::string figure(std::string_view css_class, std::string_view name, int height,
                   std::string_view drawing) {
  return fmt::format(
      "<svg class=\"{}\" role=\"img\" width=\"100%\" height=\"{}\"><title>{}</title>{}</svg>",
      css_class, height, escaped(name), drawing);
}

std::string box(std::string_view css_class, double from, double to, double y, double height) {
  return fmt::format("<rect class=\"{}\" x=\"{:.1f}%\" width=\"{:.1f}%\" y=\"{}\" height=\"{}\"/>",
                     css_class, 100 * from, 100 * std::max(to - from, 0.0), y, height);
}

/// A line from top to bottom.
std::string upright(std::string_view css_class, double at) {
  return fmt::format("<line class=\"{0}\" x1=\"{1:.1f}%\" x2=\"{1:.1f}%\" y1=\"0\" y2=\"100%\"/>",
                     css_class, 100 * at);
}

std::string words_at(double at, std::string_view anchor, int y, std::string_view css_class,
                     std::string_view words) {
  return fmt::format("<text class=\"{}\" x=\"{:.1f}%\" y=\"{}\" text-anchor=\"{}\">{}</text>",
                     css_class, 100 * at, y, anchor, escaped(words));
}

/// A triangle that points where the value lies beyond its limit, else a disc.
std::string value_mark(const RangeBar& bar) {
  const auto at = 100 * place_on_bar(bar);
  std::string_view shape = "<circle class=\"inside\" cx=\"0\" cy=\"0\" r=\"4\"/>";
  if (bar.low && bar.value < *bar.low)
    shape = "<path class=\"outside\" d=\"M-5.5-5h11L0 5z\"/>";
  else if (bar.high && bar.value > *bar.high)
    shape = "<path class=\"outside\" d=\"M-5.5 5h11L0-5z\"/>";
  // A nested svg is how a shape comes to stand at a percentage
  return fmt::format("<svg x=\"{:.1f}%\" y=\"8\" overflow=\"visible\">{}</svg>", at, shape);
}

/// The limits under the ends of their band; long ones at the ends of the bar, so that none meet.
std::string limit_words(const RangeBar& bar) {
  constexpr std::size_t short_enough = 9;
  const bool apart =
      bar.low && bar.high && bar.low_text.size() + bar.high_text.size() > short_enough;
  std::string words;
  if (bar.low)
    words += words_at(apart ? 0 : band_low, apart ? "start" : "middle", 28, "", bar.low_text);
  if (bar.high)
    words += words_at(apart ? 1 : band_high, apart ? "end" : "middle", 28, "", bar.high_text);
  return words;
}
}  // namespace

std::string svg_sign(Sign which) {
  constexpr std::string_view ring = "<circle class=\"ring\" cx=\"5\" cy=\"5\" r=\"4\"/>";
  switch (which) {
    case Sign::none:
      return "";
    case Sign::full:
      return sign("", 10, "<circle cx=\"5\" cy=\"5\" r=\"4.6\"/>");
    case Sign::half:
      return sign("", 10, std::string(ring) + "<path d=\"M5 1a4 4 0 0 1 0 8z\"/>");
    case Sign::open:
      return sign("", 10, ring);
    case Sign::minus:
      return sign("faint", 10, std::string(ring) + "<path class=\"ring\" d=\"M3 5h4\"/>");
    case Sign::now:
      return steps("signal", 3);
    case Sign::three_steps:
      return steps("", 3);
    case Sign::two_steps:
      return steps("", 2);
    case Sign::one_step:
      return steps("", 1);
  }
  return "";
}

std::string svg_warning() {
  return sign("warning", 11,
              "<path d=\"M5.5 0 11 10H0z\"/><path class=\"mark\" d=\"M5 3.4h1v3.4H5zM5 "
              "7.6h1v1.1H5z\"/>");
}

std::string svg_range_bar(const RangeBar& bar) {
  const double from = bar.low ? band_low : 0, to = bar.high ? band_high : 1;
  auto drawing = box("rail", 0, 1, 6, 4) + box("band", from, to, 4, 8);
  if (bar.low) drawing += box("limit", from, from + 0.008, 3, 10);
  if (bar.high) drawing += box("limit", to, to + 0.008, 3, 10);
  return figure("bar", bar.alternative, 32, drawing + value_mark(bar) + limit_words(bar));
}

std::string svg_trend(const Trend& trend) {
  constexpr double width = 64, height = 18, edge = 4;
  const auto [low, high] = std::minmax_element(trend.values.begin(), trend.values.end());
  const double span = *high - *low;
  const auto last = static_cast<double>(trend.values.size() - 1);
  std::string points;
  double x = 0, y = 0;
  for (std::size_t i = 0; i < trend.values.size(); ++i) {
    x = edge + (width - 2 * edge) * static_cast<double>(i) / last;
    y = edge + (height - 2 * edge) * (span > 0 ? (*high - trend.values[i]) / span : 0.5);
    points += fmt::format("{}{:.1f},{:.1f}", i == 0 ? "" : " ", x, y);
  }
  const bool outside = (trend.low && trend.values.back() < *trend.low) ||
                       (trend.high && trend.values.back() > *trend.high);
  return fmt::format(
      "<svg class=\"trend\" role=\"img\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\">"
      "<title>{2}</title><polyline points=\"{3}\"/>"
      "<circle class=\"{4}\" cx=\"{5:.1f}\" cy=\"{6:.1f}\" r=\"3\"/></svg>",
      width, height, escaped(trend.alternative), points, outside ? "outside" : "inside", x, y);
}

/// Months, each where it has room; fewer of them where the page is narrow.
std::string svg_axis(const Timeline& timeline) {
  constexpr double room = 0.075, narrow_room = 0.22, end = 0.9;
  double taken = -1, narrow_taken = -1;
  std::string drawing;
  for (const auto& tick : timeline.ticks) {
    auto words = tick.text;
    if (!tick.year.empty()) words += (words.empty() ? "" : " ") + tick.year;
    const double width = tick.year.empty() || tick.text.empty() ? room : 2 * room;
    if (words.empty() || tick.at < taken || tick.at + width > end) continue;
    taken = tick.at + width;
    const bool minor = tick.at < narrow_taken || tick.at + narrow_room > end;
    if (!minor) narrow_taken = tick.at + narrow_room;
    drawing += words_at(tick.at, "start", 13, minor ? "minor" : "", words);
  }
  drawing += words_at(1, "end", 13, "today", timeline.today);
  return fmt::format(
      "<svg class=\"axis\" aria-hidden=\"true\" width=\"100%\" height=\"18\">{}</svg>", drawing);
}

/// As tall as its row is: places down it are from its middle.
std::string svg_lane(const Timeline& timeline, const Timeline::Lane& lane) {
  constexpr double shortest = 0.012;
  const auto from = std::clamp(lane.from, 0.0, 1.0 - shortest);
  const auto to = std::clamp(lane.to, from + shortest, 1.0);
  std::string drawing;
  if (timeline.onset)
    drawing += fmt::format(
        "<rect class=\"since\" x=\"{:.1f}%\" width=\"{:.1f}%\" y=\"0\" height=\"100%\"/>",
        100 * *timeline.onset, 100 * (1 - *timeline.onset));
  for (const auto& tick : timeline.ticks) drawing += upright("tick", tick.at);
  drawing += upright("end", 1);
  const std::string_view kind = lane.linked ? "linked" : "other";
  drawing += fmt::format(
      "<rect class=\"{}{}\" x=\"{:.1f}%\" width=\"{:.1f}%\" y=\"50%\" height=\"12\" "
      "transform=\"translate(0 -6)\"/>",
      kind, lane.start_known ? "" : " unknown", 100 * from, 100 * (to - from));
  if (lane.began_earlier)
    drawing += fmt::format(
        "<svg x=\"{:.1f}%\" y=\"50%\" overflow=\"visible\"><path class=\"{} earlier\" d=\"M8-4 4 "
        "0l4 4\"/></svg>",
        100 * from, kind);
  if (timeline.onset) drawing += upright("onset", *timeline.onset);
  return figure("lane", lane.alternative, 28, drawing);
}
}  // namespace legwork::report
