#include "tests/fhir/sample.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::fhir;
using namespace legwork::fhir::sample;
using Use = Medication::Use;
using Route = Medication::Route;

namespace {
constexpr std::string_view amlodipine_tablet =
    R"("medicationCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm",
       "code":"308135","display":"Amlodipine 10 MG Oral Tablet"}]})";

/// An entry of amlodipine with these elements.
std::string entry(std::string_view type, std::string_view elements) {
  return fmt::format(R"({{"resourceType":"{}","id":"m1",{}{}{}}})", type, amlodipine_tablet,
                     elements.empty() ? "" : ",", elements);
}

Medication only(const Chart& chart) {
  REQUIRE(chart.medications.size() == 1);
  return chart.medications[0];
}

Medication read_entry(std::string_view type, std::string_view elements) {
  return only(chart_with({entry(type, elements)}));
}

Medication read_drug(std::string_view elements) {
  return only(chart_with({fmt::format(
      R"({{"resourceType":"MedicationStatement","id":"m1","status":"active",{}}})", elements)}));
}

std::string iso_or_none(const std::optional<DateSpan>& date) { return date ? iso(*date) : "none"; }
}  // namespace

TEST_CASE("the status of an entry says whether its drug is used", "[fhir]") {
  struct Row {
    std::string_view type, elements;
    Use use;
  };
  const auto row = GENERATE(values<Row>({
      {"MedicationRequest", R"("status":"active","intent":"order")", Use::taking},
      {"MedicationRequest", R"("status":"on-hold","intent":"order")", Use::paused},
      {"MedicationRequest", R"("status":"completed")", Use::stopped},
      {"MedicationRequest", R"("status":"stopped")", Use::stopped},
      {"MedicationRequest", R"("status":"cancelled")", Use::not_taken},
      {"MedicationRequest", R"("status":"draft")", Use::planned},
      {"MedicationRequest", R"("status":"unknown")", Use::unclear},
      {"MedicationRequest", "", Use::unclear},
      {"MedicationRequest", R"("status":"active","intent":"proposal")", Use::planned},
      {"MedicationRequest", R"("status":"active","intent":"plan")", Use::planned},
      {"MedicationRequest", R"("status":"active","intent":"option")", Use::planned},
      {"MedicationRequest", R"("status":"active","doNotPerform":true)", Use::not_taken},
      {"MedicationRequest", R"("status":"active","doNotPerform":false)", Use::taking},
      {"MedicationStatement", R"("status":"active")", Use::taking},
      {"MedicationStatement", R"("status":"completed")", Use::stopped},
      {"MedicationStatement", R"("status":"stopped")", Use::stopped},
      {"MedicationStatement", R"("status":"not-taken")", Use::not_taken},
      {"MedicationStatement", R"("status":"intended")", Use::planned},
      {"MedicationStatement", R"("status":"on-hold")", Use::paused},
      {"MedicationStatement", R"("status":"active","taken":"n")", Use::not_taken},
      {"MedicationStatement", R"("status":"active","taken":"y")", Use::taking},
      {"MedicationStatement",
       R"("status":"recorded","adherence":{"code":{"coding":[{"code":"taking-as-directed"}]}})",
       Use::taking},
      {"MedicationStatement",
       R"("status":"recorded","adherence":{"code":{"coding":[{"code":"not-taking"}]}})",
       Use::not_taken},
      {"MedicationDispense", R"("status":"completed")", Use::taking},
      {"MedicationDispense", R"("status":"in-progress")", Use::taking},
      {"MedicationDispense", R"("status":"preparation")", Use::planned},
      {"MedicationDispense", R"("status":"declined")", Use::not_taken},
      {"MedicationDispense", R"("status":"stopped")", Use::stopped},
      {"MedicationAdministration", R"("status":"completed")", Use::taking},
      {"MedicationAdministration", R"("status":"not-done")", Use::not_taken},
      {"MedicationAdministration", R"("status":"completed","notGiven":true)", Use::not_taken},
  }));
  CAPTURE(row.type, row.elements);
  CHECK(read_entry(row.type, row.elements).use == row.use);
}

TEST_CASE("an entry in error is not on the list", "[fhir]") {
  const auto type = GENERATE(as<std::string>{}, "MedicationRequest", "MedicationStatement",
                             "MedicationDispense", "MedicationAdministration");
  const Chart made = chart_with({entry(type, R"("status":"entered-in-error")")});
  CHECK(made.medications.empty());
  CHECK(made.medication_entries == 0);
  REQUIRE(made.notes.size() == 1);
  CHECK(made.notes[0] ==
        Note{Note::Severity::information, type + "/m1", "entered in error; left out"});
}

TEST_CASE("start and end come from the dosage, else from the entry", "[fhir]") {
  struct Row {
    std::string_view type, elements, start, end;
  };
  const auto row = GENERATE(values<Row>({
      {"MedicationRequest", R"("status":"active","authoredOn":"2026-07-14T08:00:00+02:00")",
       "2026-07-14", "none"},
      {"MedicationRequest", R"("status":"active","authoredOn":"2026-07-14","dosageInstruction":[
          {"timing":{"repeat":{"boundsPeriod":{"start":"2026-06-01","end":"2026-06-30"}}}},
          {"timing":{"repeat":{"boundsPeriod":{"start":"2026-05-01","end":"2026-05-31"}}}}])",
       "2026-05-01", "2026-06-30"},
      {"MedicationRequest", R"("status":"stopped","authoredOn":"2026-07-14",
          "dispenseRequest":{"validityPeriod":{"start":"2026-07-14","end":"2026-08-01"}})",
       "2026-07-14", "2026-08-01"},
      {"MedicationRequest", R"("status":"active","authoredOn":"2026-07-14",
          "dispenseRequest":{"validityPeriod":{"end":"2026-08-01"}})",
       "2026-07-14", "none"},
      {"MedicationStatement",
       R"("status":"active","effectivePeriod":{"start":"2024","end":"2026-08"})", "2024",
       "2026-08"},
      {"MedicationStatement", R"("status":"active","effectiveDateTime":"2024-03")", "2024-03",
       "none"},
      {"MedicationDispense", R"("status":"completed","whenPrepared":"2026-07-01",
          "whenHandedOver":"2026-07-03","daysSupply":{"value":30,"unit":"days"})",
       "2026-07-03", "2026-08-02"},
      {"MedicationDispense", R"("status":"completed","whenPrepared":"2026-07-01")", "2026-07-01",
       "none"},
      {"MedicationAdministration",
       R"("status":"completed","effectiveDateTime":"2026-07-03T10:00Z")", "2026-07-03",
       "2026-07-03"},
      {"MedicationAdministration",
       R"("status":"completed","occurencePeriod":{"start":"2026-07-03","end":"2026-07-05"})",
       "2026-07-03", "2026-07-05"},
  }));
  CAPTURE(row.type, row.elements);
  const Medication made = read_entry(row.type, row.elements);
  CHECK(iso_or_none(made.start) == row.start);
  CHECK(iso_or_none(made.end) == row.end);
}

TEST_CASE("a date that cannot be read costs the date, not the drug", "[fhir]") {
  const Chart made =
      chart_with({entry("MedicationRequest", R"("status":"active","authoredOn":"last summer")")});
  CHECK(iso_or_none(only(made).start) == "none");
  CHECK(notes_on(made, "MedicationRequest/m1") == "authoredOn is not a date; read as absent");
  CHECK(made.resources_unreadable == 0);
}

TEST_CASE("a drug is known by any of its codes, else by its words", "[fhir]") {
  struct Row {
    std::string_view elements;
    std::vector<ConceptId> ingredients;
    MatchedBy by;
  };
  const auto row = GENERATE(values<Row>({
      {R"("medicationCodeableConcept":{"coding":[{"system":"http://hl7.org/fhir/sid/ndc","code":"1"},
          {"system":"http://www.whocc.no/atc","code":"C08CA01"}],"text":"a drug"})",
       {amlodipine},
       MatchedBy::code},
      {R"("medicationCodeableConcept":{"text":"Norvasc 5mg tabs, one daily"})",
       {amlodipine},
       MatchedBy::name},
      {R"("medicationCodeableConcept":{"coding":[{"display":"amlodipine / benazepril"}]})",
       {amlodipine, benazepril},
       MatchedBy::name},
      {R"("medicationCodeableConcept":{"coding":[{"system":
          "http://www.nlm.nih.gov/research/umls/rxnorm","code":"898346"}]})",
       {amlodipine, benazepril},
       MatchedBy::code},
      {R"("medicationReference":{"reference":"Medication/nowhere","display":"Norvasc"})",
       {amlodipine},
       MatchedBy::name},
      {R"("medication":{"concept":{"text":"amlodipine"}})", {amlodipine}, MatchedBy::name},
  }));
  CAPTURE(row.elements);
  const Medication made = read_drug(row.elements);
  CHECK(made.ingredients == row.ingredients);
  CHECK(made.matched_by == row.by);
}

TEST_CASE("a reference leads to the Medication wherever it stands", "[fhir]") {
  const std::string_view medication = R"({"resourceType":"Medication","id":"m2","code":{"coding":[
      {"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"308135"}]}})";
  const auto reference = GENERATE(as<std::string>{}, "Medication/m2", "Medication/m2/_history/1",
                                  "https://ehr.example/fhir/Medication/m2", "urn:uuid:7");
  const std::string request = fmt::format(
      R"({{"resourceType":"MedicationRequest","id":"r","status":"active","medicationReference":{{"reference":"{}"}}}})",
      reference);
  const std::string text = fmt::format(
      R"({{"resourceType":"Bundle","entry":[{{"resource":{{"resourceType":"Patient","id":"p1"}}}},)"
      R"({{"resource":{}}},{{"fullUrl":"urn:uuid:7","resource":{}}}]}})",
      request, medication);
  CAPTURE(reference);
  const Chart made = chart(text);
  CHECK(only(made).ingredients == std::vector<ConceptId>{amlodipine});
  CHECK(only(made).route == Route::systemic);
  CHECK(made.medication_entries == 1);
}

TEST_CASE("a contained Medication tells by its ingredients and form", "[fhir]") {
  const Medication made =
      only(chart_with({R"({"resourceType":"MedicationRequest","id":"r","status":"active",
      "medicationReference":{"reference":"#drug"},
      "contained":[{"resourceType":"Medication","id":"drug",
        "form":{"coding":[{"display":"Gel"}]},
        "ingredient":[{"isActive":false,"itemCodeableConcept":{"text":"amlodipine"}},
                      {"itemCodeableConcept":{"text":"Diclofenac sodium"}}]}]})"}));
  CHECK(made.ingredients == std::vector<ConceptId>{diclofenac});
  CHECK(made.name == "Diclofenac sodium");
  CHECK(made.route == Route::local);
}

TEST_CASE("the route comes from the code, the order, the form or the words; local wins", "[fhir]") {
  struct Row {
    std::string_view elements;
    Route route;
  };
  const auto row = GENERATE(values<Row>({
      {R"("medicationCodeableConcept":{"coding":[{"system":
          "http://www.nlm.nih.gov/research/umls/rxnorm","code":"855635","display":"Diclofenac tablet"}]})",
       Route::local},
      {R"("medicationCodeableConcept":{"coding":[{"system":
          "http://www.nlm.nih.gov/research/umls/rxnorm","code":"3355"}]})",
       Route::unclear},
      {R"("medicationCodeableConcept":{"text":"diclofenac"},
          "dosage":[{"route":{"coding":[{"system":"http://snomed.info/sct","code":"26643006"}]}}])",
       Route::systemic},
      {R"("medicationCodeableConcept":{"text":"Voltaren Gel"},
          "dosage":[{"route":{"coding":[{"system":"http://snomed.info/sct","code":"26643006"}]}}])",
       Route::local},
      {R"("medicationCodeableConcept":{"text":"diclofenac 50 MG Oral Tablet"})", Route::systemic},
      {R"("medicationCodeableConcept":{"text":"diclofenac"},
          "dosage":[{"route":{"text":"topical gel"}}])",
       Route::local},
  }));
  CAPTURE(row.elements);
  CHECK(read_drug(row.elements).route == row.route);
}

TEST_CASE("the strength is read from the product's name where it has one", "[fhir]") {
  struct Row {
    std::string_view name;
    std::optional<double> mg;
    std::string dose;
  };
  const auto row = GENERATE(values<Row>({
      {"Amlodipine 10 MG Oral Tablet", 10, "10 mg"},
      {"Norvasc 2.5mg tabs", 2.5, "2.5 mg"},
      {"amlodipine 500 mcg", 0.5, "500 mcg"},
      {"amlodipine 1 g", 1000, "1 g"},
      {"amlodipine 24 HR 10 MG", 10, "10 mg"},
      {"amlodipine 1 MG/ML Oral Solution", std::nullopt, ""},
      {"amlodipine 5 MG / valsartan 80 MG", std::nullopt, ""},
      {"amlodipine 1,000 mg", std::nullopt, ""},
      {"amlodipine", std::nullopt, ""},
      {"amlodipine and benazepril 10 MG", std::nullopt, ""},
  }));
  CAPTURE(row.name);
  const Medication made =
      read_drug(fmt::format(R"("medicationCodeableConcept":{{"text":"{}"}})", row.name));
  CHECK(made.strength_mg == row.mg);
  CHECK(made.dose == row.dose);
}

TEST_CASE("the dose of the order is printed where the product tells none", "[fhir]") {
  CHECK(read_drug(R"("medicationCodeableConcept":{"text":"amlodipine"},
      "dosage":[{"doseAndRate":[{"doseQuantity":{"value":5,"unit":"mg"}}]}])")
            .dose == "5 mg");
}

TEST_CASE("what is taken at a time tells more than what one tablet holds", "[fhir]") {
  const Medication made = read_drug(R"("medicationCodeableConcept":{"text":"amlodipine 5 mg"},
      "dosage":[{"doseAndRate":[{"doseQuantity":{"value":10,"unit":"mg"}}]}])");
  CHECK(made.strength_mg == 10);
  CHECK(made.dose == "10 mg");
  CHECK(read_drug(R"("medicationCodeableConcept":{"text":"amlodipine 5 mg"},
      "dosage":[{"doseAndRate":[{"doseQuantity":{"value":2,"unit":"tablet"}}]}])")
            .strength_mg == 5);
}

TEST_CASE("the words of a dosage tell the route where nothing else does", "[fhir]") {
  const auto route = [](std::string_view words) {
    return read_drug(fmt::format(R"("medicationCodeableConcept":{{"text":"diclofenac"}},
        "dosage":[{{"text":"{}"}}])",
                                 words))
        .route;
  };
  CHECK(route("Take 1 tablet daily") == Route::systemic);
  CHECK(route("topical gel to the knee") == Route::local);
  CHECK(route("as directed") == Route::unclear);
}

TEST_CASE("an entry that was left out may be any drug", "[fhir]") {
  const Chart made = chart_with(
      {R"({"resourceType":"MedicationRequest","id":"a","status":"active","medicationCodeableConcept":{"text":"amlodipine"}})",
       R"({"resourceType":"MedicationRequest","id":"b","status":"active","authoredOn":7})",
       R"({"resourceType":"MedicationRequest","id":"c","status":"active","medicationReference":{"reference":"Medication/x"}})"});
  CHECK(made.medication_entries == 3);
  CHECK(made.unidentified_medications ==
        std::vector<std::string>{"MedicationRequest/b", "MedicationRequest/c"});
  std::vector<std::string> told;
  for (const Note& note : made.notes) told.push_back(note.reference + ": " + note.text);
  CHECK(std::find(told.begin(), told.end(),
                  "MedicationRequest/c: names a Medication that was not supplied") != told.end());
}

TEST_CASE("drugs that the pack does not know count as entries of the list", "[fhir]") {
  const Chart made = chart_with(
      {R"({"resourceType":"MedicationRequest","id":"a","status":"active","medicationCodeableConcept":{"text":"Levothyroxine"}})",
       R"({"resourceType":"MedicationRequest","id":"b","status":"active","medicationCodeableConcept":{"coding":[{"system":"http://hl7.org/fhir/sid/ndc","code":"1"}]}})",
       R"({"resourceType":"MedicationRequest","id":"c","status":"active","medicationReference":{"reference":"Medication/x"}})",
       R"({"resourceType":"MedicationRequest","id":"d","status":"stopped","medicationReference":{"reference":"Medication/x"}})",
       R"({"resourceType":"MedicationRequest","id":"e","status":"active"})"});
  CHECK(made.medications.empty());
  CHECK(made.medication_entries == 5);
  CHECK(made.unidentified_medications == std::vector<std::string>{"MedicationRequest/b",
                                                                  "MedicationRequest/c",
                                                                  "MedicationRequest/e"});
}

TEST_CASE("an allergy is not a drug taken", "[fhir]") {
  const Chart made =
      chart_with({R"({"resourceType":"AllergyIntolerance","id":"a","code":{"coding":[{"system":
      "http://www.nlm.nih.gov/research/umls/rxnorm","code":"17767","display":"amlodipine"}]},
      "patient":{"reference":"Patient/p1"}})"});
  CHECK(made.medications.empty());
  CHECK(made.medication_entries == 0);
  REQUIRE(made.allergies.size() == 1);
  CHECK(made.allergies[0].name == "amlodipine");
  CHECK_FALSE(made.no_known_allergies);
}

TEST_CASE("no known allergies is said by code or by words", "[fhir]") {
  const auto code =
      GENERATE(as<std::string>{}, R"({"text":"No known allergies"})",
               R"({"coding":[{"system":"http://snomed.info/sct","code":"716186003"}]})");
  const Chart made = chart_with(
      {fmt::format(R"({{"resourceType":"AllergyIntolerance","id":"a","code":{}}})", code)});
  CHECK(made.no_known_allergies);
  CHECK(made.allergies.empty());
}
