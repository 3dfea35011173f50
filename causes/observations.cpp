#include "causes/evaluate.hpp"

#include <algorithm>

namespace legwork::causes {
namespace {
/// The factor that a bound is multiplied by; nothing where the laboratory sent no such limit.
std::optional<double> factor_of(const ObservationQuery& query, const UsableResult& result) {
  if (query.scale == ObservationQuery::Scale::unit) return 1;
  if (!result.limits) return {};
  return query.scale == ObservationQuery::Scale::upper_limit ? result.limits->high
                                                             : result.limits->low;
}

Truth matches(const ObservationQuery& query, const UsableResult& result) {
  if (query.present) {
    return result.present ? truth(*result.present == *query.present) : Truth::unknown;
  }
  if (result.present) return Truth::unknown;  // words where numbers are asked for
  const auto factor = factor_of(query, result);
  if (!factor) return Truth::unknown;
  Truth found = Truth::yes;
  for (const Bound& bound : query.bounds) found = both(found, holds(bound, result.value, *factor));
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
           matches(query, earlier) == latest_says;
  };
  for (const ConceptId id : facts.pack.concepts[query.id].narrower) {
    const auto& series = facts.results.of(id);
    if (std::any_of(series.begin(), series.end(), says_the_same)) return Truth::yes;
  }
  return Truth::unknown;
}

Evidence describe(const UsableResult& result, bool too_old, const Facts& facts) {
  const Concept& about = facts.pack.concepts[result.source->id];
  const Phrases& phrases = facts.pack.phrases;
  const int age = static_cast<int>((facts.as_of - result.date.last).count());
  std::string text = phrases.say(
      too_old ? PhraseId::observation_old : PhraseId::observation_value,
      {{"name", about.label}, {"value", result.printed}, {"interval", phrases.interval(age)}});
  text = phrases.marked(std::move(text), result.source->matched_by);
  return {result.source->reference, result.date, Says::context, std::move(text), {}, {}};
}
}  // namespace

Answer ask(const ObservationQuery& query, const Facts& facts) {
  const UsableResult* const latest = facts.results.latest(facts.pack.concepts[query.id]);
  if (latest == nullptr) return {};
  const bool too_old = !within(*latest, query.within, facts.as_of);
  Answer answer{Truth::unknown, {describe(*latest, too_old, facts)}, {}};
  if (too_old) return answer;
  answer.truth = matches(query, *latest);
  if (query.sustained && answer.truth == Truth::yes) {
    answer.truth = sustained(query, *latest, Truth::yes, facts);
  }
  return answer;
}
}  // namespace legwork::causes
