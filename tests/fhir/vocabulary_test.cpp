#include "fhir/vocabulary.hpp"

#include "tests/fhir/sample.hpp"

#include <catch2/catch.hpp>

using namespace legwork::fhir;
using namespace legwork::fhir::sample;

namespace {
std::vector<ConceptId> codes(std::string_view system, std::string_view code) {
  std::vector<Vocabulary::Meaning> found;
  vocabulary().find_code(vocabulary().system(system), code, found);
  std::vector<ConceptId> ids;
  for (const auto& meaning : found) ids.push_back(meaning.id);
  return ids;
}

std::vector<ConceptId> names(Kind kind, std::string_view text) {
  std::vector<Vocabulary::Meaning> found;
  vocabulary().find_names(kind, text, found);
  std::vector<ConceptId> ids;
  for (const auto& meaning : found) ids.push_back(meaning.id);
  return ids;
}
using Ids = std::vector<ConceptId>;
}  // namespace

TEST_CASE("a code system is known by every way in which its address is written", "[fhir]") {
  const auto uri =
      GENERATE(as<std::string_view>{}, "http://loinc.org", "https://loinc.org", "http://loinc.org/",
               "HTTP://LOINC.ORG", " http://loinc.org ", "http://loinc");
  CAPTURE(uri);
  CHECK(vocabulary().system(uri) == vocabulary().system(loinc));
  CHECK(vocabulary().system(uri) != 0);
}

TEST_CASE("an OID is the same with and without urn:oid:", "[fhir]") {
  Vocabulary made;
  const SystemId icd = made.add_system("urn:oid:2.16.840.1.113883.6.90");
  CHECK(made.system("2.16.840.1.113883.6.90") == icd);
  CHECK(made.add_system("2.16.840.1.113883.6.90") == icd);
}

TEST_CASE("a code means nothing in a system that the pack does not know", "[fhir]") {
  CHECK(vocabulary().system("http://hospital.example/codes") == 0);
  CHECK(codes("http://hospital.example/codes", "2276-4").empty());
  CHECK(codes(snomed, "2276-4").empty());
}

TEST_CASE("a code is found exactly or by its prefix, with the dot or without", "[fhir]") {
  CHECK(codes(icd10, "I87.2") == Ids{venous_insufficiency});
  CHECK(codes(icd10, "I872") == Ids{venous_insufficiency});
  CHECK(codes(icd10, "I82.409") == Ids{thrombosis});
  CHECK(codes(icd10, "I82") == Ids{});
  CHECK(codes(icd10, "I85") == Ids{});
  CHECK(codes(atc, "C08CA01") == Ids{amlodipine});
}

TEST_CASE("the exact meaning of a code comes before its prefix's", "[fhir]") {
  std::vector<Vocabulary::Meaning> found;
  vocabulary().find_code(vocabulary().system(icd10), "I82.401", found);
  REQUIRE(found.size() == 2);
  CHECK(found[0].side == Condition::Side::right);
  CHECK(found[1].side == Condition::Side::unstated);
}

TEST_CASE("a drug's name is found anywhere in a text, as whole words", "[fhir]") {
  CHECK(names(Kind::medication, "Norvasc 5mg tabs, one daily") == Ids{amlodipine});
  CHECK(names(Kind::medication, "NORVASC\u00AE") == Ids{amlodipine});
  CHECK(names(Kind::medication, "amlodipine/benazepril") == Ids{amlodipine, benazepril});
  CHECK(names(Kind::medication, "Takes amlodipine.") == Ids{amlodipine});
  CHECK(names(Kind::medication, "levamlodipine") == Ids{});
  CHECK(names(Kind::condition, "amlodipine") == Ids{});
}

TEST_CASE("of names that overlap the longest counts", "[fhir]") {
  Vocabulary made;
  made.add_name("iron", {1, Kind::medication});
  made.add_name("iron sucrose", {2, Kind::medication});
  made.add_name("sucrose complex injection", {3, Kind::medication});
  std::vector<Vocabulary::Meaning> found;
  made.find_names(Kind::medication, "iron sucrose, then iron", found);
  REQUIRE(found.size() == 2);
  CHECK(found[0].id == 2);
  CHECK(found[1].id == 1);
  found.clear();
  made.find_names(Kind::medication, "iron sucrose complex injection", found);
  REQUIRE(found.size() == 2);
  CHECK(found[0].id == 1);
  CHECK(found[1].id == 3);
}

TEST_CASE("a guard word takes a condition out of a text", "[fhir]") {
  CHECK(names(Kind::condition, "Chronic leg edema") == Ids{edema});
  CHECK(names(Kind::condition, "no leg edema") == Ids{});
  CHECK(names(Kind::condition, "Family history of deep vein thrombosis") == Ids{});
  CHECK(names(Kind::condition, "Norwegian with edema") == Ids{edema});
}

TEST_CASE("an observation's or procedure's name must be the whole text", "[fhir]") {
  CHECK(names(Kind::observation, "FERRITIN") == Ids{ferritin});
  CHECK(names(Kind::observation, "Ferritin, urine") == Ids{});
  CHECK(names(Kind::procedure, "venous duplex") == Ids{duplex});
  CHECK(names(Kind::procedure, "plan: venous duplex") == Ids{});
}

TEST_CASE("local words win over systemic ones", "[fhir]") {
  using enum Medication::Route;
  CHECK(vocabulary().route_of_words("Diclofenac Topical Gel") == local);
  CHECK(vocabulary().route_of_words("oral tablet, or gel") == local);
  CHECK(vocabulary().route_of_words("Amlodipine 5 MG Oral Tablet") == systemic);
  CHECK(vocabulary().route_of_words("Amlodipine") == std::nullopt);
}

TEST_CASE("of words about the route that overlap the longest count", "[fhir]") {
  Vocabulary words;
  words.add_route_words("gel", Medication::Route::local);
  words.add_route_words("soft gel", Medication::Route::systemic);
  CHECK(words.route_of_words("Ibuprofen 200 mg soft gel capsule") == Medication::Route::systemic);
  CHECK(words.route_of_words("Ibuprofen 5 % gel") == Medication::Route::local);
}

TEST_CASE("a questionnaire is recognized in every version of it", "[fhir]") {
  const std::string_view canonical = "https://legwork.example.org/fhir/Questionnaire/small";
  CHECK(vocabulary().is_questionnaire(canonical));
  CHECK(vocabulary().is_questionnaire(std::string(canonical) + "|1.2"));
  CHECK_FALSE(vocabulary().is_questionnaire("https://legwork.example.org/fhir/Questionnaire/big"));
  CHECK_FALSE(Vocabulary().is_questionnaire(""));
}
