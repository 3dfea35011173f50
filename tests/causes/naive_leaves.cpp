#include "tests/causes/naive_leaves.hpp"

#include "tests/causes/naive_days.hpp"

#include <algorithm>

namespace legwork::tests {
using namespace causes;

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

// "is: yes (default) or no. Not asked: unknown"; <answers valid="P90D"/>: how long an answer
// counts. One that may be older does not; undated, it is taken as today's.
Truth naive_leaf(const AnswerQuery& query, const Case& about) {
  std::vector<DateSpan> dates;
  std::vector<bool> values;
  for (const fhir::Answer& answer : about.chart.answers) {
    const bool* value = std::get_if<bool>(&answer.value);
    if (answer.question != about.pack.questions[query.question].id || !value) continue;
    const DateSpan date = answer.date.value_or(DateSpan::on(about.as_of));
    if (dated_within(date, about.pack.answers_valid, about.as_of) != Truth::yes) continue;
    dates.push_back(date);
    values.push_back(*value);
  }
  std::optional<Truth> said;
  for (const std::size_t last : may_be_last(dates)) {
    said = agreeing(said, truth(values[last] == query.is));
  }
  return said.value_or(Truth::unknown);
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
