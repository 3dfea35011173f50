#pragma once

#include "base/length.hpp"
#include "report/color.hpp"
#include "report/text.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace legwork::report {
/// A place on a page. x from the left edge, y from the top edge, both downwards-right positive.
struct Point {
  Length x, y;
};

struct Box {
  Length left, top, width, height;
  Length right() const { return left + width; }
  Length bottom() const { return top + height; }
};

/// Node of the document's logical structure (PDF 32000-1, 14.8): index into Pages::structure.
/// `artifact` marks what is only decoration.
using Node = int;
inline constexpr Node artifact = -1;

/// One shaped line of text with its baseline's left end.
struct PlacedText {
  Line line;  ///< shaped, in visual order
  Point baseline;
  Node node = artifact;
  std::string link;  ///< URI, or "#node" of a place in this document; "" for none
};

struct PlacedRule {
  Point from, to;
  Length width;
  Color color;
  bool dashed = false;
};

struct PlacedBox {
  Box box;
  Length corner;  ///< radius; 0 is square
  std::optional<Color> fill, stroke;
  Length stroke_width = Length::pt(0.6);
  Node node = artifact;
};

/// A closed or open path: symbols, sparklines, triangles.
struct PlacedPath {
  struct Step {
    enum class Kind { move, line, curve, close } kind;
    std::array<Point, 3> points;  ///< move and line use the first, curve all three
  };
  std::vector<Step> steps;
  std::optional<Color> fill, stroke;
  Length stroke_width = Length::pt(1);
  Node node = artifact;
};

struct Image;

/// A picture, stretched over its box. Its node is a Figure whose alternative text says what it
/// shows, or none.
struct PlacedImage {
  std::shared_ptr<const Image> image;  ///< shared by all places that show it
  Box box;
  Node node = artifact;
};

/// A box to tick. On paper it is just that; a file that can be filled in ticks it at a click.
struct PlacedField {
  PlacedBox box;
  std::string name;     ///< stays the same for the same question: "question-swelling"
  std::string tooltip;  ///< what ticking it says; read out to those who do not see the page
  Node node;            ///< never an artifact
};

using Item = std::variant<PlacedText, PlacedRule, PlacedBox, PlacedPath, PlacedImage, PlacedField>;

/// One page: what stands where. Items are drawn in order.
struct Page {
  Length width, height;
  std::vector<Item> items;
};

/// An element of the logical structure, in reading order.
struct StructureElement {
  std::string type;         ///< "H1", "P", "Table", "TR", "TH", "TD", "L", "LI", "Figure" …
  Node parent = artifact;   ///< artifact: the document itself
  std::string alternative;  ///< for a Figure: a sentence that carries the same facts
  std::string language;     ///< where it differs from the document's
  std::string scope;        ///< of a TH: "Row" or "Column"
  std::string bookmark;     ///< title in the outline; "" for none
};

/// A laid-out document: a value that tests read as numbers and `write_pdf` only draws.
struct Pages {
  std::string title, language, subject;
  std::vector<Page> pages;
  std::vector<StructureElement> structure;  ///< a parent stands before its children
  PlacedPath watermark = {};                ///< under everything else on every page; no steps: none
  std::vector<std::string> warnings;        ///< characters that no font has
};
}  // namespace legwork::report
