#include "fhir/read.hpp"

#include "tests/fhir/sample.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::fhir;
using namespace legwork::fhir::sample;

namespace {
constexpr std::string_view patient = R"({"resourceType":"Patient","id":"p1"})";
constexpr std::string_view iron = R"({"resourceType":"Observation","id":"o1","status":"final",
  "code":{"coding":[{"system":"http://loinc.org","code":"2276-4"}]},
  "valueQuantity":{"value":18,"unit":"ug/L"}})";

std::string one_line(std::string_view text) {
  std::string line(text);
  std::erase(line, '\n');
  return line;
}
}  // namespace

TEST_CASE("an input that is no chart is refused with its place and the reason", "[fhir]") {
  struct Row {
    std::string_view text;
    ErrorKind kind;
    std::string where, what;
  };
  using enum ErrorKind;
  const auto row = GENERATE(values<Row>({
      {"", malformed, "chart.json", "empty"},
      {"  \n", malformed, "chart.json", "empty"},
      {"hello", malformed, "chart.json", "neither JSON nor XML"},
      {"{\"resourceType\":\"Bundle\",\n\"x\":\"\xff\"}", malformed, "chart.json:2", "not UTF-8"},
      {"{}", unsupported, "chart.json", "no FHIR resource in it"},
      {R"({"name": "x", "values": [1, 2]})", unsupported, "chart.json", "no FHIR resource in it"},
      {"[]", unsupported, "chart.json", "no FHIR resource in it"},
      {"[1, 2]", unsupported, "chart.json", "no FHIR resource in it"},
      {"<html/>", unsupported, "chart.json", "no FHIR resource in it"},
      {R"({"resourceType":"Bundle"})", missing, "chart.json", "no Patient that can be used"},
      {R"({"resourceType":"Observation"})", missing, "chart.json", "no Patient that can be used"},
      {R"({"resourceType":"Patient","id":"p)", malformed, "chart.json: byte 33",
       "JSON is cut short"},
      {"[[[", malformed, "chart.json: byte 3", "JSON is cut short"},
      {R"({"resourceType":"Patient"}})", malformed, "chart.json: byte 26",
       "text after the end of the JSON"},
      {R"({"resourceType":"Patient" "id":1})", malformed, "chart.json: byte 26",
       "not well-formed JSON"},
      {"<Bundle xmlns=\"http://hl7.org/fhir\"><entry>", malformed, "chart.json: byte 42",
       "not well-formed XML: Start-end tags mismatch"},
      {"<!DOCTYPE x [<!ENTITY a \"aaaa\">]><Bundle/>", malformed, "chart.json: byte 0",
       "a DOCTYPE, which FHIR does not have"},
  }));
  CAPTURE(row.text);
  const auto refused = read(row.text);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == row.kind);
  CHECK(refused.error().where == row.where);
  CHECK(refused.error().what == row.what);
}

TEST_CASE("two patients are refused; the same patient twice is one", "[fhir]") {
  const auto two =
      read(R"([{"resourceType":"Patient","id":"a"},{"resourceType":"Patient","id":"b"}])");
  REQUIRE_FALSE(two);
  CHECK(two.error().kind == ErrorKind::unsupported);
  CHECK(two.error().what == "more than one patient; give one patient's record at a time");

  const Chart one =
      chart(R"([{"resourceType":"Patient","id":"a"},{"resourceType":"Patient","id":"a"}])");
  CHECK(one.patient.reference == "Patient/a");
}

TEST_CASE("two people under one id are refused, a new version of one person is not", "[fhir]") {
  struct Row {
    std::string_view second;
    bool refused;
  };
  const auto row = GENERATE(values<Row>({
      {R"("birthDate":"1970-01-01","name":[{"family":"Planted"}],"gender":"female")", true},
      {R"("birthDate":"1964","name":[{"family":"Married"}],"gender":"female")", false},
      {R"("name":[{"family":"Other"}],"gender":"male")", true},
  }));
  CAPTURE(row.second);
  const std::string first =
      R"({"resourceType":"Patient","id":"a","birthDate":"1964-03-09","name":[{"family":"Planted"}],"gender":"female"})";
  const auto both = read("[" + first + R"(,{"resourceType":"Patient","id":"a",)" +
                         std::string(row.second) + "}]");
  CHECK(both.has_value() != row.refused);
  if (!both)
    CHECK(both.error().what ==
          "two different patients under one id; give one patient's record at a time");
}

TEST_CASE("Bundle, array, NDJSON and several inputs give the same chart", "[fhir]") {
  const std::string line = one_line(iron);
  const Chart from_bundle = chart(
      fmt::format(R"({{"resourceType":"Bundle","entry":[{{"resource":{}}},{{"resource":{}}}]}})",
                  patient, iron));
  REQUIRE(from_bundle.measurements.size() == 1);
  CHECK(from_bundle.resources_read == 2);
  CHECK(from_bundle.resources_used == 2);
  CHECK(chart(fmt::format("[{},{}]", patient, iron)) == from_bundle);
  CHECK(chart(fmt::format("{}\n{}\n", patient, line)) == from_bundle);
  CHECK(chart(fmt::format("\xEF\xBB\xBF{}\r\n\r\n{}", line, patient)) == from_bundle);

  const Input inputs[] = {{"iron.json", iron}, {"patient.json", patient}};
  CHECK(read_chart(inputs, vocabulary()).value() == from_bundle);
}

TEST_CASE("a Bundle over several lines is not taken for NDJSON", "[fhir]") {
  const std::string text = fmt::format(
      "{{\"resourceType\":\"Bundle\",\"entry\":[\n{{\"resource\":{}}},\n{{\"resource\":{}}}\n]}}",
      patient, one_line(iron));
  CHECK(chart(text).measurements.size() == 1);
}

TEST_CASE("a Bundle in a Bundle and the parameters of an operation are read", "[fhir]") {
  const std::string inner =
      fmt::format(R"({{"resourceType":"Bundle","entry":[{{"resource":{}}}]}})", iron);
  CHECK(chart(fmt::format(
                  R"({{"entry":[{{"resource":{}}},{{"resource":{}}}],"resourceType":"Bundle"}})",
                  patient, inner))
            .measurements.size() == 1);
  CHECK(chart(fmt::format(
                  R"({{"resourceType":"Parameters","parameter":[{{"name":"a","resource":{}}},)"
                  R"({{"name":"b","resource":{}}},{{"name":"c","valueString":"x"}}]}})",
                  patient, inner))
            .measurements.size() == 1);
}

TEST_CASE("a resource's type and an entry's full URL may stand anywhere", "[fhir]") {
  const Chart made = chart(R"({"entry":[
    {"resource":{"gender":"female","id":"p1","resourceType":"Patient"},"fullUrl":"urn:uuid:1"},
    {"resource":{"subject":{"reference":"urn:uuid:1"},
       "code":{"coding":[{"code":"2276-4","system":"http://loinc.org"}]},
       "valueQuantity":{"value":18},"resourceType":"Observation","id":"o1"}}],
    "resourceType":"Bundle"})");
  CHECK(made.patient.sex == "female");
  CHECK(made.measurements.size() == 1);
}

TEST_CASE("a resource that cannot be read costs only itself", "[fhir]") {
  struct Row {
    std::string_view resource, reference, text;
  };
  const auto row = GENERATE(values<Row>({
      {R"({"resourceType":"Observation","id":"bad","code":{"coding":[{"system":"http://loinc.org",
          "code":"2276-4"}]},"valueQuantity":{"value":"eighteen","unit":"ug/L"}})",
       "Observation/bad", "valueQuantity.value is not a number; left out"},
      {R"({"resourceType":"Observation","id":"bad","code":"2276-4"})", "Observation/bad",
       "code is not an object; left out"},
      {R"({"resourceType":"Condition","id":"bad","code":[{"text":"leg edema"}]})", "Condition/bad",
       "code is an array; left out"},
      {R"({"resourceType":"Condition","id":"bad","code":{"coding":["I87.2"]}})", "Condition/bad",
       "code.coding is not an object; left out"},
      {R"({"resourceType":"Condition","id":7,"code":{"text":"leg edema"}})", "Bundle.entry[1]",
       "id is not text; left out"},
      {R"({"resourceType":"MedicationRequest","id":"bad","doNotPerform":"yes"})",
       "MedicationRequest/bad", "doNotPerform is not true or false; left out"},
      {R"({"id":"x"})", "Bundle.entry[1]", "resourceType is absent; left out"},
      {R"({"resourceType":["Condition"]})", "Bundle.entry[1]", "resourceType is absent; left out"},
      {R"("Condition")", "Bundle.entry[1]", "the resource is not an object; left out"},
      {"null", "Bundle.entry[1]", "the resource is not an object; left out"},
  }));
  CAPTURE(row.resource);
  const Chart made = chart_with({row.resource, iron});
  CHECK(notes_on(made, std::string(row.reference)) == row.text);
  CHECK(made.measurements.size() == 1);
  CHECK(made.resources_unreadable == 1);
  CHECK(made.resources_read == 3);
  CHECK(made.resources_used == 2);
}

TEST_CASE("a concept that is written as its words alone is read by them", "[fhir]") {
  const Chart made = chart_with(
      {R"({"resourceType":"Observation","id":"o1","code":"Ferritin","valueString":"18 ug/L"})",
       R"({"resourceType":"Condition","id":"c1","code":"leg edema"})",
       R"({"resourceType":"MedicationRequest","id":"m1","status":"active",
           "medicationCodeableConcept":"amlodipine 10 mg"})",
       R"({"resourceType":"MedicationStatement","id":"m2","status":"active",
           "medicationReference":{"reference":"Medication/d"}})",
       R"({"resourceType":"Medication","id":"d","code":"Norvasc"})"});
  CHECK(made.notes.empty());
  REQUIRE(made.measurements.size() == 1);
  CHECK(made.measurements[0].id == ferritin);
  REQUIRE(made.conditions.size() == 1);
  CHECK(made.conditions[0].id == edema);
  CHECK(made.conditions[0].name == "leg edema");
  REQUIRE(made.medications.size() == 2);
  CHECK(made.medications[0].ingredients == std::vector<ConceptId>{amlodipine});
  CHECK(made.medications[1].ingredients == std::vector<ConceptId>{amlodipine});
}

TEST_CASE("a code without its system is not taken for words", "[fhir]") {
  const Chart made = chart_with({R"({"resourceType":"MedicationRequest","id":"m1","status":"active",
           "medicationCodeableConcept":"308135"})"});
  CHECK(notes_on(made, "MedicationRequest/m1") ==
        "medicationCodeableConcept is not an object; left out");
  CHECK(made.unidentified_medications == std::vector<std::string>{"MedicationRequest/m1"});
}

TEST_CASE("what real senders get wrong is read all the same", "[fhir]") {
  const Chart made = chart_with({R"({"resourceType":"Observation","id":"o1",
      "code":{"coding":{"system":"http://loinc","code":" 2276-4 "}},
      "valueQuantity":{"value":18,"unit":"ug/L","comparator":null},"category":[],"note":[{}]})"});
  CHECK(made.measurements.size() == 1);
  CHECK(made.notes.empty());
}

TEST_CASE("in NDJSON a broken line costs only that line", "[fhir]") {
  const auto broken = GENERATE(as<std::string>{}, R"({"resourceType":"Observation","id":)",
                               "not json", R"({"resourceType":"Patient"}})", "{]", "[[[[",
                               "{\"resourceType\":\"Condition\",\"id\":\"\xff\"}");
  CAPTURE(broken);
  const Chart made = chart(fmt::format("{}\n{}\n{}", patient, broken, one_line(iron)));
  CHECK(made.measurements.size() == 1);
  CHECK(made.resources_unreadable == 1);
  REQUIRE(made.notes.size() == 1);
  CHECK(made.notes[0].reference == "chart.json:2");
}

TEST_CASE("NDJSON of which no line can be read is refused", "[fhir]") {
  const auto refused = read("{\"a\":}\n{\"b\":}");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::malformed);
}

TEST_CASE("a resource that stands twice counts once, in its latest version", "[fhir]") {
  const auto version = [](std::string_view value, std::string_view updated) {
    return fmt::format(R"({{"resourceType":"Observation","id":"o1","meta":{{"lastUpdated":"{}"}},)"
                       R"("code":{{"coding":[{{"system":"http://loinc.org","code":"2276-4"}}]}},)"
                       R"("valueQuantity":{{"value":{}}}}})",
                       updated, value);
  };
  const std::string older = version("18", "2026-01-01T10:00:00Z");
  const std::string newer = version("20", "2026-01-02T10:00:00Z");
  const Chart made = chart_with({newer, older});
  REQUIRE(made.measurements.size() == 1);
  CHECK(std::get<Quantity>(made.measurements[0].value).value == 20);
  CHECK(made == chart_with({older, newer}));
  CHECK(made.resources_used == 2);
}

TEST_CASE("a newer version that is in error takes the older away", "[fhir]") {
  const Chart made = chart_with(
      {R"({"resourceType":"Condition","id":"c","meta":{"versionId":"2"},"code":{"text":"leg edema"},
           "verificationStatus":"entered-in-error"})",
       R"({"resourceType":"Condition","id":"c","meta":{"versionId":"1"},"code":{"text":"leg edema"}})"});
  CHECK(made.conditions.empty());
  CHECK(notes_on(made, "Condition/c") == "entered in error; left out");
}

TEST_CASE("a modifier extension takes a resource out of the chart", "[fhir]") {
  const Chart made =
      chart_with({R"({"resourceType":"Condition","id":"c","code":{"text":"leg edema"},
      "modifierExtension":[{"url":"https://x/not-this-patient","valueBoolean":true}]})"});
  CHECK(made.conditions.empty());
  CHECK(notes_on(made, "Condition/c") ==
        "carries a modifier extension that is not understood; left out");
}

TEST_CASE("facts about somebody else are left out with a note", "[fhir]") {
  struct Row {
    std::string_view subject;
    bool kept;
  };
  const auto row = GENERATE(values<Row>({
      {R"({"reference":"Patient/p1"})", true},
      {R"({"reference":"https://ehr.example/fhir/Patient/p1"})", true},
      {R"({"reference":"Patient/p1/_history/3"})", true},
      {R"({"reference":"urn:uuid:9b1d"})", true},  // cannot be compared
      {R"({"display":"somebody"})", true},
      {R"({"reference":"/_history/1"})", true},
      {R"({})", true},
      {R"({"reference":"Patient/p2"})", false},
      {R"({"reference":"https://ehr.example/fhir/Patient/p2"})", false},
      {R"({"reference":"Group/p1"})", false},
  }));
  CAPTURE(row.subject);
  const Chart made = chart_with({fmt::format(
      R"({{"resourceType":"Condition","id":"c","code":{{"text":"leg edema"}},"subject":{}}})",
      row.subject)});
  CHECK(made.conditions.size() == (row.kept ? 1u : 0u));
  CHECK(notes_on(made, "Condition/c") == (row.kept ? "" : "is not about this patient; left out"));
}

TEST_CASE("a full URL names the patient, too", "[fhir]") {
  const auto with_subject = [](std::string_view subject) {
    return chart(fmt::format(
        R"({{"resourceType":"Bundle","entry":[
            {{"fullUrl":"urn:uuid:1","resource":{{"resourceType":"Patient","id":"2"}}}},
            {{"resource":{{"resourceType":"Condition","id":"c","code":{{"text":"leg edema"}},
               "subject":{{"reference":"{}"}}}}}}]}})",
        subject));
  };
  CHECK(with_subject("urn:uuid:1").conditions.size() == 1);
  CHECK(with_subject("urn:uuid:2").conditions.size() == 1);
  CHECK(with_subject("urn:uuid:3").conditions.empty());
}

TEST_CASE("a missing page and a server's complaint say that data may be missing", "[fhir]") {
  const auto page = [](std::string_view links, std::string_view resource) {
    return fmt::format(
        R"({{"resourceType":"Bundle","type":"searchset","link":[{}],"entry":[{{"resource":{}}}]}})",
        links, resource);
  };
  const std::string first =
      page(R"({"relation":"self","url":"https://x/1"},{"relation":"next","url":"https://x/2"})",
           patient);
  const std::string second = page(R"({"relation":"self","url":"https://x/2"})", iron);
  const Chart part = chart(first);
  REQUIRE(part.notes.size() == 1);
  CHECK(part.notes[0].text == "the search result has further pages that were not supplied");
  const Input both[] = {{"1.json", first}, {"2.json", second}};
  CHECK(read_chart(both, vocabulary()).value().notes.empty());

  const Chart made = chart_with({R"({"resourceType":"OperationOutcome","issue":[{"severity":"error",
      "code":"forbidden","diagnostics":"no access to the record of Mrs. Okafor"}]})"});
  CHECK(notes_on(made, "Bundle.entry[1]") == "the server reported a problem; data may be missing");
}

TEST_CASE("the patient is read with name, dates and record numbers first", "[fhir]") {
  const Patient made = chart(R"({"resourceType":"Patient","id":"p1",
    "name":[{"use":"maiden","family":"Eze"},{"use":"official","text":"Ada M. Okafor","family":"Okafor","given":["Ada",null,"M."]}],
    "gender":"female","birthDate":"1964-03","deceasedDateTime":"2026-02-01T10:00:00Z",
    "identifier":[{"type":{"coding":[{"code":"SS"}]},"value":"1"},
                  {"type":{"coding":[{"code":"MR"}],"text":"Record"},"value":"MRN-0042"},{"system":"x"}]})")
                           .patient;
  CHECK(made.family == "Okafor");
  CHECK(made.given == "Ada M.");
  CHECK(made.name_text == "Ada M. Okafor");
  CHECK(made.sex == "female");
  CHECK(iso(*made.birth) == "1964-03");
  CHECK(made.deceased);
  CHECK(iso(*made.deceased_on) == "2026-02-01");
  REQUIRE(made.identifiers.size() == 2);
  CHECK(made.identifiers[0] == Patient::Identifier{"Record", "MRN-0042"});
  CHECK(made.identifiers[1] == Patient::Identifier{"SS", "1"});
}

TEST_CASE("no error and no note quotes what stands in the chart", "[fhir]") {
  const Chart made = chart_with(
      {R"({"resourceType":"Observation","id":"o","code":{"coding":[{"system":
      "http://loinc.org","code":"2276-4"}]},"valueQuantity":{"value":"SECRET","comparator":"SECRET"},
      "effectiveDateTime":"SECRET"})",
       R"({"resourceType":"Condition","id":"c","code":{"text":"leg edema"},"onsetDateTime":"SECRET"})"});
  CHECK(made.notes.size() == 2);
  for (const Note& note : made.notes) CHECK(note.text.find("SECRET") == std::string::npos);
  const auto refused = read(R"({"resourceType":"Patient","id":"SECRET",})");
  REQUIRE_FALSE(refused);
  CHECK((refused.error().where + refused.error().what).find("SECRET") == std::string::npos);
}
