#pragma once

#include "report/font_subset.hpp"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace legwork::report {
/// A subset and the characters its glyphs stand for.
struct FontPart {
  std::shared_ptr<const FontSubset> subset;
  std::vector<std::string> texts;  ///< UTF-8, for each glyph of the subset; "" for glyph 0
  std::string to_unicode;          ///< those as a CMap, deflated
};

/// PDF/A-1a wants a text for every glyph. This one is right for none, so that content spells out
/// what the glyph stands for: zero width space.
inline constexpr std::string_view unknown_text = "\u200B";

/// The CMap that lets a reader copy and search a part's text, deflated.
std::string to_unicode_map(const FontSubset& subset, const std::vector<std::string>& texts,
                           Deflater& deflater);

/// One face, as far as it has been cut for documents.
///
/// Cutting and compressing a font costs as much as all the rest of a document. Most documents need
/// the same Latin glyphs of the family, so these come in fixed parts, cut once and copied into
/// every document that uses a glyph of theirs; only what no part has is cut for the document. Which
/// part a glyph belongs to depends on the face alone, so a document's bytes never tell what was
/// written before it.
class StockedFace {
 public:
  static constexpr std::size_t part_count = 2;  ///< common signs; accented Latin
  static constexpr std::uint8_t no_part = 255;

  enum class Parts : std::uint8_t { none, latin };

  StockedFace(const Face& face, Parts parts);

  const Face& face() const { return face_; }
  const std::string& digest();  ///< of its file, told once

  /// Where a glyph is found: the part that has it, or no_part, and its place in the subset.
  struct Place {
    std::uint8_t part = no_part;
    std::uint16_t index = 0;
  };
  Place place_of(std::uint32_t glyph) const {
    return glyph < places_.size() ? places_[glyph] : Place();
  }

  /// Errors: malformed  the font is damaged
  Result<std::shared_ptr<const FontPart>> part(std::uint8_t index, Deflater& deflater);

  /// A cut of other glyphs, ascending. Those made last are kept.
  /// Errors: malformed  the font is damaged
  Result<std::shared_ptr<const FontSubset>> rest(const std::vector<std::uint32_t>& glyphs,
                                                 Deflater& deflater);

  /// The character that the font's own table gives a glyph, as UTF-8; "" if none.
  std::string_view nominal(std::uint32_t glyph);

 private:
  const Face& face_;
  std::array<std::vector<std::uint32_t>, part_count> glyphs_;  // ascending, from 0
  std::vector<Place> places_;                                  // for each glyph of the face
  std::array<std::shared_ptr<const FontPart>, part_count> parts_;
  std::map<std::vector<std::uint32_t>, std::shared_ptr<const FontSubset>> rests_;
  std::unordered_map<std::uint32_t, std::string> nominal_;
  std::string digest_;
};

/// The faces that documents have used so far.
class FontStock {
 public:
  explicit FontStock(std::shared_ptr<const Fonts> fonts) : fonts_(std::move(fonts)) {}

  StockedFace& face(const Face& face);
  Deflater& deflater() { return deflater_; }

 private:
  std::shared_ptr<const Fonts> fonts_;
  std::unordered_map<const Face*, std::unique_ptr<StockedFace>> faces_;
  Deflater deflater_;
};
}  // namespace legwork::report
