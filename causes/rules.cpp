#include "causes/rules.hpp"

#include <array>

namespace legwork::causes {
namespace {
constexpr std::array<std::string_view, 9> names = {
    "strong", "caps", "rules-out", "weak", "decides", "against", "present", "possible", "absent"};

void add(RuleKind kind, const std::vector<Rule>& rules, std::vector<PlacedRule>& found) {
  for (const Rule& rule : rules) {
    found.push_back({kind, rule.id, rule.claim, rule.weight, &rule.criterion});
  }
}
}  // namespace

std::string_view word(RuleKind kind) { return names[static_cast<std::size_t>(kind)]; }

std::string in_words(RuleKind kind, const Phrases& phrases) {
  switch (kind) {
    case RuleKind::strong:
      return phrases.say(PhraseId::rule_strong, {});
    case RuleKind::caps:
      return phrases.say(PhraseId::rule_caps, {});
    case RuleKind::rules_out:
      return phrases.say(PhraseId::rule_rules_out, {});
    case RuleKind::weak:
      return phrases.say(PhraseId::rule_weak, {});
    case RuleKind::decides:
      return phrases.say(PhraseId::rule_decides, {});
    case RuleKind::against:
      return phrases.say(PhraseId::rule_against, {});
    case RuleKind::present:
      return phrases.say(PhraseId::rule_present, {});
    case RuleKind::possible:
      return phrases.say(PhraseId::rule_possible, {});
    case RuleKind::absent:
      return phrases.say(PhraseId::rule_absent, {});
  }
  return {};
}

std::vector<PlacedRule> rules_of(const Cause& cause) {
  std::vector<PlacedRule> found;
  add(RuleKind::strong, cause.strong, found);
  add(RuleKind::caps, cause.caps, found);
  add(RuleKind::rules_out, cause.rules_out, found);
  add(RuleKind::weak, cause.weak, found);
  if (cause.decides) {
    found.push_back({RuleKind::decides, "decides", cause.claims.front(), 0, &*cause.decides});
  }
  add(RuleKind::against, cause.against, found);
  return found;
}

std::vector<PlacedRule> rules_of(const RedFlag& flag) {
  std::vector<PlacedRule> found;
  add(RuleKind::present, flag.present, found);
  add(RuleKind::possible, flag.possible, found);
  add(RuleKind::absent, flag.absent, found);
  return found;
}
}  // namespace legwork::causes
