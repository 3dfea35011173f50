#pragma once

#include "base/result.hpp"
#include "report/deflate.hpp"
#include "report/face.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace legwork::report {
/// Some glyphs of a face, cut out as a font of their own, in the form a PDF embeds.
struct FontSubset {
  std::string name;                   ///< "ABCDEF+Inter-Regular", the letters drawn from the glyphs
  std::string program;                ///< a bare CFF table or a TrueType file, deflated
  std::size_t program_size = 0;       ///< before that
  std::vector<std::uint32_t> glyphs;  ///< of the face, ascending; begins with 0
  std::vector<std::uint16_t> codes;   ///< what content says for each of them, ascending
  std::vector<double> widths;  ///< of each, in 1/1000 of the size, as the PDF will round them
  std::string cid_set;         ///< a bit for each code that the program has (PDF/A-1, 6.3.5)
};

/// Cuts glyphs (ascending, without doubles) out of a face. The bytes depend on nothing else.
/// Errors: malformed  the font is damaged
Result<FontSubset> cut(const Face& face, std::vector<std::uint32_t> glyphs, Deflater& deflater);
}  // namespace legwork::report
