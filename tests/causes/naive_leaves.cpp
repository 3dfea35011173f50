#include "tests/causes/naive_leaves.hpp"

#include "tests/causes/known_differences.hpp"

#include <algorithm>

namespace legwork::tests {
namespace {
using namespace causes;
using Condition = fhir::Condition;

std::vector<Day> days_to_try(DateSpan date, const std::vector<Day>& limits) {
  std::vector<Day> days{date.first, date.last};
  for (const Day limit : limits) {
    for (int beside = -1; beside <= 1; ++beside) {
      const Day day = limit + std::chrono::days{beside};
      if (date.first <= day && day <= date.last) days.push_back(day);
    }
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

Truth or_unknown(std::optional<Truth> answer) { return answer.value_or(Truth::unknown); }

/// Answers so far and one more: they agree, or nobody knows.
std::optional<Truth> agreeing(std::optional<Truth> before, Truth answer) {
  return !before || *before == answer ? answer : Truth::unknown;
}

/// The days from which on something counts: everything up to today where no period is given.
bool is_within(Day day, const std::optional<Period>& period, Day as_of) {
  return day <= as_of && (!period || day >= before(as_of, *period));
}

std::vector<Day> limits_of(const std::optional<Period>& period, Day as_of) {
  std::vector<Day> limits{as_of};
  if (period) limits.push_back(before(as_of, *period));
  return limits;
}

/// Whether a date lies within a period before today; of a fact without date only where no period
/// is asked for.
Truth dated_within(const std::optional<DateSpan>& date, const std::optional<Period>& period,
                   Day as_of) {
  if (!date) return period ? Truth::unknown : Truth::yes;
  const auto known_date = on_file(*date, as_of);
  if (!known_date) return Truth::no;
  return on_every_day({*known_date}, limits_of(period, as_of),
                      [&](const Days& days) { return truth(is_within(days[0], period, as_of)); });
}

Truth on_one_side(Condition::Side side) {
  if (side == Condition::Side::unstated) return Truth::unknown;
  return truth(side != Condition::Side::both);
}

/// "recorded or begun within": one that is older says nothing about this period.
Truth in_period(const Condition& entry, Period within, Day as_of) {
  if (known::old_condition_is_no) {
    const auto& date = entry.recorded ? entry.recorded : entry.onset;
    return date ? truth(date->first >= before(as_of, within)) : Truth::unknown;
  }
  const Truth begun = dated_within(entry.onset, within, as_of);
  const Truth recorded = dated_within(entry.recorded, within, as_of);
  return either(begun, recorded) == Truth::yes ? Truth::yes : Truth::unknown;
}

/// What one entry says, refutations aside; nothing where it does not speak of today.
std::optional<Truth> says(const Condition& entry, const ConditionQuery& query, const Case& about) {
  const auto in_future = [&](const std::optional<DateSpan>& date) {
    return date && date->first > about.as_of;
  };
  if (!known::future_condition_counts && (in_future(entry.onset) || in_future(entry.recorded))) {
    return {};
  }
  Truth answer = Truth::yes;
  if (entry.certainty == Condition::Certainty::suspected && !query.suspected_counts) {
    answer = Truth::unknown;
  }
  if (!query.resolved_counts) {
    // "how long a visit's reason or an observed sign is current"; undated, it is taken as current.
    const bool future = entry.recorded && entry.recorded->first > about.as_of;
    if (entry.origin != Condition::Origin::problem && entry.recorded && !future &&
        dated_within(entry.recorded, about.pack.findings_valid, about.as_of) != Truth::yes) {
      answer = Truth::unknown;
    }
    Truth over = Truth::no;
    if (entry.abatement) over = dated_within(entry.abatement, std::nullopt, about.as_of);
    if (entry.clinical == Condition::Clinical::inactive) over = Truth::yes;
    answer = both(answer, opposite(over));
  }
  if (query.within) answer = both(answer, in_period(entry, *query.within, about.as_of));
  return query.one_side ? both(answer, on_one_side(entry.side)) : answer;
}
}  // namespace

std::optional<DateSpan> on_file(DateSpan date, Day as_of) {
  if (date.first > as_of) return {};
  return DateSpan{date.first, std::min(date.last, as_of)};
}

Truth on_every_day(const std::vector<DateSpan>& dates, std::vector<Day> limits,
                   const AnswerOn& answer) {
  for (const DateSpan& date : dates) {
    limits.push_back(date.first);
    limits.push_back(date.last);
  }
  std::vector<Days> choices;
  for (const DateSpan& date : dates) choices.push_back(days_to_try(date, limits));

  std::optional<Truth> all;
  std::vector<std::size_t> at(dates.size(), 0);
  while (true) {
    Days days;
    for (std::size_t i = 0; i < at.size(); ++i) days.push_back(choices[i][at[i]]);
    if (const auto one = answer(days)) all = agreeing(all, *one);
    if (all == Truth::unknown) return Truth::unknown;
    std::size_t turn = 0;
    while (turn < at.size() && ++at[turn] == choices[turn].size()) at[turn++] = 0;
    if (turn == at.size()) return or_unknown(all);
  }
}

// "On the problem list, a visit's reason, an observed finding. Not there: unknown. Refuted: no."
Truth naive_leaf(const ConditionQuery& query, const Case& about) {
  std::optional<Truth> best;
  for (const Condition& entry : about.chart.conditions) {
    if (!about.pack.concepts[query.id].counts(entry.id)) continue;
    const bool refuted = entry.certainty == Condition::Certainty::refuted;
    const auto answer = refuted ? std::optional(Truth::no) : says(entry, query, about);
    if (answer) best = best ? std::max(*best, *answer) : *answer;
  }
  return or_unknown(best);
}

// "done? Not on file: unknown"
Truth naive_leaf(const ProcedureQuery& query, const Case& about) {
  for (const fhir::Procedure& done : about.chart.procedures) {
    if (about.pack.concepts[query.id].counts(done.id) &&
        dated_within(done.date, query.within, about.as_of) == Truth::yes) {
      return Truth::yes;
    }
  }
  return Truth::unknown;
}

// "is: yes (default) or no. Not asked: unknown"; <answers valid="P90D"/>: how long an answer counts
Truth naive_leaf(const AnswerQuery& query, const Case& about) {
  std::vector<DateSpan> dates;
  std::vector<bool> values;
  for (const fhir::Answer& answer : about.chart.answers) {
    const bool* value = std::get_if<bool>(&answer.value);
    if (answer.question != about.pack.questions[query.question].id || !value) {
      continue;
    }
    // Undated, it is taken as today's.
    const auto date = on_file(answer.date.value_or(DateSpan::on(about.as_of)), about.as_of);
    if (!date) continue;
    dates.push_back(*date);
    values.push_back(*value);
  }
  const Period valid = about.pack.answers_valid;
  return on_every_day(dates, limits_of(valid, about.as_of), [&](const Days& days) {
    std::optional<Truth> said;
    std::optional<Day> latest;
    for (std::size_t i = 0; i < days.size(); ++i) {
      if (!is_within(days[i], valid, about.as_of) || (latest && days[i] < *latest)) continue;
      if (latest && days[i] > *latest) said.reset();
      latest = days[i];
      said = agreeing(said, truth(values[i] == query.is));
    }
    return or_unknown(said);
  });
}

Truth naive_leaf(const AgeQuery& query, const Case& about) {
  if (!about.chart.patient.birth) return Truth::unknown;
  // The birthdays on which the answer turns lie among the days of a year before today.
  std::vector<Day> limits{before(about.as_of, {12 * int(query.bound.value), 0})};
  return on_every_day({*about.chart.patient.birth}, limits, [&](const Days& born) {
    const int years = years_between(born[0], about.as_of);
    switch (query.bound.relation) {
      case Bound::Relation::below:
        return truth(years < query.bound.value);
      case Bound::Relation::at_most:
        return truth(years <= query.bound.value);
      case Bound::Relation::above:
        return truth(years > query.bound.value);
      case Bound::Relation::at_least:
        return truth(years >= query.bound.value);
    }
    return Truth::unknown;
  });
}

Truth naive_leaf(const SexQuery& query, const Case& about) {
  const std::string& sex = about.chart.patient.sex;
  if (sex != "female" && sex != "male") return Truth::unknown;
  return truth(sex == query.is);
}

Truth naive_leaf(const DeceasedQuery&, const Case& about) {
  return truth(about.chart.patient.deceased);
}
}  // namespace legwork::tests
