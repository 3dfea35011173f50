#include "tests/causes/naive_courses.hpp"
#include "tests/causes/naive_leaves.hpp"

#include <algorithm>

namespace legwork::tests {
namespace {
using namespace causes;
using fhir::Medication;
using Use = Medication::Use;

/// "what is on hold is still taken"
bool says_taking(const Entry& entry) {
  return entry.sent->use == Use::taking || entry.sent->use == Use::paused;
}

Truth taking(const Entry& entry, Day as_of) {
  if (entry.sent->use == Use::unclear) return Truth::unknown;
  if (!says_taking(entry)) return Truth::no;
  if (is_event(*entry.sent) && !entry.end) return Truth::unknown;
  return truth(!entry.end || *entry.end >= as_of);
}

/// "Not taken", said by or about the patient, and the drug was not begun since. An order that was
/// withdrawn denies nothing.
bool denies(const Entry& entry, const std::vector<Entry>& all) {
  if (entry.sent->use != Use::not_taken || entry.sent->source != Medication::Source::stated) {
    return false;
  }
  return std::none_of(all.begin(), all.end(), [&](const Entry& other) {
    return says_taking(other) && entry.start && other.start && *other.start > *entry.start;
  });
}

Truth taking(const std::vector<Entry>& entries, Day as_of) {
  Truth any = Truth::no;
  bool denied = false;
  for (const Entry& entry : entries) {
    any = either(any, taking(entry, as_of));
    denied = denied || denies(entry, entries);
  }
  return denied ? both(any, Truth::unknown) : any;
}

/// "An order that was never carried out is no use."
Truth was_used(const std::vector<Entry>& entries) {
  Truth any = Truth::no;
  for (const Entry& entry : entries) {
    if (says_taking(entry) || entry.sent->use == Use::stopped) return Truth::yes;
    if (entry.sent->use == Use::unclear) any = Truth::unknown;
  }
  return any;
}

/// Whether the last of it ended within the period: it ended no earlier than any of its entries.
Truth ended_within(const std::vector<Entry>& entries, const std::optional<Period>& within,
                   Day as_of) {
  if (!within) return Truth::yes;
  Truth any = Truth::no;
  for (const Entry& entry : entries) {
    if (entry.sent->use == Use::not_taken) continue;
    const Truth this_one = entry.end ? truth(*entry.end >= before(as_of, *within)) : Truth::unknown;
    any = either(any, this_one);
  }
  return any;
}

struct Asked {
  const MedicationQuery& query;
  const Case& about;

  Truth of(const Course& course, const AnswerOnEntries& answer) const {
    std::vector<DateSpan> others;
    if (about.onset) others.push_back(*about.onset);
    return on_every_day_of(course, others, query.within, about, answer);
  }

  /// In the state that is asked for, by a route that counts.
  Truth in_state(const Course& course) const {
    const Truth state = of(course, [&](const std::vector<Entry>& entries, const Days&) {
      const Truth now = taking(entries, about.as_of);
      switch (query.state) {
        case MedicationQuery::State::taking:
          return now;
        case MedicationQuery::State::stopped:
          return both(both(was_used(entries), opposite(now)),
                      ended_within(entries, query.within, about.as_of));
        case MedicationQuery::State::ever:
          return was_used(entries);
      }
      return Truth::unknown;
    });
    return query.local_counts ? state : both(state, course.systemic);
  }

  /// "first started, or its dose raised, within this period before the onset (or on that day)"
  Truth began_before(const Course& course) const {
    if (!about.onset) return Truth::unknown;
    return of(course, [&](const std::vector<Entry>& entries, const Days& days) {
      const Day onset = days.front();
      const auto in_window = [&](Day day) {
        return day <= onset && day >= before(onset, query.within.value_or(Period{}));
      };
      const CourseOnDays made = course_on_days(entries, about);
      if (!made.start) return Truth::unknown;
      return truth(in_window(*made.start) ||
                   std::any_of(made.raised.begin(), made.raised.end(), in_window));
    });
  }

  Truth began_after(const Course& course) const {
    if (!about.onset) return Truth::unknown;
    return of(course, [&](const std::vector<Entry>& entries, const Days& days) {
      const CourseOnDays made = course_on_days(entries, about);
      return made.start ? truth(*made.start > days.front()) : Truth::unknown;
    });
  }

  Truth answer(const Course& course) const {
    const Truth state = in_state(course);
    const bool before_onset = query.start == MedicationQuery::Start::before_onset;
    return before_onset ? both(state, began_before(course)) : state;
  }
};
}  // namespace

// "is it taken? No list: unknown. Listed and not this: no. An entry that nobody can identify may be
// this drug: unknown"
Truth naive_leaf(const MedicationQuery& query, const Case& about) {
  if (about.chart.medication_entries == 0) return Truth::unknown;
  const Asked asked{query, about};
  const bool unidentified = !about.chart.unidentified_medications.empty();
  Truth any = unidentified ? Truth::unknown : Truth::no;
  Truth all_after = opposite(any);
  for (const Course& course : courses_of(query.id, about)) {
    const Truth answer = asked.answer(course);
    any = either(any, answer);
    if (query.start != MedicationQuery::Start::after_onset) continue;
    // "everything of it that is taken started after"
    all_after = both(all_after, either(opposite(answer), asked.began_after(course)));
  }
  return query.start == MedicationQuery::Start::after_onset ? both(any, all_after) : any;
}

std::optional<DateSpan> naive_beginning(const MedicationQuery& query, const Case& about) {
  const Asked asked{query, about};
  std::vector<DateSpan> starts;
  for (const Course& course : courses_of(query.id, about)) {
    if (asked.answer(course) != Truth::yes) continue;
    std::optional<DateSpan> start;
    asked.of(course, [&](const std::vector<Entry>& entries, const Days&) {
      const auto day = course_on_days(entries, about).start;
      if (day && !start) start = DateSpan::on(*day);
      if (day) start = DateSpan{std::min(start->first, *day), std::max(start->last, *day)};
      return Truth::yes;
    });
    if (start) starts.push_back(*start);
  }
  return first_of(starts);
}
}  // namespace legwork::tests
