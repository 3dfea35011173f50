#include "report/pdf_fonts.hpp"

#include "base/digest.hpp"
#include "report/unicode.hpp"

#include <algorithm>

namespace legwork::report {
namespace {
std::string without_ignorables(std::string_view text) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t character = next_character(text, at);
    if (!is_ignorable(character)) append_utf8(kept, character);
  }
  return kept;
}

/// What a glyph that no part has stands for where it is met first. A glyph that is one of several
/// for a character gets a text that cannot be right, so that the cluster is spelled out.
std::string text_of_rest(const Cluster& cluster, const Glyph& glyph, const GlyphRun& run,
                         StockedFace& face) {
  if (cluster.glyphs.size() == 1) return extracted_text(cluster.text, run.right_to_left);
  const std::string_view nominal = face.nominal(glyph.id);
  return std::string(nominal.empty() ? unknown_text : nominal);
}
}  // namespace

Cluster cluster_at(const GlyphRun& run, std::size_t first) {
  const auto glyphs = std::span(run.glyphs).subspan(first);
  const std::uint32_t begin = glyphs.front().cluster;
  std::size_t count = 1;
  while (count < glyphs.size() && glyphs[count].cluster == begin) ++count;
  auto end = static_cast<std::uint32_t>(run.text.size());
  if (run.right_to_left) {
    if (first > 0) end = run.glyphs[first - 1].cluster;
  } else if (count < glyphs.size()) {
    end = glyphs[count].cluster;
  }
  return {glyphs.first(count), std::string_view(run.text).substr(begin, end - begin)};
}

std::string extracted_text(std::string_view cluster, bool right_to_left) {
  if (cluster.size() == 1 && !right_to_left) return std::string(cluster);
  std::string text = without_ignorables(cluster);
  std::size_t first_end = 0;
  next_character(cluster, first_end);
  if (first_end < cluster.size()) text = composed(text);
  if (!right_to_left) return text;
  std::vector<char32_t> characters;
  for (std::size_t at = 0; at < text.size();) characters.push_back(next_character(text, at));
  if (characters.size() == 1) characters.front() = mirrored(characters.front());
  std::string backwards;
  for (auto it = characters.rbegin(); it != characters.rend(); ++it) append_utf8(backwards, *it);
  return backwards;
}

GlyphCode FaceUse::code(std::uint32_t glyph) const {
  auto [index, place] = stocked->place_of(glyph);
  std::size_t which = index;
  if (index == StockedFace::no_part) {
    which = rest;
    const auto& glyphs = part[rest]->subset->glyphs;
    place = static_cast<std::uint16_t>(std::lower_bound(glyphs.begin(), glyphs.end(), glyph) -
                                       glyphs.begin());
  }
  const FontPart& in = *part[which];
  return {font[which], in.subset->codes[place], in.subset->widths[place], in.texts[place]};
}

Result<DocumentFonts> DocumentFonts::collect(const Pages& pages, FontStock& stock) {
  DocumentFonts fonts;
  for (const auto& page : pages.pages) {
    for (const auto& item : page.items) {
      const auto* text = std::get_if<PlacedText>(&item);
      if (text == nullptr) continue;
      for (const auto& run : text->line.runs) {
        if (const auto added = fonts.add(run, stock); !added) return tl::unexpected(added.error());
      }
    }
  }
  if (const auto added = fonts.add_rests(stock); !added) return tl::unexpected(added.error());
  return fonts;
}

Result<void> DocumentFonts::add(const GlyphRun& run, FontStock& stock) {
  FaceUse& use = uses_[run.face];
  if (use.stocked == nullptr) {
    use.stocked = &stock.face(*run.face);
    order_.push_back(run.face);
  }
  for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
    const auto which = use.stocked->place_of(run.glyphs[i].id).part;
    if (which == StockedFace::no_part) {
      if (use.rest_texts.contains(run.glyphs[i].id)) continue;
      std::size_t first = i;
      while (first > 0 && run.glyphs[first - 1].cluster == run.glyphs[i].cluster) --first;
      use.rest_texts[run.glyphs[i].id] =
          text_of_rest(cluster_at(run, first), run.glyphs[i], run, *use.stocked);
    } else if (use.part[which] == nullptr) {
      auto part = use.stocked->part(which, stock.deflater());
      if (!part) return tl::unexpected(part.error());
      use.part[which] = part->get();
      use.font[which] = fonts_.size();
      fonts_.push_back({run.face, std::move(*part)});
    }
  }
  return {};
}

Result<void> DocumentFonts::add_rests(FontStock& stock) {
  for (const Face* face : order_) {
    FaceUse& use = uses_[face];
    if (use.rest_texts.empty()) continue;
    std::vector<std::uint32_t> glyphs;
    auto part = std::make_shared<FontPart>();
    part->texts.emplace_back();  // of glyph 0, which every font begins with
    for (const auto& [glyph, text] : use.rest_texts) {
      glyphs.push_back(glyph);
      part->texts.push_back(text);
    }
    auto subset = use.stocked->rest(glyphs, stock.deflater());
    if (!subset) return tl::unexpected(subset.error());
    part->to_unicode = to_unicode_map(**subset, part->texts, stock.deflater());
    part->subset = std::move(*subset);
    use.part[FaceUse::rest] = part.get();
    use.font[FaceUse::rest] = fonts_.size();
    fonts_.push_back({face, std::move(part)});
  }
  return {};
}

std::string DocumentFonts::digest(FontStock& stock) const {
  std::string digests;
  for (const Face* face : order_) digests += stock.face(*face).digest();
  return sha256(digests);
}
}  // namespace legwork::report
