#pragma once

#include "base/result.hpp"
#include "report/text.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct hb_face_t;
struct hb_font_t;

namespace legwork::report {
struct HarfBuzzDeleter {
  void operator()(hb_face_t* face) const;
  void operator()(hb_font_t* font) const;
};

/// How the glyphs of a font file are drawn: decides how a PDF embeds them.
enum class Outlines : std::uint8_t { true_type, cff };

/// What a font says about itself, in its own units.
struct Metrics {
  int units_per_em = 1000;
  int ascent = 0, descent = 0;  ///< descent is negative, as in the file
  int cap_height = 0, x_height = 0;
  std::array<int, 4> box{};  ///< left, bottom, right, top of all glyphs
  double italic_angle = 0;   ///< degrees, negative leans right
  int weight = 400;
};

class Face {
 public:
  /// Errors: malformed    not a font, or damaged
  ///         unsupported  forbids embedding or subsetting (OS/2 fsType), or has no outlines
  static Result<Face> load(std::string bytes, std::string where);

  /// Whether the font has a glyph for the character itself.
  bool has(char32_t character) const;

  /// Whether the font can print a base character with all its marks, composed or not.
  bool covers(std::string_view cluster) const;

  double advance(std::uint32_t glyph) const;  ///< in 1/1000 of the size
  double thousandths(double units) const { return units * 1000 / metrics.units_per_em; }

  std::string digest() const;  ///< SHA-256 of the file

  hb_face_t* hb_face() const { return face_.get(); }
  hb_font_t* hb_font() const { return font_.get(); }

  std::string name;  ///< PostScript name, made of characters that a PDF name takes as they are
  Outlines outlines = Outlines::true_type;
  Metrics metrics;
  std::uint32_t glyph_count = 0;

 private:
  Face() = default;
  std::unique_ptr<const std::string> bytes_;  // stays where it is: HarfBuzz points into it
  std::unique_ptr<hb_face_t, HarfBuzzDeleter> face_;
  std::unique_ptr<hb_font_t, HarfBuzzDeleter> font_;
};

class Fonts {
 public:
  Fonts(std::vector<Face> family, std::vector<Face> fallback)
      : family_(std::move(family)), fallback_(std::move(fallback)) {}

  const Face& family(Weight weight) const { return family_[static_cast<std::size_t>(weight)]; }
  const std::vector<Face>& family() const { return family_; }

  /// The first face, the family's before the others, that prints the whole cluster; null if none.
  const Face* covering(std::string_view cluster, Weight weight) const;

 private:
  std::vector<Face> family_, fallback_;
};
}  // namespace legwork::report
