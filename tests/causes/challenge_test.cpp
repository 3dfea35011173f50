#include "tests/causes/test_pack.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::tests;
using causes::CauseStatus;
using fhir::Medication;

// "An effect follows the drug, eases when it is stopped and returns when it is given again":
// Naranjo 1981, items 2 to 4.

namespace {
Medication course(std::string_view start, std::string_view end, std::string reference) {
  Medication entry = taking("lisinopril", start, std::move(reference));
  if (end.empty()) return entry;
  entry.end = span(end);
  entry.use = Medication::Use::stopped;
  return entry;
}

fhir::Condition episode(std::string_view began, std::string_view ended, std::string reference) {
  fhir::Condition entry = cough_since(began);
  entry.reference = std::move(reference);
  if (ended.empty()) return entry;
  entry.abatement = span(ended);
  entry.clinical = fhir::Condition::Clinical::inactive;
  return entry;
}

causes::CauseFinding finding(std::vector<Medication> drugs, std::vector<fhir::Condition> coughs) {
  fhir::Chart chart = empty_chart();
  chart.medication_entries = drugs.size();
  chart.medications = std::move(drugs);
  chart.conditions = std::move(coughs);
  return cause(assessed(chart), "drug-cough");
}

bool rests_on(const causes::CauseFinding& found, std::string_view rule) {
  return std::any_of(found.evidence.begin(), found.evidence.end(),
                     [&](const causes::Evidence& evidence) {
                       return evidence.rule == rule && evidence.says == causes::Says::for_it;
                     });
}
}  // namespace

TEST_CASE("An effect that went and came back with the drug is the strongest evidence", "[causes]") {
  const auto found =
      finding({course("2026-01-10", "2026-03-01", "m1"), course("2026-06-01", "", "m2")},
              {episode("2026-02-01", "2026-03-15", "c1"), episode("2026-06-20", "", "c2")});
  CHECK(found.status == CauseStatus::supported);
  REQUIRE(rests_on(found, "came-back"));
  std::vector<std::string> told;
  for (const auto& evidence : found.evidence)
    if (evidence.rule == "came-back") told.push_back(evidence.reference + ": " + evidence.text);
  CHECK(told ==
        std::vector<std::string>{"c1: cough: gone 2 weeks after lisinopril was stopped",
                                 "c2: cough: back 2 weeks after lisinopril was taken up again"});
}

TEST_CASE("An effect that went when the drug was stopped speaks for it, taken or not", "[causes]") {
  const auto found = finding({course("2026-01-10", "2026-03-01", "m1")},
                             {episode("2026-02-01", "2026-03-15", "c1")});
  CHECK(found.status == CauseStatus::possible);
  CHECK(rests_on(found, "went"));
}

TEST_CASE("What only looks like relief by stopping is none", "[causes]") {
  struct Row {
    std::string_view why, start, stop, began, ended;
  };
  const auto row = GENERATE(values<Row>({
      {"gone before the stop", "2026-01-10", "2026-03-01", "2026-02-01", "2026-02-20"},
      {"gone long after it", "2026-01-10", "2026-03-01", "2026-02-01", "2026-05-01"},
      {"there before the drug", "2026-01-10", "2026-03-01", "2025-12-01", "2026-03-15"},
      {"begun after the stop", "2026-01-10", "2026-03-01", "2026-03-05", "2026-03-15"},
      {"still there", "2026-01-10", "2026-03-01", "2026-02-01", ""},
      {"gone in some part of that year", "2026-01-10", "2026-03-01", "2026-02-01", "2026"},
      {"stopped in some part of that year", "2025-01-10", "2026", "2026-02-01", "2026-03-15"},
  }));
  CAPTURE(row.why);
  const auto found =
      finding({course(row.start, row.stop, "m1")}, {episode(row.began, row.ended, "c1")});
  CHECK_FALSE(rests_on(found, "went"));
}

TEST_CASE("An effect that came back without the drug, or long after it, is no rechallenge",
          "[causes]") {
  const auto first = course("2026-01-10", "2026-03-01", "m1");
  const auto relief = episode("2026-02-01", "2026-03-15", "c1");
  CHECK_FALSE(rests_on(finding({first}, {relief, episode("2026-06-20", "", "c2")}), "came-back"));
  CHECK_FALSE(rests_on(
      finding({first, course("2026-06-01", "", "m2")}, {relief, episode("2026-09-20", "", "c2")}),
      "came-back"));
  CHECK_FALSE(rests_on(
      finding({first, course("2026-06-01", "", "m2")}, {relief, episode("2026-05-20", "", "c2")}),
      "came-back"));
}

TEST_CASE("A chain is told from its root when its links began one after the other", "[causes]") {
  struct Row {
    std::string_view drug, effect, remedy;
    bool told;
  };
  const auto row = GENERATE(values<Row>({
      {"2026-01-10", "2026-03-01", "2026-04-01", true},
      {"2026-01-10", "2026-03-01", "2026-02-01", false},  // the remedy was there before the effect
      {"2026-03-10", "2026-03-01", "2026-04-01", false},  // the effect was there before the drug
      {"2026-01", "2026-03", "2026-04", true},
      {"2026", "2026-03-01", "2026-04-01", false},  // perhaps after the effect
  }));
  CAPTURE(row.drug, row.effect, row.remedy);
  auto steroid = taking("steroid", row.remedy, "m2");
  steroid.route = Medication::Route::systemic;
  const auto found =
      finding({course(row.drug, "", "m1"), steroid}, {episode(row.effect, "", "c1")});
  CHECK(rests_on(found, "steroid-for-it") == row.told);
}
