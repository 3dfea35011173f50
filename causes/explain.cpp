#include "causes/explain.hpp"

#include "causes/evaluate.hpp"
#include "causes/json.hpp"
#include "causes/rules.hpp"
#include "causes/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace legwork::causes {
namespace {
using Kind = Explained::Kind;

/// Walks the pack's rules beside the Evaluator: it gives every answer, this only writes it down.
class Explainer {
 public:
  explicit Explainer(const Facts& facts) : pack_(facts.pack), evaluator_(facts) {}

  Explained cause(Index index) {
    const Cause& rule = pack_.causes[index];
    const CauseStatus status = evaluator_.cause(index).status;
    Explained found = finding(Kind::cause, rule.id, rule.label, word(status));
    add_rules(found, rules_of(rule));
    mark_what_decided(found, status);
    return found;
  }

  Explained red_flag(Index index) {
    const RedFlag& rule = pack_.red_flags[index];
    const RedFlagStatus status = evaluator_.red_flag(index).status;
    Explained found = finding(Kind::red_flag, rule.id, rule.label, word(status));
    add_rules(found, rules_of(rule));
    mark_what_decided(found, status);
    return found;
  }

 private:
  static Explained finding(Kind kind, const std::string& id, const std::string& label,
                           std::string_view status) {
    Explained found;
    found.kind = kind;
    found.id = id;
    found.words = label;
    found.status = status;
    return found;
  }

  void add_rules(Explained& to, const std::vector<PlacedRule>& rules) {
    for (const PlacedRule& rule : rules) {
      Explained line;
      line.kind = Kind::rule;
      line.id = rule.id;
      line.rule = rule.kind;
      line.words = in_words(rule.kind, pack_.phrases);
      line.weight = rule.weight;
      // What decides is no statement of its own: it rests on all claims of the cause.
      if (rule.kind != RuleKind::decides) line.claim = pack_.claim_text(rule.claim);
      line.truth = evaluator_.evaluate(*rule.criterion).truth;
      line.children.push_back(criterion(*rule.criterion));
      to.children.push_back(std::move(line));
    }
  }

  /// Marks the rules of a kind that gave the answer; whether there is one.
  static bool mark(Explained& found, RuleKind kind, Truth answer) {
    bool any = false;
    for (Explained& rule : found.children) {
      if (rule.rule != kind || rule.truth != answer) continue;
      rule.decided = any = true;
    }
    return any;
  }

  /// Which rules the status rests on, in the order in which they are asked (docs/pack.md).
  static void mark_what_decided(Explained& found, CauseStatus status) {
    switch (status) {
      case CauseStatus::supported:
        mark(found, RuleKind::strong, Truth::yes);
        break;
      case CauseStatus::possible:
        if (mark(found, RuleKind::strong, Truth::yes)) {
          mark(found, RuleKind::caps, Truth::yes);
        } else {
          mark(found, RuleKind::weak, Truth::yes);
        }
        break;
      case CauseStatus::unlikely:
        if (!mark(found, RuleKind::rules_out, Truth::yes))
          mark(found, RuleKind::decides, Truth::no);
        break;
      case CauseStatus::undetermined:
        break;
    }
  }

  static void mark_what_decided(Explained& found, RedFlagStatus status) {
    switch (status) {
      case RedFlagStatus::present:
        mark(found, RuleKind::present, Truth::yes);
        break;
      case RedFlagStatus::possible:
        mark(found, RuleKind::possible, Truth::yes);
        break;
      case RedFlagStatus::absent:
        mark(found, RuleKind::absent, Truth::yes);
        break;
      case RedFlagStatus::not_recorded:
        break;
    }
  }

  /// What a node is made of; nothing for a leaf.
  std::vector<Explained> children_of(const Criterion& of) {
    std::vector<Explained> found;
    std::visit(
        [&](const auto& node) {
          using Node = std::decay_t<decltype(node)>;
          if constexpr (requires { node.of; }) {
            for (const Criterion& child : node.of) found.push_back(criterion(child));
          } else if constexpr (std::is_same_v<Node, Use>) {
            found.push_back(criterion(pack_.criteria[node.criterion].criterion));
          } else if constexpr (std::is_same_v<Node, ScoreQuery>) {
            found.push_back(score(node.score));
          }
        },
        of.node);
    return found;
  }

  /// The status that another finding has, where a criterion asks for it.
  std::string status_asked(const Criterion& of) {
    if (const auto* query = std::get_if<CauseQuery>(&of.node)) {
      return std::string(word(evaluator_.cause(query->cause).status));
    }
    if (const auto* query = std::get_if<RedFlagQuery>(&of.node)) {
      return std::string(word(evaluator_.red_flag(query->red_flag).status));
    }
    return {};
  }

  Explained criterion(const Criterion& of) {
    Answer answer = evaluator_.evaluate(of);
    Explained found;
    found.words = in_words(of, pack_);
    found.truth = answer.truth;
    found.status = status_asked(of);
    found.children = children_of(of);
    if (!found.children.empty()) return found;
    found.evidence = std::move(answer.evidence);
    for (const auto id : answer.unknown) found.unknown.push_back({std::string(id), label_of(id)});
    return found;
  }

  Explained score(Index index) {
    const ScoreRule& rule = pack_.scores[index];
    const Score& result = evaluator_.score(index);
    const auto points = result.low == result.high
                            ? std::to_string(result.low)
                            : fmt::format("{} to {}", result.low, result.high);
    Explained found = finding(Kind::score, rule.id, rule.label, points);
    found.claim = pack_.claim_text(rule.claim);
    for (const ScoreRule::Item& item : rule.items) {
      Explained line;
      line.kind = Kind::item;
      line.id = item.id;
      line.words = item.label;
      line.weight = item.points;
      line.truth = evaluator_.evaluate(item.criterion).truth;
      line.children.push_back(criterion(item.criterion));
      found.children.push_back(std::move(line));
    }
    return found;
  }

  /// What a question asks for, or what a test is called.
  std::string label_of(std::string_view id) const {
    for (const Question& question : pack_.questions) {
      if (question.id == id) return question.label;
    }
    for (const Test& test : pack_.tests) {
      if (test.id == id) return test.label;
    }
    return std::string(id);
  }

  const Pack& pack_;
  Evaluator evaluator_;
};
}  // namespace

std::optional<Explained> explain(const fhir::Chart& chart, const Pack& pack,
                                 const AssessOptions& options, std::string_view id) {
  const auto has_id = [&](const auto& item) { return item.id == id; };
  const auto cause = std::find_if(pack.causes.begin(), pack.causes.end(), has_id);
  const auto flag = std::find_if(pack.red_flags.begin(), pack.red_flags.end(), has_id);
  if (cause == pack.causes.end() && flag == pack.red_flags.end()) return {};
  std::vector<fhir::Note> notes;  // `assess` tells them
  const Facts facts = facts_of(chart, pack, options, notes);
  Explainer explainer(facts);
  if (cause != pack.causes.end()) {
    return explainer.cause(static_cast<Index>(cause - pack.causes.begin()));
  }
  return explainer.red_flag(static_cast<Index>(flag - pack.red_flags.begin()));
}

std::vector<std::string> explainable(const Pack& pack) {
  std::vector<std::string> ids;
  for (const Cause& cause : pack.causes) ids.push_back(cause.id);
  for (const RedFlag& flag : pack.red_flags) ids.push_back(flag.id);
  return ids;
}
}  // namespace legwork::causes
