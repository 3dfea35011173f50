#pragma once

#include "report/layout_look.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace legwork::report {
/// A part of a page that is measured and has no place yet. Items are relative to its top left
/// corner, nodes and parents to its own structure.
struct Galley {
  Length height;
  std::vector<Item> items;
  std::vector<StructureElement> structure;

  Node add(std::string type, Node parent = artifact);
};

/// Moves a galley's items to a place and hangs its structure under a parent there. Works for
/// putting galleys into a page and into a larger galley. Returns what to add to the galley's own
/// nodes.
Node place(Galley&& galley, Point at, Node parent, std::vector<Item>& items,
           std::vector<StructureElement>& structure);

/// How a text is set.
struct Setting {
  Style style;
  std::size_t lines;      ///< at most; what is longer ends with an ellipsis
  bool reversed = false;  ///< white on the signal color
  bool whole = false;     ///< has its lines however short room is: identity, small print
};

/// Where a text begins and how wide it may become.
struct Slot {
  Point top_left;
  Length width;
};

/// Sets words into galleys.
class Composer {
 public:
  /// `most_lines` bounds every text, beside its own limit.
  Composer(Typesetter& typesetter, const Look& look, std::size_t most_lines = SIZE_MAX)
      : typesetter_(typesetter), look_(look), most_lines_(most_lines) {}

  const Look& look() const { return look_; }
  std::size_t most_lines() const { return most_lines_; }

  /// Broken into lines no wider than this; none for an empty text.
  std::vector<Line> lines(const Text& text, const Setting& setting, Length width);
  Line line(std::string_view text, const Style& style) { return typesetter_.line(text, style); }
  /// One line no wider than this.
  Line line_within(std::string_view text, const Style& style, Length width);

  /// Sets a text; returns the height that it takes.
  Length set(Galley& galley, const Text& text, const Setting& setting, Slot slot, Node node);
  Length set(Galley& galley, std::string_view text, const Setting& setting, Slot slot, Node node);

 private:
  std::vector<Span> spans(const Text& text, const Setting& setting) const;
  std::vector<Line> shortened(std::vector<Span> spans, std::size_t lines, Length width);

  Typesetter& typesetter_;
  const Look& look_;
  std::size_t most_lines_;
};

/// Puts set lines under each other; returns their height.
Length put_lines(Galley& galley, std::vector<Line> lines, const Style& style, Point top_left,
                 Node node);
Length height_of(const std::vector<Line>& lines, const Style& style);
/// Puts one line with its baseline where a line of this style has it.
void put_line(Galley& galley, Line line, const Style& style, Point top_left, Node node);
}  // namespace legwork::report
