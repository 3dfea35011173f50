#include "fhir/condition.hpp"

// Source: https://hl7.org/fhir/R4/condition.html, https://hl7.org/fhir/R4/encounter.html

namespace legwork::fhir {
namespace {
constexpr Wanted condition_elements[] = {"clinicalStatus", "code",         "bodySite",
                                         "onset[x]",       "abatement[x]", "recordedDate",
                                         "assertedDate",   "dateRecorded"};
constexpr Wanted encounter_elements[] = {"reasonCode", "reason", "period"};
constexpr std::string_view condition_codes[] = {"code"};
constexpr std::string_view encounter_codes[] = {"reasonCode", "reason"};

Condition::Clinical clinical_of(std::string_view status) {
  using enum Condition::Clinical;
  if (status == "active" || status == "recurrence" || status == "relapse") return active;
  if (status == "inactive" || status == "remission" || status == "resolved") return inactive;
  return unstated;
}

Condition::Certainty certainty_of(std::string_view status) {
  using enum Condition::Certainty;
  if (status == "refuted") return refuted;
  const bool in_doubt =
      status == "unconfirmed" || status == "provisional" || status == "differential";
  return in_doubt ? suspected : confirmed;
}

Condition::Side side_of_body_sites(const Element& condition) {
  std::string sites;
  for (const Element site : condition.each("bodySite")) {
    sites += words_of(site);
    sites += ' ';
  }
  return side_of_words(sites);
}

std::optional<DateSpan> recorded_on(const Element& condition, Reading& reading) {
  for (const std::string_view name : {"recordedDate", "assertedDate", "dateRecorded"}) {
    if (const Element date = condition.find(name)) return read_date(date, reading);
  }
  return {};
}

void read_condition(const Element& condition, Reading& reading) {
  const Element code = condition.coded("code");
  const auto meanings = recognize(code, Kind::condition, reading.vocabulary);
  if (meanings.empty()) return;

  Condition made;
  made.clinical = clinical_of(code_of(condition.find("clinicalStatus")));
  made.certainty = certainty_of(code_of(condition.find("verificationStatus")));
  made.side = side_of_body_sites(condition);
  made.onset = read_when(condition, "onset", reading).start;
  const Interval abatement = read_when(condition, "abatement", reading);
  made.abatement = abatement.end ? abatement.end : abatement.start;
  made.recorded = recorded_on(condition, reading);
  add_conditions(code, meanings, std::move(made), reading);
}

void read_encounter(const Element& encounter, Reading& reading) {
  const std::string_view status = code_of(encounter.find("status"));
  if (status == "planned" || status == "cancelled") return;
  for (const auto name : encounter_codes) {
    for (const Element reason : encounter.each(name)) {
      const auto meanings = recognize(reason, Kind::condition, reading.vocabulary);
      if (meanings.empty()) continue;
      Condition made;
      made.origin = Condition::Origin::encounter;
      made.clinical = Condition::Clinical::active;
      made.recorded = read_date(encounter.object("period").find("start"), reading);
      add_conditions(reason, meanings, std::move(made), reading);
    }
  }
}
}  // namespace

void add_conditions(const Element& coded, const Meanings& meanings, Condition made,
                    Reading& reading) {
  made.reference = reading.reference;
  made.name = words_of(coded);
  // "?DVT": how clinicians write a doubt.
  const bool doubted = made.name.find('?') != std::string::npos;
  if (doubted && made.certainty == Condition::Certainty::confirmed)
    made.certainty = Condition::Certainty::suspected;
  const auto side = made.side != Condition::Side::unstated ? made.side : side_of_words(made.name);
  for (const auto& meaning : meanings) {
    made.id = meaning.id;
    made.matched_by = meaning.matched_by;
    made.side = meaning.side != Condition::Side::unstated ? meaning.side : side;
    reading.facts.conditions.push_back(made);
  }
}

namespace {

bool is_no_condition(const Element& condition, const Vocabulary& vocabulary) {
  return recognize(condition.coded("code"), Kind::condition, vocabulary).empty();
}

bool has_no_reason(const Element& encounter, const Vocabulary& vocabulary) {
  for (const auto name : encounter_codes)
    for (const Element reason : encounter.each(name))
      if (!recognize(reason, Kind::condition, vocabulary).empty()) return false;
  return true;
}
}  // namespace

constexpr Rule condition_rule{
    "Condition", condition_elements, read_condition, {condition_codes, {}, {}, is_no_condition}};
constexpr Rule encounter_rule{
    "Encounter", encounter_elements, read_encounter, {encounter_codes, {}, {}, has_no_reason}};
}  // namespace legwork::fhir
