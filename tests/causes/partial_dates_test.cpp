#include "causes/assess.hpp"
#include "causes/json.hpp"
#include "tests/causes/probes.hpp"
#include "tests/causes/test_pack.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

// The smallest charts in which two evaluators once differed: what dates known in part, the future,
// and silence may conclude.

namespace legwork::tests {
namespace {
using namespace causes;
using fhir::Condition;
using fhir::Medication;

Truth answer(const Criterion& criterion, const fhir::Chart& chart, std::string_view onset = "") {
  const Pack pack = with_probes(cough(), {criterion});
  AssessOptions options{day("2026-11-22"), {}};
  if (!onset.empty()) options.onset = span(onset);
  return probed(assess(chart, pack, options), 1).front();
}

fhir::Chart with(std::vector<Medication> list) {
  fhir::Chart chart = empty_chart();
  chart.medications = std::move(list);
  chart.medication_entries = chart.medications.size();
  return chart;
}

fhir::Chart with(Condition condition) {
  fhir::Chart chart = empty_chart();
  chart.conditions = {std::move(condition)};
  return chart;
}

Condition asthma(std::string_view recorded) {
  Condition condition;
  condition.reference = "Condition/c1";
  condition.id = concept_id(cough(), "asthma");
  condition.clinical = Condition::Clinical::active;
  condition.recorded = span(recorded);
  return condition;
}

Criterion asks_asthma(std::optional<Period> within = {}) {
  ConditionQuery query;
  query.id = concept_id(cough(), "asthma");
  query.within = within;
  return {query, {}};
}

Criterion asks_ace_inhibitor(MedicationQuery::Start start,
                             MedicationQuery::State state = MedicationQuery::State::taking) {
  MedicationQuery query;
  query.id = concept_id(cough(), "ace-inhibitor");
  query.start = start;
  query.state = state;
  if (start == MedicationQuery::Start::before_onset) query.within = Period{6, 0};
  return {query, {}};
}

Criterion asks_eosinophils(Bound bound) {
  ObservationQuery query;
  query.id = concept_id(cough(), "eosinophils");
  query.bounds = {bound};
  query.within = Period{12, 0};
  return {query, {}};
}

using enum MedicationQuery::Start;
}  // namespace

// "Not there: unknown". A sign of long ago says nothing about this week, no more than silence does.
TEST_CASE("a condition older than the period asked for is unknown", "[causes]") {
  CHECK(answer(asks_asthma(Period{0, 7}), with(asthma("2025-03-01"))) == Truth::unknown);
}

TEST_CASE("a condition begun within the period counts, whenever it was recorded", "[causes]") {
  Condition condition = asthma("2026");
  condition.onset = span("2026-11-20");
  CHECK(answer(asks_asthma(Period{0, 7}), with(condition)) == Truth::yes);
}

TEST_CASE("a condition of the future is not there on the day of the assessment", "[causes]") {
  CHECK(answer(asks_asthma(), with(asthma("2026-12-24"))) == Truth::unknown);
}

TEST_CASE("a condition that ended in the year of the assessment may be over or not", "[causes]") {
  Condition condition = asthma("2026-01-07");
  condition.abatement = span("2026");
  CHECK(answer(asks_asthma(), with(condition)) == Truth::unknown);
}

TEST_CASE("a visit's reason of some day of a year may be too old", "[causes]") {
  Condition condition = asthma("2025");
  condition.origin = Condition::Origin::encounter;
  CHECK(answer(asks_asthma(), with(condition)) == Truth::unknown);
}

// "everything of it started after"
TEST_CASE("one drug of a class since long before the onset: not all of it started after",
          "[causes]") {
  const auto chart =
      with({taking("enalapril", "2020-01-01", "m1"), taking("lisinopril", "2026-10-01", "m2")});
  CHECK(answer(asks_ace_inhibitor(after_onset), chart, "2026-09-01") == Truth::no);
}

// "how long a dispense without days of supply counts; the pause after which the next is a new
// start"
TEST_CASE("a dispense years after the last one is a new start", "[causes]") {
  auto first = taking("lisinopril", "2023-01-01", "m1");
  auto second = taking("lisinopril", "2026-08-01", "m2");
  first.source = second.source = Medication::Source::dispensed;
  second.end = span("2026-12-01");
  CHECK(answer(asks_ace_inhibitor(before_onset), with({first, second}), "2026-09-01") ==
        Truth::yes);
}

TEST_CASE("a drug stopped on a day that is not told may have paused before it was taken again",
          "[causes]") {
  auto first = taking("lisinopril", "2020-01-01", "m1");
  first.use = Medication::Use::stopped;
  const auto chart = with({first, taking("lisinopril", "2026-08-01", "m2")});
  CHECK(answer(asks_ace_inhibitor(before_onset), chart, "2026-09-01") == Truth::unknown);
}

TEST_CASE("an entry that nobody can identify may be what started before the onset", "[causes]") {
  auto chart = with({taking("lisinopril", "2020-01-01")});
  chart.unidentified_medications = {"MedicationRequest/m2"};
  chart.medication_entries = 2;
  CHECK(answer(asks_ace_inhibitor(before_onset), chart, "2026-09-01") == Truth::unknown);
}

TEST_CASE("a drug in use until some day of this year may have ended", "[causes]") {
  auto entry = taking("lisinopril", "2026-01-01");
  entry.end = span("2026");
  CHECK(answer(asks_ace_inhibitor(any), with({entry})) == Truth::unknown);
}

TEST_CASE("an order that was never carried out is no use and nothing stopped", "[causes]") {
  auto entry = taking("lisinopril", "2026-01-01");
  entry.use = Medication::Use::not_taken;
  CHECK(answer(asks_ace_inhibitor(any, MedicationQuery::State::ever), with({entry})) == Truth::no);
  CHECK(answer(asks_ace_inhibitor(any, MedicationQuery::State::stopped), with({entry})) ==
        Truth::no);
}

// Results and answers

TEST_CASE("present and absent on one day is unknown", "[causes]") {
  ObservationQuery query;
  query.id = concept_id(cough(), "sputum");
  query.present = true;
  fhir::Chart chart = empty_chart();
  chart.measurements = {measured("sputum", 0, "", "2026-11-20", "o1"),
                        measured("sputum", 0, "", "2026-11-20", "o2")};
  chart.measurements[0].value = true;
  chart.measurements[1].value = false;
  CHECK(answer({query, {}}, chart) == Truth::unknown);
}

TEST_CASE("the names of two results of one day do not decide whose limits count", "[causes]") {
  Criterion criterion = asks_eosinophils({Bound::Relation::above, 1});
  std::get<ObservationQuery>(criterion.node).scale = ObservationQuery::Scale::upper_limit;
  fhir::Chart chart = empty_chart();
  chart.measurements = {measured("eosinophils", 0.5, "10*9/L", "2026-11-01", "o1"),
                        measured("eosinophils", 0.5, "10*9/L", "2026-11-01", "o2")};
  chart.measurements[0].limits = fhir::Measurement::Limits{{}, 0.4};
  const Truth first = answer(criterion, chart);
  std::swap(chart.measurements[0].reference, chart.measurements[1].reference);
  CHECK(answer(criterion, chart) == first);
}

TEST_CASE("a result of some day of the year may be older than one of its spring", "[causes]") {
  fhir::Chart chart = empty_chart();
  chart.measurements = {measured("eosinophils", 0.5, "10*9/L", "2026", "o1"),
                        measured("eosinophils", 0.1, "10*9/L", "2026-05-01", "o2")};
  const Bound high{Bound::Relation::above, 0.3};
  Criterion criterion = asks_eosinophils(high);
  std::get<ObservationQuery>(criterion.node).within.reset();
  CHECK(answer(criterion, chart) == Truth::unknown);
}

TEST_CASE("an answer of some day of a month may be too old", "[causes]") {
  fhir::Chart chart = empty_chart();
  chart.answers = {answered("worse-at-night", true, "2026-08")};  // 90 days before: 2026-08-24
  CHECK(answer({AnswerQuery{1, true}, {}}, chart) == Truth::unknown);
}

// "Same chart, pack and options: the same assessment, whatever order the chart's entries came in"
TEST_CASE("the order of a chart's entries does not show in the evidence", "[causes]") {
  fhir::Chart chart = empty_chart();
  chart.conditions = {asthma("2026-01-07"), asthma("2026-02-07")};
  chart.conditions[1].reference = "Condition/c2";
  const std::string first = to_json(assessed(chart));
  std::reverse(chart.conditions.begin(), chart.conditions.end());
  CHECK(to_json(assessed(chart)) == first);
}

TEST_CASE("of two answers about the onset the first in the chart does not count less", "[causes]") {
  fhir::Chart chart = empty_chart();
  chart.answers = {{"QuestionnaireResponse/q1", "began", span("2026-03-01"), span("2026-11-20")},
                   {"QuestionnaireResponse/q2", "began", span("2026-09-01"), span("2026-11-21")}};
  const auto first = assessed(chart).complaint.onset;
  std::reverse(chart.answers.begin(), chart.answers.end());
  CHECK(assessed(chart).complaint.onset == first);
}
}  // namespace legwork::tests
