#include "report/font_stock.hpp"

#include "report/pdf_syntax.hpp"
#include "report/unicode.hpp"

#include <hb-ot.h>
#include <hb.h>
#include <algorithm>

namespace legwork::report {
namespace {
constexpr std::size_t kept_rests = 64;  // a few kilobytes each

struct SetDeleter {
  void operator()(hb_set_t* set) const { hb_set_destroy(set); }
};
using Set = std::unique_ptr<hb_set_t, SetDeleter>;

struct BufferDeleter {
  void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};
using Buffer = std::unique_ptr<hb_buffer_t, BufferDeleter>;

struct Interval {
  char32_t first, last;
};
/// Basic Latin, and the signs that clinical English is written with.
constexpr Interval common_characters[] = {
    {0x20, 0x7E},     {0xA0, 0xA0},     {0xB0, 0xB3},     {0xB5, 0xB5},     {0xB7, 0xB7},
    {0xB9, 0xB9},     {0xD7, 0xD7},     {0x2010, 0x2014}, {0x2018, 0x2019}, {0x201C, 0x201D},
    {0x2022, 0x2022}, {0x2026, 0x2026}, {0x202F, 0x202F}, {0x2070, 0x2070}, {0x2074, 0x2079},
    {0x2190, 0x2193}, {0x2212, 0x2212}, {0x2264, 0x2265}};
/// The rest of Latin-1, and Latin Extended-A.
constexpr Interval accented_characters[] = {{0xA1, 0x17F}};

/// By part.
constexpr std::array<std::span<const Interval>, StockedFace::part_count> part_characters = {
    common_characters, accented_characters};

/// The glyphs of some characters, and those that shaping may put in their place.
Set reachable(const Face& face, std::span<const Interval> characters) {
  Set glyphs(hb_set_create());
  for (const auto [first, last] : characters) {
    for (char32_t c = first; c <= last; ++c) {
      hb_codepoint_t glyph = 0;
      if (hb_font_get_nominal_glyph(face.hb_font(), c, &glyph)) hb_set_add(glyphs.get(), glyph);
    }
  }
  // What the Shaper turns on for Latin.
  constexpr hb_tag_t features[] = {HB_TAG('c', 'c', 'm', 'p'), HB_TAG('l', 'o', 'c', 'l'),
                                   HB_TAG('r', 'l', 'i', 'g'), HB_TAG('l', 'i', 'g', 'a'),
                                   HB_TAG('c', 'l', 'i', 'g'), HB_TAG('r', 'c', 'l', 't'),
                                   HB_TAG('t', 'n', 'u', 'm'), HB_TAG_NONE};
  const Set lookups(hb_set_create());
  hb_ot_layout_collect_lookups(face.hb_face(), HB_OT_TAG_GSUB, nullptr, nullptr, features,
                               lookups.get());
  hb_ot_layout_lookups_substitute_closure(face.hb_face(), lookups.get(), glyphs.get());
  return glyphs;
}

std::vector<std::uint32_t> members(const hb_set_t* set) {
  std::vector<std::uint32_t> all(hb_set_get_population(set));
  hb_set_next_many(set, HB_SET_VALUE_INVALID, all.data(), static_cast<unsigned>(all.size()));
  return all;
}

/// Gives glyphs without a character of their own (a tabular figure, a raised bracket) the character
/// that they are shaped from, alone or between figures.
void name_by_shaping(const Face& face, std::span<const Interval> characters,
                     const FontSubset& subset, std::vector<std::string>& texts) {
  const Buffer buffer(hb_buffer_create());
  const hb_feature_t features[] = {
      // as the Shaper does for tabular figures in Latin
      {HB_TAG('c', 'a', 'l', 't'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
      {HB_TAG('t', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END}};
  for (const auto [first, last] : characters) {
    for (std::uint32_t c = first; c <= last; ++c) {
      const std::uint32_t text[] = {c, '0', c, '0'};
      hb_buffer_clear_contents(buffer.get());
      hb_buffer_add_utf32(buffer.get(), text, 4, 0, 4);
      hb_buffer_guess_segment_properties(buffer.get());
      hb_shape(face.hb_font(), buffer.get(), features, 2);
      unsigned count = 0;
      const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
      for (const auto& info : std::span(infos, count == 4 ? count : 0)) {
        const auto found =
            std::lower_bound(subset.glyphs.begin(), subset.glyphs.end(), info.codepoint);
        if (found == subset.glyphs.end() || *found != info.codepoint) continue;
        auto& name = texts[static_cast<std::size_t>(found - subset.glyphs.begin())];
        if (name.empty()) append_utf8(name, text[info.cluster]);
      }
    }
  }
}

bool is_private(char32_t c) { return c >= 0xE000 && c <= 0xF8FF; }
}  // namespace

std::string to_unicode_map(const FontSubset& subset, const std::vector<std::string>& texts,
                           Deflater& deflater) {
  constexpr std::size_t block = 100;  // entries; the most that a CMap operator takes
  std::vector<std::string> entries;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].empty()) continue;
    std::string entry = "<";
    append_hex16(entry, subset.codes[i]);
    entry += "> <";
    for (const char16_t unit : to_utf16(texts[i]).text) append_hex16(entry, unit);
    entries.push_back(entry + ">\n");
  }
  std::string map =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  for (std::size_t i = 0; i < entries.size(); i += block) {
    const std::size_t end = std::min(entries.size(), i + block);
    append_integer(map, static_cast<std::int64_t>(end - i));
    map += " beginbfchar\n";
    for (std::size_t k = i; k < end; ++k) map += entries[k];
    map += "endbfchar\n";
  }
  map += "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
  return deflater.deflate(map);
}

StockedFace::StockedFace(const Face& face, Parts parts) : face_(face), places_(face.glyph_count) {
  if (parts == Parts::none) return;
  const Set common = reachable(face, part_characters[0]);
  const Set accented = reachable(face, part_characters[1]);
  hb_set_subtract(accented.get(), common.get());
  hb_set_add(common.get(), 0);
  hb_set_add(accented.get(), 0);
  glyphs_ = {members(common.get()), members(accented.get())};
  for (std::uint8_t part = 0; part < part_count; ++part) {
    for (std::size_t i = 1; i < glyphs_[part].size(); ++i) {
      const auto glyph = glyphs_[part][i];
      if (glyph < places_.size()) places_[glyph] = {part, static_cast<std::uint16_t>(i)};
    }
  }
}

const std::string& StockedFace::digest() {
  if (digest_.empty()) digest_ = face_.digest();
  return digest_;
}

std::string_view StockedFace::nominal(std::uint32_t glyph) {
  if (nominal_.empty()) {
    const Set characters(hb_set_create());
    hb_face_collect_unicodes(face_.hb_face(), characters.get());
    hb_codepoint_t c = HB_SET_VALUE_INVALID, found = 0;
    while (hb_set_next(characters.get(), &c)) {
      if (is_private(c) || !hb_font_get_nominal_glyph(face_.hb_font(), c, &found)) continue;
      std::string text;
      append_utf8(text, c);
      nominal_.emplace(found, std::move(text));
    }
  }
  const auto found = nominal_.find(glyph);
  return found == nominal_.end() ? std::string_view() : found->second;
}

Result<std::shared_ptr<const FontPart>> StockedFace::part(std::uint8_t index, Deflater& deflater) {
  if (parts_[index]) return parts_[index];
  auto subset = cut(face_, glyphs_[index], deflater);
  if (!subset) return tl::unexpected(subset.error());
  auto part = std::make_shared<FontPart>();
  for (const auto glyph : subset->glyphs) part->texts.emplace_back(nominal(glyph));
  name_by_shaping(face_, part_characters[index], *subset, part->texts);
  for (std::size_t i = 1; i < part->texts.size(); ++i) {
    if (part->texts[i].empty()) part->texts[i] = unknown_text;
  }
  part->to_unicode = to_unicode_map(*subset, part->texts, deflater);
  part->subset = std::make_shared<const FontSubset>(std::move(*subset));
  return parts_[index] = std::move(part);
}

Result<std::shared_ptr<const FontSubset>> StockedFace::rest(
    const std::vector<std::uint32_t>& glyphs, Deflater& deflater) {
  if (const auto found = rests_.find(glyphs); found != rests_.end()) return found->second;
  auto subset = cut(face_, glyphs, deflater);
  if (!subset) return tl::unexpected(subset.error());
  if (rests_.size() >= kept_rests) rests_.clear();
  return rests_[glyphs] = std::make_shared<const FontSubset>(std::move(*subset));
}

StockedFace& FontStock::face(const Face& face) {
  auto& stocked = faces_[&face];
  if (!stocked) {
    const auto& family = fonts_->family();
    const bool own =
        std::any_of(family.begin(), family.end(), [&](const Face& one) { return &one == &face; });
    stocked = std::make_unique<StockedFace>(
        face, own ? StockedFace::Parts::latin : StockedFace::Parts::none);
  }
  return *stocked;
}
}  // namespace legwork::report
