#pragma once

#include "fhir/element.hpp"
#include "fhir/facts.hpp"

namespace legwork::fhir {
/// Reads an Observation that stands alone, or inside a DiagnosticReport.
void read_observation(const Element& observation, Reading& reading);

/// Whether an Observation with this code says nothing but by its components and its coded value: no
/// code and no name in it is one that the vocabulary knows.
bool says_nothing(const Element& code, const Vocabulary& vocabulary);
}  // namespace legwork::fhir
