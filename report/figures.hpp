#pragma once

#include "report/layout_galley.hpp"

#include <string>

namespace legwork::report {
/// What is drawn and not written. Each says in words nearby, or in its Figure's alternative, the
/// same as the drawing; shape tells it too, so that nothing hangs on color.

/// How far a sign pushes the words beside it to the right.
Length sign_width(Sign sign);
/// Draws a sign whose middle stands at `middle.y`, its left edge at `middle.x`.
void draw_sign(Galley& galley, Sign sign, Point middle, const Palette& color);

/// What ticking a box says, as PlacedField has it.
struct Tick {
  std::string name, tooltip;
  Node node;
};

/// A box to tick, its top left corner at `at`.
void draw_tick_box(Galley& galley, Point at, Color stroke, Tick tick);
constexpr Length tick_box_size = Length::pt(7);

/// A triangle with an exclamation mark, as tall as `size`.
void draw_warning(Galley& galley, Point top_left, Length size, Color fill, Color mark);

/// The bar with its limits under it, or the words for none; returns the height.
Length draw_range_bar(Galley& galley, Composer& composer, const RangeBar& bar, Slot slot,
                      Node parent);
/// The line through the last values, or the words for too few; returns the height.
Length draw_trend(Galley& galley, Composer& composer, const Trend& trend, Slot slot, Node parent);
}  // namespace legwork::report
