#include "report/atom.hpp"

#include <unicode/ubidi.h>
#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

namespace legwork::report {
namespace {
bool is_odd(std::uint8_t level) { return (level & 1) != 0; }

/// A piece of an atom before it is joined to its neighbors.
struct PlacedPiece {
  const Piece* piece;
  const Style* style;
  std::uint8_t level;
  std::uint32_t order;  ///< logical
  bool kept_space;
};

/// The pieces of atoms in visual order. Those from `visible` on are kept for copying only: they
/// take the level of the line (L1).
std::vector<PlacedPiece> visual_pieces(std::span<const Atom> atoms, std::size_t visible,
                                       std::uint8_t base_level) {
  std::vector<std::uint8_t> levels;
  std::vector<std::uint32_t> orders;
  std::uint32_t order = 0;
  for (const auto& atom : atoms) {
    levels.push_back(levels.size() < visible ? atom.level : base_level);
    orders.push_back(order);
    order += static_cast<std::uint32_t>(atom.word->pieces.size());
  }
  std::vector<std::int32_t> visual(atoms.size());
  std::iota(visual.begin(), visual.end(), 0);
  const auto is_turned = [](std::uint8_t level) { return level != 0; };
  if (std::any_of(levels.begin(), levels.end(), is_turned)) {
    ubidi_reorderVisual(levels.data(), static_cast<std::int32_t>(levels.size()), visual.data());
  }
  std::vector<PlacedPiece> pieces;
  for (const auto index : visual) {
    const auto i = static_cast<std::size_t>(index);
    const auto count = static_cast<std::uint32_t>(atoms[i].word->pieces.size());
    for (std::uint32_t k = 0; k < count; ++k) {
      const std::uint32_t logical = is_odd(atoms[i].level) ? count - 1 - k : k;
      pieces.push_back({&atoms[i].word->pieces[k], atoms[i].style, levels[i], orders[i] + logical,
                        i >= visible});
    }
  }
  return pieces;
}

void append_glyphs(GlyphRun& run, const PlacedPiece& placed, std::uint32_t text_offset,
                   std::uint8_t base_level) {
  const std::size_t first = run.glyphs.size();
  run.glyphs.insert(run.glyphs.end(), placed.piece->glyphs.begin(), placed.piece->glyphs.end());
  for (auto& glyph : std::span(run.glyphs).subspan(first)) {
    glyph.cluster += text_offset;
    if (placed.kept_space) {  // hangs over the end of the line, for those who copy the text
      if (is_odd(base_level)) glyph.dx -= glyph.advance;
      glyph.advance = 0;
    }
  }
  if (!placed.kept_space) run.width += placed.piece->width(*placed.style);
}

/// One run of pieces of one face, style and level; `pieces` in visual order.
GlyphRun join(std::span<const PlacedPiece> pieces, std::uint8_t base_level) {
  GlyphRun run;
  const auto& front = pieces.front();
  run.face = front.piece->face;
  run.style = *front.style;
  run.right_to_left = front.piece->right_to_left;
  std::size_t glyphs = 0, bytes = 0;
  for (const auto& placed : pieces) {
    glyphs += placed.piece->glyphs.size();
    bytes += placed.piece->text.size();
  }
  run.glyphs.reserve(glyphs);
  run.text.reserve(bytes);
  if (run.right_to_left) {
    for (auto it = pieces.rbegin(); it != pieces.rend(); ++it) run.text += it->piece->text;
    run.order = pieces.back().order;
    auto offset = static_cast<std::uint32_t>(bytes);
    for (const auto& placed : pieces) {
      offset -= static_cast<std::uint32_t>(placed.piece->text.size());
      append_glyphs(run, placed, offset, base_level);
    }
  } else {
    run.order = front.order;
    for (const auto& placed : pieces) {
      append_glyphs(run, placed, static_cast<std::uint32_t>(run.text.size()), base_level);
      run.text += placed.piece->text;
    }
  }
  return run;
}

bool joins(const PlacedPiece& a, const PlacedPiece& b) {
  return a.piece->face == b.piece->face && a.level == b.level && *a.style == *b.style &&
         a.piece->right_to_left == b.piece->right_to_left &&
         a.piece->right_to_left == is_odd(a.level);
}
}  // namespace

std::string Line::text() const {
  std::vector<const GlyphRun*> logical;
  for (const auto& run : runs) logical.push_back(&run);
  std::sort(logical.begin(), logical.end(),
            [](const auto* a, const auto* b) { return a->order < b->order; });
  std::string all;
  for (const auto* run : logical) all += run->text;
  return all;
}

std::span<const Atom> trimmed(std::span<const Atom> atoms) {
  const auto end = std::find_if_not(atoms.rbegin(), atoms.rend(), [](const Atom& atom) {
                     return atom.space;
                   }).base();
  return atoms.first(static_cast<std::size_t>(end - atoms.begin()));
}

Length sum_of_widths(std::span<const Atom> atoms) {
  Length sum;
  for (const auto& atom : atoms) sum += atom.width;
  return sum;
}

Line assemble(std::span<const Atom> atoms, LineEnd end, std::uint8_t base_level) {
  const std::size_t visible = end == LineEnd::soft ? trimmed(atoms).size() : atoms.size();
  const auto pieces =
      visual_pieces(atoms.first(std::min(atoms.size(), visible + 1)), visible, base_level);
  Line line;
  for (auto it = pieces.begin(); it != pieces.end();) {
    const auto last = std::adjacent_find(it, pieces.end(),
                                         [](const auto& a, const auto& b) { return !joins(a, b); });
    const auto next = last == pieces.end() ? last : last + 1;
    line.runs.push_back(join({it, next}, base_level));
    line.width += line.runs.back().width;
    it = next;
  }
  return line;
}
}  // namespace legwork::report
