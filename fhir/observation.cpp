#include "fhir/observation.hpp"

#include "fhir/condition.hpp"
#include "fhir/value.hpp"

#include <span>

// Source: https://hl7.org/fhir/R4/observation.html

namespace legwork::fhir {
namespace {
constexpr Wanted elements[] = {"code",           "effective[x]",     "issued",
                               "value[x]",       "dataAbsentReason", "interpretation",
                               "referenceRange", "component",        "hasMember"};

/// One Measurement for each concept that the code means.
void add_measurements(const Element& observed, const Meanings& meanings, const Value& value,
                      Reading& reading) {
  Measurement made;
  made.reference = reading.reference;
  made.value = value;
  made.limits = read_limits(observed, value);
  for (const Element interpretation : observed.each("interpretation")) {
    made.interpretation = code_of(interpretation);
    break;
  }
  for (const auto& meaning : meanings) {
    made.id = meaning.id;
    made.matched_by = meaning.matched_by;
    reading.facts.measurements.push_back(made);
  }
}

void add_finding(const Element& coded, const Meanings& meanings, Condition::Certainty certainty,
                 Reading& reading) {
  Condition made;
  made.origin = Condition::Origin::observation;
  made.clinical = Condition::Clinical::active;
  made.certainty = certainty;
  add_conditions(coded, meanings, std::move(made), reading);
}

/// Nothing but the code: no value, no reason why there is none, no parts that have the values.
bool is_bare(const Element& observed) {
  return !has_value(observed) && !observed.find("dataAbsentReason") &&
         !observed.find("component") && !observed.find("hasMember");
}

/// What is measured: by code, else by name.
Meanings recognize_measured(const Element& code, const Meanings& codes, Reading& reading) {
  Meanings measured = of_kind(codes, Kind::observation);
  if (measured.empty()) measured = find_names(code, Kind::observation, reading.vocabulary);
  return measured;
}

/// The code as a finding, "edema of leg". By name only where a yes or no may follow: the name of a
/// panel or of a score says nothing.
Meanings recognize_finding(const Element& observed, const Element& code, const Meanings& codes,
                           Reading& reading) {
  Meanings finding = of_kind(codes, Kind::condition);
  const bool may_say = observed.find("valueBoolean") || observed.find("valueString") ||
                       observed.find("valueCodeableConcept");
  if (!finding.empty() || !may_say) return finding;
  return find_names(code, Kind::condition, reading.vocabulary);
}

/// "Edema of leg: present", or just "edema of leg".
void add_coded_finding(const Element& observed, const Element& code, const Meanings& finding,
                       const Value& value, Reading& reading) {
  using enum Condition::Certainty;
  if (const bool* const said = std::get_if<bool>(&value)) {
    add_finding(code, finding, *said ? confirmed : refuted, reading);
  } else if (is_bare(observed)) {
    add_finding(code, finding, confirmed, reading);
  }
}

/// "Finding: edema of leg". Not where the question is about somebody or something else: "family
/// history: deep vein thrombosis".
void add_finding_value(const Element& observed, const Element& code, Reading& reading) {
  const Element value = observed.find("valueCodeableConcept");
  if (!value) return;
  const Meanings finding = find_codes(value, Kind::condition, reading.vocabulary);
  if (finding.empty() || is_guarded(code, reading.vocabulary)) return;
  add_finding(value, finding, Condition::Certainty::confirmed, reading);
}

/// An observation, or one of its components.
void read_observed(const Element& observed, Reading& reading) {
  const Element code = observed.coded("code");
  const Meanings codes = find_codes(code, reading.vocabulary);
  const auto measured = recognize_measured(code, codes, reading);
  const auto finding = recognize_finding(observed, code, codes, reading);
  add_finding_value(observed, code, reading);
  if (measured.empty() && finding.empty()) return;

  const Value value = read_value(observed, reading.vocabulary);
  add_coded_finding(observed, code, finding, value, reading);
  const bool has_own_value = has_value(observed) || observed.find("dataAbsentReason");
  if (has_own_value || is_bare(observed)) add_measurements(observed, measured, value, reading);
}

std::optional<DateSpan> sampled_on(const Element& observation, Reading& reading) {
  const auto date = span_of(read_when(observation, "effective", reading));
  return date ? date : read_date(observation.find("issued"), reading);
}
}  // namespace

void read_observation(const Element& observation, Reading& reading) {
  const std::string_view status = code_of(observation.find("status"));
  if (status == "registered" || status == "cancelled") return;
  Facts& facts = reading.facts;
  const std::size_t measured_before = facts.measurements.size();
  const std::size_t found_before = facts.conditions.size();
  read_observed(observation, reading);
  for (const Element component : observation.each("component")) read_observed(component, reading);
  const std::span measured = std::span(facts.measurements).subspan(measured_before);
  const std::span found = std::span(facts.conditions).subspan(found_before);
  if (measured.empty() && found.empty()) return;

  const auto date = sampled_on(observation, reading);
  const bool preliminary = status == "preliminary";
  for (Measurement& measurement : measured) {
    measurement.date = date;
    measurement.preliminary = preliminary;
  }
  for (Condition& condition : found) {
    using enum Condition::Certainty;
    condition.recorded = date;
    if (preliminary && condition.certainty == confirmed) condition.certainty = suspected;
  }
}

namespace {
constexpr std::string_view coded[] = {"code", "valueCodeableConcept"};

bool says_nothing(const Element& observed, const Vocabulary& vocabulary) {
  const Element value = observed.find("valueCodeableConcept");
  if (value && !find_codes(value, Kind::condition, vocabulary).empty()) return false;
  const Element code = observed.coded("code");
  const Meanings codes = find_codes(code, vocabulary);
  for (const auto kind : {Kind::observation, Kind::condition})
    if (!of_kind(codes, kind).empty() || !find_names(code, kind, vocabulary).empty()) return false;
  return true;
}

bool say_nothing(const Element& observation, const Vocabulary& vocabulary) {
  for (const Element component : observation.each("component"))
    if (!says_nothing(component, vocabulary)) return false;
  return says_nothing(observation, vocabulary);
}
}  // namespace

constexpr Rule observation_rule{
    "Observation", elements, read_observation, {coded, "component", {}, say_nothing}};
}  // namespace legwork::fhir
