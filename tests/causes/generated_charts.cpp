#include "tests/causes/generated_charts.hpp"

#include "tests/causes/generated_charts_making.hpp"

#include <algorithm>
#include <utility>

namespace legwork::tests {
using causes::Concept;
using causes::Question;
using fhir::Condition;
using fhir::Kind;

std::string Making::reference(const char* type) {
  return std::string(type) + "/r" + std::to_string(random.below(1'000'000'000));
}

/// A day before (now and then after) another: at and beside the limits of the pack, or anywhere.
Day Making::day_near(Day middle) {
  const std::chrono::days beside{random.between(-1, 1)};
  switch (random.below(6)) {
    case 0:
      return middle + beside;
    case 1:
      return after(middle, random.pick(material.periods)) + beside;
    case 2:
    case 3:
      return before(middle, random.pick(material.periods)) + beside;
    default:
      return middle - std::chrono::days{random.between(-20, 1100)};
  }
}

/// A date as charts have it: of the day, the month or the year.
DateSpan Making::as_written(Day day) {
  if (to_the_day) return DateSpan::on(day);
  const std::string text = iso(day);
  const std::size_t length = random.one_in(12) ? 4 : random.one_in(6) ? 7 : 10;
  return *parse_date(std::string_view(text).substr(0, length));
}

std::optional<DateSpan> Making::date() {
  if (random.one_in(15)) return {};
  return as_written(day_near(made.as_of));
}

/// A concept that the pack asks about, or something below it.
std::optional<fhir::ConceptId> Making::concept_of(Kind kind) {
  for (int attempt = 0; attempt < 50; ++attempt) {
    const Concept& asked = pack().concepts[random.pick(material.asked)];
    if (asked.kind == kind) return random.pick(asked.narrower);
  }
  return {};
}

void Making::add_condition(fhir::ConceptId id) {
  Condition condition;
  condition.reference = reference("Condition");
  condition.id = id;
  if (!random.one_in(2)) condition.origin = Condition::Origin(random.below(4));
  condition.clinical =
      random.one_in(2) ? Condition::Clinical::active : Condition::Clinical(random.below(3));
  if (random.one_in(3)) condition.certainty = Condition::Certainty(random.below(3));
  condition.side = Condition::Side(random.below(4));
  if (random.one_in(2)) condition.onset = date();
  if (!random.one_in(3)) condition.recorded = date();
  if (random.one_in(8)) condition.abatement = date();
  made.chart.conditions.push_back(std::move(condition));
}

void Making::add_conditions() {
  for (int left = random.between(0, 6); left > 0; --left) {
    const auto id = concept_of(Kind::condition);
    if (!id) return;
    add_condition(*id);
    if (!random.one_in(3)) continue;
    const auto seen = made.chart.conditions.back().recorded;
    add_condition(*id);
    if (!seen || random.one_in(2)) continue;
    const Day again = after(seen->first, random.pick(material.periods));
    made.chart.conditions.back().recorded = as_written(again + std::chrono::days{times(-1, 1)});
  }
  const auto& complaints = pack().complaint.onset_concepts;
  if (!complaints.empty() && random.one_in(3)) add_condition(random.pick(complaints));
}

void Making::add_procedures() {
  for (int left = random.between(0, 2); left > 0; --left) {
    const auto id = concept_of(Kind::procedure);
    if (!id) return;
    made.chart.procedures.push_back(
        {reference("Procedure"), *id, fhir::MatchedBy::code, "", date(), ""});
  }
}

void Making::add_answers() {
  const std::size_t often = 1 + random.below(4);
  for (const Question& question : pack().questions) {
    if (!random.one_in(often)) continue;
    for (int times = random.one_in(5) ? 2 : 1; times > 0; --times) {
      fhir::Answer answer{reference("QuestionnaireResponse"), question.id, random.one_in(2), {}};
      answer.date = random.one_in(3) ? DateSpan::on(made.as_of) : date();
      const bool contradicts = !made.chart.answers.empty() && random.one_in(3);
      if (contradicts) answer.date = made.chart.answers.back().date;
      if (question.type == "date") answer.value = as_written(day_near(made.as_of));
      if (random.one_in(20)) answer.value = std::string("perhaps");
      made.chart.answers.push_back(std::move(answer));
    }
  }
}

void Making::add_patient() {
  fhir::Patient& patient = made.chart.patient;
  patient.reference = "Patient/p1";
  patient.sex = random.pick(
      std::vector<std::string>{"female", "female", "male", "male", "other", "unknown", ""});
  if (!random.one_in(6)) {
    const int years = random.pick(std::vector<int>{17, 18, 30, 49, 50, 60, 65, 74, 75, 90});
    patient.birth =
        as_written(before(made.as_of, {12 * years, 0}) + std::chrono::days{random.between(-1, 1)});
  }
  patient.deceased = random.one_in(25);
}

void Making::make() {
  open_dates = random.one_in(8);
  made.as_of = parse_date("2026-11-22")->first - std::chrono::days{random.between(0, 400)};
  if (random.one_in(2)) {
    const Day day = made.as_of - std::chrono::days{random.between(0, 300)};
    made.onset = random.one_in(5) ? as_written(day) : DateSpan::on(day);
  }
  add_patient();
  add_medications();
  add_measurements();
  add_conditions();
  add_procedures();
  add_answers();
}

GeneratedCase generated_case(const Material& material, std::uint64_t number) {
  Making making{material, Random(number), number % 2 == 0};
  making.make();
  return std::move(making.made);
}
}  // namespace legwork::tests
