#include "causes/evaluate.hpp"

#include <algorithm>
#include <iterator>

// Kleene's strong logic, with evidence. What decided an answer is its evidence: all children of a
// yes from <all>, those that say no of a no. What would decide it is its unknown: of the children
// that are unknown, unless the answer is settled without them.

namespace legwork::causes {
namespace {
template <class T>
void append(std::vector<T>& to, std::vector<T> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

bool has(const std::vector<std::uint8_t>& statuses, auto status) {
  return std::find(statuses.begin(), statuses.end(), static_cast<std::uint8_t>(status)) !=
         statuses.end();
}

Answer known(bool value) { return {truth(value), {}, {}}; }
}  // namespace

Evaluator::Evaluator(const Facts& facts)
    : facts_(facts),
      pack_(facts.pack),
      causes_(pack_.causes.size()),
      red_flags_(pack_.red_flags.size()),
      scores_(pack_.scores.size()),
      named_(pack_.criteria.size()) {}

Answer Evaluator::evaluate(const Criterion& criterion) {
  Answer answer = std::visit(
      [&](const auto& node) -> Answer {
        using Node = std::decay_t<decltype(node)>;
        if constexpr (std::is_same_v<Node, All>) {
          return combine_all(node.of);
        } else if constexpr (std::is_same_v<Node, Any>) {
          return combine_any(node.of);
        } else if constexpr (std::is_same_v<Node, AtLeast>) {
          return combine_at_least(node.n, node.of);
        } else if constexpr (std::is_same_v<Node, Not>) {
          Answer inner = evaluate(node.of.front());
          inner.truth = opposite(inner.truth);
          return inner;
        } else if constexpr (std::is_same_v<Node, Use>) {
          return named(node.criterion);
        } else if constexpr (std::is_same_v<Node, CauseQuery>) {
          const CauseFinding& found = cause(node.cause);
          Answer status = known(has(node.statuses, found.status));
          if (status.truth == Truth::yes) {
            std::copy_if(found.evidence.begin(), found.evidence.end(),
                         std::back_inserter(status.evidence),
                         [](const Evidence& evidence) { return evidence.says == Says::for_it; });
          }
          return status;
        } else if constexpr (std::is_same_v<Node, RedFlagQuery>) {
          return known(has(node.statuses, red_flag(node.red_flag).status));
        } else if constexpr (std::is_same_v<Node, ScoreQuery>) {
          const Score& found = score(node.score);
          return {found.low >= node.at_least   ? Truth::yes
                  : found.high < node.at_least ? Truth::no
                                               : Truth::unknown,
                  {},
                  {found.unknown.begin(), found.unknown.end()}};
        } else {
          return ask(node, facts_);
        }
      },
      criterion.node);
  if (answer.truth == Truth::unknown) {
    answer.unknown.insert(answer.unknown.end(), criterion.asks.begin(), criterion.asks.end());
  } else {
    answer.unknown.clear();
  }
  return answer;
}

Answer Evaluator::combine_all(const std::vector<Criterion>& children) {
  Answer combined{Truth::yes, {}, {}};
  std::vector<Answer> answers;
  for (const Criterion& child : children) {
    answers.push_back(evaluate(child));
    combined.truth = both(combined.truth, answers.back().truth);
  }
  for (Answer& answer : answers) {
    if (combined.truth == Truth::no && answer.truth != Truth::no) continue;
    append(combined.evidence, std::move(answer.evidence));
    append(combined.unknown, std::move(answer.unknown));
  }
  return combined;
}

Answer Evaluator::combine_any(const std::vector<Criterion>& children) {
  Answer combined{Truth::no, {}, {}};
  std::vector<Answer> answers;
  for (const Criterion& child : children) {
    answers.push_back(evaluate(child));
    combined.truth = either(combined.truth, answers.back().truth);
  }
  for (Answer& answer : answers) {
    if (combined.truth == Truth::yes && answer.truth != Truth::yes) continue;
    append(combined.evidence, std::move(answer.evidence));
    append(combined.unknown, std::move(answer.unknown));
  }
  return combined;
}

Answer Evaluator::combine_at_least(int n, const std::vector<Criterion>& children) {
  std::vector<Answer> answers;
  int yes = 0;
  int not_no = 0;
  for (const Criterion& child : children) {
    answers.push_back(evaluate(child));
    yes += answers.back().truth == Truth::yes;
    not_no += answers.back().truth != Truth::no;
  }
  Answer combined{yes >= n ? Truth::yes : not_no < n ? Truth::no : Truth::unknown, {}, {}};
  for (Answer& answer : answers) {
    if (combined.truth == Truth::yes && answer.truth != Truth::yes) continue;
    append(combined.evidence, std::move(answer.evidence));
    append(combined.unknown, std::move(answer.unknown));
  }
  return combined;
}

const Answer& Evaluator::named(Index index) {
  if (!named_[index]) named_[index] = evaluate(pack_.criteria[index].criterion);
  return *named_[index];
}

const Score& Evaluator::score(Index index) {
  if (scores_[index]) return *scores_[index];
  const ScoreRule& rule = pack_.scores[index];
  Score found{rule.id, rule.label, 0, 0, {}};
  for (const ScoreRule::Item& item : rule.items) {
    const Truth answer = evaluate(item.criterion).truth;
    if (answer == Truth::no) continue;
    const bool certain = answer == Truth::yes;
    if (certain || item.points < 0) found.low += item.points;
    if (certain || item.points > 0) found.high += item.points;
    if (!certain) found.unknown.push_back(item.id);
  }
  return scores_[index].emplace(std::move(found));
}
}  // namespace legwork::causes
