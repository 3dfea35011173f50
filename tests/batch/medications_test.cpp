#include "batch/medications.hpp"

#include <catch2/catch.hpp>

using namespace legwork::batch;

namespace {
constexpr auto order = R"({"resource":{"medicationReference":{"reference":"Medication/m1"}}})";

std::string referred(const Medications& medications, std::string_view entries) {
  std::string to;
  medications.append_referred(entries, to);
  return to;
}
}  // namespace

TEST_CASE("a drug of its own file is joined to the order that refers to it, once",
          "[medications]") {
  Medications medications;
  medications.add("Medication/m1", R"({"resourceType":"Medication","id":"m1","code":{"text":"x"}})",
                  0, 0);
  medications.add("Medication/m2", R"({"resourceType":"Medication","id":"m2","code":{"text":"y"}})",
                  0, 9);
  const std::string joined =
      R"(,{"resource":{"resourceType":"Medication","id":"m1","code":{"text":"x"}}})";
  CHECK(referred(medications, order) == joined);
  CHECK(referred(medications, std::string(order) + "," + order) == joined);
  CHECK(referred(medications,
                 R"("reference":"https://ehr.example.org/fhir/Medication/m1/_history/4")") ==
        joined);
  CHECK(referred(medications, R"("reference":"Medication/m3")").empty());
}

TEST_CASE("the newest version of a drug counts, whatever order they come in", "[medications]") {
  const auto* newer =
      R"({"resourceType":"Medication","id":"m1","meta":{"lastUpdated":"2026-02-01"},"code":{"text":"new"}})";
  const auto* older =
      R"({"resourceType":"Medication","id":"m1","meta":{"lastUpdated":"2026-01-01"},"code":{"text":"old"}})";
  Medications forward, backward;
  forward.add("Medication/m1", older, 0, 0);
  forward.add("Medication/m1", newer, 0, 100);
  backward.add("Medication/m1", newer, 0, 100);
  backward.add("Medication/m1", older, 0, 0);
  CHECK(referred(forward, order).find("new") != std::string::npos);
  CHECK(referred(backward, order) == referred(forward, order));
}

TEST_CASE("of two drugs without a version the later in the export counts", "[medications]") {
  Medications medications;
  medications.add("Medication/m1", R"({"id":"m1","code":{"text":"second"}})", 1, 5);
  medications.add("Medication/m1", R"({"id":"m1","code":{"text":"first"}})", 0, 90);
  CHECK(referred(medications, order).find("second") != std::string::npos);
}

TEST_CASE("a drug that nothing is said of is joined as sound JSON", "[medications]") {
  Medications medications;
  medications.add("Medication/m1", R"({"resourceType":"Medication","id":"m1"})", 0, 0);
  CHECK(referred(medications, order) == R"(,{"resource":{"resourceType":"Medication","id":"m1"}})");
}
