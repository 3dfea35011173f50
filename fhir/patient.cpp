#include "fhir/datatypes.hpp"
#include "fhir/facts.hpp"

#include <algorithm>

// Source: https://hl7.org/fhir/R4/patient.html

namespace legwork::fhir {
namespace {
constexpr Wanted elements[] = {"name", "gender", "birthDate", "deceased[x]", "identifier"};

/// A name that is used today before an old one; the official before a nickname.
int rank_of_name(const Element& name) {
  const std::string_view use = name.text("use");
  if (use == "official") return 0;
  if (use == "usual" || use.empty()) return 1;
  return use == "old" || use == "maiden" ? 3 : 2;
}

void read_name(const Element& patient, Patient& made) {
  Element best;
  for (const Element name : patient.each("name")) {
    if (!best || rank_of_name(name) < rank_of_name(best)) best = name;
  }
  made.family = best.text("family");
  made.name_text = best.text("text");
  for (const Element given : best.each("given")) {
    if (!made.given.empty()) made.given += ' ';
    made.given += given.text();
  }
}

void read_identifiers(const Element& patient, Patient& made) {
  std::vector<Patient::Identifier> records, others;
  for (const Element identifier : patient.each("identifier")) {
    const std::string_view value = identifier.text("value");
    if (value.empty() || identifier.text("use") == "old") continue;
    const Element type = identifier.object("type");
    const std::string_view code = code_of(type);
    const std::string_view text = type.text("text");
    auto& list = code == "MR" ? records : others;
    list.push_back({std::string(text.empty() ? code : text), std::string(value)});
  }
  made.identifiers = std::move(records);
  made.identifiers.insert(made.identifiers.end(), others.begin(), others.end());
}

void read_patient(const Element& patient, Reading& reading) {
  Patient made;
  made.reference = reading.reference;
  made.sex = patient.text("gender");
  made.birth = read_date(patient.find("birthDate"), reading);
  if (const Element said = patient.find("deceasedBoolean")) {
    made.deceased = said.boolean().value_or(false);
  }
  if (const Element on = patient.find("deceasedDateTime")) {
    made.deceased = true;
    made.deceased_on = read_date(on, reading);
  }
  read_name(patient, made);
  read_identifiers(patient, made);
  reading.facts.patient = std::move(made);
}
}  // namespace

constexpr Rule patient_rule{"Patient", elements, read_patient};
}  // namespace legwork::fhir
