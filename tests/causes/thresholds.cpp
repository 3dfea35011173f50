#include "tests/causes/thresholds.hpp"

#include "tests/causes/test_pack.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

namespace legwork::tests {
namespace {
template <class T>
const T& with_id(const std::vector<T>& items, std::string_view id) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const T& item) { return item.id == id; });
  INFO("id " << id);
  REQUIRE(found != items.end());
  return *found;
}

std::string word(causes::CauseStatus status) {
  static constexpr std::array words{"supported", "possible", "undetermined", "unlikely"};
  return words.at(static_cast<std::size_t>(status));
}

std::string word(causes::RedFlagStatus status) {
  static constexpr std::array words{"present", "possible", "not-recorded", "absent"};
  return words.at(static_cast<std::size_t>(status));
}

std::string word(const causes::WorkupItem& item) {
  static constexpr std::array urgencies{"emergency", "same-day", "soon", "routine"};
  if (item.status == causes::WorkupStatus::on_file) return "on-file";
  if (item.status == causes::WorkupStatus::not_needed) return "not-needed";
  return urgencies.at(static_cast<std::size_t>(item.urgency));
}

std::string says(const causes::CauseFinding& cause, std::string_view rule) {
  for (const causes::Evidence& evidence : cause.evidence) {
    if (evidence.rule != rule) continue;
    if (evidence.says == causes::Says::for_it) return "for";
    if (evidence.says == causes::Says::against_it) return "against";
  }
  return "silent";
}

fhir::Condition entry_of(std::string_view what) {
  fhir::Condition entry;
  entry.reference = "Condition/" + std::string(what);
  entry.id = concept_id(heavy_legs(), what);
  entry.clinical = fhir::Condition::Clinical::active;
  entry.recorded = span("2026-11-20");
  return entry;
}
}  // namespace

const causes::Pack& heavy_legs() {
  static const causes::Pack pack = read(pack_files("packs/heavy-legs"));
  return pack;
}

Told cause_is(std::string id) { return {Told::By::cause, std::move(id), {}}; }
Told rule_says(std::string cause, std::string rule) {
  return {Told::By::rule, std::move(cause), std::move(rule)};
}
Told red_flag_is(std::string id) { return {Told::By::red_flag, std::move(id), {}}; }
Told test_is(std::string id) { return {Told::By::work_up, std::move(id), {}}; }

Beside result(std::string_view analyte, double value, std::string unit, std::string_view date) {
  fhir::Measurement measurement;
  measurement.reference = "Observation/" + std::string(analyte) + '-' + std::string(date);
  measurement.id = concept_id(heavy_legs(), analyte);
  measurement.value =
      fhir::Quantity{value, fhir::Quantity::Comparator::equal, {}, std::move(unit), true};
  measurement.date = span(date);
  return [measurement](fhir::Chart& chart) { chart.measurements.push_back(measurement); };
}

Beside answer(std::string question, bool yes) {
  const fhir::Answer given = answered(std::move(question), yes);
  return [given](fhir::Chart& chart) { chart.answers.push_back(given); };
}

Beside condition(std::string_view what) {
  return [entry = entry_of(what)](fhir::Chart& chart) { chart.conditions.push_back(entry); };
}

Beside denied(std::string_view condition) {
  fhir::Condition entry = entry_of(condition);
  entry.certainty = fhir::Condition::Certainty::refuted;
  return [entry](fhir::Chart& chart) { chart.conditions.push_back(entry); };
}

Beside drug(std::string_view what) {
  fhir::Medication entry;
  entry.reference = "MedicationRequest/" + std::string(what);
  entry.ingredients = {concept_id(heavy_legs(), what)};
  entry.use = fhir::Medication::Use::taking;
  entry.route = fhir::Medication::Route::systemic;
  return [entry](fhir::Chart& chart) {
    chart.medications.push_back(entry);
    ++chart.medication_entries;
  };
}

Beside drug_list() {
  return [](fhir::Chart& chart) { ++chart.medication_entries; };
}

Beside man() {
  return [](fhir::Chart& chart) { chart.patient.sex = "male"; };
}

Beside born(std::string_view date) {
  return [birth = span(date)](fhir::Chart& chart) { chart.patient.birth = birth; };
}

fhir::Chart chart_with(const std::vector<Beside>& beside) {
  fhir::Chart chart = empty_chart();
  chart.patient.sex = "female";
  chart.patient.birth = span("1964-03-09");
  for (const Beside& add : beside) add(chart);
  return chart;
}

std::string told(const Told& what, const fhir::Chart& chart) {
  const auto found = causes::assess(chart, heavy_legs(), {day("2026-11-22"), {}});
  switch (what.by) {
    case Told::By::cause:
      return word(with_id(found.causes, what.id).status);
    case Told::By::rule:
      return says(with_id(found.causes, what.id), what.rule);
    case Told::By::red_flag:
      return word(with_id(found.red_flags, what.id).status);
    case Told::By::work_up:
      return word(with_id(found.workup, what.id));
  }
  return {};
}
}  // namespace legwork::tests
