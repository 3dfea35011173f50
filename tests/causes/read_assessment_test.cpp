#include "causes/read_assessment.hpp"

#include "causes/compare.hpp"
#include "causes/json.hpp"
#include "tests/causes/test_pack.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::causes;
using namespace legwork::tests;

namespace {
Assessment with_findings() {
  auto chart = empty_chart();
  chart.patient.family = "Aldermoor";
  chart.patient.given = "Wynn";
  chart.patient.birth = span("1951-03");
  chart.conditions = {cough_since("2026-06-01")};
  auto found = assessed(chart);
  found.medications.push_back({"lisinopril", "ACE inhibitor", "10 mg", {}, {}, true, {}, {}});
  found.labs.push_back({"ferritin", "Ferritin", "ug/L", {}, {}, {}, LabSeries::Flag::low, false});
  found.labs[0].points = {{"Observation/o1", span("2026-09-01"), 17, "17"},
                          {"Observation/o2", {day("2026-10-30"), day("2026-11-02")}, 18, "<18"}};
  return found;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}
}  // namespace

TEST_CASE("An assessment that was written and read again tells the same findings",
          "[read_assessment]") {
  const auto written = with_findings();
  const auto read = read_assessment(to_json(written), "assessment.json");
  REQUIRE(read);
  CHECK(compare(written, *read).empty());
  CHECK(compare(*read, written).empty());
  CHECK(read->as_of == written.as_of);
  CHECK(read->provenance.pack_id == written.provenance.pack_id);
  CHECK(read->provenance.pack_version == written.provenance.pack_version);
  CHECK(read->patient.reference == written.patient.reference);
  CHECK(full_name(read->patient) == "Wynn Aldermoor");
  CHECK(read->patient.birth == span("1951-03"));
  REQUIRE(read->medications.size() == written.medications.size());
  CHECK(read->medications.back().name == "lisinopril");
  CHECK(read->medications.back().in_use);
  REQUIRE(read->labs.size() == written.labs.size());
  CHECK(read->labs.back().points.back().printed == "<18");
  CHECK(read->labs.back().points.back().date == DateSpan{day("2026-10-30"), day("2026-11-02")});
}

TEST_CASE("A key that this version does not know is passed over", "[read_assessment]") {
  const auto json = replaced(to_json(with_findings()), "{\"schemaVersion\":1,",
                             "{\"later\":[{\"id\":7}],\"schemaVersion\":1,");
  CHECK(read_assessment(json, "assessment.json"));
}

TEST_CASE("read_assessment says where a file is no assessment, and holds back what stands there",
          "[read_assessment]") {
  struct Row {
    std::string from, to, where, what;
    ErrorKind kind = ErrorKind::malformed;
  };
  const auto row = GENERATE(values<Row>({
      {"{", "", "a.json", "is not JSON"},
      {"\"schemaVersion\":1,", "", "a.json: $", "'schemaVersion' is absent"},
      {"\"schemaVersion\":1", "\"schemaVersion\":\"1\"", "a.json: $.schemaVersion",
       "is not a whole number"},
      {"\"schemaVersion\":1", "\"schemaVersion\":2", "a.json", "was written by a newer legwork",
       ErrorKind::unsupported},
      {"\"asOf\":\"2026-11-22\"", "\"asOf\":\"yesterday\"", "a.json: $.asOf", "is not a date"},
      {"\"2026-10-30/2026-11-02\"", "\"2026-11-02/2026-10-30\"", "$.results[0].latest.date",
       "is not a date"},
      {"\"causes\":[", "\"causes\":{},\"x\":[", "a.json: $.causes", "is not a list"},
      {"\"inUse\":true", "\"inUse\":1", "$.medications[0].inUse", "is neither true nor false"},
      {"\"name\":\"Wynn Aldermoor\"", "\"name\":[\"Wynn Aldermoor\"]", "a.json: $.patient.name",
       "is not a text"},
      {"\"status\":\"recommended\"", "\"status\":\"Wynn Aldermoor\"", "$.workup[0].status",
       "is a word that this version of legwork does not know", ErrorKind::unsupported},
  }));
  CAPTURE(row.from, row.to);
  const auto read = read_assessment(replaced(to_json(with_findings()), row.from, row.to), "a.json");
  REQUIRE_FALSE(read);
  const auto& error = read.error();
  CHECK(error.kind == row.kind);
  CHECK(error.where.find(row.where) != std::string::npos);
  CHECK(error.what.find(row.what) == 0);
  CHECK(error.what.find("; ") != std::string::npos);
  CHECK((error.where + error.what).find("Aldermoor") == std::string::npos);
}
