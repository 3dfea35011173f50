#pragma once

#include "base/length.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::report {
/// One font file, parsed once and shared by every document and thread. Immutable.
class Face;

/// Which cut of the family a text is set in.
enum class Weight : std::uint8_t { regular, medium, semibold, bold, italic, display };
inline constexpr std::size_t weight_count = 6;

/// Whose forms of the Han characters a face draws: one code point looks different in Tokyo, Seoul,
/// Beijing, Taipei and Hong Kong.
enum class Han : std::uint8_t { any, simplified, traditional, hong_kong, japanese, korean };

/// The bytes of a font, in memory or mapped into it: of a mapped file only what is used is read.
struct FontFile {
  FontFile(std::string font);  // NOLINT(google-explicit-constructor): bytes are what a font is

  /// Bytes that last as long as `keeper` does, and the face of a collection (.ttc) that is meant.
  FontFile(std::shared_ptr<const void> keeper, std::string_view font, unsigned face = 0,
           Han forms = Han::any)
      : owner(std::move(keeper)), bytes(font), index(face), han(forms) {}

  std::shared_ptr<const void> owner;
  std::string_view bytes;
  unsigned index = 0;
  Han han = Han::any;
  std::string name;  ///< for errors: its path
};

/// The fonts, read by whoever may read files.
struct FontFiles {
  /// One for each Weight, in its order.
  std::vector<FontFile> family;
  /// Asked in turn for what the family lacks: other scripts. May be empty.
  std::vector<FontFile> fallback;
};

/// The faces a document is set in. Immutable: shared by every thread.
class Fonts;

/// Errors: malformed    not a font, or damaged
///         missing      a weight has no font, or a collection not the face that is meant
///         unsupported  forbids embedding (OS/2 fsType), has no outlines, or a face of the family
///                      lacks basic Latin
Result<std::shared_ptr<const Fonts>> load_fonts(const FontFiles& files);

struct Style {
  Weight weight = Weight::regular;
  Length size = Length::pt(8.6);
  std::uint32_t color = 0x15212B;  ///< RRGGBB
  Length tracking;                 ///< added after every cluster that advances
  bool tabular_figures = false;
  bool hyphenated = false;  ///< long words may be divided: prose, never a name or a code
  friend bool operator==(const Style&, const Style&) = default;
};

/// A stretch of text in one style.
struct Span {
  std::string text;  ///< UTF-8; malformed bytes are shown as U+FFFD and noted
  Style style;
};

/// A glyph of a face, in the face's own units.
struct Glyph {
  std::uint32_t id;
  std::int32_t advance, dx, dy;
  std::uint32_t cluster;  ///< byte in GlyphRun::text that it begins at
};

/// Glyphs of one face, one direction, one style: left to right on the page.
struct GlyphRun {
  const Face* face = nullptr;
  Style style;
  bool right_to_left = false;
  std::string text;           ///< the characters behind the glyphs, in logical order
  std::vector<Glyph> glyphs;  ///< in visual order
  Length width;
  std::uint32_t order = 0;  ///< among the line's runs: smaller is read earlier
};

/// One shaped line in visual order.
struct Line {
  std::vector<GlyphRun> runs;
  Length width;
  Length ascent, descent;    ///< of its paragraph's tallest style; positive
  std::string text() const;  ///< logical order, for tests
};

class Hyphenation;

/// Shapes, measures and breaks text: ICU for direction and breaks, HarfBuzz for glyphs.
/// Keeps shaped words across documents; one for each thread.
class Typesetter {
 public:
  explicit Typesetter(std::shared_ptr<const Fonts> fonts, std::string language = "en");
  ~Typesetter();
  Typesetter(Typesetter&&) noexcept;
  Typesetter& operator=(Typesetter&&) noexcept;

  /// Lets paragraphs divide long words where a line would be left too short, in hyphenated styles.
  void hyphenate(std::shared_ptr<const Hyphenation> hyphenation);

  /// One line, never broken. New lines in the text count as spaces.
  Line line(std::span<const Span> spans);
  Line line(std::string_view text, const Style& style);

  /// Broken at the places the language allows into lines no wider than `width`; a word that is
  /// wider alone is broken between its clusters. A new line in the text ends a line. At least one
  /// line. A divided word is all in the text of its first line, as those who copy it want it.
  std::vector<Line> paragraph(std::span<const Span> spans, Length width);

  Length width(std::string_view text, const Style& style);

  /// Baseline to baseline.
  static Length leading(const Style& style) { return style.size * 1.27; }

  const std::shared_ptr<const Fonts>& fonts() const;

  /// Characters that no face has, met since the last call, as "U+1F9B5"; printed as that in
  /// brackets, or by its name if it is a symbol with a short one: "[leg]". "malformed UTF-8" where
  /// bytes were replaced by U+FFFD.
  std::vector<std::string> take_missing();

 private:
  struct State;
  std::unique_ptr<State> state_;
};
}  // namespace legwork::report
