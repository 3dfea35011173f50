#include "causes/drugs.hpp"

#include "tests/causes/test_pack.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::tests;
using causes::CauseStatus;
using fhir::Medication;

namespace {
/// What the drug cause of the cough pack comes to, with the cough since the onset ("" for none).
causes::CauseFinding finding(std::vector<Medication> entries, std::string_view onset) {
  fhir::Chart chart = empty_chart();
  chart.medication_entries = entries.size();
  chart.medications = std::move(entries);
  if (!onset.empty()) chart.conditions.push_back(cough_since(onset));
  return cause(assessed(chart), "drug-cough");
}

std::string said(const causes::CauseFinding& cause) {
  return cause.evidence.empty() ? "" : cause.evidence.front().text;
}

Medication with_strength(Medication entry, double strength_mg) {
  entry.strength_mg = strength_mg;
  return entry;
}
}  // namespace

TEST_CASE("A drug fits when it was started in the six months before the onset", "[causes]") {
  struct Row {
    std::string_view start, onset;
    CauseStatus expected;
    std::string_view text;
  };
  const auto row = GENERATE(values<Row>({
      {"2026-07-14", "2026-09-01", CauseStatus::supported,
       "lisinopril, started 7 weeks before onset"},
      {"2026-03-01", "2026-09-01", CauseStatus::supported,
       "lisinopril, started 6 months before onset"},
      {"2026-02-28", "2026-09-01", CauseStatus::possible,
       "lisinopril, started 6 months before onset"},
      {"2021-09-01", "2026-09-01", CauseStatus::possible,
       "lisinopril, started 5 years before onset"},
      {"2026-09-01", "2026-09-01", CauseStatus::supported, "lisinopril, started around the onset"},
      {"2026-10-15", "2026-09-01", CauseStatus::possible,
       "lisinopril, started 6 weeks after onset"},
      {"2026-07-14", "", CauseStatus::possible,
       "lisinopril, on the list for 4 months; onset not known"},
      {"", "2026-09-01", CauseStatus::possible, "lisinopril, start not known"},
  }));
  CAPTURE(row.start, row.onset);
  const auto found = finding({taking("lisinopril", row.start)}, row.onset);
  CHECK(found.status == row.expected);
  CHECK(said(found) == row.text);
}

TEST_CASE("A drug started after the onset stands there as evidence against", "[causes]") {
  const auto found = finding({taking("lisinopril", "2026-10-15")}, "2026-09-01");
  REQUIRE(found.evidence.size() == 1);
  CHECK(found.evidence.front().says == causes::Says::against_it);
}

TEST_CASE("A date known only to the month decides only if every day of it does", "[causes]") {
  CHECK(finding({taking("lisinopril", "2026-07")}, "2026-09-01").status == CauseStatus::supported);
  CHECK(finding({taking("lisinopril", "2026-09")}, "2026-09-15").status == CauseStatus::possible);
  CHECK(finding({taking("lisinopril", "2026")}, "2026-09-01").status == CauseStatus::possible);
}

TEST_CASE("No list leaves a drug undetermined; a list without it makes it unlikely", "[causes]") {
  fhir::Chart chart = empty_chart();
  CHECK(cause(assessed(chart), "drug-cough").status == CauseStatus::undetermined);

  chart.medication_entries = 3;
  const auto unlisted = assessed(chart);
  CHECK(cause(unlisted, "drug-cough").status == CauseStatus::unlikely);
  CHECK(said(cause(unlisted, "drug-cough")) ==
        "no ACE inhibitor among the 3 entries of the medication list");

  chart.unidentified_medications = {"MedicationRequest/m9"};
  CHECK(cause(assessed(chart), "drug-cough").status == CauseStatus::undetermined);
}

TEST_CASE("A raised dose counts like a start, a renewal at the same dose does not", "[causes]") {
  const auto since_2020 = with_strength(taking("lisinopril", "2020-01-01", "m1"), 5);
  const auto renewed = with_strength(taking("lisinopril", "2026-07-14", "m2"), 5);
  const auto raised = with_strength(taking("lisinopril", "2026-07-14", "m2"), 10);
  CHECK(finding({since_2020, renewed}, "2026-09-01").status == CauseStatus::possible);
  CHECK(finding({since_2020, raised}, "2026-09-01").status == CauseStatus::supported);
}

TEST_CASE("Another drug of the class is a new start", "[causes]") {
  const auto found =
      finding({taking("lisinopril", "2020-01-01", "m1"), taking("enalapril", "2026-07-14", "m2")},
              "2026-09-01");
  CHECK(found.status == CauseStatus::supported);
}

TEST_CASE("A drug taken up again after a pause is a new start", "[causes]") {
  auto earlier = taking("lisinopril", "2020-01-01", "m1");
  earlier.use = Medication::Use::stopped;
  earlier.end = span("2024-01-01");
  CHECK(finding({earlier, taking("lisinopril", "2026-07-14", "m2")}, "2026-09-01").status ==
        CauseStatus::supported);
  earlier.end = span("2026-07-01");  // two weeks: no pause
  CHECK(finding({earlier, taking("lisinopril", "2026-07-14", "m2")}, "2026-09-01").status ==
        CauseStatus::possible);
}

TEST_CASE("What an entry says of use", "[causes]") {
  struct Row {
    std::string_view what;
    Medication::Use use;
    Medication::Source source;
    std::string_view start, end;
    CauseStatus expected;
  };
  using Use = Medication::Use;
  using Source = Medication::Source;
  const auto row = GENERATE(values<Row>({
      {"stopped", Use::stopped, Source::ordered, "2026-07-14", "", CauseStatus::unlikely},
      {"on hold", Use::paused, Source::ordered, "2026-07-14", "", CauseStatus::supported},
      {"status unknown", Use::unclear, Source::stated, "2026-07-14", "", CauseStatus::undetermined},
      {"not taken", Use::not_taken, Source::stated, "2026-07-14", "", CauseStatus::unlikely},
      {"ended", Use::taking, Source::ordered, "2026-07-14", "2026-08-01", CauseStatus::unlikely},
      {"dispensed lately", Use::taking, Source::dispensed, "2026-10-01", "", CauseStatus::possible},
      {"dispensed long ago", Use::taking, Source::dispensed, "2023-10-01", "",
       CauseStatus::unlikely},
      {"planned", Use::planned, Source::ordered, "2026-07-14", "", CauseStatus::unlikely},
      {"starts tomorrow", Use::taking, Source::ordered, "2026-11-23", "", CauseStatus::unlikely},
  }));
  CAPTURE(row.what);
  auto entry = taking("lisinopril", row.start);
  entry.use = row.use;
  entry.source = row.source;
  if (!row.end.empty()) entry.end = span(row.end);
  CHECK(finding({entry}, "2026-09-01").status == row.expected);
}

TEST_CASE("A later statement that it is not taken puts a standing order in doubt", "[causes]") {
  auto denied = taking("lisinopril", "", "s1");
  denied.use = Medication::Use::not_taken;
  denied.source = Medication::Source::stated;
  CHECK(finding({taking("lisinopril", "2026-07-14"), denied}, "2026-09-01").status ==
        CauseStatus::undetermined);
  // A withdrawn order denies nothing, and neither does what was said before the drug was begun.
  denied.source = Medication::Source::ordered;
  CHECK(finding({taking("lisinopril", "2026-07-14"), denied}, "2026-09-01").status ==
        CauseStatus::supported);
  denied.source = Medication::Source::stated;
  denied.start = span("2025-01-01");
  CHECK(finding({taking("lisinopril", "2026-07-14"), denied}, "2026-09-01").status ==
        CauseStatus::supported);
}

TEST_CASE("A drug with local forms counts as systemic only where its route is told", "[causes]") {
  struct Row {
    Medication::Route route;
    bool cautioned;
  };
  const auto row = GENERATE(values<Row>({{Medication::Route::systemic, true},
                                         {Medication::Route::unclear, true},
                                         {Medication::Route::local, false}}));
  fhir::Chart chart = empty_chart();
  chart.medication_entries = 1;
  chart.medications = {taking("steroid", "2026-01-01")};
  chart.medications[0].route = row.route;
  const auto found = assessed(chart);
  CHECK(workup(found, "blood-count").cautions.empty() != row.cautioned);
}

TEST_CASE("The same drug from four resources is one course with four entries", "[causes]") {
  fhir::Chart chart = empty_chart();
  chart.medication_entries = 4;
  for (const auto* reference : {"m1", "s1", "d1", "a1"}) {
    chart.medications.push_back(taking("lisinopril", "2026-07-14", reference));
  }
  const auto courses = causes::drug_courses(chart, cough(), day("2026-11-22"));
  REQUIRE(courses.size() == 1);
  CHECK(courses[0].entries.size() == 4);
  CHECK(assessed(chart).medications.size() == 1);
}
