#include "tests/causes/naive_courses.hpp"
#include "tests/causes/naive_leaves.hpp"

#include <algorithm>

namespace legwork::tests {
namespace {
using namespace causes;
using Condition = fhir::Condition;

/// One time that an effect was there.
struct Episode {
  DateSpan began;
  std::optional<DateSpan> ended;
};

std::vector<Episode> episodes_of(const ChallengeQuery& query, const Case& about) {
  std::vector<Episode> found;
  for (const Condition& entry : about.chart.conditions) {
    const bool asked = std::any_of(
        query.effects.begin(), query.effects.end(),
        [&](fhir::ConceptId effect) { return about.pack.concepts[effect].counts(entry.id); });
    const bool sure = entry.certainty == Condition::Certainty::confirmed;
    const auto& began = entry.onset ? entry.onset : entry.recorded;
    if (!asked || !sure || !began || is_of_the_future(entry, about.as_of)) continue;
    found.push_back({*began, entry.abatement});
  }
  return found;
}

bool follows(Day then, Day from, Period within) {
  return then >= from && then <= after(from, within);
}

/// What one choice of days does not show stays unknown, however it is on the others.
Truth shown_if(bool so) { return so ? Truth::yes : Truth::unknown; }

struct Challenge {
  const ChallengeQuery& query;
  const Case& about;

  /// "did an effect that began under the drug go within the period after it was stopped"
  bool went(const NotTaken& pause, Day began, Day ended) const {
    const bool under_the_drug = pause.began && began >= *pause.began && began <= pause.stopped;
    return under_the_drug && ended <= about.as_of && follows(ended, pause.stopped, query.within);
  }

  /// "and come back within the period after it was taken up again"
  bool came_back(const NotTaken& pause, Day began) const {
    return pause.restarted && follows(began, *pause.restarted, query.within);
  }

  Truth dechallenge(const Course& course, const Episode& episode) const {
    if (!episode.ended) return Truth::unknown;
    return on_every_day_of(
        course, {episode.began, *episode.ended}, query.within, about,
        [&](const std::vector<Entry>& entries, const Days& days) {
          const auto pauses = course_on_days(entries, about).pauses;
          return shown_if(std::any_of(pauses.begin(), pauses.end(), [&](const NotTaken& pause) {
            return went(pause, days[0], days[1]);
          }));
        });
  }

  Truth rechallenge(const Course& course, const Episode& first, const Episode& second) const {
    if (!first.ended) return Truth::unknown;
    return on_every_day_of(
        course, {first.began, *first.ended, second.began}, query.within, about,
        [&](const std::vector<Entry>& entries, const Days& days) {
          const auto pauses = course_on_days(entries, about).pauses;
          return shown_if(std::any_of(pauses.begin(), pauses.end(), [&](const NotTaken& pause) {
            return went(pause, days[0], days[1]) && came_back(pause, days[2]);
          }));
        });
  }

  bool shown(const Course& course, const std::vector<Episode>& episodes) const {
    for (const Episode& first : episodes) {
      if (query.step == ChallengeQuery::Step::dechallenge) {
        if (dechallenge(course, first) == Truth::yes) return true;
        continue;
      }
      for (const Episode& second : episodes) {
        if (rechallenge(course, first, second) == Truth::yes) return true;
      }
    }
    return false;
  }
};
}  // namespace

// "Yes or unknown, never no"
Truth naive_leaf(const ChallengeQuery& query, const Case& about) {
  const Challenge challenge{query, about};
  const auto episodes = episodes_of(query, about);
  for (const Course& course : courses_of(query.id, about)) {
    if (course.systemic == Truth::yes && challenge.shown(course, episodes)) return Truth::yes;
  }
  return Truth::unknown;
}
}  // namespace legwork::tests
