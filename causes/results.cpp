#include "causes/results.hpp"

#include "base/text.hpp"
#include "causes/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace legwork::causes {
namespace {
using fhir::Measurement;
using fhir::Note;
using fhir::Quantity;

/// Rounded to 12 digits, more than any laboratory sends: so that a value at a threshold stays at
/// it, whatever binary fractions a conversion passes through.
double without_dust(double value) {
  std::array<char, 32> digits{};
  const auto end =
      std::to_chars(digits.begin(), digits.end(), value, std::chars_format::scientific, 11).ptr;
  double rounded = value;
  std::from_chars(digits.begin(), end, rounded);
  return rounded;
}

/// From the sender's unit to the pack's: by UCUM, then, where the pack has a conversion of its own,
/// value * factor + offset.
struct Scale {
  std::string_view from, to;  ///< empty: no conversion by UCUM
  std::optional<double> molar_mass;
  double factor = 1, offset = 0;

  double operator()(double value) const {
    if (!from.empty())
      value =
          convert(value, from, to, {molar_mass}).value_or(std::numeric_limits<double>::quiet_NaN());
    const bool converts = from != to || factor != 1 || offset != 0;
    return converts ? without_dust(value * factor + offset) : value;
  }
};

Interval interval_of(const Quantity& quantity, const Scale& scale) {
  const double value = scale(quantity.value);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  switch (quantity.comparator) {
    case Quantity::Comparator::equal:
      return {value, quantity.high ? scale(*quantity.high) : value, false, false};
    case Quantity::Comparator::less:
      return {-infinity, value, false, true};
    case Quantity::Comparator::less_or_equal:
      return {-infinity, value, false, false};
    case Quantity::Comparator::greater_or_equal:
      return {value, infinity, false, false};
    case Quantity::Comparator::greater:
      return {value, infinity, true, false};
  }
  return {};
}

std::string_view sign(Quantity::Comparator comparator) {
  switch (comparator) {
    case Quantity::Comparator::equal:
      return "";
    case Quantity::Comparator::less:
      return "<";
    case Quantity::Comparator::less_or_equal:
      return "\u2264";
    case Quantity::Comparator::greater_or_equal:
      return "\u2265";
    case Quantity::Comparator::greater:
      return ">";
  }
  return "";
}

std::string unit_words(const Concept& about) {
  return about.unit.empty() || about.unit == "1" ? std::string() : "\u00a0" + about.unit;
}

bool plausible(const Interval& value, const Concept& about) {
  const double low = std::isinf(value.low) ? value.high : value.low;
  const double high = std::isinf(value.high) ? value.low : value.high;
  return std::isfinite(low) && std::isfinite(high) && low <= high &&
         (!about.plausible_low || low >= *about.plausible_low) &&
         (!about.plausible_high || high <= *about.plausible_high);
}

/// Makes one chart's measurements comparable, and says what it could not use.
class Reader {
 public:
  Reader(const Pack& pack, Day as_of, std::vector<Note>& notes)
      : pack_(pack), as_of_(as_of), notes_(notes) {}

  std::optional<UsableResult> read(const Measurement& source) {
    const Concept& about = pack_.concepts[source.id];
    if (!source.date) return reject(source, PhraseId::note_undated);
    if (source.date->first > as_of_) return reject(source, PhraseId::note_future);
    UsableResult result{source.id, &source, *source.date, {}, {}, {}, source.interpretation, {}};
    if (const auto* present = std::get_if<bool>(&source.value)) {
      result.present = *present;
      return result;
    }
    if (std::holds_alternative<Measurement::Absent>(source.value)) {
      return reject(source, PhraseId::note_no_value);
    }
    const auto* quantity = std::get_if<Quantity>(&source.value);
    if (quantity == nullptr) return reject(source, PhraseId::note_not_a_number);
    return read_quantity(source, *quantity, about, std::move(result));
  }

 private:
  std::optional<UsableResult> read_quantity(const Measurement& source, const Quantity& quantity,
                                            const Concept& about, UsableResult result) {
    const auto scale = scale_of(source, quantity, about);
    if (!scale) return {};
    result.value = interval_of(quantity, *scale);
    if (!plausible(result.value, about)) return reject(source, PhraseId::note_implausible);
    if (source.limits) {
      const auto scaled = [&](std::optional<double> limit) {
        return limit ? std::optional((*scale)(*limit)) : std::nullopt;
      };
      result.limits = {scaled(source.limits->low), scaled(source.limits->high)};
    }
    note_flag(source, result);
    result.printed = fmt::format("{}{}", sign(quantity.comparator),
                                 print_number((*scale)(quantity.value), about.digits));
    if (quantity.high) {
      result.printed += "\u2013" + print_number((*scale)(*quantity.high), about.digits);
    }
    result.printed += unit_words(about);
    return result;
  }

  /// Where the laboratory's flag says otherwise than its own range, the number counts.
  void note_flag(const Measurement& source, const UsableResult& result) {
    if (!result.limits || source.interpretation.empty()) return;
    const auto outside = [&](Bound::Relation relation, std::optional<double> limit) {
      return limit ? holds({relation, *limit}, result.value) : Truth::unknown;
    };
    const Truth low = outside(Bound::Relation::below, result.limits->low);
    const Truth high = outside(Bound::Relation::above, result.limits->high);
    const char flag = source.interpretation[0];
    const bool contradicts = (flag == 'H' && high == Truth::no) ||
                             (flag == 'L' && low == Truth::no) ||
                             (source.interpretation == "N" && either(low, high) == Truth::yes);
    if (!contradicts) return;
    notes_.push_back({Note::Severity::information, source.reference,
                      pack_.phrases.say(PhraseId::note_flag_contradicts,
                                        {{"name", pack_.concepts[source.id].label},
                                         {"flag", source.interpretation}})});
  }

  /// A value without a unit is not compared, unless the pack's concept has none either.
  std::optional<Scale> scale_of(const Measurement& source, const Quantity& quantity,
                                const Concept& about) {
    if (about.unit.empty()) return Scale{};
    if (quantity.unit.empty()) {
      if (about.unit == "1") return Scale{};
      reject(source, PhraseId::note_unit_missing);
      return {};
    }
    if (const auto scale = scale_from(quantity.unit, about)) return scale;
    if (const auto* repair = repair_of(quantity.unit, source.id)) {
      if (const auto scale = scale_from(repair->to, about)) {
        note(source, Note::Severity::information, PhraseId::note_unit_repaired, quantity.unit,
             repair->to);
        return scale;
      }
    }
    note(source, Note::Severity::warning, PhraseId::note_unit_unknown, quantity.unit, "");
    return {};
  }

  std::optional<Scale> scale_from(std::string_view unit, const Concept& about) const {
    for (const auto& conversion : about.conversions) {
      if (conversion.from == unit) return Scale{{}, {}, {}, conversion.factor, conversion.offset};
      // UCUM takes an equivalent for a mole, which the pack's own conversion knows better.
      const bool equivalents = is_equivalent(conversion.from) && is_equivalent(unit);
      if (equivalents && convert(1, unit, conversion.from))
        return Scale{unit, conversion.from, {}, conversion.factor, conversion.offset};
    }
    if (!convert(1, unit, about.unit, {about.molar_mass})) return {};
    return Scale{unit, about.unit, about.molar_mass};
  }

  static bool is_equivalent(std::string_view unit) { return unit.find("eq") != unit.npos; }

  const UnitRepair* repair_of(std::string_view unit, ConceptId id) const {
    std::string bare(unit);
    std::erase_if(bare, [](char c) { return c == ' ' || c == '\t'; });
    for (const UnitRepair& repair : pack_.unit_repairs) {
      if (repair.from != bare) continue;
      if (repair.only.empty() ||
          std::find(repair.only.begin(), repair.only.end(), id) != repair.only.end()) {
        return &repair;
      }
    }
    return nullptr;
  }

  std::nullopt_t reject(const Measurement& source, PhraseId why) {
    note(source, Note::Severity::warning, why, "", "");
    return std::nullopt;
  }

  void note(const Measurement& source, Note::Severity severity, PhraseId why, std::string_view unit,
            std::string_view repaired) {
    notes_.push_back({severity, source.reference,
                      pack_.phrases.say(why, {{"name", pack_.concepts[source.id].label},
                                              {"unit", unit},
                                              {"repaired", repaired}})});
  }

  const Pack& pack_;
  Day as_of_;
  std::vector<Note>& notes_;
};

bool same_value(const UsableResult& a, const UsableResult& b) {
  return a.present == b.present && a.value.low == b.value.low && a.value.high == b.value.high &&
         a.value.low_open == b.value.low_open && a.value.high_open == b.value.high_open;
}

bool earlier(const UsableResult& a, const UsableResult& b) {
  return std::tie(a.date.last, a.date.first, a.source->reference) <
         std::tie(b.date.last, b.date.first, b.source->reference);
}
/// What the laboratory said of two results that count as one: either's range and flag, none where
/// they differ. A flag of one value says nothing of another.
void merge_judgment(UsableResult& kept, const UsableResult& other) {
  kept.ranges_differ |= kept.limits && other.limits && !(*kept.limits == *other.limits);
  if (!kept.limits) kept.limits = other.limits;
  if (kept.ranges_differ) kept.limits.reset();

  const bool both_flagged = !kept.flag.empty() && !other.flag.empty();
  const bool of_one_value = both_flagged || same_value(kept, other);
  kept.flags_differ |= kept.flag != other.flag && !(of_one_value && !both_flagged);
  if (kept.flag.empty()) kept.flag = other.flag;
  if (kept.flags_differ) kept.flag = {};
}

/// Another result of the day, made one with the first.
void merge(UsableResult& day, const UsableResult& other, const Pack& pack,
           std::vector<Note>& notes) {
  merge_judgment(day, other);
  if (same_value(day, other)) return;
  notes.push_back(
      {Note::Severity::warning, other.source->reference,
       pack.phrases.say(PhraseId::note_contradiction, {{"name", pack.concepts[other.id].label}})});
  day.contradicted = true;
  if (day.present) return;
  day.printed += " / " + other.printed;
  day.value = {std::min(day.value.low, other.value.low), std::max(day.value.high, other.value.high),
               false, false};
}

/// The one of the day that a result belongs to, among those at the end; null: the first of its
/// kind.
UsableResult* same_day(std::vector<UsableResult>& days, const UsableResult& result) {
  for (auto day = days.rbegin(); day != days.rend() && day->date == result.date; ++day)
    if (day->present.has_value() == result.present.has_value()) return &*day;
  return nullptr;
}

/// The results of one concept, oldest first, those of one day made one: numbers with numbers, words
/// with words.
std::vector<UsableResult> one_a_day(std::vector<UsableResult> series, const Pack& pack,
                                    std::vector<Note>& notes) {
  std::sort(series.begin(), series.end(), earlier);
  std::vector<UsableResult> days;
  for (UsableResult& result : series) {
    auto* const same = same_day(days, result);
    if (same == nullptr) {
      days.push_back(std::move(result));
    } else {
      merge(*same, result, pack, notes);
    }
  }
  return days;
}
}  // namespace

Truth holds(const Bound& bound, const Interval& value, double factor) {
  const double limit = bound.value * factor;
  const auto below = [&] {
    if (value.high < limit || (value.high == limit && value.high_open)) return Truth::yes;
    return value.low >= limit ? Truth::no : Truth::unknown;
  };
  const auto at_most = [&] {
    if (value.high <= limit) return Truth::yes;
    return value.low > limit || (value.low == limit && value.low_open) ? Truth::no : Truth::unknown;
  };
  switch (bound.relation) {
    case Bound::Relation::below:
      return below();
    case Bound::Relation::at_most:
      return at_most();
    case Bound::Relation::above:
      return opposite(at_most());
    case Bound::Relation::at_least:
      return opposite(below());
  }
  return Truth::unknown;
}

std::string print_number(double value, int digits) {
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (text.find('.') != text.npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

Results::Results(const fhir::Chart& chart, const Pack& pack, Day as_of, std::vector<Note>& notes)
    : by_concept_(pack.concepts.size()) {
  Reader reader(pack, as_of, notes);
  for (const Measurement& source : chart.measurements) {
    if (auto result = reader.read(source)) by_concept_[source.id].push_back(std::move(*result));
  }
  for (auto& series : by_concept_) series = one_a_day(std::move(series), pack, notes);
  for (std::size_t id = 0; id < pack.concepts.size(); ++id) {
    if (pack.concepts[id].ratio) calculate(static_cast<ConceptId>(id), pack);
  }
}

void Results::calculate(ConceptId id, const Pack& pack) {
  const Concept& about = pack.concepts[id];
  const Concept::Ratio& ratio = *about.ratio;
  auto& series = by_concept_[id];
  const auto on_the_day = [](const std::vector<UsableResult>& of, const DateSpan& date) {
    return std::find_if(of.begin(), of.end(),
                        [&](const UsableResult& result) { return result.date == date; });
  };
  for (const UsableResult& above : by_concept_[ratio.of]) {
    const auto& divisors = by_concept_[ratio.to];
    const auto below = on_the_day(divisors, above.date);
    const bool same_sample = below != divisors.end() && above.date.exact();
    if (!same_sample || on_the_day(series, above.date) != series.end()) continue;
    if (!above.value.exact() || !below->value.exact() || above.present || below->present) continue;
    const double value = ratio.factor * above.value.low / below->value.low;
    UsableResult result{id, above.source, above.date, {value, value, false, false}, {}, {}, {}, {}};
    if (!plausible(result.value, about)) continue;
    result.printed = print_number(value, about.digits) + unit_words(about);
    result.over = below->source;
    series.push_back(std::move(result));
  }
  std::sort(series.begin(), series.end(), earlier);
}

std::vector<const UsableResult*> Results::latest(const Concept& wanted) const {
  Day surely = Day::min();  // by this day the latest was there
  for (const ConceptId id : wanted.narrower)
    for (const UsableResult& result : by_concept_[id]) surely = std::max(surely, result.date.first);
  std::vector<const UsableResult*> found;
  for (const ConceptId id : wanted.narrower)
    for (const UsableResult& result : by_concept_[id])
      if (result.date.last >= surely) found.push_back(&result);
  std::sort(found.begin(), found.end(),
            [](const UsableResult* a, const UsableResult* b) { return earlier(*a, *b); });
  return found;
}
}  // namespace legwork::causes
