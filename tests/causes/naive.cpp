#include "tests/causes/naive.hpp"

#include "tests/causes/naive_leaves.hpp"

#include <algorithm>
#include <variant>

namespace legwork::tests {
namespace {
using namespace causes;

template <class Status>
Truth is_one_of(Status status, const std::vector<std::uint8_t>& statuses) {
  const auto value = static_cast<std::uint8_t>(status);
  return truth(std::find(statuses.begin(), statuses.end(), value) != statuses.end());
}

/// One line for each kind of criterion. A new kind does not compile until it has its line here,
/// and, if it asks the chart itself, a `naive_leaf` in naive_leaves.hpp.
struct Answering {
  const Case& about;

  int count(const std::vector<Criterion>& criteria, Truth wanted) const {
    int found = 0;
    for (const Criterion& criterion : criteria) {
      if (naive_answer(criterion, about) == wanted) ++found;
    }
    return found;
  }

  /// At least n of them say yes: known when even the unknown ones could not change it.
  Truth at_least(int n, const std::vector<Criterion>& of) const {
    const int yes = count(of, Truth::yes);
    if (yes >= n) return Truth::yes;
    return yes + count(of, Truth::unknown) < n ? Truth::no : Truth::unknown;
  }

  Truth operator()(const All& all) const { return at_least(int(all.of.size()), all.of); }
  Truth operator()(const Any& any) const { return at_least(1, any.of); }
  Truth operator()(const AtLeast& some) const { return at_least(some.n, some.of); }
  Truth operator()(const Not& negated) const {
    const Truth answer = naive_answer(negated.of.front(), about);
    if (answer == Truth::unknown) return Truth::unknown;
    return answer == Truth::yes ? Truth::no : Truth::yes;
  }
  Truth operator()(const Use& use) const {
    return naive_answer(about.pack.criteria[use.criterion].criterion, about);
  }

  /// "yes, else no"
  Truth operator()(const Recorded& recorded) const {
    return truth(naive_answer(recorded.of.front(), about) == Truth::yes);
  }
  /// "all of them, and each began on the day of the one before it or later"
  Truth operator()(const Sequence& steps) const {
    const Truth all = at_least(int(steps.of.size()), steps.of);
    return all == Truth::yes ? naive_order(steps, about) : all;
  }

  Truth operator()(const MedicationQuery& query) const { return naive_leaf(query, about); }
  Truth operator()(const ChallengeQuery& query) const { return naive_leaf(query, about); }
  Truth operator()(const ObservationQuery& query) const { return naive_leaf(query, about); }
  Truth operator()(const ConditionQuery& query) const { return naive_leaf(query, about); }
  Truth operator()(const ProcedureQuery& query) const { return naive_leaf(query, about); }
  Truth operator()(const AnswerQuery& query) const { return naive_leaf(query, about); }
  Truth operator()(const AgeQuery& query) const { return naive_leaf(query, about); }
  Truth operator()(const SexQuery& query) const { return naive_leaf(query, about); }
  Truth operator()(const DeceasedQuery& query) const { return naive_leaf(query, about); }

  Truth operator()(const CauseQuery& query) const {
    return is_one_of(naive_cause(query.cause, about).status, query.statuses);
  }
  Truth operator()(const RedFlagQuery& query) const {
    return is_one_of(naive_red_flag(query.red_flag, about), query.statuses);
  }
  Truth operator()(const ScoreQuery& query) const {
    const NaiveScore score = naive_score(query.score, about);
    if (score.low >= query.at_least) return Truth::yes;
    return score.high < query.at_least ? Truth::no : Truth::unknown;
  }
};

struct Weighed {
  bool any_yes = false;
  int weight = 0;
};

Weighed weigh(const std::vector<Rule>& rules, const Case& about) {
  Weighed weighed;
  for (const Rule& rule : rules) {
    if (naive_answer(rule.criterion, about) != Truth::yes) continue;
    weighed.any_yes = true;
    weighed.weight += rule.weight;
  }
  return weighed;
}
}  // namespace

Truth naive_answer(const Criterion& criterion, const Case& about) {
  return std::visit(Answering{about}, criterion.node);
}

// "In order: a strong yes makes it supported; else a rules-out yes makes it unlikely; else a weak
// yes makes it possible; else, when decides says no, unlikely; else undetermined. A caps yes makes
// supported at most possible. Strength: the weights of what says yes (none of it where a caps says
// yes), less those of against, caps and rules-out."
NaiveFinding naive_cause(Index index, const Case& about) {
  const Cause& cause = about.pack.causes[index];
  const Weighed strong = weigh(cause.strong, about);
  const Weighed weak = weigh(cause.weak, about);
  const Weighed caps = weigh(cause.caps, about);
  const Weighed rules_out = weigh(cause.rules_out, about);
  NaiveFinding finding;
  const int support = caps.any_yes ? 0 : strong.weight + weak.weight;
  finding.strength = support - caps.weight - rules_out.weight - weigh(cause.against, about).weight;
  if (strong.any_yes) {
    finding.status = caps.any_yes ? CauseStatus::possible : CauseStatus::supported;
  } else if (rules_out.any_yes) {
    finding.status = CauseStatus::unlikely;
  } else if (weak.any_yes) {
    finding.status = CauseStatus::possible;
  } else if (cause.decides && naive_answer(*cause.decides, about) == Truth::no) {
    finding.status = CauseStatus::unlikely;
  }
  return finding;
}

RedFlagStatus naive_red_flag(Index index, const Case& about) {
  const RedFlag& flag = about.pack.red_flags[index];
  if (weigh(flag.present, about).any_yes) return RedFlagStatus::present;
  if (weigh(flag.possible, about).any_yes) return RedFlagStatus::possible;
  if (weigh(flag.absent, about).any_yes) return RedFlagStatus::absent;
  return RedFlagStatus::not_recorded;
}

// "An unknown item counts as both of its values, so a score is an interval."
NaiveScore naive_score(Index index, const Case& about) {
  NaiveScore score;
  for (const ScoreRule::Item& item : about.pack.scores[index].items) {
    const Truth answer = naive_answer(item.criterion, about);
    if (answer != Truth::no) {
      score.high += std::max(item.points, 0);
      score.low += std::min(item.points, 0);
    }
    if (answer == Truth::yes) {
      score.low += std::max(item.points, 0);
      score.high += std::min(item.points, 0);
    }
  }
  return score;
}
}  // namespace legwork::tests
