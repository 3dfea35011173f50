#include "publish/fhir_document.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace legwork;
using namespace legwork::publish;

namespace {
causes::Assessment small_assessment() {
  causes::Assessment assessment;
  assessment.as_of = parse_date("2026-11-22")->first;
  assessment.patient.reference = "Patient/p1";
  assessment.patient.family = "Brightwater";
  assessment.patient.given = "Odalys";
  assessment.patient.sex = "female";
  assessment.patient.birth = parse_date("1962-08");
  auto& ferritin = assessment.workup.emplace_back();
  ferritin.id = "ferritin";
  ferritin.label = "Ferritin";
  ferritin.status = causes::WorkupStatus::recommended;
  ferritin.urgency = causes::Urgency::same_day;
  ferritin.reason = "Not on file.";
  ferritin.codes = {{"http://loinc.org", "2276-4", "Ferritin"}};
  ferritin.cautions = {{"Read it with CRP.", {}}};
  auto& blood = assessment.workup.emplace_back();
  blood.id = "blood-count";
  blood.label = "Blood count";
  blood.status = causes::WorkupStatus::on_file;
  return assessment;
}

FiledReport small_report() {
  FiledReport report;
  report.language = "en";
  report.title = "Heavy legs";
  report.kind = "Clinician summary";
  report.narrative = "<div xmlns=\"http://www.w3.org/1999/xhtml\">Draft</div>";
  report.sections = {{"Patient", "<div>1</div>", {"Patient/p1"}, false},
                     {"Causes", "<div>2</div>", {"MedicationRequest/r", "Observation/x"}, false},
                     {"Work-up", "<div>3</div>", {}, true}};
  report.pdf = "%PDF-1.7";
  report.made_by = "legwork";
  report.version = "1.2";
  return report;
}

std::vector<fhir::Original> originals() {
  return {{"Patient/p1", "p1", "https://ehr.example.org/fhir/Patient/p1/_history/2",
           R"({"resourceType":"Patient","id":"p1"})", ""},
          {"MedicationRequest/r", "r", "", R"({"resourceType":"MedicationRequest", "id":"r"})",
           "Medication/m"},
          {"Medication/m", "m", "", R"({"resourceType":"Medication","id":"m"})", ""}};
}

/// A member at the end of a path; fails the test where there is none.
Json at(const Json& value, std::initializer_list<std::string> path) {
  Json found = value;
  for (const auto& name : path) {
    CAPTURE(name);
    if (name.find_first_not_of("0123456789") == name.npos) {
      REQUIRE(found.values().size() > std::stoul(name));
      found = Json(found.values()[std::stoul(name)]);
    } else {
      const auto* member = found.find(name);
      REQUIRE(member != nullptr);
      found = Json(*member);
    }
  }
  return found;
}

Json resource(const Json& bundle, const std::string& type) {
  const Json entries = at(bundle, {"entry"});  // outlives the loop
  for (const auto& entry : entries.values())
    if (const auto* found = entry.find("resource");
        found->find("resourceType") && at(*found, {"resourceType"}).text() == type)
      return *found;
  FAIL("no " << type);
  return "";
}

void collect_references(const Json& value, std::set<std::string>& into) {
  for (const auto& member : value.members()) {
    if (member.name == "reference") into.insert(member.value.text());
    collect_references(member.value, into);
  }
  for (const auto& item : value.values()) collect_references(item, into);
}
}  // namespace

TEST_CASE("A document begins with its Composition, and holds all that this refers to",
          "[document]") {
  const auto bundle = document_bundle(small_assessment(), small_report(), originals());
  CHECK(at(bundle, {"type"}).text() == "document");
  CHECK(at(bundle, {"timestamp"}).text() == "2026-11-22T00:00:00Z");
  CHECK(at(bundle, {"identifier", "value"}).text().starts_with("urn:uuid:"));
  CHECK(at(bundle, {"entry", "0", "resource", "resourceType"}).text() == "Composition");
  CHECK(at(bundle, {"entry", "0", "resource", "status"}).text() == "preliminary");

  std::set<std::string> there, asked;
  const Json entries = at(bundle, {"entry"});  // outlives the loop
  for (const auto& entry : entries.values()) {
    const bool first = there.insert(at(entry, {"fullUrl"}).text()).second;
    CHECK(first);
  }
  collect_references(bundle, asked);
  for (const auto& reference : asked) {
    CAPTURE(reference);
    CHECK(there.contains(reference));
  }
  CHECK(there.contains("https://ehr.example.org/fhir/Patient/p1"));
  CHECK(there.contains("https://legwork.example.org/fhir/MedicationRequest/r"));
  CHECK(there.contains("https://legwork.example.org/fhir/Medication/m"));
}

TEST_CASE("The chart's entries stand in a document as they were sent", "[document]") {
  const auto text = to_text(document_bundle(small_assessment(), small_report(), originals()));
  for (const auto& original : originals()) CHECK(text.find(original.json) != text.npos);
}

TEST_CASE("What could not be copied is named and not referred to", "[document]") {
  const auto bundle = document_bundle(small_assessment(), small_report(), originals());
  const auto entries = at(bundle, {"entry", "0", "resource", "section", "1", "entry"}).values();
  REQUIRE(entries.size() == 2);
  CHECK(at(entries[1], {"display"}).text() == "Observation/x");
  CHECK(at(entries[1], {"type"}).text() == "Observation");
  CHECK(entries[1].find("reference") == nullptr);
}

TEST_CASE("A patient who could not be copied is written from what was read", "[document]") {
  const auto patient = resource(document_bundle(small_assessment(), small_report(), {}), "Patient");
  CHECK(at(patient, {"name", "0", "family"}).text() == "Brightwater");
  CHECK(at(patient, {"birthDate"}).text() == "1962-08");
  CHECK(at(patient, {"gender"}).text() == "female");
}

TEST_CASE("The work-up is proposed, not ordered, and what is on file is not", "[document]") {
  const auto bundle = document_bundle(small_assessment(), small_report(), originals());
  CHECK(at(bundle, {"entry", "0", "resource", "section", "2", "entry"}).values().size() == 1);
  const auto request = resource(bundle, "ServiceRequest");
  CHECK(at(request, {"status"}).text() == "draft");
  CHECK(at(request, {"intent"}).text() == "proposal");
  CHECK(at(request, {"priority"}).text() == "asap");
  CHECK(at(request, {"code", "coding", "0", "code"}).text() == "2276-4");
  CHECK(at(request, {"reasonCode", "0", "text"}).text() == "Not on file.");
  CHECK(at(request, {"note", "0", "text"}).text() == "Read it with CRP.");
}

TEST_CASE("The PDF is filed with its size and hash", "[document]") {
  const auto filed = resource(document_bundle(small_assessment(), small_report(), originals()),
                              "DocumentReference");
  const auto attachment = at(filed, {"content", "0", "attachment"});
  CHECK(at(attachment, {"data"}).text() == "JVBERi0xLjc=");
  CHECK(at(attachment, {"size"}).made() == "8");
  // printf %PDF-1.7 | openssl sha1 -binary | base64
  CHECK(at(attachment, {"hash"}).text() == "uvbBo/sl8K9aq7wyqoQeJ8sCUCA=");
}

TEST_CASE("The same report gives the same bytes, and another one other ids", "[document]") {
  const auto first = document_bundle(small_assessment(), small_report(), originals());
  CHECK(to_text(first) ==
        to_text(document_bundle(small_assessment(), small_report(), originals())));
  auto changed = small_report();
  changed.pdf += " ";
  const auto other = document_bundle(small_assessment(), changed, originals());
  CHECK(at(first, {"identifier", "value"}).text() != at(other, {"identifier", "value"}).text());
}
