#pragma once

#include "report/template.hpp"
#include "report/template_faults.hpp"

namespace legwork::report {
/// Reads `<brand …/>`: who sends the document, and in which colors.
Brand read_brand(const pugi::xml_node& node, Faults& faults);
}  // namespace legwork::report
