#include "fhir/sieve.hpp"

#include "tests/fhir/sample.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

using namespace legwork;
using namespace legwork::fhir;
using namespace legwork::fhir::sample;

namespace {
struct Kept {
  std::string type, reference, patient, full_url, json, complaint;
};

struct Sifting {
  std::vector<Kept> kept;
  std::string fault;
};

Sifting sift(std::string text, std::size_t line = 7) {
  Sieve sieve(vocabulary());
  const auto size = text.size();
  text.resize(size + Sieve::padding());
  Sifting result;
  const auto keep = [&](const Sifted& found) {
    result.kept.push_back({std::string(found.type), std::string(found.reference),
                           std::string(found.patient), std::string(found.full_url),
                           std::string(found.json), std::string(found.complaint)});
  };
  result.fault =
      sieve.sift(std::string_view(text).substr(0, size), {"Observation.ndjson", line}, keep);
  return result;
}

/// What was let pass, as a Bundle.
std::string bundle_of(const std::vector<Kept>& kept) {
  std::string text = R"({"resourceType":"Bundle","entry":[)";
  for (const auto& one : kept) {
    if (&one != kept.data()) text += ',';
    text += R"({"fullUrl":")" + one.full_url + R"(","resource":)" +
            (one.json.empty() ? "0" : one.json) + "}";
  }
  return text + "]}";
}

/// What a Sieve may change: how many resources there were, and where those without an id stood.
Chart comparable(Chart chart) {
  chart.resources_read = 0;
  std::erase_if(chart.notes, [](const Note& note) {
    return note.reference.starts_with("Bundle.entry[") || note.text.ends_with("not supplied");
  });
  return chart;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}
}  // namespace

TEST_CASE("a chart of what a sieve let pass is the chart of everything", "[sieve]") {
  const std::filesystem::path source = LEGWORK_SOURCE_DIR;
  std::vector<std::filesystem::path> files = {
      source / "tests/fuzz/corpus/fhir_json/bundle.json",
      source / "tests/fuzz/corpus/fhir_json/bundle-pretty.json"};
  for (const auto* folder : {"examples", "../shared/data/charts"}) {
    if (!std::filesystem::exists(source / folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(source / folder))
      if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  REQUIRE(files.size() > 5);
  for (const auto& file : files) {
    CAPTURE(file.filename().native());
    const auto text = text_of(file);
    const auto sifted = sift(text);
    CHECK(sifted.fault.empty());
    CHECK(comparable(chart(bundle_of(sifted.kept))) == comparable(chart(text)));
  }
}

TEST_CASE("a sieve says whose each resource is, and drops what no chart needs", "[sieve]") {
  const auto sifted = sift(
      bundle({R"({"resourceType":"Claim","id":"c1","patient":{"reference":"Patient/p1"}})",
              R"({"resourceType":"Observation","id":"o1","status":"final","subject":{"reference":
           "https://ehr.example.org/fhir/Patient/p1/_history/2"},"code":{"coding":[{"system":
           "http://loinc.org","code":"2276-4"}]},"note":[{"text":"a secret"}],
           "valueQuantity":{"value":18,"unit":"ug/L"}})"}));
  REQUIRE(sifted.kept.size() == 2);
  CHECK(sifted.kept[0].type == "Patient");
  CHECK(sifted.kept[0].patient == "Patient/p1");
  CHECK(sifted.kept[1].reference == "Observation/o1");
  CHECK(sifted.kept[1].patient == "Patient/p1");
  CHECK(sifted.kept[1].json.find("18") != std::string::npos);
  CHECK(sifted.kept[1].json.find("secret") == std::string::npos);
}

TEST_CASE("what follows a result that says nothing is read as if it were alone", "[sieve]") {
  const std::string dull = R"("code":{"coding":[{"system":"http://loinc.org","code":"0-0"}]})";
  const std::string head = R"({"resourceType":"Observation","status":"final","subject":{"reference":
      "Patient/p1"},)";
  const std::string ferritin =
      R"({"code":{"coding":[{"system":"http://loinc.org","code":"2276-4"}]},
      "valueQuantity":{"value":18,"unit":"ug/L"}})";
  const auto sifted = sift("[" + head + dull + R"(,"id":"o1","valueQuantity":{"value":1}},)" +
                           head + dull + R"(,"id":"o2","valueQuantity":{"value":1}},)" +     //
                           head + dull + R"(,"id":"o3","component":[)" + ferritin + "]}," +  //
                           head + R"("id":"o4","component":[)" + ferritin + "]," + dull + "}," +
                           head + ferritin.substr(1, ferritin.size() - 2) + R"(,"id":"o5"}])");
  CHECK(sifted.fault.empty());
  std::string kept;
  for (const auto& one : sifted.kept) kept += one.reference + " ";
  CHECK(kept == "Observation/o3 Observation/o4 Observation/o5 ");
}

TEST_CASE("what is of one code is judged by type, and by all that may say something", "[sieve]") {
  const std::string subject = R"("subject":{"reference":"Patient/p1"},)";
  const std::string dull = R"({"coding":[{"system":"http://loinc.org","code":"0-0"}]})";
  const std::string ferritin = R"({"coding":[{"system":"http://loinc.org","code":"2276-4"}]})";
  const std::string edema = R"({"text":"edema of leg"})";
  const auto resource = [&](const std::string& type, const std::string& id,
                            const std::string& rest) {
    return R"({"resourceType":")" + type + R"(","id":")" + id + "\"," + subject + rest + "}";
  };
  std::string text = "[";
  for (const std::string round : {"1", "2"})  // what is known the second time must not differ
    for (const auto& one : {
             resource("Condition", "dull" + round, R"("code":)" + dull),
             resource("Condition", "edema" + round, R"("code":)" + edema),
             resource("Encounter", "dull" + round, R"("reasonCode":[)" + dull + "]"),
             resource("Encounter", "bare" + round, R"("status":"finished")"),
             resource("Encounter", "edema" + round, R"("reasonCode":[)" + dull + "," + edema + "]"),
             resource("Procedure", "dull" + round, R"("code":)" + dull),
             resource("DiagnosticReport", "dull" + round, R"("code":)" + dull),
             resource("DiagnosticReport", "edema" + round,
                      R"("code":)" + dull + R"(,"conclusionCode":[)" + edema + "]"),
             resource("Observation", "dull" + round,
                      R"("code":)" + dull + R"(,"valueCodeableConcept":)" + dull),
             resource("Observation", "parts" + round,
                      R"("code":)" + dull + R"(,"component":[{"code":)" + dull +
                          R"(,"valueQuantity":{"value":1}}])"),
             resource("Observation", "ferritin" + round,
                      R"("code":)" + ferritin + R"(,"valueQuantity":{"value":18,"unit":"ug/L"})"),
         })
      text += (text.size() > 1 ? "," : "") + one;
  const auto sifted = sift(text + "]");
  CHECK(sifted.fault.empty());
  std::vector<std::string> kept;
  for (const auto& one : sifted.kept) kept.push_back(one.reference);
  CHECK(kept == std::vector<std::string>{"Condition/edema1", "Encounter/edema1",
                                         "DiagnosticReport/edema1", "Observation/ferritin1",
                                         "Condition/edema2", "Encounter/edema2",
                                         "DiagnosticReport/edema2", "Observation/ferritin2"});
}

TEST_CASE("what is copied stands on one line and holds nothing that no chart needs", "[sieve]") {
  const std::string ferritin = R"({
    "resourceType": "Observation", "id": "ID", "status": "final",
    "code": { "coding": [ { "system": "http://loinc.org", "code": "2276-4" } ] },
    "subject": { "display": "a name", "reference": "https://ehr.example.org/Patient/p1" },
    "note": [ { "text": "a secret" } ],
    "text": { "div": "a secret" },
    "valueQuantity": { "value": 18.0, "unit": "ug/L" }
  })";
  const auto named = [&](const std::string& id) {
    auto text = ferritin;
    return text.replace(text.find(R"("id": "ID",)"), 11, id);
  };
  const auto whole_file = 0;
  const auto sifted = sift("[" + named(R"("id":"first",)") + "," + named(R"("id":"second",)") +
                               "," + named(R"("id":"\u0041",)") + "," + named("") + "]",
                           whole_file);
  CHECK(sifted.fault.empty());
  REQUIRE(sifted.kept.size() == 4);
  for (const auto& one : sifted.kept) {
    CHECK(one.patient == "Patient/p1");
    CHECK(one.json.find('\n') == std::string::npos);
    CHECK(one.json.find("secret") == std::string::npos);
    CHECK(one.json.find("18.0") != std::string::npos);
  }
  CHECK(sifted.kept[1].reference == "Observation/second");
  CHECK(sifted.kept[2].reference == "Observation/A");
  CHECK(sifted.kept[3].reference == "Observation.ndjson[3]");
}

TEST_CASE("a line that says nothing must be whole like any other", "[sieve]") {
  const std::string line = R"({"resourceType":"Observation","id":"o1","status":"final","code":
      {"coding":[{"system":"http://loinc.org","code":"0-0"}]},"valueQuantity":{"value":1}})";
  Sieve sieve(vocabulary());
  const auto fault = [&](std::string text) {
    const auto size = text.size();
    text.resize(size + Sieve::padding());
    return std::string(
        sieve.sift(std::string_view(text).substr(0, size), {"a", 1}, [](const Sifted&) {}));
  };
  CHECK(fault(line).empty());
  CHECK(fault(line).empty());
  for (std::size_t size = 1; size < line.size(); ++size)
    CHECK_FALSE(fault(line.substr(0, size)).empty());
  CHECK_FALSE(fault(line + "x").empty());
  CHECK_FALSE(fault(line + line).empty());
  CHECK(fault(line).empty());
}

TEST_CASE("damage inside of what is copied costs its own text only", "[sieve]") {
  const auto ferritin = [](const std::string& value) {
    return R"({"resourceType":"Observation","id":"o1","status":"final","subject":{"reference":
        "Patient/p1"},"code":{"coding":[{"system":"http://loinc.org","code":"2276-4"}]},
        "valueQuantity":)" +
           value + "}";
  };
  std::string deep = "1";
  for (int i = 0; i < 60; ++i) deep = R"({"value":)" + deep + "}";
  Sieve sieve(vocabulary());
  for (const auto& value :
       {std::string(R"({"value":18})"), std::string(R"({"value":})"), deep,
        std::string(R"({"value":"\ud800"})"), std::string(R"({"value":018})")}) {
    CAPTURE(value);
    auto text = ferritin(value);
    const auto size = text.size();
    text.resize(size + Sieve::padding());
    std::vector<Kept> kept;
    const auto fault =
        sieve.sift(std::string_view(text).substr(0, size), {"a", 1}, [&](const Sifted& found) {
          kept.push_back({"", "", "", "", std::string(found.json), ""});
        });
    CHECK(kept.size() == (fault.empty() ? 1U : 0U));
    for (const auto& one : kept) CHECK(chart(bundle({one.json})).patient.reference == "Patient/p1");
  }
}

TEST_CASE("a resource that cannot be read is handed over with the reason", "[sieve]") {
  const auto sifted = sift(R"({"resourceType":"Observation","id":"o1","status":"final",
      "code":7})");
  REQUIRE(sifted.kept.size() == 1);
  CHECK(sifted.kept[0].patient.empty());
  CHECK(sifted.kept[0].complaint == "code is not an object");
}

TEST_CASE("a text that is no JSON is refused and leaves the sieve usable", "[sieve]") {
  CHECK(sift(R"({"resourceType":"Observation")").fault == "JSON is cut short");
  CHECK(sift("\xFF\xFE").fault == "not UTF-8");
  const auto nothing = sift(R"({"kind":"unknown"})");
  REQUIRE(nothing.kept.size() == 1);
  CHECK(nothing.kept[0].complaint == "resourceType is absent");
  CHECK(nothing.kept[0].reference == "Observation.ndjson:7");
}
