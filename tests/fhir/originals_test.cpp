#include "fhir/originals.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using fhir::find_originals;
using fhir::Input;
using fhir::Original;

namespace {
std::vector<Original> find(std::string_view text, const std::set<std::string>& references) {
  const Input inputs[] = {{"chart", text}};
  return find_originals(inputs, references);
}
}  // namespace

TEST_CASE("An entry is copied as it stands, to the last digit", "[originals]") {
  const std::string_view resource =
      R"({ "resourceType":"Observation", "id" : "o1", "valueQuantity":{"value": 1.10, "unit":"µg\/L"} })";
  struct Row {
    std::string before, after, full_url;
  };
  const auto row = GENERATE(values<Row>(
      {{"", "", ""},
       {"[", "]", ""},
       {"\xEF\xBB\xBF  ", "\n", ""},
       {"{\"resourceType\":\"Patient\",\"id\":\"p\"}\n", "\n", ""},
       {R"({"resourceType":"Bundle","entry":[{"fullUrl":"urn:uuid:1","resource":)", "}]}",
        "urn:uuid:1"},
       {R"({"entry":{"resource":)", R"(},"resourceType":"Bundle"})", ""},
       {R"({"resourceType":"Parameters","parameter":[{"name":"chart","resource":
            {"resourceType":"Bundle","entry":[{"resource":)",
        R"(,"fullUrl":"https://x/fhir/Observation/o1"}]}}]})", "https://x/fhir/Observation/o1"}}));
  CAPTURE(row.before);
  const auto found =
      find(row.before + std::string(resource) + row.after, {"Observation/o1", "Observation/o2"});
  REQUIRE(found.size() == 1);
  CHECK(found[0].json == resource);
  CHECK(found[0].reference == "Observation/o1");
  CHECK(found[0].id == "o1");
  CHECK(found[0].full_url == row.full_url);
}

TEST_CASE("Of two versions the one is copied that was read", "[originals]") {
  const auto found = find(
      R"({"resourceType":"Condition","id":"c","meta":{"versionId":"9"},"code":{"text":"old"}}
         {"resourceType":"Condition","id":"c","meta":{"versionId":"10"},"code":{"text":"new"}}
         {"resourceType":"Condition","id":"c","meta":{"versionId":"2"},"code":{"text":"older"}})",
      {"Condition/c"});
  REQUIRE(found.size() == 1);
  CHECK(found[0].json.find("new") != std::string::npos);
}

TEST_CASE("The drug that a medication entry names by reference comes with it", "[originals]") {
  const auto found = find(R"([
      {"resourceType":"Medication","id":"m1","code":{"text":"amlodipine"}},
      {"resourceType":"Medication","id":"m2","code":{"text":"not asked for"}},
      {"resourceType":"MedicationRequest","id":"r","medicationReference":{"reference":"Medication/m1"}}
  ])",
                          {"MedicationRequest/r"});
  REQUIRE(found.size() == 2);
  CHECK(found[0].drug == "Medication/m1");
  CHECK(found[1].reference == "Medication/m1");
}

TEST_CASE("An entry without an id is found by its address, else by its place", "[originals]") {
  const auto found = find(R"({"resourceType":"Bundle","entry":[
      {"fullUrl":"urn:uuid:7","resource":{"resourceType":"Observation"}},
      {"resource":{"resourceType":"Procedure"}}]})",
                          {"urn:uuid:7", "Bundle.entry[1]"});
  REQUIRE(found.size() == 2);
  CHECK(found[0].json == R"({"resourceType":"Observation"})");
  CHECK(found[1].json == R"({"resourceType":"Procedure"})");
}

TEST_CASE("Nothing is copied from XML, nor from what is damaged", "[originals]") {
  const auto text = GENERATE(values<std::string_view>(
      {"<Observation xmlns=\"http://hl7.org/fhir\"><id value=\"o1\"/></Observation>", "", "{",
       R"({"resourceType":"Observation","id":"o1")", R"({"resourceType":"Bundle","entry":[17]})",
       R"([{"resourceType":"Observation","id":"o1","note":tru}])", "[[]]", "null"}));
  CAPTURE(text);
  CHECK(find(text, {"Observation/o1"}).empty());
}
