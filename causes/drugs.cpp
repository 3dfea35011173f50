#include "causes/drugs.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace legwork::causes {
namespace {
using fhir::Medication;

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

bool is_event(const Medication& entry) {
  return entry.source == Medication::Source::dispensed ||
         entry.source == Medication::Source::administered;
}

/// When an entry ended: as sent; what was handed over or given once, when it no longer lasts; what
/// was stopped on a day that is not told, on some day since its start.
std::optional<DateSpan> end_of(const Medication& entry, Period cover, Day as_of) {
  if (entry.end) return entry.end;
  if (entry.start && is_event(entry))
    return DateSpan{after(entry.start->first, cover), after(entry.start->last, cover)};
  if (entry.start && entry.use == Medication::Use::stopped)
    return DateSpan{entry.start->first, std::max(entry.start->first, as_of)};
  return {};
}

/// Until when the entries so far reach, at the earliest and at the latest; none: on and on.
struct Reach {
  std::optional<DateSpan> end;
  bool open = false;

  void extend(const std::optional<DateSpan>& by) {
    open = open || !by;
    if (!by) return;
    end = end ? DateSpan{std::max(end->first, by->first), std::max(end->last, by->last)} : *by;
  }
  /// Whether an entry begins after a pause.
  Truth pauses_before(const DateSpan& start, Period gap) const {
    if (open || !end || start.last <= after(end->first, gap)) return Truth::no;
    return start.first > after(end->last, gap) ? Truth::yes : Truth::unknown;
  }
};

/// Reads times off a course's entries in the order of their starts.
class Timeline {
 public:
  Timeline(DrugCourse& course, const Pack& pack, Day as_of)
      : course_(course), pack_(pack), as_of_(as_of) {}

  void read() {
    for (std::size_t at = 0; at < course_.entries.size();) {
      std::size_t next = at + 1;
      const auto& start = course_.entries[at]->start;
      while (next < course_.entries.size() && course_.entries[next]->start == start) ++next;
      read_start({course_.entries.begin() + std::ptrdiff_t(at),
                  course_.entries.begin() + std::ptrdiff_t(next)});
      at = next;
    }
    const auto& end = reach_.end;
    if (!reach_.open && end && end->last <= as_of_)
      course_.pauses.push_back({course_.start, *end, {}});
  }

 private:
  /// The entries of one start; the strongest of them tells the dose.
  void read_start(std::vector<const Medication*> entries) {
    std::erase_if(entries,
                  [](const Medication* entry) { return entry->use == Medication::Use::not_taken; });
    if (entries.empty()) return;
    if (entries.front()->start) begin(*entries.front()->start, entries);
    for (const Medication* entry : entries) extend(*entry);
  }

  void begin(const DateSpan& start, const std::vector<const Medication*>& entries) {
    std::optional<double> strongest;
    for (const Medication* entry : entries) strongest = std::max(strongest, entry->strength_mg);
    const Truth after_pause = reach_.pauses_before(start, pack_.restart_gap);
    if (after_pause == Truth::yes) course_.pauses.push_back({course_.start, *reach_.end, start});
    if (!course_.start || after_pause == Truth::yes) {
      course_.start = start;
      course_.possible_starts.clear();
      course_.raised.clear();
    } else {
      if (after_pause == Truth::unknown) course_.possible_starts.push_back(start);
      if (strength_ && strongest > strength_) course_.raised.push_back(start);
    }
    if (strongest) strength_ = strongest;
  }

  void extend(const Medication& entry) {
    const auto end = end_of(entry, pack_.medication_cover, as_of_);
    reach_.extend(end);
    const bool told = entry.end || (is_event(entry) && entry.start);
    course_.stop_unknown = course_.stop_unknown || !told;
    if (told && end && (!course_.stopped || end->last > course_.stopped->last))
      course_.stopped = end;
  }

  DrugCourse& course_;
  const Pack& pack_;
  Day as_of_;
  Reach reach_;
  std::optional<double> strength_;
};

/// Whether a span lies on the day or after it.
Truth not_before(const DateSpan& span, Day day) {
  if (span.first >= day) return Truth::yes;
  return span.last < day ? Truth::no : Truth::unknown;
}

/// Whether the entry, taken alone, says that the drug is taken on the day.
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
  if (is_event(entry) && !entry.start && !entry.end) return Truth::unknown;
  const auto end = end_of(entry, cover, as_of);
  return end ? not_before(*end, as_of) : Truth::yes;
}

/// "Not taken", said by or about the patient, unless the drug was surely begun since. An order that
/// was withdrawn denies nothing.
bool denies(const Medication& entry, const DrugCourse& course) {
  if (entry.use != Medication::Use::not_taken || entry.source != Medication::Source::stated)
    return false;
  return std::none_of(course.entries.begin(), course.entries.end(), [&](const Medication* other) {
    const bool taken =
        other->use == Medication::Use::taking || other->use == Medication::Use::paused;
    return taken && entry.start && other->start && other->start->first > entry.start->last;
  });
}

Truth taking(const DrugCourse& course, Period cover, Day as_of) {
  Truth found = Truth::no;
  bool denied = false;
  for (const Medication* entry : course.entries) {
    found = either(found, in_use(*entry, cover, as_of));
    denied = denied || denies(*entry, course);
  }
  return denied ? both(found, Truth::unknown) : found;
}

Truth used(const DrugCourse& course) {
  Truth found = Truth::no;
  for (const Medication* entry : course.entries) {
    if (entry->use == Medication::Use::unclear) found = either(found, Truth::unknown);
    const bool was_taken = entry->use == Medication::Use::taking ||
                           entry->use == Medication::Use::paused ||
                           entry->use == Medication::Use::stopped;
    if (was_taken) found = Truth::yes;
  }
  return found;
}
}  // namespace

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
    Timeline(course, pack, as_of).read();
    course.used = used(course);
    course.taking = taking(course, pack.medication_cover, as_of);
    courses.push_back(std::move(course));
  }
  return courses;
}
}  // namespace legwork::causes
