#pragma once

#include "base/date.hpp"
#include "fhir/element.hpp"
#include "fhir/facts.hpp"
#include "fhir/vocabulary.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The data types that many resources share.
// Source: https://hl7.org/fhir/R4/datatypes.html, https://hl7.org/fhir/R4/references.html

namespace legwork::fhir {
// A CodeableConcept may be written as its words alone: {"code": "Ferritin"}. These read both.

/// The codings of a CodeableConcept, and its text.
Element::Children codings_of(const Element& coded);
std::string_view text_of(const Element& coded);

/// What a CodeableConcept means to the pack: one meaning for each concept.
using Meanings = std::vector<Vocabulary::Meaning>;

/// By its codings, all of them; where the pack knows none, by its text, then by its displays.
Meanings recognize(const Element& coded, Kind kind, const Vocabulary& vocabulary);
/// By its codings only, or by its words only.
Meanings find_codes(const Element& coded, Kind kind, const Vocabulary& vocabulary);
Meanings find_names(const Element& coded, Kind kind, const Vocabulary& vocabulary);
/// What the codings mean, of every kind; of these, what is of one kind.
Meanings find_codes(const Element& coded, const Vocabulary& vocabulary);
Meanings of_kind(Meanings meanings, Kind kind);

/// As the chart words it: the text, else the first display, else "".
std::string_view words_of(const Element& coded);
/// The first code; the word itself where STU3 has a plain code.
std::string_view code_of(const Element& coded);
/// Whether it means present or absent: by its codings, else by its words.
std::optional<bool> polarity_of(const Element& coded, const Vocabulary& vocabulary);
/// Whether a guard ("family history") stands in the concept's words.
bool is_guarded(const Element& coded, const Vocabulary& vocabulary);

/// A date that stands in an element. One that cannot be read is absent, with a warning: a drug
/// without its start is worth more than no drug.
std::optional<DateSpan> read_date(const Element& date, Reading& reading);
/// Start and end of a Period.
struct Interval {
  std::optional<DateSpan> start, end;
};
Interval read_period(const Element& period, Reading& reading);
/// The choice of date types: "effective" reads effectiveDateTime, effectivePeriod, effectiveInstant
/// …
Interval read_when(const Element& parent, std::string_view stem, Reading& reading);
/// All the days that an interval may mean, for what happened once.
std::optional<DateSpan> span_of(const Interval& interval);

/// A reference without what differs between servers: "https://x/fhir/Medication/m2/_history/1" is
/// "Medication/m2". What is no such reference ("urn:uuid:…", "#m2") stays as it is.
std::string_view normal_reference(std::string_view reference);

/// What left, right and both are called in a body site or a diagnosis.
Condition::Side side_of_words(std::string_view text);
}  // namespace legwork::fhir
