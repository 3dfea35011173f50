#include "tests/causes/naive_days.hpp"
#include "tests/causes/naive_leaves.hpp"
#include "tests/causes/naive_results.hpp"

#include <algorithm>
#include <array>

namespace legwork::tests {
namespace {
using namespace causes;
using Scale = ObservationQuery::Scale;

/// Whether all, none, or some of the numbers lie below a limit (or, `with_limit`, at it).
Truth lies_below(const Numbers& numbers, double limit, Truth with_limit) {
  const bool limit_counts = with_limit == Truth::yes;
  const bool all =
      numbers.high < limit || (numbers.high == limit && (limit_counts || numbers.high_open));
  const bool none =
      numbers.low > limit || (numbers.low == limit && (!limit_counts || numbers.low_open));
  if (all) return Truth::yes;
  return none ? Truth::no : Truth::unknown;
}

Truth holds(Bound::Relation relation, const Numbers& numbers, double limit) {
  switch (relation) {
    case Bound::Relation::below:
      return lies_below(numbers, limit, Truth::no);
    case Bound::Relation::at_most:
      return lies_below(numbers, limit, Truth::yes);
    case Bound::Relation::above:
      return opposite(lies_below(numbers, limit, Truth::yes));
    case Bound::Relation::at_least:
      return opposite(lies_below(numbers, limit, Truth::no));
  }
  return Truth::unknown;
}

/// Ages in whole years that the birth date leaves open.
std::pair<int, int> ages(const Case& about) {
  const auto& birth = about.chart.patient.birth;
  if (!birth) return {0, 120};
  return {years_between(birth->last, about.as_of), years_between(birth->first, about.as_of)};
}

/// "which for those older than over-age is per-year times the age"
Truth holds_for_age(const Bound& bound, const AgeLimit& limit, const Numbers& numbers,
                    const Case& about) {
  const auto [youngest, oldest] = ages(about);
  std::optional<Truth> all;
  for (int age = youngest; age <= oldest; ++age) {
    const double limit_then = age > limit.over ? limit.per_year * age : bound.value;
    all = agreeing(all, holds(bound.relation, numbers, limit_then));
  }
  return all.value_or(Truth::unknown);
}

/// Where a flag says that a value lies, as seen from one limit.
enum class Place { beyond, within, untold };

/// "where it sent none, its flag (H, L, N) answers": also HH and HU, LL and LU. Others tell
/// nothing, and neither do two that differ.
Place place_by(const std::set<std::string>& flags, Scale scale) {
  if (flags.size() != 1) return Place::untold;
  const auto is_one_of = [&](const std::array<const char*, 3>& those) {
    return std::find(those.begin(), those.end(), *flags.begin()) != those.end();
  };
  const bool high = is_one_of({"H", "HH", "HU"});
  const bool low = is_one_of({"L", "LL", "LU"});
  if (!high && !low && *flags.begin() != "N") return Place::untold;
  return (scale == Scale::upper_limit ? high : low) ? Place::beyond : Place::within;
}

/// "answers for a multiple of 1". At the limit itself a value is not beyond it.
Truth by_flag(const Bound& bound, Scale scale, const std::set<std::string>& flags) {
  const Place place = place_by(flags, scale);
  if (bound.value != 1 || place == Place::untold) return Truth::unknown;
  const bool upper = scale == Scale::upper_limit;
  if (bound.relation == (upper ? Bound::Relation::above : Bound::Relation::below)) {
    return truth(place == Place::beyond);
  }
  if (bound.relation == (upper ? Bound::Relation::at_most : Bound::Relation::at_least)) {
    return truth(place == Place::within);
  }
  return Truth::unknown;
}

/// "as multiples of the laboratory's own limits; where it sent none, its flag …, else the concept's
/// usual-high or usual-low serves; else unknown". Two ranges that differ are none.
Truth by_limit(const Bound& bound, Scale scale, const Found& found, const Concept& analyte) {
  const bool upper = scale == Scale::upper_limit;
  if (found.ranges.size() == 1) {
    const Range& range = *found.ranges.begin();
    const auto& own = upper ? range.second : range.first;
    if (own) return holds(bound.relation, *found.numbers, *own * bound.value);
  }
  const Truth flagged = by_flag(bound, scale, found.flags);
  if (flagged != Truth::unknown) return flagged;
  const auto& usual = upper ? analyte.usual_high : analyte.usual_low;
  return usual ? holds(bound.relation, *found.numbers, *usual * bound.value) : Truth::unknown;
}

struct Asked {
  const ObservationQuery& query;
  const Case& about;

  Truth meets(const Bound& bound, const Found& found) const {
    if (query.age_limit) return holds_for_age(bound, *query.age_limit, *found.numbers, about);
    if (query.scale == Scale::unit) return holds(bound.relation, *found.numbers, bound.value);
    return by_limit(bound, query.scale, found, about.pack.concepts[found.id]);
  }

  /// Words where numbers are asked for tell nothing, and the other way round.
  Truth says(const Found& found) const {
    if (query.present) {
      if (found.words.size() != 1) return Truth::unknown;
      return truth(*found.words.begin() == *query.present);
    }
    if (!found.numbers) return Truth::unknown;
    Truth all = Truth::yes;
    for (const Bound& bound : query.bounds) all = both(all, meets(bound, found));
    return all;
  }

  bool in_period(const Found& found) const {
    return dated_within(found.date, query.within, about.as_of) == Truth::yes;
  }

  /// "and another value of the same answer at least that much earlier (inside `within`)"
  bool sustained(const Found& latest, const std::vector<Found>& all) const {
    return std::any_of(all.begin(), all.end(), [&](const Found& other) {
      if (!in_period(other) || says(other) != Truth::yes) return false;
      const Truth earlier = on_every_day({other.date, latest.date}, {}, [&](const Days& days) {
        return truth(days[0] <= before(days[1], *query.sustained));
      });
      return earlier == Truth::yes;
    });
  }

  Truth answer(const Found& latest, const std::vector<Found>& all) const {
    if (!in_period(latest)) return Truth::unknown;
    const Truth said = says(latest);
    if (!query.sustained || said != Truth::yes) return said;
    return sustained(latest, all) ? Truth::yes : Truth::unknown;
  }
};

std::vector<DateSpan> dates_of(const std::vector<Found>& all) {
  std::vector<DateSpan> dates;
  for (const Found& found : all) dates.push_back(found.date);
  return dates;
}
}  // namespace

// "the latest usable value within the period. Older only: unknown. Where dates known in part leave
// open which is the latest, all that may be must agree"
Truth naive_leaf(const ObservationQuery& query, const Case& about) {
  const auto all = results_of(query.id, about);
  const Asked asked{query, about};
  std::optional<Truth> agreed;
  for (const std::size_t last : may_be_last(dates_of(all))) {
    agreed = agreeing(agreed, asked.answer(all[last], all));
  }
  return agreed.value_or(Truth::unknown);
}

std::optional<DateSpan> naive_beginning(const ObservationQuery& query, const Case& about) {
  return last_of(dates_of(results_of(query.id, about)));
}
}  // namespace legwork::tests
