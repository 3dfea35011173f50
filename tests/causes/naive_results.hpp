#pragma once

#include "tests/causes/naive.hpp"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// Results as they can be compared: usable, in the concept's unit, those of one day made one.
namespace legwork::tests {
/// All numbers that a value may be: "<5" is everything below 5, 5 itself left out.
struct Numbers {
  double low = 0, high = 0;
  bool low_open = false, high_open = false;
  friend bool operator==(const Numbers&, const Numbers&) = default;
};

using Range = std::pair<std::optional<double>, std::optional<double>>;

/// What was found of one concept on one date: numbers, or else present or not.
struct Found {
  fhir::ConceptId id = 0;
  DateSpan date;
  std::optional<Numbers> numbers;  ///< between which it lies, where several were sent
  std::set<bool> words;            ///< both where one says present and another absent
  std::set<Range> ranges;          ///< all that were sent, in the concept's unit
  std::set<std::string> flags;     ///< all that were sent
};

/// Of the concept and what is narrower, measured or calculated, in no order.
std::vector<Found> results_of(fhir::ConceptId asked, const Case& about);
}  // namespace legwork::tests
