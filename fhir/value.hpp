#pragma once

#include "fhir/chart.hpp"
#include "fhir/element.hpp"
#include "fhir/vocabulary.hpp"

#include <optional>
#include <string_view>

// What was observed: Observation.value[x] and its reference range, of an observation or a
// component.

namespace legwork::fhir {
using Value = decltype(Measurement::value);

bool has_value(const Element& observed);
/// The value in whichever type it was sent. Absent where there is none, or none that says anything.
Value read_value(const Element& observed, const Vocabulary& vocabulary);
/// The laboratory's range for the value: the first that is for everybody and in the value's unit.
std::optional<Measurement::Limits> read_limits(const Element& observed, const Value& value);

/// A Quantity: value, comparator, and the unit as UCUM where the sender says so.
std::optional<Quantity> read_quantity(const Element& quantity);
/// Words that are a number: "18 ug/L", "<5", "> 20 000" not. Nothing where it might be something
/// else: "1:160", "120/80", "12,3", "2+".
std::optional<Quantity> parse_quantity(std::string_view text);
}  // namespace legwork::fhir
