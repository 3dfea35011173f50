#include "causes/units.hpp"
#include "tests/causes/naive_leaves.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>

namespace legwork::tests {
namespace {
using namespace causes;
using Measurement = fhir::Measurement;
using fhir::Quantity;

/// All numbers that a value may be: "<5" is everything below 5, 5 itself left out.
struct Interval {
  double low = 0, high = 0;
  bool low_open = false, high_open = false;
};

Interval interval_of(const Quantity& value) {
  constexpr double endless = std::numeric_limits<double>::infinity();
  switch (value.comparator) {
    case Quantity::Comparator::less:
      return {-endless, value.value, true, true};
    case Quantity::Comparator::less_or_equal:
      return {-endless, value.value, true, false};
    case Quantity::Comparator::greater_or_equal:
      return {value.value, endless, false, true};
    case Quantity::Comparator::greater:
      return {value.value, endless, true, true};
    case Quantity::Comparator::equal:
      break;
  }
  return {value.value, value.high.value_or(value.value), false, false};
}

/// Whether all, none, or some of the numbers lie below a limit (or, `with_limit`, at it).
Truth lies_below(const Interval& numbers, double limit, Truth with_limit) {
  const bool limit_counts = with_limit == Truth::yes;
  const bool all =
      numbers.high < limit || (numbers.high == limit && (limit_counts || numbers.high_open));
  const bool none =
      numbers.low > limit || (numbers.low == limit && (!limit_counts || numbers.low_open));
  if (all) return Truth::yes;
  return none ? Truth::no : Truth::unknown;
}

Truth holds(const Bound& bound, const Interval& numbers, double limit) {
  switch (bound.relation) {
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

std::string without_space(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isspace(c); });
  return text;
}

/// "a spelling that is not UCUM (compared after white space is dropped), and what it means.
/// `only` limits it to some concepts."
std::string repaired(const std::string& unit, fhir::ConceptId id, const Pack& pack) {
  for (const UnitRepair& repair : pack.unit_repairs) {
    const bool here = repair.only.empty() ||
                      std::find(repair.only.begin(), repair.only.end(), id) != repair.only.end();
    if (here && repair.from == without_space(unit)) return repair.to;
  }
  return unit;
}

/// "beyond them a value is not used"
bool plausible(const Concept& analyte, double value) {
  return (!analyte.plausible_low || value >= *analyte.plausible_low) &&
         (!analyte.plausible_high || value <= *analyte.plausible_high);
}

/// All numbers that the value may be, in the concept's unit; nothing where it cannot be compared.
std::optional<Interval> usable(const Measurement& measured, const Pack& pack) {
  const Concept& analyte = pack.concepts[measured.id];
  Quantity made = std::get<Quantity>(measured.value);
  const auto value = naive_in_pack_unit(measured.id, made.value, made.unit, pack);
  if (!value || !plausible(analyte, *value)) return {};
  if (made.high) {
    const auto high = naive_in_pack_unit(measured.id, *made.high, made.unit, pack);
    if (!high || !plausible(analyte, *high) || *high < *value) return {};
    made.high = high;
  }
  made.value = *value;
  return interval_of(made);
}

/// A measurement that can be used: its numbers, or that something is present or not.
struct Used {
  const Measurement* sent = nullptr;  ///< none where it was calculated
  DateSpan date;
  std::optional<Interval> numbers;
  std::optional<bool> present;
};

std::optional<Used> used(const Measurement& measured, const Case& about) {
  if (!measured.date) return {};
  const auto date = on_file(*measured.date, about.as_of);
  if (!date) return {};
  Used made{&measured, *date, {}, {}};
  if (const bool* present = std::get_if<bool>(&measured.value)) {
    made.present = *present;
  } else if (std::holds_alternative<Quantity>(measured.value)) {
    made.numbers = usable(measured, about.pack);
  }
  if (!made.present && !made.numbers) return {};
  return made;
}

/// Ages in whole years that the birth date leaves open.
std::pair<int, int> ages(const Case& about) {
  const auto& birth = about.chart.patient.birth;
  if (!birth) return {0, 120};
  return {years_between(birth->last, about.as_of), years_between(birth->first, about.as_of)};
}

/// "so much a year of age, for those older": holds where it does at every age that may be.
Truth holds_for_age(const Bound& bound, const AgeLimit& limit, const Interval& numbers,
                    const Case& about) {
  const auto [youngest, oldest] = ages(about);
  std::optional<Truth> all;
  for (int age = youngest; age <= oldest; ++age) {
    const Truth one = holds(bound, numbers, age > limit.over ? limit.per_year * age : bound.value);
    if (all && *all != one) return Truth::unknown;
    all = one;
  }
  return all.value_or(Truth::unknown);
}

/// All values of one day taken together: where they differ, what was measured lies between them.
struct OfOneDay {
  const ObservationQuery& query;
  const Case& about;
  std::vector<const Used*> values;

  Truth present() const {
    std::optional<bool> all;
    for (const Used* value : values) {
      if (!value->present || (all && *all != *value->present)) return Truth::unknown;
      all = value->present;
    }
    return truth(*all == *query.present);
  }

  Truth in_unit() const {
    Interval hull = *values.front()->numbers;
    for (const Used* value : values) {
      const Interval& other = *value->numbers;
      if (other.low == hull.low && other.high == hull.high) continue;
      hull = {std::min(hull.low, other.low), std::max(hull.high, other.high), false, false};
    }
    Truth all = Truth::yes;
    for (const Bound& bound : query.bounds) {
      all = both(all, query.age_limit ? holds_for_age(bound, *query.age_limit, hull, about)
                                      : holds(bound, hull, bound.value));
    }
    return all;
  }

  /// "as multiples of the laboratory's own limits; no limits sent: unknown"
  Truth in_limits() const {
    std::optional<Truth> agreed;
    for (const Used* value : values) {
      Truth all = Truth::yes;
      for (const Bound& bound : query.bounds) {
        if (!value->sent || !value->sent->limits) return Truth::unknown;
        const auto& limits = value->sent->limits;
        const auto& limit =
            query.scale == ObservationQuery::Scale::upper_limit ? limits->high : limits->low;
        if (!limit) return Truth::unknown;
        const Interval numbers = interval_of(std::get<Quantity>(value->sent->value));
        all = both(all, holds(bound, numbers, *limit * bound.value));
      }
      if (agreed && *agreed != all) return Truth::unknown;
      agreed = all;
    }
    return *agreed;
  }

  Truth answer() const {
    if (query.present) return present();
    // Words where numbers are asked for
    for (const Used* value : values) {
      if (!value->numbers) return Truth::unknown;
    }
    return query.scale == ObservationQuery::Scale::unit ? in_unit() : in_limits();
  }
};

/// The answer on given days: of the latest day within the period.
struct Latest {
  const ObservationQuery& query;
  const std::vector<Used>& values;
  const Case& about;

  bool counts(Day day) const { return !query.within || day >= before(about.as_of, *query.within); }

  Truth answer_of(Day day, const Days& days) const {
    OfOneDay of{query, about, {}};
    for (std::size_t i = 0; i < days.size(); ++i) {
      if (days[i] == day) of.values.push_back(&values[i]);
    }
    return of.answer();
  }

  Truth operator()(const Days& days) const {
    std::optional<Day> latest;
    for (const Day day : days) {
      if (counts(day) && (!latest || day > *latest)) latest = day;
    }
    if (!latest) return Truth::unknown;
    const Truth answer = answer_of(*latest, days);
    if (!query.sustained || answer != Truth::yes) return answer;
    for (const Day day : days) {
      const bool early = day <= before(*latest, *query.sustained);
      if (counts(day) && early && answer_of(day, days) == Truth::yes) return Truth::yes;
    }
    return Truth::unknown;
  }
};
}  // namespace

// The pack's own conversion is asked first; then UCUM, with the molar mass. Only what is not UCUM
// is repaired. Where the pack gives no unit, the bare number is meant.
std::optional<double> naive_in_pack_unit(fhir::ConceptId id, double value, const std::string& unit,
                                         const Pack& pack) {
  const Concept& analyte = pack.concepts[id];
  if (analyte.unit.empty() || (analyte.unit == "1" && unit.empty())) return value;
  for (const std::string& meant : {unit, repaired(unit, id, pack)}) {
    for (const Concept::Conversion& conversion : analyte.conversions) {
      if (conversion.from == meant) return value * conversion.factor + conversion.offset;
    }
    if (const auto made = convert(value, meant, analyte.unit, {analyte.molar_mass})) return made;
  }
  return {};
}

namespace {
std::vector<Used> measured(fhir::ConceptId id, const Case& about) {
  std::vector<Used> values;
  for (const Measurement& measurement : about.chart.measurements) {
    if (measurement.id != id) continue;
    if (const auto value = used(measurement, about)) values.push_back(*value);
  }
  return values;
}

/// The one number of a day that is known to the day; nothing where there is none, or several.
std::optional<double> number_on(Day day, const std::vector<Used>& values) {
  std::optional<double> number;
  for (const Used& value : values) {
    if (!(value.sent->date == DateSpan::on(day))) continue;
    if (!value.numbers || value.numbers->low != value.numbers->high) return {};
    if (number && *number != value.numbers->low) return {};
    number = value.numbers->low;
  }
  return number;
}

/// "What this is calculated from where it was not measured itself", both on one day.
std::vector<Used> calculated(fhir::ConceptId id, const std::vector<Used>& own, const Case& about) {
  const Concept& analyte = about.pack.concepts[id];
  if (!analyte.ratio) return {};
  const auto above = measured(analyte.ratio->of, about);
  const auto below = measured(analyte.ratio->to, about);
  std::map<Day, double> found;
  for (const Used& value : above) {
    const Day day = value.sent->date->first;
    const auto over = number_on(day, above);
    const auto under = number_on(day, below);
    const bool itself = std::any_of(own.begin(), own.end(), [&](const Used& one) {
      return one.sent->date == DateSpan::on(day);
    });
    if (!itself && over && under) found[day] = analyte.ratio->factor * *over / *under;
  }
  std::vector<Used> values;
  for (const auto& [day, value] : found) {
    if (!std::isfinite(value) || !plausible(analyte, value)) continue;
    values.push_back({nullptr, DateSpan::on(day), Interval{value, value, false, false}, {}});
  }
  return values;
}
}  // namespace

// "the latest usable value within the period; in the concept's unit. Older only: unknown"
Truth naive_leaf(const ObservationQuery& query, const Case& about) {
  std::vector<Used> values;
  for (const fhir::ConceptId id : about.pack.concepts[query.id].narrower) {
    const auto own = measured(id, about);
    const auto made = calculated(id, own, about);
    values.insert(values.end(), own.begin(), own.end());
    values.insert(values.end(), made.begin(), made.end());
  }
  std::vector<DateSpan> dates;
  for (const Used& value : values) dates.push_back(value.date);
  std::vector<Day> limits{about.as_of};
  if (query.within) limits.push_back(before(about.as_of, *query.within));
  if (query.sustained) {
    for (const DateSpan& date : dates) {
      limits.push_back(before(date.first, *query.sustained));
      limits.push_back(before(date.last, *query.sustained));
    }
  }
  return on_every_day(dates, limits, Latest{query, values, about});
}
}  // namespace legwork::tests
