#include "report/pdf_words.hpp"

#include "report/pdf_fonts.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
bool is_space(std::string_view cluster) {
  return cluster == " " || cluster == "\u00A0" || cluster == "\u202F";
}
}  // namespace

WordExtent word_at(const GlyphRun& run, std::size_t first) {
  const bool space = is_space(cluster_at(run, first).text);
  WordExtent word{first, false};
  while (word.end < run.glyphs.size()) {
    const Cluster cluster = cluster_at(run, word.end);
    if (is_space(cluster.text) != space) break;
    word.has_marks = word.has_marks || (!space && cluster.glyphs.size() > 1 &&
                                        std::ranges::any_of(cluster.glyphs, [](const Glyph& glyph) {
                                          return glyph.advance == 0;
                                        }));
    word.end += cluster.glyphs.size();
  }
  return word;
}

std::string extracted_text(const GlyphRun& run, std::size_t first, std::size_t end) {
  std::string text;
  while (first < end) {
    const Cluster cluster = cluster_at(run, first);
    text += extracted_text(cluster.text, run.right_to_left);
    first += cluster.glyphs.size();
  }
  return text;
}

std::vector<Glyph> reordered(std::span<const Glyph> cluster, LetterOrder order) {
  std::vector<Glyph> glyphs(cluster.begin(), cluster.end());
  if (order == LetterOrder::as_shaped) return glyphs;
  std::int32_t pen = 0;
  for (Glyph& glyph : glyphs) {  // from the place beside the one before it to that in the cluster
    glyph.dx += pen;
    pen += glyph.advance;
  }
  const bool letters_first = order == LetterOrder::before_marks;
  std::stable_partition(glyphs.begin(), glyphs.end(),
                        [&](const Glyph& glyph) { return (glyph.advance != 0) == letters_first; });
  pen = 0;
  for (Glyph& glyph : glyphs) {
    glyph.dx -= pen;
    pen += glyph.advance;
  }
  return glyphs;
}
}  // namespace legwork::report
