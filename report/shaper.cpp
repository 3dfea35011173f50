#include "report/shaper.hpp"

#include "report/unicode.hpp"

#include <hb.h>
#include <unicode/uscript.h>
#include <algorithm>
#include <array>

namespace legwork::report {
namespace {
constexpr const char* hyphen = "-";
constexpr std::size_t remembered_bytes = 4 << 20;  // each of two generations; about 10,000 words

/// The script that decides how a character is shaped; null for what every script uses.
hb_script_t script_of(char32_t character) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode code = uscript_getScript(static_cast<UChar32>(character), &status);
  if (U_FAILURE(status) || code <= USCRIPT_INHERITED) return HB_SCRIPT_COMMON;
  return hb_script_from_string(uscript_getShortName(code), -1);
}

/// A stretch of a word before it is shaped.
struct Stretch {
  std::string text;
  const Face* face = nullptr;
  hb_script_t script = HB_SCRIPT_COMMON;
  bool placeholder = false;  ///< "[U+1F9B5]": reads left to right whatever surrounds it
};

void append_cluster(std::vector<Stretch>& stretches, std::string_view cluster, const Face* face) {
  std::size_t at = 0;
  const hb_script_t script = script_of(next_character(cluster, at));
  const bool common = script == HB_SCRIPT_COMMON;
  Stretch* last = stretches.empty() ? nullptr : &stretches.back();
  if (last == nullptr || last->placeholder || last->face != face ||
      (!common && last->script != HB_SCRIPT_COMMON && last->script != script)) {
    last = &stretches.emplace_back(Stretch{{}, face, HB_SCRIPT_COMMON, false});
  }
  if (!common) last->script = script;
  last->text += cluster;
}

void append_placeholder(std::vector<Stretch>& stretches, const std::string& name,
                        const Face& face) {
  if (stretches.empty() || !stretches.back().placeholder) {
    stretches.push_back({{}, &face, HB_SCRIPT_LATIN, true});
  }
  stretches.back().text += name;
}

std::uint32_t advancing_clusters(const std::vector<Glyph>& glyphs) {
  std::uint32_t count = 0;
  for (auto it = glyphs.begin(); it != glyphs.end();) {
    const auto stop = std::find_if(
        it, glyphs.end(), [&](const Glyph& glyph) { return glyph.cluster != it->cluster; });
    const bool advances =
        std::any_of(it, stop, [](const Glyph& glyph) { return glyph.advance != 0; });
    count += advances ? 1 : 0;
    it = stop;
  }
  return count;
}

bool lacks_glyphs(const Piece& piece) {
  return std::any_of(piece.glyphs.begin(), piece.glyphs.end(),
                     [](const Glyph& glyph) { return glyph.id == 0; });
}

std::vector<std::string> code_point_names(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < text.size();) {
    names.push_back(code_point_name(next_character(text, at)));
  }
  return names;
}

std::string placeholders(std::string_view text) {
  std::string all;
  for (std::size_t at = 0; at < text.size();) all += placeholder(next_character(text, at));
  return all;
}

/// Bytes a remembered word takes, roughly.
std::size_t footprint(const ShapedWord& word) {
  std::size_t bytes = sizeof(ShapedWord) + 100;
  for (const auto& piece : word.pieces) {
    bytes += sizeof(Piece) + 2 * piece.text.size() + piece.glyphs.size() * sizeof(Glyph);
  }
  return bytes;
}
}  // namespace

Length ShapedWord::width(const Style& style) const {
  Length sum;
  for (const auto& piece : pieces) sum += piece.width(style);
  return sum;
}

void Shaper::Deleter::operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }

Shaper::Shaper(std::shared_ptr<const Fonts> fonts, std::string language)
    : fonts_(std::move(fonts)), language_(std::move(language)), buffer_(hb_buffer_create()) {}

void Shaper::make_room() {
  if (recent_bytes_ < remembered_bytes) return;
  older_ = std::move(recent_);
  recent_.clear();
  recent_bytes_ = 0;
}

const ShapedWord& Shaper::word(std::string_view text, const Style& style, bool right_to_left) {
  key_.assign(text);
  static_assert(weight_count <= 8 && static_cast<unsigned>(Han::korean) < 8);  // three bits each
  key_ += static_cast<char>(static_cast<unsigned>(han_) << 5 |
                            static_cast<unsigned>(style.weight) << 2 |
                            (style.tabular_figures ? 2U : 0U) | (right_to_left ? 1U : 0U));
  if (const auto found = recent_.find(key_); found != recent_.end()) return found->second;
  auto old = older_.extract(key_);
  const auto placed = old ? recent_.insert(std::move(old)).position
                          : recent_.emplace(key_, shape_word(text, style, right_to_left)).first;
  recent_bytes_ += footprint(placed->second);
  return placed->second;
}

/// The glyphs of one text that stand for another.
const ShapedWord* Shaper::restated(std::string_view shown, std::string_view text,
                                   const Style& style) {
  std::string key(shown);
  (key += '\n').append(text) += static_cast<char>(style.weight);  // no word holds a new line
  key += style.tabular_figures ? '\1' : '\0';
  auto found = recent_.find(key);
  if (found == recent_.end()) {
    ShapedWord word = shape_word(shown, style, false);
    if (word.pieces.size() != 1) return nullptr;
    Piece& piece = word.pieces.front();
    piece.text = text;
    for (auto& glyph : piece.glyphs) glyph.cluster = 0;
    recent_bytes_ += footprint(word);
    found = recent_.emplace(std::move(key), std::move(word)).first;
  }
  return &found->second;
}

std::optional<Shaper::Divided> Shaper::divided(std::string_view word, std::size_t place,
                                               const Style& style) {
  const auto* first = restated(std::string(word.substr(0, place)) + hyphen, word, style);
  const auto* second = restated(word.substr(place), "", style);
  if (first == nullptr || second == nullptr) return std::nullopt;
  return Divided{first, second};
}

const ShapedWord* Shaper::hyphened(std::string_view word, const Style& style) {
  return restated(std::string(word) + hyphen, word, style);
}

ShapedWord Shaper::shape_word(std::string_view text, const Style& style, bool right_to_left) {
  ShapedWord word;
  std::vector<Stretch> stretches;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view cluster = text.substr(at, cluster_end(text, at) - at);
    at += cluster.size();
    if (const Face* face = fonts_->covering(cluster, style.weight, han_)) {
      append_cluster(stretches, cluster, face);
      continue;
    }
    for (std::size_t i = 0; i < cluster.size();) {  // what can be printed of it still is
      const std::size_t begin = i;
      const char32_t character = next_character(cluster, i);
      const std::string_view alone = cluster.substr(begin, i - begin);
      if (const Face* face = fonts_->covering(alone, style.weight, han_)) {
        append_cluster(stretches, alone, face);
      } else {
        word.missing.push_back(code_point_name(character));
        append_placeholder(stretches, placeholder(character), fonts_->family(style.weight));
      }
    }
  }
  for (const auto& [part, face, script, placeholder] : stretches) {
    Piece piece = shape(part, *face, script, style, right_to_left && !placeholder);
    if (lacks_glyphs(piece)) {  // the font has the characters, but not what they become together
      const auto names = code_point_names(part);
      word.missing.insert(word.missing.end(), names.begin(), names.end());
      piece =
          shape(placeholders(part), fonts_->family(style.weight), HB_SCRIPT_LATIN, style, false);
    }
    word.pieces.push_back(std::move(piece));
  }
  if (right_to_left) std::reverse(word.pieces.begin(), word.pieces.end());
  return word;
}

Piece Shaper::shape(std::string text, const Face& face, std::uint32_t script, const Style& style,
                    bool right_to_left) {
  hb_buffer_t* buffer = buffer_.get();
  hb_buffer_clear_contents(buffer);
  hb_buffer_add_utf8(buffer, text.data(), static_cast<int>(text.size()), 0, -1);
  hb_buffer_set_direction(buffer, right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  const bool latin = script == HB_SCRIPT_COMMON || script == HB_SCRIPT_LATIN;
  hb_buffer_set_script(buffer, latin ? HB_SCRIPT_LATIN : static_cast<hb_script_t>(script));
  hb_buffer_set_language(buffer, hb_language_from_string(language_.c_str(), -1));
  hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
  // A record must be printed as it was written: Inter's contextual alternates would make "->" an
  // arrow and "10x20" a product. Other scripts cannot be written without theirs.
  const std::array<hb_feature_t, 2> features{
      {{HB_TAG('c', 'a', 'l', 't'), latin ? 0U : 1U, HB_FEATURE_GLOBAL_START,
        HB_FEATURE_GLOBAL_END},
       {HB_TAG('t', 'n', 'u', 'm'), style.tabular_figures ? 1U : 0U, HB_FEATURE_GLOBAL_START,
        HB_FEATURE_GLOBAL_END}}};
  hb_shape(face.hb_font(), buffer, features.data(), features.size());

  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer, &count);
  Piece piece{&face, right_to_left, std::move(text), {}, 0, 0};
  piece.glyphs.reserve(count);
  double advance = 0;
  for (unsigned i = 0; i < count; ++i) {
    piece.glyphs.push_back({infos[i].codepoint, positions[i].x_advance, positions[i].x_offset,
                            positions[i].y_offset, infos[i].cluster});
    advance += positions[i].x_advance;
  }
  piece.clusters = advancing_clusters(piece.glyphs);
  piece.advance = advance / face.metrics.units_per_em;
  return piece;
}
}  // namespace legwork::report
