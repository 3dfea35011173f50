#pragma once

#include "report/shaper.hpp"
#include "report/text.hpp"

#include <cstdint>
#include <span>

namespace legwork::report {
/// What lines are made of: a word, or one space, of one style and direction.
struct Atom {
  std::uint32_t begin, end;  ///< bytes of the text
  const Style* style;
  std::uint8_t level;  ///< of embedding (UAX 9): odd reads right to left
  bool space;          ///< may vanish at the end of a line
  const ShapedWord* word;
  Length width;
};

/// The atoms without the spaces at their end.
std::span<const Atom> trimmed(std::span<const Atom> atoms);

Length sum_of_widths(std::span<const Atom> atoms);

/// What follows a line in its text: a new line or nothing, or more of the paragraph.
enum class LineEnd : std::uint8_t { hard, soft };

/// Puts atoms, which are in logical order, in visual order and joins their glyphs to runs. At a
/// soft end one space is kept, beyond the width, for those who copy the text. Leaves the line's
/// height. Source: UAX 9, L1 and L2
Line assemble(std::span<const Atom> atoms, LineEnd end, std::uint8_t base_level);
}  // namespace legwork::report
