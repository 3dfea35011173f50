#pragma once

#include <optional>
#include <string>
#include <string_view>

/// The outlines of OpenType fonts of the PostScript kind.
/// Source: Adobe Technical Note 5176, The Compact Font Format Specification
namespace legwork::report {
/// A CFF table whose glyphs have their indices for CIDs: what a composite font of a PDF holds by
/// rights. Glyphs that had names lose them, which makes the table smaller, and glyphs that had CIDs
/// of their own are renumbered. Nothing if the table is damaged.
std::optional<std::string> with_identity_cids(std::string_view cff);
}  // namespace legwork::report
