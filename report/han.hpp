#pragma once

#include "report/text.hpp"

#include <string_view>

namespace legwork::report {
/// Whose forms of the Han characters a text wants: what is written beside them tells (kana, hangul,
/// bopomofo), else the language of the document, BCP 47.
Han han_of(std::string_view text, std::string_view language);
}  // namespace legwork::report
