#pragma once

#include "tests/causes/naive.hpp"
#include "tests/causes/naive_days.hpp"

#include <functional>
#include <map>
#include <optional>
#include <vector>

/// What is taken, since when, and when it was not. For one choice of days everything is exact.
namespace legwork::tests {
/// All that the list says of one drug, plans and the future left out. Its local use, its use all
/// over the body, and its use in a form that nobody can tell are three.
struct Course {
  fhir::ConceptId drug = 0;
  causes::Truth systemic = causes::Truth::yes;
  std::vector<const fhir::Medication*> entries;
};

/// The courses of all drugs that count as the one asked for.
std::vector<Course> courses_of(fhir::ConceptId asked, const Case& about);

/// One entry, with its days chosen.
struct Entry {
  const fhir::Medication* sent = nullptr;
  std::optional<Day> start, end;  ///< end: also of what lasts as long as a dispense counts
};

/// Handed over or given once, and not said to go on.
bool is_event(const fhir::Medication& sent);

/// A drug not taken for a time: from the end of the entries that reach furthest to the next start.
struct NotTaken {
  std::optional<Day> began;  ///< the start of the use that ended
  Day stopped;
  std::optional<Day> restarted;
};

/// A course on one choice of days.
struct CourseOnDays {
  std::optional<Day> start;  ///< of the use that goes on, or of the last
  std::vector<Day> raised;   ///< when the dose went up in it
  std::vector<NotTaken> pauses;
};

CourseOnDays course_on_days(const std::vector<Entry>& entries, const Case& about);

/// The answer about a course whose days are chosen, and about other dates beside it.
using AnswerOnEntries =
    std::function<std::optional<causes::Truth>(const std::vector<Entry>&, const Days&)>;

/// `on_every_day` of the course's dates and of others.
causes::Truth on_every_day_of(const Course& course, const std::vector<DateSpan>& others,
                              const std::optional<Period>& within, const Case& about,
                              const AnswerOnEntries& answer);
}  // namespace legwork::tests
