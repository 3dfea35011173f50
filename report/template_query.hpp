#pragma once

#include "report/template_element.hpp"
#include "report/template_faults.hpp"

namespace legwork::report {
/// Reads which entries of a collection an element means: the collection that `attribute` names,
/// `status` and `id`.
Query read_query(const pugi::xml_node& node, const char* attribute, Faults& faults);
}  // namespace legwork::report
