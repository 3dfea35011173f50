#include "batch/wards.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::batch;

namespace {
fhir::Patient known_as(std::vector<std::string> values) {
  fhir::Patient patient;
  for (auto& value : values) patient.identifiers.push_back({"", std::move(value)});
  return patient;
}
}  // namespace

TEST_CASE("a list of wards may tell patients by id or reference", "[wards]") {
  const auto wards = Wards::read("patient,ward\r\np1,Ward 3\r\nPatient/p2,\"Ward, 4\"\np3,\n", "w");
  REQUIRE(wards);
  CHECK(wards->of("Patient/p1", {}) == "Ward 3");
  CHECK(wards->of("Patient/p2", {}) == "Ward, 4");
  CHECK(wards->of("Patient/p3", {}).empty());
  CHECK(wards->of("Patient/p4", known_as({"p1"})).empty());
}

TEST_CASE("a list of wards may tell patients by an identifier", "[wards]") {
  const auto wards = Wards::read("bed,ward,identifier\n12,Ward 3,MRN-1\n13,Ward 4,MRN-2\n", "w");
  REQUIRE(wards);
  CHECK(wards->of("Patient/p9", known_as({"7", "MRN-2"})) == "Ward 4");
  CHECK(wards->of("Patient/MRN-1", known_as({})).empty());
}

TEST_CASE("a list of wards that would put somebody on a wrong one is refused", "[wards]") {
  struct Row {
    std::string_view csv;
    std::string where, what;
  };
  const auto row = GENERATE(values<Row>({
      {"", "w.csv", "is empty"},
      {"mrn,ward\n1,a\n", "w.csv:1", "expected the headings patient,ward or identifier,ward"},
      {"patient,ward\np1,a\np1,a\nPatient/p1,b\n", "w.csv:4",
       "puts the patient of line 2 on another ward, too"},
      {"patient,ward\np1\n", "w.csv:2", "has fewer values than headings"},
      {"patient,ward\np1,\"a\n", "w.csv:2",
       "a quote is opened and never closed; close it, or delete it"},
  }));
  CAPTURE(row.csv);
  const auto wards = Wards::read(row.csv, "w.csv");
  REQUIRE_FALSE(wards);
  CHECK(wards.error().kind == ErrorKind::malformed);
  CHECK(wards.error().where == row.where);
  CHECK(wards.error().what == row.what);
}
