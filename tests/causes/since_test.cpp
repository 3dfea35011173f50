#include "causes/since.hpp"

#include "causes/json.hpp"
#include "causes/read_assessment.hpp"
#include "tests/causes/test_pack.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::causes;
using namespace legwork::tests;

namespace {
Assessment of_one_patient(std::string_view as_of = "2026-11-22") {
  auto chart = empty_chart();
  chart.patient.family = "Aldermoor";
  chart.patient.given = "Wynn";
  chart.patient.birth = span("1951-03-04");
  chart.conditions = {cough_since("2026-06-01")};
  return assessed(chart, as_of);
}

MedicationLine line(std::string name, bool in_use) {
  return {std::move(name), "", "", {}, {}, in_use, {}, {}};
}

LabSeries ferritin(std::string reference, std::string printed, std::string_view date) {
  LabSeries series{"ferritin", "Ferritin", "ug/L", {}, {}, {}, LabSeries::Flag::none, false};
  series.points = {{std::move(reference), span(date), 0, std::move(printed)}};
  return series;
}

/// As it is used: the earlier one went through a file.
legwork::Result<Since> since_file(const Assessment& earlier, const Assessment& now) {
  return since(read_assessment(to_json(earlier), "a.json").value(), now, "a.json");
}
}  // namespace

TEST_CASE("Nothing has changed since the same chart was assessed by the same pack", "[since]") {
  const auto found = since_file(of_one_patient("2026-11-01"), of_one_patient());
  REQUIRE(found);
  CHECK(found->nothing_changed());
  CHECK(found->same_rules);
  CHECK(found->as_of == day("2026-11-01"));
}

TEST_CASE("Another version of the pack is told, even where it changes nothing", "[since]") {
  auto earlier = of_one_patient();
  earlier.provenance.pack_version = "0.0.9";
  const auto found = since_file(earlier, of_one_patient());
  REQUIRE(found);
  CHECK_FALSE(found->same_rules);
  CHECK(found->pack_version == "0.0.9");
  CHECK(found->nothing_changed());
}

TEST_CASE("A drug started, stopped or gone from the list since is told", "[since]") {
  using Course = MedicationChange::Course;
  auto earlier = of_one_patient(), now = of_one_patient();
  earlier.medications = {line("amlodipine", true), line("naproxen", true), line("iron", false),
                         line("prednisone", true), line("furosemide", false)};
  now.medications = {line("simvastatin", true), line("amlodipine", true), line("naproxen", false),
                     line("iron", true)};
  const auto found = since_file(earlier, now);
  REQUIRE(found);
  CHECK(found->medications ==
        std::vector<MedicationChange>{{"simvastatin", Course::started},
                                      {"naproxen", Course::stopped},
                                      {"iron", Course::started},
                                      {"prednisone", Course::no_longer_listed}});
  CHECK_FALSE(found->nothing_changed());
}

TEST_CASE("A drug that had ended before either day is no news", "[since]") {
  auto earlier = of_one_patient(), now = of_one_patient();
  now.medications = {line("naproxen", false)};
  CHECK(since_file(earlier, now)->nothing_changed());
}

TEST_CASE("A result is new where the latest is another entry, day or value", "[since]") {
  auto earlier = of_one_patient(), now = of_one_patient();
  earlier.labs = {ferritin("Observation/o1", "18", "2026-09-01")};
  struct Row {
    LabSeries lab;
    bool is_new;
  };
  const auto row = GENERATE(values<Row>({
      {ferritin("Observation/o1", "18", "2026-09-01"), false},
      {ferritin("Observation/o2", "18", "2026-09-01"), true},
      {ferritin("Observation/o1", "<18", "2026-09-01"), true},
      {ferritin("Observation/o1", "18", "2026-09-02"), true},
  }));
  now.labs = {row.lab};
  const auto found = since_file(earlier, now);
  REQUIRE(found);
  CHECK(found->results.size() == (row.is_new ? 1 : 0));
  if (row.is_new) CHECK(found->results[0].latest == row.lab.points[0]);
}

TEST_CASE("What changed is refused for two patients, whatever tells them apart", "[since]") {
  const auto now = of_one_patient();
  auto earlier = now;
  const auto change = GENERATE(0, 1, 2, 3, 4);
  if (change == 0) earlier.patient.reference = "Patient/other";
  if (change == 1) earlier.patient.family = "Aldermore";
  if (change == 2) earlier.patient.given = "";
  if (change == 3) earlier.patient.birth = span("1951-03-05");
  if (change == 4) earlier.patient.birth = {};
  CAPTURE(change);
  const auto found = since_file(earlier, now);
  REQUIRE_FALSE(found);
  CHECK(found.error().kind == ErrorKind::unsupported);
  CHECK(found.error().where == "a.json");
  CHECK(found.error().what.find("is of another patient") == 0);
  CHECK(found.error().what.find("Aldermo") == std::string::npos);
}

TEST_CASE("A name that was only tidied is the same name", "[since]") {
  auto earlier = of_one_patient();
  earlier.patient.family = "ALDERMOOR";
  earlier.patient.given = " Wynn ";
  CHECK(since_file(earlier, of_one_patient()));
}

TEST_CASE("An assessment of a later day is no earlier one", "[since]") {
  const auto found = since_file(of_one_patient("2026-11-23"), of_one_patient());
  REQUIRE_FALSE(found);
  CHECK(found.error().what.find("was made for a later day") == 0);
}
