#include "fhir/product.hpp"

#include "fhir/datatypes.hpp"
#include "fhir/facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

// The medication list: what was ordered, dispensed, administered, or is said to be taken.
// Source: https://hl7.org/fhir/R4/medicationrequest.html,
// https://hl7.org/fhir/R4/medicationstatement.html,
//         https://hl7.org/fhir/R4/medicationdispense.html,
//         https://hl7.org/fhir/R4/medicationadministration.html

namespace legwork::fhir {
namespace {
using Use = Medication::Use;
using Source = Medication::Source;

constexpr Wanted request_elements[] = {
    "intent",     "doNotPerform",    "medication[x]", "dosageInstruction",
    "authoredOn", "dispenseRequest", "contained"};
constexpr Wanted statement_elements[] = {"taken",        "adherence",    "medication[x]", "dosage",
                                         "effective[x]", "dateAsserted", "contained"};
constexpr Wanted dispense_elements[] = {"medication[x]", "dosageInstruction", "whenHandedOver",
                                        "whenPrepared",  "daysSupply",        "contained"};
constexpr Wanted administration_elements[] = {"notGiven",     "medication[x]", "dosage",
                                              "effective[x]", "occurrence[x]", "occurence[x]",
                                              "contained"};

/// The statuses of all four resources; where they share a word it means the same.
Use use_of(std::string_view status) {
  if (status == "active" || status == "in-progress") return Use::taking;
  if (status == "on-hold") return Use::paused;
  if (status == "completed" || status == "stopped" || status == "ended") return Use::stopped;
  if (status == "draft" || status == "intended" || status == "preparation") return Use::planned;
  // FHIR: "withdrawn before any administrations have occurred"
  if (status == "cancelled" || status == "declined") return Use::not_taken;
  if (status == "not-taken" || status == "not-done") return Use::not_taken;
  return Use::unclear;
}

/// Of what is completed as soon as it was handed over or given.
Use use_of_event(std::string_view status) {
  return status == "completed" ? Use::taking : use_of(status);
}

bool is_no_order(std::string_view intent) {
  return intent == "proposal" || intent == "plan" || intent == "option";
}

Element contained_medication(const Element& resource, std::string_view reference) {
  if (!reference.starts_with('#')) return {};
  for (const Element inside : resource.each("contained")) {
    const std::string_view id = inside.text("id");
    if (id == reference || id == reference.substr(1)) return inside;
  }
  return {};
}

void follow(const Element& resource, const Element& reference, MedicationEntry& entry,
            const Vocabulary& vocabulary) {
  const std::string_view to = reference.text("reference");
  if (const Element inside = contained_medication(resource, to)) {
    entry.product = read_product(inside, vocabulary);
  } else {
    entry.product_reference = to;
    entry.product = product_by_name(reference.text("display"), vocabulary);
  }
}

/// R4: medicationCodeableConcept or medicationReference. R5: medication.concept, .reference.
void read_drug(const Element& resource, MedicationEntry& entry, const Vocabulary& vocabulary) {
  const Element wrapped = resource.object("medication");
  const Element coded =
      wrapped ? wrapped.coded("concept") : resource.coded("medicationCodeableConcept");
  const Element reference =
      wrapped ? wrapped.object("reference") : resource.object("medicationReference");
  if (coded) {
    entry.product = product_of(coded, vocabulary);
  } else if (reference) {
    follow(resource, reference, entry, vocabulary);
  }
}

/// Days on which the dosage begins and ends, over all of its steps.
Interval dosage_bounds(const Element& resource, std::string_view dosages, Reading& reading) {
  Interval all;
  for (const Element dosage : resource.each(dosages)) {
    const Element repeat = dosage.object("timing").object("repeat");
    const Interval bounds = read_period(repeat.object("boundsPeriod"), reading);
    if (bounds.start && (!all.start || bounds.start->first < all.start->first)) {
      all.start = bounds.start;
    }
    if (bounds.end && (!all.end || all.end->last < bounds.end->last)) all.end = bounds.end;
  }
  return all;
}

/// "10 mg": how much the order says is taken at a time.
std::string dose_of(const Element& dosage) {
  Element dose;
  for (const Element rate : dosage.each("doseAndRate")) {
    if (!dose) dose = rate.object("doseQuantity");
  }
  if (!dose) dose = dosage.object("doseQuantity");  // STU3
  if (!dose) dose = dosage.object("dose");          // MedicationAdministration
  const auto value = dose.number("value");
  const std::string_view unit = dose.text(dose.find("unit") ? "unit" : "code");
  return value && !unit.empty() ? fmt::format("{} {}", *value, unit) : std::string();
}

/// A route's code or text; else what the words of the whole dosage say: "1 tablet by mouth daily".
Medication::Route route_of_dosage(const Element& dosage, const Vocabulary& vocabulary) {
  using enum Medication::Route;
  const auto route = route_of_concept(dosage.coded("route"), vocabulary);
  if (route != unclear) return route;
  const std::string_view words = dosage.text("text");
  return words.empty() ? unclear : vocabulary.route_of_words(words).value_or(unclear);
}

void read_dosages(const Element& resource, std::string_view dosages, MedicationEntry& entry,
                  const Vocabulary& vocabulary) {
  using enum Medication::Route;
  for (const Element dosage : resource.each(dosages)) {
    const auto route = route_of_dosage(dosage, vocabulary);
    if (entry.dosage_route != local && route != unclear) entry.dosage_route = route;
    if (entry.medication.dose.empty()) entry.medication.dose = dose_of(dosage);
    if (const auto strength = strength_in(entry.medication.dose); !entry.medication.strength_mg)
      entry.medication.strength_mg = strength ? std::optional(strength->mg) : std::nullopt;
  }
}

MedicationEntry read_entry(const Element& resource, Source source, std::string_view dosages,
                           Reading& reading) {
  MedicationEntry entry;
  entry.medication.reference = reading.reference;
  entry.medication.source = source;
  read_drug(resource, entry, reading.vocabulary);
  read_dosages(resource, dosages, entry, reading.vocabulary);
  const Interval bounds = dosage_bounds(resource, dosages, reading);
  entry.medication.start = bounds.start;
  entry.medication.end = bounds.end;
  return entry;
}

void read_request(const Element& request, Reading& reading) {
  auto entry = read_entry(request, Source::ordered, "dosageInstruction", reading);
  Medication& made = entry.medication;
  made.use = use_of(code_of(request.find("status")));
  if (is_no_order(request.text("intent"))) made.use = Use::planned;
  if (request.boolean("doNotPerform") == true) made.use = Use::not_taken;
  if (!made.start) made.start = read_date(request.find("authoredOn"), reading);
  if (!made.end && made.use == Use::stopped) {
    const Element validity = request.object("dispenseRequest").object("validityPeriod");
    made.end = read_period(validity, reading).end;
  }
  reading.facts.medications.push_back(std::move(entry));
}

/// STU3 says in `taken`, R5 in `adherence`, what R4 says in the status.
Use use_of_statement(const Element& statement) {
  const std::string_view taken = statement.text("taken");
  if (taken == "n") return Use::not_taken;
  const std::string_view adherence = code_of(statement.object("adherence").object("code"));
  if (adherence.starts_with("taking")) return Use::taking;
  if (adherence.starts_with("not-taking")) return Use::not_taken;
  if (adherence.starts_with("on-hold")) return Use::paused;
  if (adherence.starts_with("stopped")) return Use::stopped;
  return use_of(code_of(statement.find("status")));
}

void read_statement(const Element& statement, Reading& reading) {
  auto entry = read_entry(statement, Source::stated, "dosage", reading);
  Medication& made = entry.medication;
  made.use = use_of_statement(statement);
  const Interval effective = read_when(statement, "effective", reading);
  if (!made.start) made.start = effective.start;
  if (!made.end) made.end = effective.end;
  reading.facts.medications.push_back(std::move(entry));
}

/// The first day that the dispensed supply no longer covers.
std::optional<DateSpan> supply_ends(DateSpan handed_over, const Element& dispense) {
  const auto supply = dispense.object("daysSupply").number("value");
  if (!supply || *supply <= 0 || *supply > 3660) return {};
  const std::chrono::days days(std::lround(*supply));
  return DateSpan{handed_over.first + days, handed_over.last + days};
}

void read_dispense(const Element& dispense, Reading& reading) {
  auto entry = read_entry(dispense, Source::dispensed, "dosageInstruction", reading);
  Medication& made = entry.medication;
  made.use = use_of_event(code_of(dispense.find("status")));
  auto handed_over = read_date(dispense.find("whenHandedOver"), reading);
  if (!handed_over) handed_over = read_date(dispense.find("whenPrepared"), reading);
  if (handed_over) {
    made.start = handed_over;
    if (const auto end = supply_ends(*handed_over, dispense)) made.end = end;
  }
  reading.facts.medications.push_back(std::move(entry));
}

void read_administration(const Element& administration, Reading& reading) {
  auto entry = read_entry(administration, Source::administered, "dosage", reading);
  Medication& made = entry.medication;
  made.use = use_of_event(code_of(administration.find("status")));
  if (administration.boolean("notGiven") == true) made.use = Use::not_taken;      // STU3
  for (const std::string_view stem : {"effective", "occurrence", "occurence"}) {  // R5, misspelt
    const Interval given = read_when(administration, stem, reading);
    if (!given.start) continue;
    made.start = given.start;
    made.end = given.end ? given.end : given.start;
  }
  reading.facts.medications.push_back(std::move(entry));
}

/// Every drug is listed, also one that the pack does not know.
constexpr Codes all_count{{}, {}, {}, [](const Element&, const Vocabulary&) { return false; }};
}  // namespace

constexpr Rule medication_request_rule{"MedicationRequest", request_elements, read_request,
                                       all_count};
constexpr Rule medication_statement_rule{"MedicationStatement", statement_elements, read_statement,
                                         all_count};
constexpr Rule medication_dispense_rule{"MedicationDispense", dispense_elements, read_dispense,
                                        all_count};
constexpr Rule medication_administration_rule{"MedicationAdministration", administration_elements,
                                              read_administration, all_count};
}  // namespace legwork::fhir
