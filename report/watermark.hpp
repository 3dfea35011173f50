#pragma once

#include "report/page.hpp"

#include <string_view>

namespace legwork::report {
/// The tint of a watermark. Text that is to be read over it needs its contrast on this, not on
/// white.
inline constexpr Color watermark_color = {0xF1, 0xF4, 0xF5};

/// A word across a page, rising from its lower left to its upper right corner. It is drawn as the
/// outlines of its letters: as text it would be copied with every line that it crosses. No steps
/// for an empty word.
PlacedPath watermark(std::string_view word, Length width, Length height, Typesetter& typesetter);
}  // namespace legwork::report
