#include "tests/causes/naive_courses.hpp"

#include <algorithm>
#include <utility>

namespace legwork::tests {
namespace {
using namespace causes;
using fhir::Medication;

Truth is_systemic(const Medication& sent, const Concept& drug) {
  if (sent.route == Medication::Route::unclear && drug.local_forms) return Truth::unknown;
  return truth(sent.route != Medication::Route::local);
}

/// When an entry may have ended, where that is not reckoned from its start. What was stopped on a
/// day that is not told was stopped on some day since its start.
std::optional<DateSpan> told_end(const Medication& sent, Day as_of) {
  if (sent.end || is_event(sent) || !sent.start) return sent.end;
  if (sent.use != Medication::Use::stopped) return {};
  return DateSpan{sent.start->first, std::max(sent.start->first, as_of)};
}

/// What begins on each day that something begins, in the order of days.
std::map<Day, std::vector<Entry>> by_start(const std::vector<Entry>& entries) {
  std::map<Day, std::vector<Entry>> days;
  for (const Entry& entry : entries) {
    if (entry.start) days[*entry.start].push_back(entry);
  }
  return days;
}

/// Until when the entries so far reach.
struct Reach {
  std::optional<Day> last;
  bool endless = false;

  void extend(const Entry& by) {
    if (!by.end) endless = true;
    if (by.end) last = last ? std::max(*last, *by.end) : *by.end;
  }
};

/// The days at which an answer may turn, as seen from one date.
void add_limits(const DateSpan& date, const std::optional<Period>& within, const Pack& pack,
                std::vector<Day>& limits) {
  for (const Day day : {date.first, date.last}) {
    limits.push_back(after(day, pack.restart_gap));
    limits.push_back(before(day, pack.restart_gap));
    limits.push_back(after(after(day, pack.medication_cover), pack.restart_gap));
    if (within) limits.push_back(before(day, *within));
    if (within) limits.push_back(after(day, *within));
  }
}
}  // namespace

bool is_event(const Medication& sent) {
  return sent.source == Medication::Source::dispensed ||
         sent.source == Medication::Source::administered;
}

std::vector<Course> courses_of(fhir::ConceptId asked, const Case& about) {
  std::map<std::pair<fhir::ConceptId, Truth>, Course> courses;
  for (const Medication& sent : about.chart.medications) {
    const bool of_the_future = sent.start && sent.start->first > about.as_of;
    if (sent.use == Medication::Use::planned || of_the_future) continue;
    for (const fhir::ConceptId drug : sent.ingredients) {
      if (!about.pack.concepts[asked].counts(drug)) continue;
      const Truth systemic = is_systemic(sent, about.pack.concepts[drug]);
      Course& course = courses[{drug, systemic}];
      course.drug = drug;
      course.systemic = systemic;
      course.entries.push_back(&sent);
    }
  }
  std::vector<Course> found;
  for (auto& [key, course] : courses) found.push_back(std::move(course));
  return found;
}

// "the pause after which the next entry is a new start"
CourseOnDays course_on_days(const std::vector<Entry>& entries, const Case& about) {
  std::vector<Entry> used = entries;
  std::erase_if(used, [](const Entry& one) { return one.sent->use == Medication::Use::not_taken; });
  CourseOnDays found;
  std::optional<double> strength;
  Reach reach;
  for (const auto& [day, started] : by_start(used)) {
    double strongest = 0;
    for (const Entry& entry : started) {
      strongest = std::max(strongest, entry.sent->strength_mg.value_or(0));
    }
    const bool paused =
        !reach.endless && reach.last && day > after(*reach.last, about.pack.restart_gap);
    if (paused) found.pauses.push_back({found.start, *reach.last, day});
    if (paused || !found.start) {
      found.start = day;
      found.raised.clear();
    } else if (strength && strongest > *strength) {
      found.raised.push_back(day);
    }
    if (strongest > 0) strength = strongest;
    for (const Entry& entry : started) reach.extend(entry);
  }
  for (const Entry& entry : used) {
    if (!entry.start) reach.extend(entry);
  }
  if (!reach.endless && reach.last && *reach.last <= about.as_of) {
    found.pauses.push_back({found.start, *reach.last, {}});
  }
  return found;
}

Truth on_every_day_of(const Course& course, const std::vector<DateSpan>& others,
                      const std::optional<Period>& within, const Case& about,
                      const AnswerOnEntries& answer) {
  const Day as_of = about.as_of;
  std::vector<DateSpan> dates = others;
  for (const Medication* sent : course.entries) {
    if (sent->start) dates.push_back(*on_file(*sent->start, as_of));
    if (const auto end = told_end(*sent, as_of)) dates.push_back(*end);
  }
  std::vector<Day> limits{as_of, before(as_of, about.pack.medication_cover)};
  if (within) limits.push_back(before(as_of, *within));
  for (const DateSpan& date : dates) add_limits(date, within, about.pack, limits);

  return on_every_day(dates, limits, [&](const Days& days) -> std::optional<Truth> {
    std::vector<Entry> entries;
    std::size_t at = others.size();
    for (const Medication* sent : course.entries) {
      Entry entry{sent, {}, {}};
      if (sent->start) entry.start = days[at++];
      if (told_end(*sent, as_of)) entry.end = days[at++];
      const bool possible = !entry.start || !entry.end || *entry.end >= *entry.start;
      if (!possible && sent->start->first <= sent->end.value_or(*sent->start).last) return {};
      // "how long a dispense without days of supply counts"
      if (!entry.end && entry.start && is_event(*sent)) {
        entry.end = after(*entry.start, about.pack.medication_cover);
      }
      entries.push_back(entry);
    }
    return answer(entries, Days(days.begin(), days.begin() + std::ptrdiff_t(others.size())));
  });
}
}  // namespace legwork::tests
