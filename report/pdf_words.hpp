#pragma once

#include "report/text.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

// Readers find the words of a page by the places of their glyphs. A mark that stands over its
// letter is not where the text has got to: poppler begins a new word at it, "क ृष्ण", and takes
// right-to-left text apart that it would have turned around as a whole. So a word with marks is
// spelled out as one (ActualText), and its outermost letters are drawn first and last, since these
// say where it ends.

namespace legwork::report {
/// Glyphs of a run up to the next space, or the spaces up to the next word.
struct WordExtent {
  std::size_t end;  ///< glyph after the last
  bool has_marks;   ///< some glyph does not advance
};
WordExtent word_at(const GlyphRun& run, std::size_t first);

/// What a reader should take these glyphs for, in the order in which they are drawn.
std::string extracted_text(const GlyphRun& run, std::size_t first, std::size_t end);

enum class LetterOrder : std::uint8_t { as_shaped, before_marks, after_marks };

/// The same glyphs in the same places, drawn in another order.
std::vector<Glyph> reordered(std::span<const Glyph> cluster, LetterOrder order);
}  // namespace legwork::report
