#include "fhir/unmapped.hpp"

#include "tests/fhir/sample.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace legwork;
using namespace legwork::fhir;
using namespace legwork::fhir::sample;

namespace {
Unmapped unmapped_in(const std::string& text) {
  const Input input{"chart.json", text};
  Unmapped unmapped;
  const auto chart = read_chart({&input, 1}, vocabulary(), unmapped);
  REQUIRE(chart);
  CHECK(*chart == *read_chart({&input, 1}, vocabulary()));
  return unmapped;
}

/// "2 condition urn:x|a A" for each, a line each.
std::string listed(const Unmapped& unmapped) {
  std::string text;
  for (const auto& code : unmapped.codes) {
    text += std::to_string(code.count) + ' ' +
            std::string(kind_names[static_cast<std::size_t>(code.kind)]) + ' ' + code.system + '|' +
            code.code + ' ' + code.display + '\n';
  }
  return text;
}

std::string listed_of(std::initializer_list<std::string_view> resources) {
  return listed(unmapped_in(bundle(resources)));
}
}  // namespace

TEST_CASE("A code that the pack does not know is listed with its kind", "[unmapped]") {
  struct Row {
    std::string resource, says;
  };
  const auto row = GENERATE(values<Row>({
      {R"({"resourceType":"MedicationRequest","id":"m","status":"active","medicationCodeableConcept":
          {"coding":[{"system":"urn:x","code":"77","display":"Drug"}]}})",
       "1 medication urn:x|77 Drug\n"},
      {R"({"resourceType":"MedicationStatement","id":"m","status":"recorded","medication":{"concept":
          {"coding":[{"system":"urn:x","code":"77"}]}}})",
       "1 medication urn:x|77 \n"},
      {R"({"resourceType":"Observation","id":"o","status":"final","code":{"coding":[
          {"system":"urn:x","code":"FER"}]},"component":[{"code":{"coding":[{"code":"bare"}]}}]})",
       "1 observation |bare \n1 observation urn:x|FER \n"},
      {R"({"resourceType":"Condition","id":"c","code":{"coding":[{"system":"urn:x","code":"c"}]}})",
       "1 condition urn:x|c \n"},
      {R"({"resourceType":"Encounter","id":"e","reasonCode":[
          {"coding":[{"system":"urn:x","code":"r"}]}]})",
       "1 condition urn:x|r \n"},
      {R"({"resourceType":"Procedure","id":"p","status":"completed","code":{"coding":[
          {"system":"urn:x","code":"p"}]}})",
       "1 procedure urn:x|p \n"},
      {R"({"resourceType":"ImagingStudy","id":"i","status":"available","procedureCode":[
          {"coding":[{"system":"urn:x","code":"us"}]}]})",
       "1 procedure urn:x|us \n"},
      {R"({"resourceType":"DiagnosticReport","id":"d","status":"final","code":{"coding":[
          {"system":"urn:x","code":"d"}]},"conclusionCode":[{"coding":[{"system":"urn:x","code":"f"}]}],
          "contained":[{"resourceType":"Observation","id":"o","status":"final",
          "code":{"coding":[{"system":"urn:x","code":"in"}]}}]})",
       "1 observation urn:x|in \n1 condition urn:x|f \n1 procedure urn:x|d \n"},
      {R"({"resourceType":"Observation","id":"o","status":"final","code":{"coding":[
          {"system":"http://loinc.org","code":"99999-9"}]}})",
       "1 observation http://loinc.org|99999-9 \n"},
  }));
  CAPTURE(row.resource);
  CHECK(listed_of({row.resource}) == row.says);
}

TEST_CASE("What needs no mapping is not listed", "[unmapped]") {
  const auto resource =
      GENERATE(as<std::string_view>{},
               // another of its codes is known
               R"({"resourceType":"Observation","id":"o","status":"final","code":
      {"coding":[{"system":"urn:x","code":"FER"},{"system":"http://loinc.org","code":"2276-4"}]}})",
               // no code
               R"({"resourceType":"Condition","id":"c","code":{"text":"a pain"}})",
               // a product known by its ingredient
               R"({"resourceType":"Medication","id":"m","code":{"coding":[
      {"system":"urn:x","code":"77"}]},"ingredient":[{"itemCodeableConcept":{"coding":[
      {"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"17767"}]}}]})",
               // entered in error
               R"({"resourceType":"Condition","id":"c","verificationStatus":{
      "coding":[{"code":"entered-in-error"}]},"code":{"coding":[{"system":"urn:x","code":"c"}]}})",
               // somebody else's
               R"({"resourceType":"Condition","id":"c","subject":{"reference":
      "Patient/other"},"code":{"coding":[{"system":"urn:x","code":"c"}]}})",
               // allergies are not looked up
               R"({"resourceType":"AllergyIntolerance","id":"a","code":{"coding":[
      {"system":"urn:x","code":"c"}]}})",
               // no code system has such codes
               R"({"resourceType":"Condition","id":"c","code":{"coding":[
      {"system":"urn:x","code":"a\u001b[31m"}]}})");
  CAPTURE(resource);
  CHECK(listed_of({resource}).empty());
}

TEST_CASE("Free text beside an unmapped code is never listed", "[unmapped]") {
  CHECK(listed_of({R"({"resourceType":"Condition","id":"c","code":{"text":"as told by her sister",
      "coding":[{"system":"urn:x","code":"c"}]}})"}) == "1 condition urn:x|c \n");
}

TEST_CASE("A drug that only its name told is listed, since a code would be surer", "[unmapped]") {
  CHECK(listed_of({R"({"resourceType":"MedicationRequest","id":"m","status":"active",
      "medicationCodeableConcept":{"text":"amlodipine 5 mg","coding":[{"system":"urn:x","code":"7"}]}})"}) ==
        "1 medication urn:x|7 \n");
}

TEST_CASE("The list is the same in any order of entries, and counts a resource once",
          "[unmapped]") {
  std::vector<std::string> resources;
  const auto condition = [](const std::string& id, const std::string& code,
                            const std::string& display, const std::string& version) {
    return R"({"resourceType":"Condition","id":")" + id + R"(","meta":{"versionId":")" + version +
           R"("},"code":{"coding":[{"system":"urn:x","code":")" + code + R"(","display":")" +
           display + R"("}]}})";
  };
  resources = {condition("1", "a", "", "1"),    condition("1", "old", "Old", "0"),
               condition("2", "b", "Bee", "1"), condition("3", "b", "B", "1"),
               condition("4", "a", "Aye", "1"), condition("5", "c", "Sea", "1"),
               condition("6", "b", "Bee", "1"), condition("6", "b", "Bee", "1")};
  std::sort(resources.begin(), resources.end());
  int orders = 0;
  do {
    std::string text = R"([{"resourceType":"Patient","id":"p1"})";
    for (const auto& resource : resources) text += ',' + resource;
    text += ']';
    REQUIRE(listed(unmapped_in(text)) ==
            "3 condition urn:x|b B\n2 condition urn:x|a Aye\n1 condition urn:x|c Sea\n");
  } while (++orders < 200 && std::next_permutation(resources.begin(), resources.end()));
}

TEST_CASE("A chart with more unmapped codes than fit lists the same ones in any order",
          "[unmapped]") {
  const auto chart_of = [](bool forwards) {
    constexpr std::size_t count = most_unmapped_codes + 500;
    std::string text = R"([{"resourceType":"Patient","id":"p1"})";
    for (std::size_t i = 0; i < count; ++i) {
      const auto code = std::to_string(forwards ? i : count - 1 - i);
      text += R"(,{"resourceType":"Condition","code":{"coding":[{"system":"urn:x","code":")" +
              code + R"("}]}})";
    }
    return text + ']';
  };
  const auto one = unmapped_in(chart_of(true));
  CHECK(one.more);
  CHECK(one.codes.size() == most_unmapped_codes);
  CHECK(one == unmapped_in(chart_of(false)));
}
