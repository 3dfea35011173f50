#include "fhir/facts.hpp"

#include <algorithm>
#include <array>

namespace legwork::fhir {
namespace {
constexpr std::array rules = {
    &observation_rule,
    &condition_rule,
    &encounter_rule,
    &medication_request_rule,
    &medication_statement_rule,
    &medication_dispense_rule,
    &medication_administration_rule,
    &medication_rule,
    &procedure_rule,
    &diagnostic_report_rule,
    &imaging_study_rule,
    &questionnaire_response_rule,
    &allergy_rule,
    &patient_rule,
    &outcome_rule,
};

/// Read from every resource: which it is, which version, about whom, and whether it counts.
constexpr Wanted common[] = {"id",     "meta",    "implicitRules",      "modifierExtension",
                             "status", "subject", "verificationStatus", "patient"};
}  // namespace

const Rule* find_rule(std::string_view type) {
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [&](const Rule* rule) { return rule->type == type; });
  return found == rules.end() ? nullptr : *found;
}

bool wants(const Rule& rule, std::string_view element) {
  const auto named = [&](const Wanted& wanted) { return wanted.is(element); };
  return std::any_of(rule.elements.begin(), rule.elements.end(), named) ||
         std::any_of(std::begin(common), std::end(common), named);
}

bool Facts::any() const {
  return patient || product || no_known_allergies || !medications.empty() ||
         !measurements.empty() || !conditions.empty() || !procedures.empty() || !answers.empty() ||
         !allergies.empty();
}

void Facts::clear() {
  patient.reset();
  product.reset();
  medications.clear();
  measurements.clear();
  conditions.clear();
  procedures.clear();
  answers.clear();
  allergies.clear();
  no_known_allergies = false;
  warnings.clear();
}
}  // namespace legwork::fhir
