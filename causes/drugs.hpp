#pragma once

#include "causes/pack.hpp"
#include "causes/truth.hpp"

#include <optional>
#include <vector>

namespace legwork::causes {
/// A time in which a drug was not used, as its entries tell it.
struct Pause {
  std::optional<DateSpan> began;      ///< the start of the use that ended
  DateSpan stopped;                   ///< the end of that use
  std::optional<DateSpan> restarted;  ///< the start of the next; none: not taken up again
};

/// All that a chart says of one ingredient: the same drug from four resources is one course with
/// four entries. Local and systemic use of one ingredient are two courses.
struct DrugCourse {
  ConceptId ingredient = 0;
  Truth systemic = Truth::unknown;
  Truth taking = Truth::unknown;
  std::vector<const fhir::Medication*> entries;  ///< those that count, earliest start first
  std::optional<DateSpan> start;                 ///< of the course in use, or of the last one
  std::vector<DateSpan> possible_starts;         ///< later ones, if there was a pause before them
  std::vector<DateSpan> raised;                  ///< when the strength went up
  std::optional<DateSpan> stopped;               ///< the last end on file
  Truth used = Truth::no;                        ///< now or earlier
  bool stop_unknown = false;                     ///< some entry ended on a day that is not told
  std::vector<Pause> pauses;                     ///< earliest first
};

/// Whether an entry's ingredient reaches the blood: unknown where its route is not told and it is
/// sold for local use too.
Truth systemic_use(const fhir::Medication& entry, const Concept& ingredient);

std::vector<DrugCourse> drug_courses(const fhir::Chart& chart, const Pack& pack, Day as_of);

}  // namespace legwork::causes
