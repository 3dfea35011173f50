#pragma once

#include "report/template_element.hpp"
#include "report/template_faults.hpp"

namespace legwork::report {
/// Reads a section that the template describes itself: an optional heading and note, then elements.
OwnSection read_own_section(const pugi::xml_node& section, Faults& faults);
}  // namespace legwork::report
