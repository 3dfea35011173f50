#include "causes/json.hpp"
#include "causes/rules.hpp"
#include "causes/wording.hpp"
#include "publish/review_parts.hpp"

#include <fmt/format.h>

namespace legwork::publish {
namespace {
using namespace causes;

/// A cause or red flag: its claims, then its rules by kind, each with its claim and criterion.
template <class Finding>
std::vector<Block> blocks_of(const Finding& finding, const Pack& pack) {
  std::vector<Block> blocks(1);
  for (const auto& claim : finding.claims) {
    blocks.front().paragraphs.push_back(claim_line(claim, pack));
  }
  const auto rules = rules_of(finding);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const PlacedRule& rule = rules[i];
    if (i == 0 || rules[i - 1].kind != rule.kind) {
      blocks.emplace_back().heading = in_words(rule.kind, pack.phrases);
    }
    Node node;
    node.line = {code(rule.id)};
    if (rule.weight > 0) node.line.push_back(quiet(fmt::format(", weight {}", rule.weight)));
    // What decides is no statement of its own: it rests on all claims of the cause.
    if (rule.kind != RuleKind::decides) node.notes = {claim_line(rule.claim, pack)};
    node.children = {tree_of(*rule.criterion, pack)};
    blocks.back().tree.push_back(std::move(node));
  }
  return blocks;
}

Line all_of(const std::vector<std::string>& ids, const Pack& pack) {
  std::vector<Line> lines;
  for (const auto& id : ids) lines.push_back(question_or_test(id, pack));
  return listed(lines);
}
}  // namespace

Section causes_section(const Pack& pack) {
  Section section{"causes", "Causes", {}, {}};
  for (const Cause& cause : pack.causes) {
    auto blocks = blocks_of(cause, pack);
    Block last;
    if (!cause.tests.empty())
      last.facts.push_back({"While not settled", all_of(cause.tests, pack)});
    if (!cause.would_change.empty()) {
      last.facts.push_back({"What would change it", {plain(cause.would_change)}});
    }
    if (!last.facts.empty()) blocks.push_back(std::move(last));
    section.entries.push_back(
        {anchor("cause", cause.id), cause.label, cause.id, std::move(blocks)});
  }
  return section;
}

Section red_flags(const Pack& pack) {
  Section section{"red-flags", "Red flags", {}, {}};
  for (const RedFlag& flag : pack.red_flags) {
    auto blocks = blocks_of(flag, pack);
    blocks.front().facts = {{"What to do", {strong(flag.action)}}};
    section.entries.push_back(
        {anchor("red-flag", flag.id), flag.label, flag.id, std::move(blocks)});
  }
  return section;
}

Section scores(const Pack& pack) {
  Section section{"scores", "Scores", {}, {}};
  for (const ScoreRule& score : pack.scores) {
    Block block;
    block.paragraphs = {claim_line(score.claim, pack)};
    for (const ScoreRule::Item& item : score.items) {
      Node node;
      node.line = {strong(fmt::format("{:+}", item.points)), plain(" " + item.label + " "),
                   code(item.id)};
      node.children = {tree_of(item.criterion, pack)};
      block.tree.push_back(std::move(node));
    }
    section.entries.push_back({anchor("score", score.id), score.label, score.id, {block}});
  }
  return section;
}

Section named_criteria(const Pack& pack) {
  Section section{"criteria", "Shared criteria", {}, {}};
  for (const NamedCriterion& named : pack.criteria) {
    Block block;
    block.tree = {tree_of(named.criterion, pack)};
    section.entries.push_back({anchor("criterion", named.id), in_words(named), named.id, {block}});
  }
  return section;
}
}  // namespace legwork::publish
