#pragma once

#include "fhir/read.hpp"
#include "tests/fhir/small_vocabulary.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

// Charts of the small vocabulary.

namespace legwork::fhir::sample {
/// Reads one text that is called "chart.json".
Result<Chart> read(std::string_view text);
/// The same, of a chart that must be readable.
Chart chart(std::string_view text);
/// A Bundle of the patient "Patient/p1" and these resources (JSON).
std::string bundle(std::initializer_list<std::string_view> resources);
/// The chart of that Bundle.
Chart chart_with(std::initializer_list<std::string_view> resources);
/// The texts of the notes on a resource, joined by "; ".
std::string notes_on(const Chart& chart, std::string_view reference);
}  // namespace legwork::fhir::sample
