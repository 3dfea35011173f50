#include "tests/causes/naive_results.hpp"

#include "causes/units.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

namespace legwork::tests {
namespace {
using namespace causes;
using fhir::Measurement;
using fhir::Quantity;

Numbers numbers_of(const Quantity& value) {
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

/// "beyond them a value is not used"
bool plausible(const Concept& analyte, double value) {
  return (!analyte.plausible_low || value >= *analyte.plausible_low) &&
         (!analyte.plausible_high || value <= *analyte.plausible_high);
}

/// All numbers that the value may be, in the concept's unit; nothing where it cannot be compared.
std::optional<Numbers> usable(const Measurement& measured, const Pack& pack) {
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
  return numbers_of(made);
}

Range range_of(const Measurement& measured, const Pack& pack) {
  const std::string& unit = std::get<Quantity>(measured.value).unit;
  const auto in_unit = [&](const std::optional<double>& limit) {
    return limit ? naive_in_pack_unit(measured.id, *limit, unit, pack) : std::nullopt;
  };
  return {in_unit(measured.limits->low), in_unit(measured.limits->high)};
}

/// One measurement alone; nothing where it cannot be used.
std::optional<Found> used(const Measurement& measured, const Case& about) {
  if (!measured.date || measured.date->first > about.as_of) return {};
  Found found{measured.id, *measured.date, {}, {}, {}, {}};
  if (!measured.interpretation.empty()) found.flags.insert(measured.interpretation);
  if (const bool* present = std::get_if<bool>(&measured.value)) {
    found.words.insert(*present);
    return found;
  }
  if (!std::holds_alternative<Quantity>(measured.value)) return {};
  found.numbers = usable(measured, about.pack);
  if (!found.numbers) return {};
  if (measured.limits) found.ranges.insert(range_of(measured, about.pack));
  return found;
}

/// "Several values of one day are read as the range between them"
void add(std::vector<Found>& all, Found other) {
  for (Found& day : all) {
    if (!(day.date == other.date) || day.numbers.has_value() != other.numbers.has_value()) continue;
    // A flag belongs to its value: where values differ, only one that all of them have counts.
    if (day.numbers && !(*day.numbers == *other.numbers)) {
      day.numbers = Numbers{std::min(day.numbers->low, other.numbers->low),
                            std::max(day.numbers->high, other.numbers->high), false, false};
      if (day.flags != other.flags) day.flags.clear();
    } else {
      day.flags.merge(other.flags);
    }
    day.ranges.merge(other.ranges);
    day.words.merge(other.words);
    return;
  }
  all.push_back(std::move(other));
}

std::vector<Found> measured(fhir::ConceptId id, const Case& about) {
  std::vector<Found> all;
  for (const Measurement& one : about.chart.measurements) {
    if (one.id != id) continue;
    if (auto found = used(one, about)) add(all, std::move(*found));
  }
  return all;
}

/// The one number of a day that is known to the day; nothing where there is none, or several.
std::optional<double> number_on(Day day, const std::vector<Found>& all) {
  std::optional<double> number;
  for (const Found& found : all) {
    if (!(found.date == DateSpan::on(day))) continue;
    if (!found.numbers || found.numbers->low != found.numbers->high) return {};
    number = found.numbers->low;
  }
  return number;
}

/// "calculated as of / to * factor, for the days that have both and not the concept itself"
std::vector<Found> calculated(fhir::ConceptId id, const std::vector<Found>& own,
                              const Case& about) {
  const Concept& analyte = about.pack.concepts[id];
  if (!analyte.ratio) return {};
  const auto above = measured(analyte.ratio->of, about);
  const auto below = measured(analyte.ratio->to, about);
  std::vector<Found> made;
  for (const Found& value : above) {
    const Day day = value.date.first;
    const auto over = number_on(day, above);
    const auto under = number_on(day, below);
    const bool itself = std::any_of(
        own.begin(), own.end(), [&](const Found& one) { return one.date == DateSpan::on(day); });
    if (!value.date.exact() || itself || !over || !under) continue;
    const double ratio = analyte.ratio->factor * *over / *under;
    if (!std::isfinite(ratio) || !plausible(analyte, ratio)) continue;
    made.push_back({id, value.date, Numbers{ratio, ratio, false, false}, {}, {}, {}});
  }
  return made;
}
}  // namespace

std::vector<Found> results_of(fhir::ConceptId asked, const Case& about) {
  std::vector<Found> all;
  for (const fhir::ConceptId id : about.pack.concepts[asked].narrower) {
    const auto own = measured(id, about);
    const auto made = calculated(id, own, about);
    all.insert(all.end(), own.begin(), own.end());
    all.insert(all.end(), made.begin(), made.end());
  }
  return all;
}
}  // namespace legwork::tests
