#pragma once

#include "tests/causes/generated_charts.hpp"

#include <optional>
#include <string>

namespace legwork::tests {
/// A chart under construction, and what it is made with.
struct Making {
  const Material& material;
  Random random;
  bool to_the_day = false;  ///< no date is known in part
  GeneratedCase made = {};
  int open_dates = 0, open_medication_dates = 0;  ///< how many there may be, and are

  void make();

 private:
  const causes::Pack& pack() const { return material.pack; }
  std::string reference(const char* type);
  Day day_near(Day middle);
  DateSpan as_written(Day day);
  std::optional<DateSpan> date();
  std::optional<fhir::ConceptId> concept_of(fhir::Kind kind);
  int times(int low, int high) { return random.between(low, high); }

  // In generated_charts_drugs.cpp
  bool may_leave_open();
  std::optional<DateSpan> medication_date();
  void add_medication(fhir::ConceptId drug);
  void add_medications();
  void add_challenge();
  void add_episode(const causes::ChallengeQuery& asked, Day began, std::optional<Day> ended);

  // In generated_charts_results.cpp
  double sent_in(double value, fhir::ConceptId id, const std::string& unit);
  fhir::Quantity quantity_of(fhir::ConceptId id);
  void add_limits(fhir::Measurement& measured);
  void add_measurement(fhir::ConceptId id);
  void add_measurements();

  void add_condition(fhir::ConceptId id);
  void add_conditions();
  void add_procedures();
  void add_answers();
  void add_patient();
};
}  // namespace legwork::tests
