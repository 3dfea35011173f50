#pragma once

#include "fhir/datatypes.hpp"
#include "fhir/facts.hpp"

namespace legwork::fhir {
/// Adds `made` once for each concept that `coded` means, with its reference, name and side: the
/// side that the code tells, else the one in `made`, else the one that the name tells.
void add_conditions(const Element& coded, const Meanings& meanings, Condition made,
                    Reading& reading);
}  // namespace legwork::fhir
