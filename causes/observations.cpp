#include "causes/evaluate.hpp"

#include <algorithm>

namespace legwork::causes {
namespace {
using Scale = ObservationQuery::Scale;
using Relation = Bound::Relation;

/// Whether a bound at the laboratory's limit itself holds, by the laboratory's flag: what is sent
/// where the range is not. Flags that say neither high, low nor normal (A, POS) tell nothing.
Truth holds_by_flag(const Bound& bound, Scale scale, std::string_view flag) {
  const bool high = flag == "H" || flag == "HH" || flag == "HU";
  const bool low = flag == "L" || flag == "LL" || flag == "LU";
  if (bound.value != 1 || (!high && !low && flag != "N")) return Truth::unknown;
  const bool upper = scale == Scale::upper_limit;
  const bool beyond = upper ? high : low;
  const bool asks_beyond = bound.relation == (upper ? Relation::above : Relation::below);
  const bool asks_within = bound.relation == (upper ? Relation::at_most : Relation::at_least);
  return asks_beyond ? truth(beyond) : asks_within ? truth(!beyond) : Truth::unknown;
}

/// A limit that grows with age holds where it does for every age that the birth date leaves open.
Truth holds_for_age(Bound bound, const AgeLimit& limit, const Interval& value, const Facts& facts) {
  const auto& birth = facts.chart.patient.birth;
  const auto limit_at = [&](int age) {
    return age > limit.over ? limit.per_year * age : bound.value;
  };
  constexpr int oldest = 120;
  const int youngest_age = birth ? years_between(birth->last, facts.as_of) : 0;
  const int oldest_age = birth ? years_between(birth->first, facts.as_of) : oldest;
  const Truth young = holds({bound.relation, limit_at(youngest_age)}, value);
  const Truth old = holds({bound.relation, limit_at(oldest_age)}, value);
  return young == old ? young : Truth::unknown;
}

/// A multiple of a limit: the laboratory's own; else what its flag says; else the usual limit.
Truth holds_by_limit(const Bound& bound, Scale scale, const UsableResult& result,
                     const Concept& about) {
  const bool upper = scale == Scale::upper_limit;
  if (result.limits) {
    const auto own = upper ? result.limits->high : result.limits->low;
    if (own) return holds(bound, result.value, *own);
  }
  const Truth by_flag = holds_by_flag(bound, scale, result.flag);
  if (by_flag != Truth::unknown) return by_flag;
  const auto usual = upper ? about.usual_high : about.usual_low;
  return usual ? holds(bound, result.value, *usual) : Truth::unknown;
}

Truth holds(const Bound& bound, const ObservationQuery& query, const UsableResult& result,
            const Facts& facts) {
  if (query.age_limit) return holds_for_age(bound, *query.age_limit, result.value, facts);
  if (query.scale == Scale::unit) return holds(bound, result.value);
  return holds_by_limit(bound, query.scale, result, facts.pack.concepts[result.id]);
}

Truth matches(const ObservationQuery& query, const UsableResult& result, const Facts& facts) {
  if (result.contradicted && result.present) return Truth::unknown;
  if (query.present) {
    return result.present ? truth(*result.present == *query.present) : Truth::unknown;
  }
  if (result.present) return Truth::unknown;  // words where numbers are asked for
  Truth found = Truth::yes;
  for (const Bound& bound : query.bounds) found = both(found, holds(bound, query, result, facts));
  return found;
}

bool within(const UsableResult& result, std::optional<Period> period, Day as_of) {
  return !period || result.date.first >= before(as_of, *period);
}

/// Whether an earlier result says the same, at least the period before the latest.
Truth sustained(const ObservationQuery& query, const UsableResult& latest, Truth latest_says,
                const Facts& facts) {
  const Day limit = before(latest.date.first, *query.sustained);
  const auto says_the_same = [&](const UsableResult& earlier) {
    return earlier.date.last <= limit && within(earlier, query.within, facts.as_of) &&
           matches(query, earlier, facts) == latest_says;
  };
  for (const ConceptId id : facts.pack.concepts[query.id].narrower) {
    const auto& series = facts.results.of(id);
    if (std::any_of(series.begin(), series.end(), says_the_same)) return Truth::yes;
  }
  return Truth::unknown;
}

/// The result that a criterion looks at; where it was calculated, with what it was calculated from.
std::vector<Evidence> describe(const UsableResult& result, bool too_old, const Facts& facts) {
  const Concept& about = facts.pack.concepts[result.id];
  const Phrases& phrases = facts.pack.phrases;
  const int age = static_cast<int>((facts.as_of - result.date.last).count());
  std::string text = phrases.say(
      too_old ? PhraseId::observation_old : PhraseId::observation_value,
      {{"name", about.label}, {"value", result.printed}, {"interval", phrases.interval(age)}});
  auto matched_by = result.source->matched_by;
  if (result.over != nullptr) matched_by = std::max(matched_by, result.over->matched_by);
  text = phrases.marked(std::move(text), matched_by);
  if (result.over != nullptr) {
    text = phrases.say(PhraseId::observation_calculated,
                       {{"text", text},
                        {"of", facts.pack.concepts[result.source->id].label},
                        {"to", facts.pack.concepts[result.over->id].label}});
  }
  std::vector<Evidence> found;
  for (const fhir::Measurement* source : {result.source, result.over}) {
    if (source == nullptr) continue;
    found.push_back({source->reference, result.date, Says::context, text, {}, {}});
  }
  return found;
}
}  // namespace

Answer ask(const ObservationQuery& query, const Facts& facts) {
  const auto latest = facts.results.latest(facts.pack.concepts[query.id]);
  Answer answer;
  for (const UsableResult* result : latest) {
    const bool too_old = !within(*result, query.within, facts.as_of);
    Truth found = too_old ? Truth::unknown : matches(query, *result, facts);
    if (query.sustained && found == Truth::yes) found = sustained(query, *result, found, facts);
    answer.truth = result == latest.front() || found == answer.truth ? found : Truth::unknown;
    auto evidence = describe(*result, too_old, facts);
    answer.evidence.insert(answer.evidence.end(), evidence.begin(), evidence.end());
    answer.begin(result->date);
  }
  return answer;
}
}  // namespace legwork::causes
