#pragma once

#include "causes/pack.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace legwork::causes {
/// What the answer of a rule does to its cause or red flag, in the order in which they are asked.
enum class RuleKind { strong, caps, rules_out, weak, decides, against, present, possible, absent };

/// The element that a rule is in the pack: "strong", "rules-out". docs/pack.md says what it does.
std::string_view word(RuleKind kind);

/// "Strong rules: any yes makes it supported".
std::string in_words(RuleKind kind, const Phrases& phrases);

/// A rule with its place in its cause or red flag. Refers to the pack.
struct PlacedRule {
  RuleKind kind;
  std::string_view id;  ///< what decides a cause has no id of its own but "decides"
  std::string_view claim;
  int weight = 0;
  const Criterion* criterion;
};

/// All rules, in the order in which they are asked.
std::vector<PlacedRule> rules_of(const Cause& cause);
std::vector<PlacedRule> rules_of(const RedFlag& flag);
}  // namespace legwork::causes
