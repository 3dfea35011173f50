#pragma once

#include "report/layout_section.hpp"

#include <cstddef>
#include <vector>

namespace legwork::report {
inline constexpr Length section_gap = pt(11);

/// A set section, or two beside each other, and how much of it is shown.
struct Shown {
  SectionId id{};
  SetSection section;
  std::size_t rows = 0;
  Length gap;                ///< above it
  std::size_t sections = 1;  ///< of the document that it holds
  Length height() const { return gap + section.height(rows); }
};

/// What a page shows of its sections.
struct Fitted {
  std::vector<Shown> shown;
  std::size_t sections = 0;  ///< that stand here; those after them have to stand on the next page
};

/// What may be done with sections that a page cannot show well.
enum class Overflow {
  to_next_page,
  only_in_need,  ///< where the page cannot even hold one line of each text
  stays,
};

/// Sets sections for a page with so much room and fills it with as much of their lists as fits. A
/// page that would show less than half of what its lists deserve hands its last sections on, where
/// that is allowed.
Fitted fit(Typesetter& typesetter, const Look& look, const std::vector<const Section*>& sections,
           Length room, Overflow overflow);

Length total_height(const std::vector<Shown>& all);
}  // namespace legwork::report
