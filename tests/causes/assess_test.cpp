#include "causes/assess.hpp"

#include "causes/json.hpp"
#include "tests/causes/test_pack.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using namespace legwork;
using namespace legwork::tests;
using causes::CauseStatus;
using causes::ComplaintStatus;
using causes::RedFlagStatus;
using causes::WorkupStatus;

namespace {
fhir::Condition asthma(fhir::Condition::Certainty certainty, fhir::Condition::Clinical clinical) {
  fhir::Condition condition;
  condition.reference = "Condition/asthma";
  condition.id = concept_id(cough(), "asthma");
  condition.certainty = certainty;
  condition.clinical = clinical;
  return condition;
}

CauseStatus asthma_status(fhir::Chart chart) {
  return cause(assessed(chart), "asthma-cough").status;
}
}  // namespace

TEST_CASE("A diagnosis counts only when it is the patient's, confirmed and not over", "[causes]") {
  using Certainty = fhir::Condition::Certainty;
  using Clinical = fhir::Condition::Clinical;
  struct Row {
    Certainty certainty;
    Clinical clinical;
    CauseStatus expected;
  };
  const auto row =
      GENERATE(values<Row>({{Certainty::confirmed, Clinical::active, CauseStatus::supported},
                            {Certainty::confirmed, Clinical::unstated, CauseStatus::supported},
                            {Certainty::confirmed, Clinical::inactive, CauseStatus::undetermined},
                            {Certainty::suspected, Clinical::active, CauseStatus::undetermined},
                            {Certainty::refuted, Clinical::active, CauseStatus::undetermined}}));
  fhir::Chart chart = empty_chart();
  chart.conditions = {asthma(row.certainty, row.clinical)};
  CHECK(asthma_status(chart) == row.expected);
}

TEST_CASE("A visit's reason of long ago is no complaint of today", "[causes]") {
  fhir::Chart chart = empty_chart();
  chart.conditions = {cough_since("2020-01-01")};
  CHECK(assessed(chart).complaint.status ==
        ComplaintStatus::recorded);  // still on the problem list
  chart.conditions[0].origin = fhir::Condition::Origin::encounter;
  chart.conditions[0].recorded = span("2020-01-01");
  CHECK(assessed(chart).complaint.status == ComplaintStatus::not_recorded);
  chart.conditions[0].recorded = span("2026-11-01");
  CHECK(assessed(chart).complaint.status == ComplaintStatus::recorded);
}

TEST_CASE("What rules a cause out goes before weak signs of it", "[causes]") {
  fhir::Chart chart = empty_chart();
  chart.answers = {answered("worse-at-night", true)};
  CHECK(asthma_status(chart) == CauseStatus::possible);
  chart.answers = {answered("worse-at-night", false)};
  chart.measurements = {measured("eosinophils", 0.05, "10*9/L", "2026-10-30")};
  CHECK(asthma_status(chart) == CauseStatus::unlikely);
}

TEST_CASE("A cause may rest on the status of others, with their evidence", "[causes]") {
  fhir::Chart chart = empty_chart();
  chart.medication_entries = 1;
  chart.medications = {taking("lisinopril", "2026-07-14")};
  chart.conditions = {cough_since("2026-09-01"), asthma(fhir::Condition::Certainty::confirmed,
                                                        fhir::Condition::Clinical::active)};
  const auto found = assessed(chart);
  const auto& both = cause(found, "both");
  CHECK(both.status == CauseStatus::supported);
  CHECK(std::any_of(both.evidence.begin(), both.evidence.end(),
                    [](const auto& evidence) { return evidence.reference == "m1"; }));
}

TEST_CASE("A red flag that nobody asked about is not absent", "[causes]") {
  fhir::Chart chart = empty_chart();
  CHECK(assessed(chart).red_flags[0].status == RedFlagStatus::not_recorded);
  CHECK(assessed(chart).questions[0].id == "coughs-blood");

  chart.answers = {answered("coughs-blood", false)};
  CHECK(assessed(chart).red_flags[0].status == RedFlagStatus::absent);

  chart.answers = {answered("coughs-blood", true)};
  const auto found = assessed(chart);
  CHECK(found.red_flags[0].status == RedFlagStatus::present);
  CHECK(found.complaint.status == ComplaintStatus::recorded);
  CHECK(found.workup[0].id == "x-ray");
  CHECK(found.workup[0].urgency == causes::Urgency::same_day);
  CHECK(found.workup[0].causes == std::vector<std::string>{"blood"});
}

TEST_CASE("Answers count while they are fresh and agree", "[causes]") {
  fhir::Chart chart = empty_chart();
  chart.answers = {answered("coughs-blood", true, "2026-01-01")};
  CHECK(assessed(chart).red_flags[0].status == RedFlagStatus::not_recorded);
  CHECK(assessed(chart).notes.size() == 1);
  chart.answers = {answered("coughs-blood", true, "2026-11-01"),
                   answered("coughs-blood", false, "2026-11-20")};
  CHECK(assessed(chart).red_flags[0].status == RedFlagStatus::absent);
  chart.answers = {answered("coughs-blood", true), answered("coughs-blood", false)};
  CHECK(assessed(chart).red_flags[0].status == RedFlagStatus::not_recorded);
}

TEST_CASE("A score with unknown items is an interval", "[causes]") {
  fhir::Chart chart = empty_chart();
  auto score = assessed(chart).scores[0];
  CHECK(score.low == -2);
  CHECK(score.high == 2);
  CHECK(score.unknown == std::vector<std::string>{"night", "drug", "old"});

  chart.medication_entries = 2;
  chart.patient.birth = span("1950");
  chart.answers = {answered("worse-at-night", true)};
  score = assessed(chart).scores[0];
  CHECK(score.low == 2);
  CHECK(score.high == 2);
}

TEST_CASE("The onset is the caller's, else the answer's, else the complaint's", "[causes]") {
  fhir::Chart chart = empty_chart();
  CHECK(assessed(chart).complaint.status == ComplaintStatus::not_recorded);
  chart.conditions = {cough_since("2026-09-01"), cough_since("2026-08-01")};
  CHECK(assessed(chart).complaint.onset == span("2026-08-01"));
  CHECK(assessed(chart).complaint.status == ComplaintStatus::recorded);
  chart.answers = {{"QuestionnaireResponse/q1", "began", span("2026-07"), span("2026-11-20")}};
  CHECK(assessed(chart).complaint.onset == span("2026-07"));
  const auto given = causes::assess(chart, cough(), {day("2026-11-22"), span("2026-06-01")});
  CHECK(given.complaint.onset == span("2026-06-01"));
}

TEST_CASE("Nothing is recommended for somebody who has died", "[causes]") {
  fhir::Chart chart = empty_chart();
  chart.patient.deceased = true;
  const auto found = assessed(chart);
  CHECK(found.questions.empty());
  CHECK(std::none_of(found.workup.begin(), found.workup.end(),
                     [](const auto& item) { return item.status == WorkupStatus::recommended; }));
  CHECK(found.notes.size() == 1);
}

namespace {
/// A chart with some of everything, drawn at random.
fhir::Chart random_chart(std::mt19937& random) {
  const auto chance = [&] { return random() % 2 == 0; };
  const auto date = [&](int days_back) {
    return iso(day("2026-11-22") - std::chrono::days(int(random() % unsigned(days_back))));
  };
  fhir::Chart chart = empty_chart();
  chart.medication_entries = random() % 3;
  if (chance()) chart.conditions.push_back(cough_since(date(400)));
  if (chance()) {
    chart.conditions.push_back(
        asthma(fhir::Condition::Certainty(random() % 3), fhir::Condition::Clinical(random() % 3)));
  }
  for (unsigned i = random() % 4; i > 0; --i) {
    auto entry = taking(chance() ? "lisinopril" : "enalapril", date(900), "m" + std::to_string(i));
    entry.use = fhir::Medication::Use(random() % 6);
    chart.medications.push_back(entry);
    ++chart.medication_entries;
  }
  for (unsigned i = random() % 4; i > 0; --i) {
    chart.measurements.push_back(measured("eosinophils", double(random() % 60) / 100,
                                          chance() ? "10*9/L" : "G/L", date(600),
                                          "o" + std::to_string(i)));
  }
  for (const auto* question : {"worse-at-night", "coughs-blood", "coughs"}) {
    if (chance()) chart.answers.push_back(answered(question, chance(), date(120)));
  }
  return chart;
}

template <class T>
void shuffle(std::vector<T>& items, std::mt19937& random) {
  std::shuffle(items.begin(), items.end(), random);
}
}  // namespace

TEST_CASE("The order of a chart's entries never changes what is found", "[causes]") {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    const fhir::Chart chart = random_chart(random);
    fhir::Chart shuffled = chart;
    shuffle(shuffled.medications, random);
    shuffle(shuffled.measurements, random);
    shuffle(shuffled.conditions, random);
    shuffle(shuffled.answers, random);
    const auto statuses = [](const causes::Assessment& assessment) {
      std::vector<std::pair<std::string, CauseStatus>> found;
      for (const auto& one : assessment.causes) found.emplace_back(one.id, one.status);
      return found;
    };
    CHECK(statuses(assessed(chart)) == statuses(assessed(shuffled)));
    CHECK(assessed(chart).notes == assessed(shuffled).notes);
  }
}

TEST_CASE("Learning what was unknown never makes a settled red flag or cause unknown again",
          "[causes]") {
  std::mt19937 random(2);
  int learned = 0;
  for (int round = 0; round < 300; ++round) {
    fhir::Chart chart = random_chart(random);
    std::erase_if(chart.answers,
                  [](const auto& answer) { return answer.question == "worse-at-night"; });
    const auto ignorant = cause(assessed(chart), "asthma-cough").status;
    for (const bool yes : {true, false}) {
      fhir::Chart told = chart;
      told.answers.push_back(answered("worse-at-night", yes));
      const auto informed = cause(assessed(told), "asthma-cough").status;
      if (ignorant == CauseStatus::undetermined) {
        learned += informed != ignorant;
      } else {
        CHECK(informed != CauseStatus::undetermined);
      }
    }
  }
  CHECK(learned > 0);
}

TEST_CASE("The same assessment is the same JSON", "[causes]") {
  std::mt19937 random(3);
  const fhir::Chart chart = random_chart(random);
  CHECK(causes::to_json(assessed(chart)) == causes::to_json(assessed(chart)));
}

TEST_CASE("A test that would mislead or harm is withheld, whatever asks for it", "[causes]") {
  fhir::Chart chart = empty_chart();
  chart.answers = {answered("coughs-blood", true)};
  CHECK(workup(assessed(chart), "x-ray").urgency == causes::Urgency::same_day);

  chart.patient.birth = span("2014-05-01");
  const auto held = workup(assessed(chart), "x-ray");
  CHECK(held.status == causes::WorkupStatus::not_needed);
  CHECK(held.reason == "No rays for a child.");
  CHECK(held.rule == "child");
  CHECK(held.claim.id == "asthma-coughs");
}

TEST_CASE("Of tests of one urgency, what settles most for the least burden comes first",
          "[causes]") {
  fhir::Chart chart = empty_chart();
  chart.conditions.push_back(cough_since("2026-09-01"));
  const auto found = assessed(chart);
  std::vector<std::string> order;
  for (const auto& item : found.workup)
    if (item.status == causes::WorkupStatus::recommended) order.push_back(item.id);
  CHECK(order == std::vector<std::string>{"blood-count", "review", "x-ray"});
}
