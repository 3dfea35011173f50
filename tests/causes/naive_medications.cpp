#include "tests/causes/naive_leaves.hpp"

#include "tests/causes/known_differences.hpp"

#include <algorithm>
#include <map>
#include <utility>

// What is taken, and since when. For one choice of days everything is exact: each entry of a drug
// has a day it began and a day it ended, or lacks it.

namespace legwork::tests {
namespace {
using namespace causes;
using fhir::Medication;

/// One entry, with its days chosen.
struct Entry {
  const Medication* sent = nullptr;
  std::optional<Day> start, end;
};

/// All that the list says of one drug. Its local use, its use all over the body, and its use in a
/// form that nobody can tell are three.
struct Course {
  fhir::ConceptId drug = 0;
  Truth counts = Truth::yes;  ///< whether this use is the kind that is asked for
  std::vector<Entry> entries;
};

/// Whether a drug was used at all. An order that was never carried out is no use.
Truth was_used(const Course& course) {
  Truth any = Truth::no;
  for (const Entry& entry : course.entries) {
    switch (entry.sent->use) {
      case Medication::Use::taking:
      case Medication::Use::paused:
      case Medication::Use::stopped:
        return Truth::yes;
      case Medication::Use::unclear:
        any = Truth::unknown;
        break;
      case Medication::Use::planned:
      case Medication::Use::not_taken:
        break;
    }
  }
  return any;
}

/// The strongest form that is started on each day, in the order of days.
std::map<Day, std::vector<Entry>> by_start(const Course& course) {
  std::map<Day, std::vector<Entry>> days;
  for (const Entry& entry : course.entries) {
    if (entry.start && entry.sent->use != Medication::Use::not_taken) {
      days[*entry.start].push_back(entry);
    }
  }
  return days;
}

struct Asked {
  const MedicationQuery& query;
  const Case& about;
  std::optional<Day> onset;
  std::vector<Course> courses;

  bool is_event(const Entry& entry) const {
    return entry.sent->source == Medication::Source::dispensed ||
           entry.sent->source == Medication::Source::administered;
  }

  /// "how long a dispense without days of supply counts"
  std::optional<Day> end_of(const Entry& entry) const {
    if (entry.end || !entry.start || !is_event(entry)) return entry.end;
    return after(*entry.start, about.pack.medication_cover);
  }

  Truth taking(const Entry& entry) const {
    switch (entry.sent->use) {
      case Medication::Use::taking: {
        if (is_event(entry) && !entry.start && !entry.end) return Truth::unknown;
        const auto end = end_of(entry);
        return truth(!end || *end >= about.as_of);
      }
      case Medication::Use::paused:
      case Medication::Use::unclear:
        return Truth::unknown;
      case Medication::Use::stopped:
      case Medication::Use::planned:
      case Medication::Use::not_taken:
        return Truth::no;
    }
    return Truth::unknown;
  }

  /// One entry says that it is taken and another that it is not: nobody knows.
  Truth taking(const Course& course) const {
    Truth any = Truth::no;
    bool denied = false;
    for (const Entry& entry : course.entries) {
      any = either(any, taking(entry));
      denied = denied || entry.sent->use == Medication::Use::not_taken;
    }
    return denied ? both(any, Truth::unknown) : any;
  }

  Truth stopped(const Course& course) const {
    const Truth now = both(was_used(course), opposite(taking(course)));
    if (!query.within || now == Truth::no) return now;
    std::optional<Day> last;
    for (const Entry& entry : course.entries) {
      if (entry.sent->use == Medication::Use::not_taken) continue;
      const auto end = end_of(entry);
      if (!end) return Truth::unknown;
      last = last ? std::max(*last, *end) : *end;
    }
    return both(now, truth(*last >= before(about.as_of, *query.within)));
  }

  Truth state(const Course& course) const {
    switch (query.state) {
      case MedicationQuery::State::taking:
        return taking(course);
      case MedicationQuery::State::stopped:
        return stopped(course);
      case MedicationQuery::State::ever:
        return was_used(course);
    }
    return Truth::unknown;
  }

  bool in_window(Day day) const {
    return day <= *onset && day >= before(*onset, query.within.value_or(Period{}));
  }

  struct Begin {
    Day start;
    std::vector<Day> raised;
  };

  /// When the course in use, or the last one, began: "the pause after which the next entry is a
  /// new start".
  std::optional<Begin> begin(const Course& course) const {
    std::optional<Begin> found;
    std::optional<double> strength;
    std::optional<Day> covered = Day::min();  ///< until when earlier entries reach; none: on and on
    for (const auto& [day, entries] : by_start(course)) {
      double strongest = 0;
      for (const Entry& entry : entries) {
        strongest = std::max(strongest, entry.sent->strength_mg.value_or(0));
      }
      if (!found || (covered && day > after(*covered, about.pack.restart_gap))) {
        found = Begin{day, {}};
      } else if (strength && strongest > *strength) {
        found->raised.push_back(day);
      }
      if (strongest > 0) strength = strongest;
      for (const Entry& entry : entries) {
        const auto end = known::no_end_is_no_pause ? entry.end : end_of(entry);
        covered = covered && end ? std::optional(std::max(*covered, *end)) : std::nullopt;
      }
    }
    return found;
  }

  /// "first started, or its dose raised, within this period before the onset (or on that day)"
  Truth began_before(const Course& course) const {
    const auto began = begin(course);
    if (!onset || !began) return Truth::unknown;
    const bool raised = std::any_of(began->raised.begin(), began->raised.end(),
                                    [&](Day day) { return in_window(day); });
    return truth(in_window(began->start) || raised);
  }

  Truth began_after(const Course& course) const {
    const auto began = begin(course);
    return onset && began ? truth(began->start > *onset) : Truth::unknown;
  }

  /// Of one drug alone
  Truth answer(const Course& course) const {
    const Truth in_state = both(course.counts, state(course));
    if (query.start == MedicationQuery::Start::before_onset) {
      return both(in_state, began_before(course));
    }
    const bool any_after = known::any_drug_after_onset;
    if (any_after && query.start == MedicationQuery::Start::after_onset) {
      return both(in_state, began_after(course));
    }
    return in_state;
  }

  /// An entry that nobody can identify may be this drug.
  Truth unidentified() const {
    const bool asked = !known::unidentified_only_without_time || courses.empty() ||
                       query.start == MedicationQuery::Start::any;
    const bool some = !about.chart.unidentified_medications.empty();
    return asked && some ? Truth::unknown : Truth::no;
  }

  Truth answer() const {
    Truth some = unidentified();
    for (const Course& course : courses) some = either(some, answer(course));
    const bool all_after = query.start == MedicationQuery::Start::after_onset;
    if (!all_after || known::any_drug_after_onset) return some;
    // "everything of it started after": and nothing that is taken is older
    Truth none_older = Truth::yes;
    for (const Course& course : courses) {
      none_older = both(none_older, either(opposite(answer(course)), began_after(course)));
    }
    return both(some, none_older);
  }
};

/// The drug's courses with their days chosen. Nothing where an entry would end before it began.
std::optional<std::vector<Course>> courses_on(const std::vector<const Medication*>& list,
                                              const std::vector<std::optional<Day>>& days,
                                              const MedicationQuery& query, const Pack& pack) {
  std::map<std::pair<fhir::ConceptId, Truth>, Course> courses;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Medication& sent = *list[i];
    const Entry entry{&sent, days[2 * i], days[2 * i + 1]};
    const bool ends_first = entry.start && entry.end && *entry.end < *entry.start;
    if (ends_first && sent.start->first <= sent.end->last) return {};
    for (const fhir::ConceptId drug : sent.ingredients) {
      if (!pack.concepts[query.id].counts(drug)) continue;
      Truth systemic = truth(sent.route != Medication::Route::local);
      if (sent.route == Medication::Route::unclear && pack.concepts[drug].local_forms) {
        systemic = Truth::unknown;
      }
      Course& course = courses[{drug, systemic}];
      course.drug = drug;
      course.counts = query.local_counts ? Truth::yes : systemic;
      course.entries.push_back(entry);
    }
  }
  std::vector<Course> found;
  for (auto& [key, course] : courses) found.push_back(std::move(course));
  return found;
}

/// The entries that hold what is asked for, plans and the future left out.
std::vector<const Medication*> list_about(const MedicationQuery& query, const Case& about) {
  std::vector<const Medication*> list;
  const Concept& asked = about.pack.concepts[query.id];
  for (const Medication& sent : about.chart.medications) {
    if (sent.use == Medication::Use::planned) continue;
    if (sent.start && !on_file(*sent.start, about.as_of)) continue;
    if (std::any_of(sent.ingredients.begin(), sent.ingredients.end(),
                    [&](fhir::ConceptId drug) { return asked.counts(drug); })) {
      list.push_back(&sent);
    }
  }
  return list;
}

/// An entry's start and end. What was stopped on a day that is not told was stopped on some day
/// since its start.
std::pair<std::optional<DateSpan>, std::optional<DateSpan>> times_of(const Medication& sent,
                                                                     Day as_of) {
  const auto start = sent.start ? on_file(*sent.start, as_of) : std::nullopt;
  const bool ended = !sent.end && sent.use == Medication::Use::stopped;
  if (start && ended && !known::no_end_is_no_pause) {
    return {start, DateSpan{start->first, as_of}};
  }
  return {start, sent.end};
}

/// The days at which an answer may turn, as seen from one date.
void add_limits(const DateSpan& date, const MedicationQuery& query, const Pack& pack,
                std::vector<Day>& limits) {
  for (const Day day : {date.first, date.last}) {
    limits.push_back(after(day, pack.restart_gap));
    limits.push_back(before(day, pack.restart_gap));
    limits.push_back(after(after(day, pack.medication_cover), pack.restart_gap));
    if (query.within) limits.push_back(before(day, *query.within));
    if (query.within) limits.push_back(after(day, *query.within));
  }
}
}  // namespace

// "is it taken? No list: unknown. Listed and not this: no."
Truth naive_leaf(const MedicationQuery& query, const Case& about) {
  if (about.chart.medication_entries == 0) return Truth::unknown;
  const auto list = list_about(query, about);

  std::vector<std::optional<DateSpan>> times;
  for (const Medication* entry : list) {
    const auto [start, end] = times_of(*entry, about.as_of);
    times.push_back(start);
    times.push_back(end);
  }
  times.push_back(about.onset);

  std::vector<DateSpan> dates;
  std::vector<Day> limits{about.as_of, before(about.as_of, about.pack.medication_cover)};
  if (query.within) limits.push_back(before(about.as_of, *query.within));
  for (const auto& time : times) {
    if (!time) continue;
    dates.push_back(*time);
    add_limits(*time, query, about.pack, limits);
  }
  return on_every_day(dates, limits, [&](const Days& days) -> std::optional<Truth> {
    std::vector<std::optional<Day>> chosen;
    std::size_t at = 0;
    for (const auto& time : times) {
      chosen.push_back(time ? std::optional(days[at++]) : std::nullopt);
    }
    auto courses = courses_on(list, chosen, query, about.pack);
    if (!courses) return {};
    return Asked{query, about, chosen.back(), std::move(*courses)}.answer();
  });
}
}  // namespace legwork::tests
