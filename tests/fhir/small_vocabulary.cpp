#include "tests/fhir/small_vocabulary.hpp"

namespace legwork::fhir::sample {
namespace {
void add_medications(Vocabulary& made) {
  using enum Medication::Route;
  const SystemId rx = made.add_system(rxnorm);
  const SystemId whocc = made.add_system(atc);
  made.add_code(rx, "308135", {amlodipine, Kind::medication, systemic});
  made.add_code(rx, "17767", {amlodipine, Kind::medication});
  made.add_code(rx, "898346", {amlodipine, Kind::medication, systemic});  // with benazepril
  made.add_code(rx, "898346", {benazepril, Kind::medication, systemic});
  made.add_code(rx, "855635", {diclofenac, Kind::medication, local});
  made.add_code(rx, "3355", {diclofenac, Kind::medication});
  made.add_prefix(whocc, "C08CA01", {amlodipine, Kind::medication, systemic});
  made.add_prefix(whocc, "M02AA15", {diclofenac, Kind::medication, local});
  for (const std::string_view name : {"amlodipine", "Norvasc"}) {
    made.add_name(name, {amlodipine, Kind::medication});
  }
  made.add_name("benazepril", {benazepril, Kind::medication});
  for (const std::string_view name : {"diclofenac", "Voltaren"}) {
    made.add_name(name, {diclofenac, Kind::medication});
  }
  made.add_route_words("topical gel", local);
  made.add_route_words("gel", local);
  made.add_route_words("oral tablet", systemic);
  made.add_route_words("tablet", systemic);
  const SystemId sct = made.add_system(snomed);
  made.add_route_code(sct, "26643006", systemic);
  made.add_route_code(sct, "6064005", local);
}

void add_observations(Vocabulary& made) {
  const SystemId lnc = made.add_system(loinc);
  made.add_system_alias("http://loinc", lnc);
  made.add_code(lnc, "2276-4", {ferritin, Kind::observation});
  made.add_code(lnc, "718-7", {hemoglobin, Kind::observation});
  made.add_code(lnc, "8480-6", {systolic, Kind::observation});
  made.add_code(lnc, "44966-2", {swelling_observed, Kind::observation});
  made.add_name("ferritin", {ferritin, Kind::observation});
  const SystemId sct = made.add_system(snomed);
  made.add_value_code(sct, "52101004", true);
  made.add_value_code(sct, "2667000", false);
  made.add_value_code(sct, "716186003", false);
  made.add_value_word("positive", true);
  made.add_value_word("yes", true);
  made.add_value_word("negative", false);
  made.add_value_word("no known allergies", false);
}

void add_conditions(Vocabulary& made) {
  using enum Condition::Side;
  const SystemId sct = made.add_system(snomed);
  const SystemId icd = made.add_system(icd10);
  made.add_code(sct, "102572006", {edema, Kind::condition});
  made.add_code(sct, "128053003", {thrombosis, Kind::condition});
  made.add_prefix(icd, "I82.4", {thrombosis, Kind::condition});
  made.add_code(icd, "I82.401", {thrombosis, Kind::condition, {}, right});
  made.add_prefix(icd, "I87.2", {venous_insufficiency, Kind::condition});
  made.add_name("leg edema", {edema, Kind::condition});
  made.add_name("edema", {edema, Kind::condition});
  made.add_name("deep vein thrombosis", {thrombosis, Kind::condition});
  for (const std::string_view guard : {"no", "denies", "family history"}) made.add_guard(guard);
  made.add_code(sct, "448761000", {duplex, Kind::procedure});
  made.add_name("venous duplex", {duplex, Kind::procedure});
}
}  // namespace

const Vocabulary& vocabulary() {
  static const Vocabulary made = [] {
    Vocabulary vocabulary;
    add_medications(vocabulary);
    add_observations(vocabulary);
    add_conditions(vocabulary);
    vocabulary.add_question("swelling");
    vocabulary.add_question("onset-date");
    vocabulary.set_questionnaire("https://legwork.example.org/fhir/Questionnaire/small");
    return vocabulary;
  }();
  return made;
}
}  // namespace legwork::fhir::sample
