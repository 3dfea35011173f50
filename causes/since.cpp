#include "causes/since.hpp"

#include "base/text.hpp"
#include "causes/json.hpp"

#include <string_view>
#include <unordered_map>

namespace legwork::causes {
namespace {
/// Case and spacing of a name may change when a registration clerk tidies it: the person does not.
bool same_person(const fhir::Patient& a, const fhir::Patient& b) {
  return a.reference == b.reference && a.birth == b.birth &&
         fold(full_name(a)) == fold(full_name(b));
}

std::vector<NewResult> new_results(const Assessment& earlier, const Assessment& now) {
  std::unordered_map<std::string_view, const LabSeries::Point*> known;
  for (const auto& series : earlier.labs)
    if (!series.points.empty()) known.emplace(series.id, &series.points.back());
  std::vector<NewResult> results;
  for (const auto& series : now.labs) {
    if (series.points.empty()) continue;
    const auto& latest = series.points.back();
    const auto then = known.find(series.id);
    const bool is_known = then != known.end() && then->second->reference == latest.reference &&
                          then->second->date == latest.date &&
                          then->second->printed == latest.printed;
    if (!is_known) results.push_back({series.id, series.label, series.unit, latest});
  }
  return results;
}

std::vector<MedicationChange> medication_changes(const Assessment& earlier, const Assessment& now) {
  using Course = MedicationChange::Course;
  std::unordered_map<std::string_view, bool> used_then;
  for (const auto& line : earlier.medications) used_then.emplace(line.name, line.in_use);
  std::vector<MedicationChange> changes;
  for (const auto& line : now.medications) {
    const auto then = used_then.find(line.name);
    const bool was_in_use = then != used_then.end() && then->second;
    if (line.in_use != was_in_use)
      changes.push_back({line.name, line.in_use ? Course::started : Course::stopped});
    if (then != used_then.end()) used_then.erase(then);
  }
  for (const auto& line : earlier.medications)
    if (line.in_use && used_then.contains(line.name))
      changes.push_back({line.name, Course::no_longer_listed});
  return changes;
}
}  // namespace

bool Since::nothing_changed() const {
  return difference.empty() && results.empty() && medications.empty();
}

legwork::Result<Since> since(const Assessment& earlier, const Assessment& now,
                             const std::string& where) {
  if (!same_person(earlier.patient, now.patient))
    return refuse(ErrorKind::unsupported, where,
                  "is of another patient, or the name or birth date on record changed since; give "
                  "an earlier assessment of this patient");
  if (earlier.as_of > now.as_of)
    return refuse(ErrorKind::unsupported, where,
                  "was made for a later day than this one; give an earlier assessment, or a later "
                  "day with --as-of");
  const auto& then = earlier.provenance;
  Since found;
  found.as_of = earlier.as_of;
  found.pack_id = then.pack_id;
  found.pack_version = then.pack_version;
  found.same_rules =
      then.pack_id == now.provenance.pack_id && then.pack_version == now.provenance.pack_version;
  found.difference = compare(earlier, now);
  found.results = new_results(earlier, now);
  found.medications = medication_changes(earlier, now);
  return found;
}
}  // namespace legwork::causes
