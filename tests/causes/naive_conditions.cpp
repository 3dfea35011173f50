#include "tests/causes/naive_days.hpp"
#include "tests/causes/naive_leaves.hpp"

#include <algorithm>

namespace legwork::tests {
namespace {
using namespace causes;
using Condition = fhir::Condition;

Truth on_one_side(Condition::Side side) {
  if (side == Condition::Side::unstated) return Truth::unknown;
  return truth(side != Condition::Side::both);
}

/// "recorded or begun within (older only: unknown)"
Truth in_period(const Condition& entry, const std::optional<Period>& within, Day as_of) {
  if (!within) return Truth::yes;
  const Truth begun = dated_within(entry.onset, within, as_of);
  const Truth recorded = dated_within(entry.recorded, within, as_of);
  return either(begun, recorded) == Truth::yes ? Truth::yes : Truth::unknown;
}

Truth in_status(const Condition& entry, const ConditionQuery& query, const Case& about) {
  const Truth over = is_resolved(entry, about.as_of);
  if (query.past_only) return over;
  if (query.resolved_counts) return Truth::yes;
  const Truth lasting = is_faded(entry, about) == Truth::no ? Truth::yes : Truth::unknown;
  return both(lasting, opposite(over));
}

/// "Refuted: no"; "certainty=suspected: suspected ones count too"
Truth as_sure_as_asked(const Condition& entry, const ConditionQuery& query) {
  switch (entry.certainty) {
    case Condition::Certainty::refuted:
      return Truth::no;
    case Condition::Certainty::suspected:
      return query.suspected_counts ? Truth::yes : Truth::unknown;
    case Condition::Certainty::confirmed:
      return Truth::yes;
  }
  return Truth::unknown;
}

Truth says(const Condition& entry, const ConditionQuery& query, const Case& about) {
  const Truth sure = as_sure_as_asked(entry, query);
  if (sure == Truth::no) return Truth::no;
  Truth answer = both(sure, in_status(entry, query, about));
  answer = both(answer, in_period(entry, query.within, about.as_of));
  return query.one_side ? both(answer, on_one_side(entry.side)) : answer;
}

std::vector<const Condition*> on_list(const ConditionQuery& query, const Case& about) {
  std::vector<const Condition*> list;
  for (const Condition& entry : about.chart.conditions) {
    const bool asked = about.pack.concepts[query.id].counts(entry.id);
    if (asked && !is_of_the_future(entry, about.as_of)) list.push_back(&entry);
  }
  return list;
}

/// "and another entry at least so much earlier (only one: unknown)"
Truth seen_before(const std::vector<const Condition*>& entries, Period apart) {
  for (const Condition* later : entries) {
    for (const Condition* earlier : entries) {
      const auto& then = earlier->recorded ? earlier->recorded : earlier->onset;
      const auto& now = later->recorded ? later->recorded : later->onset;
      if (later == earlier || !then || !now) continue;
      const Truth so = on_every_day({*then, *now}, {}, [&](const Days& days) {
        return truth(after(days[0], apart) <= days[1]);
      });
      if (so == Truth::yes) return Truth::yes;
    }
  }
  return Truth::unknown;
}
}  // namespace

bool is_of_the_future(const Condition& entry, Day as_of) {
  return (entry.onset && entry.onset->first > as_of) ||
         (entry.recorded && entry.recorded->first > as_of);
}

Truth is_resolved(const Condition& entry, Day as_of) {
  if (entry.clinical == Condition::Clinical::inactive) return Truth::yes;
  if (!entry.abatement) return Truth::no;
  return on_every_day({*entry.abatement}, {as_of},
                      [&](const Days& days) { return truth(days[0] <= as_of); });
}

// "how long a visit's reason or an observed sign is current; a problem list has its own statuses".
// Undated, it is taken as current.
Truth is_faded(const Condition& entry, const Case& about) {
  if (entry.origin == Condition::Origin::problem || !entry.recorded) return Truth::no;
  return opposite(dated_within(entry.recorded, about.pack.findings_valid, about.as_of));
}

// "On the problem list, a visit's reason, an observed finding. Not there: unknown."
Truth naive_leaf(const ConditionQuery& query, const Case& about) {
  const auto list = on_list(query, about);
  if (list.empty()) return Truth::unknown;
  Truth answer = Truth::no;
  std::vector<const Condition*> positive;
  for (const Condition* entry : list) {
    const Truth one = says(*entry, query, about);
    answer = either(answer, one);
    if (one == Truth::yes) positive.push_back(entry);
  }
  if (answer != Truth::yes || !query.sustained) return answer;
  return seen_before(positive, *query.sustained);
}

std::optional<DateSpan> naive_beginning(const ConditionQuery& query, const Case& about) {
  std::vector<DateSpan> dates;
  for (const Condition* entry : on_list(query, about)) {
    const auto& date = entry->onset ? entry->onset : entry->recorded;
    if (date && says(*entry, query, about) == Truth::yes) dates.push_back(*date);
  }
  return first_of(dates);
}
}  // namespace legwork::tests
