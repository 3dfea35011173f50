#include "causes/json.hpp"
#include "causes/wording.hpp"
#include "publish/review_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace legwork::publish {
namespace {
using namespace causes;

std::string on_file(const Test& test, const Pack& pack) {
  if (!test.repeat || test.measures.empty()) return "never: always done anew";
  return fmt::format("{} within {} of", test.needs_all ? "all" : "any",
                     in_words(*test.repeat, pack.phrases));
}

Block facts_of(const Test& test, const Pack& pack) {
  Block block;
  block.facts = {{"Kind", {plain(test.kind)}}, {"Urgency", {plain(word(test.urgency))}}};
  if (test.baseline) block.facts.push_back({"Baseline", {plain("part of every work-up")}});
  if (!test.reason.empty()) block.facts.push_back({"Reason", {plain(test.reason)}});
  std::vector<Line> measured;
  for (const ConceptId id : test.measures) measured.push_back(concept_line(id, pack));
  Line when = listed(measured);
  const bool counts = test.repeat && !test.measures.empty();
  when.insert(when.begin(), plain(on_file(test, pack) + (counts ? " " : "")));
  if (!counts) when.resize(1);
  block.facts.push_back({"On file", std::move(when)});
  for (const WorkupItem::Code& order : test.orders) {
    block.facts.push_back(
        {"Ordered as", {code(order.code), plain(" " + order.display + " "), quiet(order.system)}});
  }
  block.facts.push_back({"Claim", claim_line(test.claim, pack)});
  return block;
}

/// What makes it more urgent, and what to mind: each with its claim and its criterion.
void add_rules(const Test& test, const Pack& pack, std::vector<Block>& blocks) {
  Block urgent;
  urgent.heading = "More urgent: the first that says yes";
  for (const Test::Urgent& one : test.urgent) {
    Node node;
    node.line = {strong(word(one.urgency)), plain(": " + one.reason + " "), code(one.rule.id)};
    node.notes = {claim_line(one.rule.claim, pack)};
    node.children = {tree_of(one.rule.criterion, pack)};
    urgent.tree.push_back(std::move(node));
  }
  if (!urgent.tree.empty()) blocks.push_back(std::move(urgent));
  Block cautions;
  cautions.heading = "Cautions";
  for (const Test::Caution& caution : test.cautions) {
    Node node;
    node.line = {plain(caution.text)};
    node.notes = {claim_line(caution.claim, pack)};
    if (caution.when) node.children = {tree_of(*caution.when, pack)};
    cautions.tree.push_back(std::move(node));
  }
  if (!cautions.tree.empty()) blocks.push_back(std::move(cautions));
}
}  // namespace

Section tests(const Pack& pack) {
  Section section{"tests", "Work-up", {}, {}};
  for (const Test& test : pack.tests) {
    std::vector<Block> blocks = {facts_of(test, pack)};
    add_rules(test, pack, blocks);
    section.entries.push_back({anchor("test", test.id), test.label, test.id, std::move(blocks)});
  }
  return section;
}

/// What is said where somebody is about to order a drug.
Section drug_orders(const Pack& pack) {
  Section section{"drug-orders", "Drugs about to be ordered", {}, {}};
  for (const DrugOrder& order : pack.drug_orders) {
    Block about;
    about.facts = {{"Drug", concept_line(order.drug, pack)},
                   {"Card", {plain(order.level == DrugOrder::Level::warning ? "warning" : "info")}},
                   {"Says", {plain(order.why)}},
                   {"Claim", claim_line(order.rule.claim, pack)}};
    Block when;
    when.heading = "For whom";
    when.tree = {tree_of(order.rule.criterion, pack)};
    Block consider;
    consider.heading = "To consider";
    for (const auto& [claim, text] : order.consider)
      consider.tree.push_back({{plain(text)}, {claim_line(claim, pack)}, {}});
    section.entries.push_back({anchor("drug-order", order.rule.id),
                               order.label,
                               order.rule.id,
                               {std::move(about), std::move(when), std::move(consider)}});
  }
  return section;
}

Section questions(const Pack& pack) {
  Section section{"questions", "Questions", {}, {}};
  Table table;
  table.caption = "What only the patient or an examination can answer";
  table.columns = {"Question", "Id", "Answer", "What the answer does"};
  for (const Question& question : pack.questions) {
    table.rows.push_back({anchor("question", question.id),
                          {{strong(question.label), plain(": " + question.ask)},
                           {code(question.id)},
                           {plain(question.type == "boolean" ? "yes or no" : question.type)},
                           {plain(question.effect)}}});
  }
  if (table.rows.empty()) return section;
  section.intro.emplace_back().table = std::move(table);
  return section;
}
}  // namespace legwork::publish
