#include "report/face.hpp"

#include "base/digest.hpp"
#include "report/unicode.hpp"

#include <hb-ot.h>
#include <hb.h>
#include <algorithm>

namespace legwork::report {
namespace {
struct BlobDeleter {
  void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
};
using Blob = std::unique_ptr<hb_blob_t, BlobDeleter>;

/// A table of a font, read with bounds: bytes past its end are zero.
class Table {
 public:
  Table(hb_face_t* face, hb_tag_t tag) : blob_(hb_face_reference_table(face, tag)) {
    unsigned length = 0;
    const char* data = hb_blob_get_data(blob_.get(), &length);
    bytes_ = {data, length};
  }
  bool empty() const { return bytes_.empty(); }
  unsigned u8(std::size_t at) const {
    return at < bytes_.size() ? static_cast<unsigned char>(bytes_[at]) : 0;
  }
  unsigned u16(std::size_t at) const { return u8(at) << 8 | u8(at + 1); }
  int i16(std::size_t at) const { return static_cast<std::int16_t>(u16(at)); }

 private:
  Blob blob_;
  std::string_view bytes_;
};

/// Whether OS/2 fsType lets a document carry a subset of the outlines.
/// Source: OpenType 1.9, OS/2 table, fsType
bool may_be_embedded(const Table& os2) {
  constexpr unsigned restricted = 0x0002, no_subsetting = 0x0100, bitmaps_only = 0x0200;
  const unsigned type = os2.u16(8);
  return (type & 0xF) != restricted && (type & (no_subsetting | bitmaps_only)) == 0;
}

std::string postscript_name(hb_face_t* face) {
  std::array<char, 64> text{};
  unsigned length = text.size();
  hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &length,
                      text.data());
  std::string name;
  for (const char c : std::string_view(text.data(), length)) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    name += plain || c == '-' ? c : '_';
  }
  return name.empty() ? "Font" : name;
}

Metrics metrics_of(hb_face_t* face, hb_font_t* font) {
  Metrics m;
  m.units_per_em = static_cast<int>(hb_face_get_upem(face));
  hb_font_extents_t extents;
  hb_font_get_h_extents(font, &extents);
  m.ascent = extents.ascender;
  m.descent = extents.descender;
  hb_position_t value = 0;
  const auto metric = [&](hb_ot_metrics_tag_t tag, int otherwise) {
    return hb_ot_metrics_get_position(font, tag, &value) ? value : otherwise;
  };
  m.cap_height = metric(HB_OT_METRICS_TAG_CAP_HEIGHT, m.units_per_em * 7 / 10);
  m.x_height = metric(HB_OT_METRICS_TAG_X_HEIGHT, m.units_per_em / 2);
  const Table head(face, HB_TAG('h', 'e', 'a', 'd'));
  for (std::size_t i = 0; i < 4; ++i) m.box[i] = head.i16(36 + 2 * i);
  m.italic_angle = std::clamp<double>(hb_style_get_value(font, HB_STYLE_TAG_SLANT_ANGLE), -89, 89);
  m.weight = std::clamp(static_cast<int>(hb_style_get_value(font, HB_STYLE_TAG_WEIGHT)), 1, 1000);
  return m;
}
}  // namespace

void HarfBuzzDeleter::operator()(hb_face_t* face) const { hb_face_destroy(face); }
void HarfBuzzDeleter::operator()(hb_font_t* font) const { hb_font_destroy(font); }

Result<Face> Face::load(std::string bytes, std::string where) {
  Face face;
  face.bytes_ = std::make_unique<const std::string>(std::move(bytes));
  const Blob blob(hb_blob_create(face.bytes_->data(), static_cast<unsigned>(face.bytes_->size()),
                                 HB_MEMORY_MODE_READONLY, nullptr, nullptr));
  if (hb_face_count(blob.get()) == 0) {
    return refuse(ErrorKind::malformed, std::move(where), "not a font file");
  }
  face.face_.reset(hb_face_create(blob.get(), 0));
  face.font_.reset(hb_font_create(face.hb_face()));
  face.glyph_count = hb_face_get_glyph_count(face.hb_face());
  for (const char* tag : {"head", "hhea", "hmtx", "maxp", "cmap"}) {
    if (face.glyph_count == 0 || Table(face.hb_face(), hb_tag_from_string(tag, 4)).empty()) {
      return refuse(ErrorKind::malformed, std::move(where),
                    "the font is damaged: no usable '" + std::string(tag) + "' table");
    }
  }
  const Table cff(face.hb_face(), HB_TAG('C', 'F', 'F', ' '));
  if (cff.empty() && Table(face.hb_face(), HB_TAG('g', 'l', 'y', 'f')).empty()) {
    return refuse(ErrorKind::unsupported, std::move(where), "the font has no outlines");
  }
  if (!may_be_embedded(Table(face.hb_face(), HB_TAG('O', 'S', '/', '2')))) {
    return refuse(ErrorKind::unsupported, std::move(where), "the font forbids embedding");
  }
  if (!cff.empty()) face.outlines = Outlines::cff;
  face.name = postscript_name(face.hb_face());
  face.metrics = metrics_of(face.hb_face(), face.hb_font());
  hb_face_make_immutable(face.hb_face());
  hb_font_make_immutable(face.hb_font());
  return face;
}

bool Face::has(char32_t character) const {
  hb_codepoint_t glyph = 0;
  return !is_control(character) && hb_font_get_nominal_glyph(hb_font(), character, &glyph) &&
         glyph != 0;
}

std::string Face::digest() const { return sha256(*bytes_); }

bool Face::covers(std::string_view cluster) const {
  const auto has_all = [&](std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const char32_t character = next_character(text, at);
      if (!has(character) && !is_ignorable(character)) return false;
    }
    return true;
  };
  // HarfBuzz composes and decomposes as the font needs it, so any of the three forms will do.
  return has_all(cluster) ||
         (!is_ascii(cluster) && (has_all(composed(cluster)) || has_all(decomposed(cluster))));
}

double Face::advance(std::uint32_t glyph) const {
  return thousandths(hb_font_get_glyph_h_advance(hb_font(), glyph));
}

const Face* Fonts::covering(std::string_view cluster, Weight weight) const {
  if (family(weight).covers(cluster)) return &family(weight);
  const auto found = std::find_if(fallback_.begin(), fallback_.end(),
                                  [&](const Face& face) { return face.covers(cluster); });
  return found == fallback_.end() ? nullptr : &*found;
}

Result<std::shared_ptr<const Fonts>> load_fonts(FontFiles files) {
  if (files.family.size() != weight_count) {
    return refuse(ErrorKind::missing, "fonts.family", "one font file for each weight is needed");
  }
  std::vector<Face> family, fallback;
  for (auto& bytes : files.family) {
    const std::string where = "fonts.family[" + std::to_string(family.size()) + "]";
    auto face = Face::load(std::move(bytes), where);
    if (!face) return tl::unexpected(face.error());
    for (char32_t c = U' '; c <= U'~'; ++c) {  // so that "[U+1F9B5]" can always be printed
      if (!face->has(c)) return refuse(ErrorKind::unsupported, where, "the font lacks basic Latin");
    }
    family.push_back(std::move(*face));
  }
  for (auto& bytes : files.fallback) {
    auto face =
        Face::load(std::move(bytes), "fonts.fallback[" + std::to_string(fallback.size()) + "]");
    if (!face) return tl::unexpected(face.error());
    fallback.push_back(std::move(*face));
  }
  return std::make_shared<const Fonts>(std::move(family), std::move(fallback));
}
}  // namespace legwork::report
