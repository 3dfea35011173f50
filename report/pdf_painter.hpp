#pragma once

#include "report/pdf_content.hpp"
#include "report/pdf_syntax.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::report {
/// Writes one page's content. Remembers what color, pen and font are set, and says only what
/// changes.
class Painter {
 public:
  enum class Marking : std::uint8_t { elements, none };
  Painter(const Page& page, const Drawing& drawing, Marking marking);

  void draw_watermark();

  void draw(const PlacedText& text);
  void draw(const PlacedRule& rule);
  void draw(const PlacedBox& box);
  void draw(const PlacedPath& path);
  void draw(const PlacedImage& image);
  void draw(const PlacedField& field);
  PageContent finish();

 private:
  // syntax
  void number(double value, int decimals = 2) {
    append_number(out_, value, decimals);
    out_ += ' ';
  }
  void point(Point p) {
    number(p.x.pt());
    number((page_.height - p.y).pt());
  }
  void command(std::string_view name) { (out_ += name) += '\n'; }

  // state
  void color(std::uint32_t rgb, std::string_view operation);
  void fill_color(std::uint32_t rgb);
  void stroke_color(std::uint32_t rgb);
  void pen(Length width, bool dashed);
  void mark(Node node, int link);
  void font(std::size_t index, const Style& style);
  void tracking(Length value);

  // shapes
  void outline(const PlacedBox& box);
  void paint(const std::optional<Color>& fill, const std::optional<Color>& stroke, Length width,
             const auto& trace);

  // text
  void draw(const GlyphRun& run, Point origin);
  void draw(const Cluster& cluster, const GlyphRun& run, const FaceUse& use);
  void draw(const Glyph& glyph, const GlyphCode& code, const GlyphRun& run);
  void close_array();

  const Page& page_;
  const Drawing& drawing_;
  const Marking marking_;
  PageContent content_;
  std::string out_;

  std::uint32_t fill_ = 0, stroke_ = 0;  // black, as PDF begins
  Length pen_width_ = Length::pt(1);
  bool dashed_ = false;
  std::optional<std::size_t> font_;
  Length font_size_, tracking_;
  std::optional<Mark> open_mark_;

  bool array_open_ = false;  // inside [<...>] TJ
  double pending_ = 0;       // how far the pen is left of where it should be, in 1/1000 of the size
  std::int32_t rise_ = 0;
};
}  // namespace legwork::report
