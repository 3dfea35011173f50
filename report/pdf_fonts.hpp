#pragma once

#include "report/font_stock.hpp"
#include "report/page.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace legwork::report {
/// Glyphs that stand for characters together: one and one, mostly.
struct Cluster {
  std::span<const Glyph> glyphs;
  std::string_view text;
};

/// The cluster of a run that begins at the glyph `first`.
Cluster cluster_at(const GlyphRun& run, std::size_t first);

/// What a reader should take a cluster for: composed where it can be (NFC), without joiners. Runs
/// that read right to left are drawn, and so extracted, backwards: brackets are those that are
/// seen, and ligatures are spelled backwards.
std::string extracted_text(std::string_view cluster, bool right_to_left);

/// How content draws one glyph.
struct GlyphCode {
  std::size_t font;  ///< in DocumentFonts::fonts()
  std::uint16_t code;
  double width;           ///< in 1/1000 of the size
  std::string_view text;  ///< what extraction makes of it
};

/// A face as one document uses it: its parts, and a cut of the glyphs that no part has.
class FaceUse {
 public:
  GlyphCode code(std::uint32_t glyph) const;

 private:
  friend class DocumentFonts;
  static constexpr std::size_t rest = StockedFace::part_count;

  StockedFace* stocked = nullptr;
  std::array<std::size_t, StockedFace::part_count + 1> font{};  // in DocumentFonts::fonts()
  std::array<const FontPart*, StockedFace::part_count + 1> part{};
  std::map<std::uint32_t, std::string> rest_texts;  // glyph -> what it stands for first
};

/// The fonts that the glyphs of some pages need, in the order of their first use.
class DocumentFonts {
 public:
  struct Font {
    const Face* face;
    std::shared_ptr<const FontPart> part;
  };

  /// Errors: malformed  a font is damaged
  static Result<DocumentFonts> collect(const Pages& pages, FontStock& stock);

  const std::vector<Font>& fonts() const { return fonts_; }
  std::string digest(FontStock& stock) const;  ///< of the files of all faces in use
  const FaceUse& use_of(const Face& face) const { return uses_.at(&face); }

 private:
  Result<void> add(const GlyphRun& run, FontStock& stock);
  Result<void> add_rests(FontStock& stock);

  std::vector<Font> fonts_;
  std::vector<const Face*> order_;  // of the faces' first use
  std::unordered_map<const Face*, FaceUse> uses_;
};
}  // namespace legwork::report
