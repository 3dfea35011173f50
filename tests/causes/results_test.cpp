#include "causes/results.hpp"

#include "tests/causes/test_pack.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::tests;
using causes::CauseStatus;

namespace {
causes::Assessment with(std::vector<fhir::Measurement> measurements) {
  fhir::Chart chart = empty_chart();
  chart.measurements = std::move(measurements);
  return assessed(chart);
}

CauseStatus status(std::vector<fhir::Measurement> measurements) {
  return cause(with(std::move(measurements)), "asthma-cough").status;
}

std::string note(const causes::Assessment& assessment) {
  return assessment.notes.empty() ? "" : assessment.notes.front().text;
}
}  // namespace

TEST_CASE("A value counts in any unit that converts, and in no other", "[causes]") {
  struct Row {
    double value;
    std::string unit;
    CauseStatus expected;
    std::string note;
  };
  const auto row = GENERATE(values<Row>({
      {0.5, "10*9/L", CauseStatus::supported, ""},
      {500, "/uL", CauseStatus::supported, ""},
      {0.2, "10*3/uL", CauseStatus::unlikely, ""},
      {0.5, "furlong", CauseStatus::undetermined,
       "unit 'furlong' is not UCUM for Eosinophils; value not used"},
      {0.5, "", CauseStatus::undetermined, "Eosinophils has no unit; value not used"},
      {4000, "10*9/L", CauseStatus::undetermined,
       "Eosinophils is outside what is possible in its unit; value not used"},
  }));
  CAPTURE(row.value, row.unit);
  const auto found = with({measured("eosinophils", row.value, row.unit, "2026-10-30")});
  CHECK(cause(found, "asthma-cough").status == row.expected);
  CHECK(note(found) == row.note);
}

TEST_CASE("The latest value decides, an old one does not, a later one is not believed",
          "[causes]") {
  const auto high = [](std::string_view date) {
    return measured("eosinophils", 0.5, "10*9/L", date, "high");
  };
  const auto low = [](std::string_view date) {
    return measured("eosinophils", 0.2, "10*9/L", date, "low");
  };
  CHECK(status({high("2026-01-10"), low("2026-10-20")}) == CauseStatus::unlikely);
  CHECK(status({low("2026-01-10"), high("2026-10-20")}) == CauseStatus::supported);
  CHECK(status({high("2023-09-01")}) == CauseStatus::undetermined);
  CHECK(status({high("")}) == CauseStatus::undetermined);
  const auto future = with({high("2027-01-01")});
  CHECK(cause(future, "asthma-cough").status == CauseStatus::undetermined);
  CHECK(note(future) == "Eosinophils is dated after the report; not used");
}

TEST_CASE("Different values on one day are the range between them", "[causes]") {
  const auto at = [](double value, std::string reference) {
    return measured("eosinophils", value, "10*9/L", "2026-10-30", std::move(reference));
  };
  const auto apart = with({at(0.2, "a"), at(0.5, "b")});
  CHECK(cause(apart, "asthma-cough").status == CauseStatus::undetermined);
  CHECK(note(apart) == "Eosinophils: different values on one day; read as the range between them");
  CHECK(status({at(0.4, "a"), at(0.5, "b")}) == CauseStatus::supported);
  CHECK(note(with({at(0.5, "a"), at(0.5, "b")})).empty());
}

TEST_CASE("A test on file and recent is not asked for again", "[causes]") {
  using causes::WorkupStatus;
  const auto recent = with({measured("eosinophils", 0.2, "10*9/L", "2026-10-30")});
  CHECK(workup(recent, "blood-count").status == WorkupStatus::on_file);
  CHECK(workup(recent, "blood-count").last_done->value == "0.2");
  const auto old = with({measured("eosinophils", 0.2, "10*9/L", "2023-10-30")});
  CHECK(workup(old, "blood-count").status == WorkupStatus::recommended);
  CHECK(workup(old, "blood-count").reason == "Eosinophils tell. (last done 3 years ago)");
  CHECK(workup(with({}), "blood-count").reason == "Eosinophils tell. (not on file)");
}

TEST_CASE("Numbers are printed with the pack's decimals at most", "[causes]") {
  CHECK(causes::print_number(18, 1) == "18");
  CHECK(causes::print_number(3.04, 1) == "3");
  CHECK(causes::print_number(3.05, 2) == "3.05");
  CHECK(causes::print_number(-0.01, 1) == "0");
}

TEST_CASE("A ratio is calculated from two values of one day, where it was not measured itself",
          "[causes]") {
  struct Row {
    double eosinophils, leukocytes;
    std::string_view eosinophils_on, leukocytes_on;
    CauseStatus expected;
  };
  const auto row = GENERATE(values<Row>({
      {0.28, 4, "2026-10-30", "2026-10-30", CauseStatus::possible},  // 7 %
      {0.28, 7, "2026-10-30", "2026-10-30", CauseStatus::unlikely},  // 4 %
      {0.28, 4, "2026-10-30", "2026-10-29", CauseStatus::unlikely},  // of two days
      {0.28, 4, "2026-10", "2026-10", CauseStatus::unlikely},        // of one month
      {0.28, 0, "2026-10-30", "2026-10-30", CauseStatus::unlikely},  // no number
  }));
  CAPTURE(row.leukocytes, row.leukocytes_on);
  const auto found =
      with({measured("eosinophils", row.eosinophils, "10*9/L", row.eosinophils_on, "o1"),
            measured("leukocytes", row.leukocytes, "10*9/L", row.leukocytes_on, "o2")});
  CHECK(cause(found, "asthma-cough").status == row.expected);
}

TEST_CASE("A calculated value names both that it was calculated from", "[causes]") {
  const auto found = with({measured("eosinophils", 0.28, "10*9/L", "2026-10-30", "o1"),
                           measured("leukocytes", 4, "10*9/L", "2026-10-30", "o2")});
  std::vector<std::string> named;
  for (const auto& evidence : cause(found, "asthma-cough").evidence) {
    if (evidence.rule != "fraction-high") continue;
    named.push_back(evidence.reference);
    CHECK(evidence.text ==
          "Eosinophil fraction 7\u00a0% (calculated from Eosinophils and Leukocytes of that day)");
  }
  CHECK(named == std::vector<std::string>{"o1", "o2"});
}

TEST_CASE("A limit that grows with age holds only where it does at every possible age",
          "[causes]") {
  struct Row {
    std::string_view birth;
    double value;
    CauseStatus expected;
  };
  const auto row = GENERATE(values<Row>({
      {"1986-01-01", 110, CauseStatus::possible},      // 40: above 100
      {"1976-11-22", 110, CauseStatus::possible},      // 50: still 100
      {"1956-01-01", 110, CauseStatus::undetermined},  // 70: not above 140
      {"1956-01-01", 150, CauseStatus::possible},
      {"1956", 139, CauseStatus::undetermined},  // 69 or 70: above 138, not above 140
      {"1956", 141, CauseStatus::possible},
      {"", 110, CauseStatus::undetermined},
      {"", 300, CauseStatus::possible},  // whatever the age
  }));
  CAPTURE(row.birth, row.value);
  fhir::Chart chart = empty_chart();
  if (!row.birth.empty()) chart.patient.birth = span(row.birth);
  chart.measurements = {measured("ige", row.value, "k[IU]/L", "2026-10-30")};
  CHECK(cause(assessed(chart), "asthma-cough").status == row.expected);
}

TEST_CASE("The laboratory's flag tells high from low where it sent no range", "[causes]") {
  struct Row {
    std::string flag;
    std::optional<double> upper;
    CauseStatus expected;
    std::string note;
  };
  const auto row = GENERATE(values<Row>({
      {"H", {}, CauseStatus::possible, ""},
      {"HH", {}, CauseStatus::possible, ""},
      {"N", {}, CauseStatus::undetermined, ""},
      {"A", {}, CauseStatus::undetermined, ""},
      {"", {}, CauseStatus::undetermined, ""},
      {"H", 90, CauseStatus::undetermined,
       "IgE: the laboratory's flag 'H' and its own range disagree; the number counts"},
      {"N", 70, CauseStatus::possible,
       "IgE: the laboratory's flag 'N' and its own range disagree; the number counts"},
  }));
  CAPTURE(row.flag);
  auto ige = measured("ige", 80, "k[IU]/L", "2026-10-30");
  ige.interpretation = row.flag;
  if (row.upper) ige.limits = fhir::Measurement::Limits{{}, row.upper};
  const auto found = with({ige});
  CHECK(cause(found, "asthma-cough").status == row.expected);
  CHECK(note(found) == row.note);
}
