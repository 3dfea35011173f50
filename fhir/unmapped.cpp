#include "fhir/unmapped.hpp"

#include "base/text.hpp"
#include "fhir/datatypes.hpp"

#include <algorithm>
#include <utility>

namespace legwork::fhir {
namespace {
/// Where a type of resource names what it is about: `inside` another element, or at its top.
struct Coded {
  std::string_view type, inside, name;
  Kind kind;
};
constexpr Coded coded_elements[] = {
    {"MedicationRequest", "", "medicationCodeableConcept", Kind::medication},
    {"MedicationRequest", "medication", "concept", Kind::medication},  // R5
    {"MedicationStatement", "", "medicationCodeableConcept", Kind::medication},
    {"MedicationStatement", "medication", "concept", Kind::medication},
    {"MedicationDispense", "", "medicationCodeableConcept", Kind::medication},
    {"MedicationDispense", "medication", "concept", Kind::medication},
    {"MedicationAdministration", "", "medicationCodeableConcept", Kind::medication},
    {"MedicationAdministration", "medication", "concept", Kind::medication},
    {"Observation", "", "code", Kind::observation},
    {"Observation", "component", "code", Kind::observation},
    {"Condition", "", "code", Kind::condition},
    {"Encounter", "", "reasonCode", Kind::condition},
    {"Encounter", "", "reason", Kind::condition},  // STU3
    {"DiagnosticReport", "", "conclusionCode", Kind::condition},
    {"DiagnosticReport", "", "codedDiagnosis", Kind::condition},  // STU3
    {"DiagnosticReport", "", "code", Kind::procedure},
    {"Procedure", "", "code", Kind::procedure},
    {"ImagingStudy", "", "procedureCode", Kind::procedure},
};

/// No code system has longer codes, nor such as steer a terminal.
bool can_be_listed(std::string_view text) {
  constexpr std::size_t longest = 250;
  return text.size() <= longest && printable(text) == text;
}

bool is_placed(const Element& coded, const Vocabulary& vocabulary) {
  return !find_codes(coded, vocabulary).empty();
}
}  // namespace

void UnmappedTally::note(std::string_view type, const Element& resource, std::size_t record,
                         const Vocabulary& vocabulary) {
  if (type == "Medication") note_product(resource, record, vocabulary);
  for (const Coded& wanted : coded_elements) {
    if (wanted.type != type) continue;
    if (wanted.inside.empty()) {
      for (const Element coded : resource.each(wanted.name)) {
        note_concept(coded, wanted.kind, record, vocabulary);
      }
      continue;
    }
    for (const Element outer : resource.each(wanted.inside)) {
      note_concept(outer.find(wanted.name), wanted.kind, record, vocabulary);
    }
  }
  for (const Element inside : resource.each("contained")) {
    if (code_of(inside.find("status")) == "entered-in-error") continue;
    note(inside.text("resourceType"), inside, record, vocabulary);
  }
}

/// A product that is known by one of its ingredients needs no code of its own.
void UnmappedTally::note_product(const Element& medication, std::size_t record,
                                 const Vocabulary& vocabulary) {
  bool placed = false;
  for (const Element ingredient : medication.each("ingredient")) {
    if (ingredient.boolean("isActive") == false) continue;
    const Element coded = ingredient.find("itemCodeableConcept");
    placed = placed || is_placed(coded, vocabulary);
    note_concept(coded, Kind::medication, record, vocabulary);
  }
  if (!placed) note_concept(medication.find("code"), Kind::medication, record, vocabulary);
}

void UnmappedTally::note_concept(const Element& coded, Kind kind, std::size_t record,
                                 const Vocabulary& vocabulary) {
  if (is_placed(coded, vocabulary)) return;
  for (const Element coding : codings_of(coded)) {
    const std::string_view system = trim(coding.text("system"));
    const std::string_view code = trim(coding.text("code"));
    if (code.empty() || !can_be_listed(code) || !can_be_listed(system)) continue;
    const std::string_view display = trim(coding.text("display"));
    add({kind, std::string(system), std::string(code),
         std::string(can_be_listed(display) ? display : std::string_view())},
        record);
  }
}

void UnmappedTally::add(Key key, std::size_t record) {
  const auto [at, is_new] = ids_.emplace(std::move(key), next_id_);
  met_.push_back({record, at->second});
  if (!is_new) return;
  ++next_id_;
  if (ids_.size() <= most_unmapped_codes) return;
  more_ = true;
  ids_.erase(std::prev(ids_.end()));
}

Unmapped UnmappedTally::list(const std::vector<bool>& counts) const {
  std::vector<std::size_t> count_of(next_id_);
  for (const Met& met : met_) count_of[met.id] += counts[met.record];

  Unmapped unmapped{{}, more_};
  auto& codes = unmapped.codes;
  for (const auto& [key, id] : ids_) {
    if (count_of[id] == 0) continue;
    const bool same = !codes.empty() && codes.back().kind == key.kind &&
                      codes.back().system == key.system && codes.back().code == key.code;
    if (!same) codes.push_back({key.kind, key.system, key.code, {}, 0});
    codes.back().count += count_of[id];
    if (codes.back().display.empty()) codes.back().display = key.display;
  }
  std::stable_sort(codes.begin(), codes.end(),
                   [](const UnmappedCode& a, const UnmappedCode& b) { return a.count > b.count; });
  return unmapped;
}
}  // namespace legwork::fhir
