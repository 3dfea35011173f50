#pragma once

#include "fhir/element.hpp"
#include "fhir/facts.hpp"

namespace legwork::fhir {
/// Reads an Observation that stands alone, or inside a DiagnosticReport.
void read_observation(const Element& observation, Reading& reading);
}  // namespace legwork::fhir
