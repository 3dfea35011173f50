#include "causes/evaluate.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

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

bool earlier(const DateSpan& a, const DateSpan& b) {
  return std::tie(a.first, a.last) < std::tie(b.first, b.last);
}

/// What several answers say together began with the last of them.
std::optional<DateSpan> since_last(const std::vector<Answer>& answers) {
  std::optional<DateSpan> found;
  for (const Answer& answer : answers) {
    if (answer.since && (!found || earlier(*found, *answer.since))) found = answer.since;
  }
  return found;
}

/// Whether each dated answer began on the day of the one before it or later.
Truth one_after_the_other(const std::vector<Answer>& answers) {
  Truth found = Truth::yes;
  const std::optional<DateSpan>* before = nullptr;
  for (const Answer& answer : answers) {
    if (!answer.since) continue;
    if (before != nullptr) {
      const bool surely = (*before)->last <= answer.since->first;
      const bool never = (*before)->first > answer.since->last;
      found = both(found, surely ? Truth::yes : never ? Truth::no : Truth::unknown);
    }
    before = &answer.since;
  }
  return found;
}

/// One answer from several. Where any of them settles it, only those that do are told.
Answer combine(Truth truth, Truth settled_by, std::optional<DateSpan> since,
               std::vector<Answer> answers) {
  Answer combined{truth, {}, {}, since};
  for (Answer& answer : answers) {
    if (truth == settled_by && answer.truth != settled_by) continue;
    append(combined.evidence, std::move(answer.evidence));
    append(combined.unknown, std::move(answer.unknown));
  }
  return combined;
}

Answer all_of(std::vector<Answer> answers) {
  Truth found = Truth::yes;
  for (const Answer& answer : answers) found = both(found, answer.truth);
  const auto since = since_last(answers);
  return combine(found, Truth::no, since, std::move(answers));
}

Answer any_of(std::vector<Answer> answers) {
  Truth found = Truth::no;
  for (const Answer& answer : answers) found = either(found, answer.truth);
  Answer first;
  for (const Answer& answer : answers) {
    if (answer.truth == Truth::yes) first.begin(answer.since);
  }
  return combine(found, Truth::yes, first.since, std::move(answers));
}

Answer at_least(int n, std::vector<Answer> answers) {
  const auto count = [&](auto wanted) {
    return std::count_if(answers.begin(), answers.end(), wanted);
  };
  const auto yes = count([](const Answer& answer) { return answer.truth == Truth::yes; });
  const auto not_no = count([](const Answer& answer) { return answer.truth != Truth::no; });
  const Truth found = yes >= n ? Truth::yes : not_no < n ? Truth::no : Truth::unknown;
  return combine(found, Truth::yes, {}, std::move(answers));
}

Answer sequence_of(std::vector<Answer> answers) {
  const Truth in_order = one_after_the_other(answers);
  Answer found = all_of(std::move(answers));
  if (found.truth == Truth::yes) found.truth = in_order;
  return found;
}
}  // namespace

void sort_by_date(std::vector<Evidence>& evidence) {
  const auto key = [](const Evidence& piece) {
    return std::tuple(piece.date ? piece.date->first : Day::min(),
                      std::string_view(piece.reference), std::string_view(piece.text));
  };
  std::stable_sort(evidence.begin(), evidence.end(),
                   [&](const Evidence& a, const Evidence& b) { return key(a) < key(b); });
}

void Answer::begin(const std::optional<DateSpan>& on) {
  if (on && (!since || earlier(*on, *since))) since = on;
}

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
          return all_of(evaluate_each(node.of));
        } else if constexpr (std::is_same_v<Node, Any>) {
          return any_of(evaluate_each(node.of));
        } else if constexpr (std::is_same_v<Node, AtLeast>) {
          return at_least(node.n, evaluate_each(node.of));
        } else if constexpr (std::is_same_v<Node, Sequence>) {
          return sequence_of(evaluate_each(node.of));
        } else if constexpr (std::is_same_v<Node, Not>) {
          Answer inner = evaluate(node.of.front());
          inner.truth = opposite(inner.truth);
          inner.since.reset();  // of what is denied
          return inner;
        } else if constexpr (std::is_same_v<Node, Recorded>) {
          Answer inner = evaluate(node.of.front());
          return inner.truth == Truth::yes ? inner : known(false);
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

std::vector<Answer> Evaluator::evaluate_each(const std::vector<Criterion>& children) {
  std::vector<Answer> answers;
  answers.reserve(children.size());
  for (const Criterion& child : children) answers.push_back(evaluate(child));
  return answers;
}

const Answer& Evaluator::named(Index index) {
  if (!named_[index]) named_[index] = evaluate(pack_.criteria[index].criterion);
  return *named_[index];
}

const Score& Evaluator::score(Index index) {
  if (scores_[index]) return *scores_[index];
  const ScoreRule& rule = pack_.scores[index];
  Score found{rule.id, rule.label, 0, 0, {}, pack_.claim_text(rule.claim)};
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
