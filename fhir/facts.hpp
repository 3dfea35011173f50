#pragma once

#include "fhir/chart.hpp"
#include "fhir/element.hpp"
#include "fhir/vocabulary.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::fhir {
/// What a drug is, wherever that was said: in the order itself or in a Medication resource.
struct Product {
  std::vector<ConceptId> ingredients;  ///< those the pack knows, ascending, no repeats
  MatchedBy matched_by = MatchedBy::code;
  std::string name;                                            ///< "" where there are only codes
  Medication::Route code_route = Medication::Route::unclear;   ///< what the code tells
  Medication::Route words_route = Medication::Route::unclear;  ///< what form and name tell
  std::optional<double> strength_mg;
  std::string dose;
};

/// An entry of a medication list, its drug perhaps still to be looked up.
struct MedicationEntry {
  Medication medication;  ///< without what `product` tells
  Product product;
  std::string product_reference;  ///< of a Medication resource; "" where `product` tells all
  Medication::Route dosage_route = Medication::Route::unclear;
};

/// What one resource says, before the chart as a whole decides whether it counts.
struct Facts {
  std::optional<Patient> patient;
  std::optional<Product> product;
  std::vector<MedicationEntry> medications;
  std::vector<Measurement> measurements;
  std::vector<Condition> conditions;
  std::vector<Procedure> procedures;
  std::vector<Answer> answers;
  std::vector<Allergy> allergies;
  bool no_known_allergies = false;
  std::vector<std::string> warnings;  ///< texts of notes on parts that could not be used

  bool any() const;
  void clear();
};

/// What a mapping rule works with: it looks words up, and leaves facts.
struct Reading {
  const Vocabulary& vocabulary;
  const std::string& reference;  ///< of the resource: "Observation/o9"
  Facts& facts;
};

/// An element worth reading; "value[x]" is every element that begins with "value".
struct Wanted {
  std::string_view stem;
  bool any_type;

  constexpr Wanted(const char* name) : stem(name), any_type(stem.ends_with("[x]")) {
    if (any_type) stem.remove_suffix(sizeof "[x]" - 1);
  }
  bool is(std::string_view element) const {
    if (element.size() < stem.size() || element[0] != stem[0]) return false;
    return any_type ? element.starts_with(stem) : element == stem;
  }
};

/// Elements that tell by themselves that a resource gives no fact, whatever else it holds: most of
/// an export is coded with what no pack knows.
struct Codes {
  std::span<const std::string_view> elements;
  /// Objects that have such elements, too: an Observation's components. Empty: none.
  std::string_view parts;
  /// Where one of these is there, the codes do not tell.
  std::span<const std::string_view> unless;
  /// Whether they mean nothing to the vocabulary; null: only reading the resource tells.
  bool (*say_nothing)(const Element& resource, const Vocabulary& vocabulary) = nullptr;
};

/// How one type of resource is read: which of its elements, and by what function. Elements not
/// named are stepped over.
struct Rule {
  std::string_view type;
  std::span<const Wanted> elements;
  void (*read)(const Element& resource, Reading& reading);
  Codes codes = {};
};

/// The rule for a type of resource; nothing for a type that no chart needs.
const Rule* find_rule(std::string_view type);

/// Whether an element of the resource is worth reading, for this rule or for every resource.
bool wants(const Rule& rule, std::string_view element);

extern const Rule patient_rule;     // patient.cpp
extern const Rule medication_rule;  // medication.cpp
extern const Rule medication_request_rule;
extern const Rule medication_statement_rule;
extern const Rule medication_dispense_rule;
extern const Rule medication_administration_rule;
extern const Rule observation_rule;  // observation.cpp
extern const Rule condition_rule;    // condition.cpp
extern const Rule encounter_rule;
extern const Rule procedure_rule;  // procedure.cpp
extern const Rule imaging_study_rule;
extern const Rule diagnostic_report_rule;
extern const Rule questionnaire_response_rule;  // answer.cpp
extern const Rule allergy_rule;                 // allergy.cpp
extern const Rule outcome_rule;                 // outcome.cpp
}  // namespace legwork::fhir
