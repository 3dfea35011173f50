#pragma once

#include <optional>
#include <string>
#include <string_view>

/// The outlines of OpenType fonts of the PostScript kind.
/// Source: Adobe Technical Note 5176, The Compact Font Format Specification
namespace legwork::report {
/// Whether a CFF table numbers its glyphs by CID instead of naming them.
bool is_cid_keyed(std::string_view cff);

/// A font of named glyphs as one whose CIDs are its glyph indices: what a composite font of a PDF
/// holds by rights, and smaller by all the names. Nothing if the table is damaged.
std::optional<std::string> with_cids(std::string_view cff);
}  // namespace legwork::report
