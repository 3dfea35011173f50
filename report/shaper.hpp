#pragma once

#include "report/face.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct hb_buffer_t;

namespace legwork::report {
/// A stretch of a word that one face prints in one direction.
struct Piece {
  const Face* face = nullptr;
  bool right_to_left = false;
  std::string text;           ///< logical order
  std::vector<Glyph> glyphs;  ///< visual order; clusters are bytes of `text`
  std::uint32_t clusters = 0;
  double advance = 0;  ///< of all glyphs, for size 1

  Length width(const Style& style) const {
    return style.size * advance + style.tracking * clusters;
  }
};

/// A word as it is printed, whatever its size and color.
struct ShapedWord {
  std::vector<Piece> pieces;         ///< visual order
  std::vector<std::string> missing;  ///< characters no face has: "U+1F9B5"

  Length width(const Style& style) const;
};

/// Turns words into glyphs, and remembers them: shaping costs a hundred times what finding costs,
/// and documents share most of their words. The memory is bounded.
class Shaper {
 public:
  Shaper(std::shared_ptr<const Fonts> fonts, std::string language);

  /// The word, well-formed UTF-8 without spaces inside. Valid until the next call of make_room().
  const ShapedWord& word(std::string_view text, const Style& style, bool right_to_left);

  /// The two parts of a word that is divided before the byte `place`. The first is printed with a
  /// hyphen and has the whole word for its text; the second has none: who copies the lines gets the
  /// word whole. Null if it takes more than one face. Valid as word() is.
  struct Divided {
    const ShapedWord *first, *second;
  };
  std::optional<Divided> divided(std::string_view word, std::size_t place, const Style& style);

  /// The word with a hyphen behind it that is not in its text.
  const ShapedWord* hyphened(std::string_view word, const Style& style);

  /// Forgets the words not met lately, once there are many.
  void make_room();

  /// Whose forms the Han characters of the words to come take.
  void prefer(Han han) { han_ = han; }

  const Fonts& fonts() const { return *fonts_; }

 private:
  struct Deleter {
    void operator()(hb_buffer_t* buffer) const;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const {
      return std::hash<std::string_view>()(key);
    }
  };
  using Words = std::unordered_map<std::string, ShapedWord, Hash, std::equal_to<>>;

  const ShapedWord* restated(std::string_view shown, std::string_view text, const Style& style);
  ShapedWord shape_word(std::string_view text, const Style& style, bool right_to_left);
  Piece shape(std::string text, const Face& face, std::uint32_t script, const Style& style,
              bool right_to_left);

  std::shared_ptr<const Fonts> fonts_;
  std::string language_;
  Han han_ = Han::any;
  std::unique_ptr<hb_buffer_t, Deleter> buffer_;
  std::string key_;
  Words recent_, older_;
  std::size_t recent_bytes_ = 0;
};
}  // namespace legwork::report
