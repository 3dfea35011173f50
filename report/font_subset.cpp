#include "report/font_subset.hpp"

#include "report/cff.hpp"

#include <hb-subset.h>
#include <hb.h>
#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

namespace legwork::report {
namespace {
template <auto destroy>
struct Destroy {
  template <class T>
  void operator()(T* object) const {
    destroy(object);
  }
};
using Input = std::unique_ptr<hb_subset_input_t, Destroy<hb_subset_input_destroy>>;
using Plan = std::unique_ptr<hb_subset_plan_t, Destroy<hb_subset_plan_destroy>>;
using FacePointer = std::unique_ptr<hb_face_t, Destroy<hb_face_destroy>>;
using Blob = std::unique_ptr<hb_blob_t, Destroy<hb_blob_destroy>>;

/// What a PDF needs of a font is its outlines: text is shaped already, and named elsewhere.
constexpr const char* dropped_tables[] = {"BASE", "DSIG", "FFTM", "GDEF", "GPOS", "GSUB", "LTSH",
                                          "OS/2", "STAT", "VDMX", "VORG", "cmap", "gasp", "hdmx",
                                          "kern", "meta", "name", "post", "vhea", "vmtx", "fvar",
                                          "gvar", "avar", "HVAR", "MVAR"};

Input input_for(const std::vector<std::uint32_t>& glyphs) {
  Input input(hb_subset_input_create_or_fail());
  if (!input) return input;
  for (const auto glyph : glyphs) hb_set_add(hb_subset_input_glyph_set(input.get()), glyph);
  hb_set_t* drop = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const char* tag : dropped_tables) hb_set_add(drop, hb_tag_from_string(tag, 4));
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);
  return input;
}

/// Six letters that differ where the glyphs differ (FNV-1a).
std::string tag_of(const std::vector<std::uint32_t>& glyphs) {
  std::uint64_t hash = 14695981039346656037U;
  for (const auto glyph : glyphs) hash = (hash ^ glyph) * 1099511628211U;
  std::string tag;
  for (int i = 0; i < 6; ++i, hash /= 26) tag += static_cast<char>('A' + hash % 26);
  return tag;
}

/// As many bits as there are glyphs, the first in the highest place.
std::string bits(std::size_t glyphs) {
  std::string all(glyphs / 8, '\xFF');
  if (glyphs % 8 != 0) all += static_cast<char>(0xFF00 >> glyphs % 8);
  return all;
}
}  // namespace

Result<FontSubset> cut(const Face& face, std::vector<std::uint32_t> glyphs, Deflater& deflater) {
  const auto damaged = [&] {
    return refuse(ErrorKind::malformed, face.name, "the font is damaged");
  };
  if (glyphs.empty() || glyphs.front() != 0) glyphs.insert(glyphs.begin(), 0);
  const Input input = input_for(glyphs);
  const Plan plan(input ? hb_subset_plan_create_or_fail(face.hb_face(), input.get()) : nullptr);
  const FacePointer part(plan ? hb_subset_plan_execute_or_fail(plan.get()) : nullptr);
  if (!part) return damaged();
  const bool true_type = face.outlines == Outlines::true_type;
  const Blob blob(true_type ? hb_face_reference_blob(part.get())
                            : hb_face_reference_table(part.get(), HB_TAG('C', 'F', 'F', ' ')));
  unsigned length = 0;
  const char* data = hb_blob_get_data(blob.get(), &length);
  if (length == 0) return damaged();

  std::optional<std::string> program(std::string(data, length));
  if (!true_type) program = with_identity_cids(*program);
  if (!program) return damaged();

  FontSubset subset;
  subset.name = tag_of(glyphs) + "+" + face.name;
  subset.program = deflater.deflate(*program);
  subset.program_size = program->size();
  const hb_map_t* places = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
  for (const auto glyph : glyphs) {
    const auto code = hb_map_get(places, glyph);
    if (code > 0xFFFF) return damaged();
    subset.codes.push_back(static_cast<std::uint16_t>(code));
    subset.widths.push_back(std::round(face.advance(glyph) * 100) / 100);
  }
  subset.glyphs = std::move(glyphs);
  // A TrueType program may hold more than was asked for: the parts of composite glyphs.
  subset.cid_set = bits(hb_face_get_glyph_count(part.get()));
  return subset;
}
}  // namespace legwork::report
