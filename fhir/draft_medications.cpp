#include "fhir/draft.hpp"

#include "fhir/datatypes.hpp"

#include <algorithm>
#include <unordered_map>

// The medication list of a draft: drugs looked up in the Medication resources of the same input.

namespace legwork::fhir {
namespace {
/// Local wins where the code says nothing: a gel is a gel, whatever the order's route says.
Medication::Route route_of(const Product& product, Medication::Route dosage) {
  using enum Medication::Route;
  if (product.code_route != unclear) return product.code_route;
  if (dosage == local || product.words_route == local) return local;
  return dosage != unclear ? dosage : product.words_route;
}

void complete(Medication& medication, const Product& product, Medication::Route dosage) {
  medication.ingredients = product.ingredients;
  medication.matched_by = product.matched_by;
  if (!product.name.empty()) medication.name = product.name;
  medication.route = route_of(product, dosage);
  // What is taken at a time tells more than what one tablet holds.
  if (medication.strength_mg) return;
  medication.strength_mg = product.strength_mg;
  if (!product.dose.empty()) medication.dose = product.dose;
}

/// Whether a reference is to an entry of a medication list.
bool names_medication_entry(std::string_view reference) {
  return reference.starts_with("MedicationRequest/") ||
         reference.starts_with("MedicationStatement/") ||
         reference.starts_with("MedicationDispense/") ||
         reference.starts_with("MedicationAdministration/");
}

bool may_be_in_use(Medication::Use use) {
  using enum Medication::Use;
  return use == taking || use == paused || use == unclear;
}
}  // namespace

void Draft::add_medications(Chart& chart) {
  std::unordered_map<std::string_view, const Product*> drugs;
  for (const auto& [record, drug] : drugs_) {
    if (!is_kept(record)) continue;
    drugs.emplace(drug.reference, &drug.product);
    drugs.emplace(drug.full_url, &drug.product);
  }
  for (auto& [record, entry] : medications_) {
    if (!is_kept(record)) continue;
    ++chart.medication_entries;
    const auto found = drugs.find(normal_reference(entry.product_reference));
    const bool looked_up = !entry.product_reference.empty() && found != drugs.end();
    complete(entry.medication, looked_up ? *found->second : entry.product, entry.dosage_route);
    if (!entry.medication.ingredients.empty()) {
      chart.medications.push_back(std::move(entry.medication));
    } else if (entry.medication.name.empty() && may_be_in_use(entry.medication.use)) {
      const bool dangles = !entry.product_reference.empty() && !looked_up;
      if (dangles) warnings_.push_back({record, "names a Medication that was not supplied"});
      chart.unidentified_medications.push_back(entry.medication.reference);
    }
  }
  // An entry that was left out may be any drug: the list is not complete.
  for (const Record& record : records_) {
    const bool left_out =
        record.fate == Record::Fate::unreadable || record.fate == Record::Fate::modified;
    if (!left_out || !names_medication_entry(record.reference)) continue;
    ++chart.medication_entries;
    chart.unidentified_medications.push_back(record.reference);
  }
  std::sort(chart.unidentified_medications.begin(), chart.unidentified_medications.end());
}
}  // namespace legwork::fhir
