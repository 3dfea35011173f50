#include "causes/drugs.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace legwork::causes {
namespace {
using fhir::Medication;

Truth systemic_use(const Medication& entry, const Concept& ingredient) {
  switch (entry.route) {
    case Medication::Route::systemic:
      return Truth::yes;
    case Medication::Route::local:
      return Truth::no;
    case Medication::Route::unclear:
      return ingredient.local_forms ? Truth::unknown : Truth::yes;
  }
  return Truth::unknown;
}

bool counts(const Medication& entry, Day as_of) {
  if (entry.use == Medication::Use::planned) return false;
  return !entry.start || entry.start->first <= as_of;
}

bool earlier(const Medication* a, const Medication* b) {
  const auto key = [](const Medication* entry) {
    return std::tuple(entry->start ? entry->start->first : Day::max(), entry->reference);
  };
  return key(a) < key(b);
}

/// Start, rises, pauses and end, read off the entries in the order of their starts.
void read_times(DrugCourse& course, Period restart_gap, Day as_of) {
  std::optional<DateSpan> last_end;
  bool open = false;  // an earlier entry may still run
  std::optional<double> strength;
  for (const Medication* entry : course.entries) {
    if (entry->use == Medication::Use::not_taken) continue;
    if (entry->start) {
      const bool restarts =
          !open && last_end && entry->start->first > after(last_end->last, restart_gap);
      if (restarts) course.pauses.push_back({course.start, *last_end, entry->start});
      if (!course.start || restarts) {
        course.start = entry->start;
        course.raised.clear();
      } else if (strength && entry->strength_mg && *entry->strength_mg > *strength) {
        course.raised.push_back(*entry->start);
      }
      if (entry->strength_mg) strength = entry->strength_mg;
    }
    open = open || !entry->end;
    if (entry->end && (!last_end || entry->end->last > last_end->last)) last_end = entry->end;
  }
  course.stopped = last_end;
  if (!open && last_end && last_end->last <= as_of) {
    course.pauses.push_back({course.start, *last_end, {}});
  }
}

Truth taking(const DrugCourse& course, Period cover, Day as_of) {
  Truth found = Truth::no;
  bool denied = false;
  for (const Medication* entry : course.entries) {
    found = either(found, in_use(*entry, cover, as_of));
    denied = denied || entry->use == Medication::Use::not_taken;
  }
  return denied ? both(found, Truth::unknown) : found;
}
}  // namespace

Truth in_use(const Medication& entry, Period cover, Day as_of) {
  switch (entry.use) {
    case Medication::Use::stopped:
    case Medication::Use::planned:
    case Medication::Use::not_taken:
      return Truth::no;
    case Medication::Use::unclear:
      return Truth::unknown;
    case Medication::Use::paused:  // still on the list, and to be looked at like what is taken
    case Medication::Use::taking:
      break;
  }
  if (entry.end) return truth(entry.end->last >= as_of);
  const bool event = entry.source == Medication::Source::dispensed ||
                     entry.source == Medication::Source::administered;
  if (!event) return Truth::yes;
  if (!entry.start) return Truth::unknown;
  return truth(after(entry.start->last, cover) >= as_of);
}

std::vector<DrugCourse> drug_courses(const fhir::Chart& chart, const Pack& pack, Day as_of) {
  std::map<std::pair<ConceptId, Truth>, DrugCourse> found;
  for (const Medication& entry : chart.medications) {
    if (!counts(entry, as_of)) continue;
    for (const ConceptId ingredient : entry.ingredients) {
      const Truth systemic = systemic_use(entry, pack.concepts[ingredient]);
      DrugCourse& course = found[{ingredient, systemic}];
      course.ingredient = ingredient;
      course.systemic = systemic;
      course.entries.push_back(&entry);
    }
  }
  std::vector<DrugCourse> courses;
  for (auto& [key, course] : found) {
    std::sort(course.entries.begin(), course.entries.end(), earlier);
    read_times(course, pack.restart_gap, as_of);
    course.taking = taking(course, pack.medication_cover, as_of);
    courses.push_back(std::move(course));
  }
  return courses;
}
}  // namespace legwork::causes
