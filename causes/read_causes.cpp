#include "causes/pack_reading.hpp"

#include <fmt/format.h>

#include <array>

namespace legwork::causes {
namespace {
using fhir::Kind;

constexpr std::array<std::string_view, 4> urgencies = {"emergency", "same-day", "soon", "routine"};

std::string text_of_child(const Element& at, std::string_view name) {
  const auto child = at.child(name);
  return child ? std::string(child->text()) : std::string{};
}

std::string claim_of(const Element& at, Reading& reading) {
  std::string claim = reading.required(at, "claim");
  if (!claim.empty()) reading.find(at, IdKind::claim, claim);
  return claim;
}

/// A rule of a cause or red flag; the caller has checked which attributes may stand there.
std::optional<Rule> read_rule(const Element& at, int weight, Reading& reading) {
  Rule rule{
      reading.required(at, "id"), claim_of(at, reading), reading.whole(at, "weight", weight), {}};
  auto criterion = read_criterion_in(at, reading);
  if (!criterion) return {};
  rule.criterion = std::move(*criterion);
  return rule;
}

void read_urgent(const Element& at, Test& into, Reading& reading) {
  reading.expect(at, {"id", "urgency", "claim", "unless-on-file"}, {"reason", "*criterion*"});
  auto rule = read_rule(at, 0, reading);
  if (!rule) return;
  Test::Urgent urgent{std::move(*rule),
                      static_cast<Urgency>(reading.choice(at, "urgency", urgencies)),
                      text_of_child(at, "reason"), reading.yes(at, "unless-on-file")};
  if (!at.attribute("urgency")) reading.fault(at, "<urgent> needs the attribute 'urgency'");
  into.urgent.push_back(std::move(urgent));
}

void read_withheld(const Element& at, Test& into, Reading& reading) {
  reading.expect(at, {"id", "claim"}, {"reason", "*criterion*"});
  auto rule = read_rule(at, 0, reading);
  if (!rule) return;
  into.withheld.push_back({std::move(*rule), text_of_child(at, "reason")});
  if (into.withheld.back().reason.empty())
    reading.fault(at, "<withheld> needs its <reason>: the reader asks why it is not done");
}

void read_caution(const Element& at, Test& into, Reading& reading) {
  reading.expect(at, {"claim"}, {"*criterion*"});
  Test::Caution caution{claim_of(at, reading), std::string(at.text()), {}};
  if (!at.children().empty()) caution.when = read_criterion_in(at, reading);
  into.cautions.push_back(std::move(caution));
}
}  // namespace

void read_cause(const Element& at, Cause& into, Reading& reading) {
  reading.expect(at, {"id", "label", "claims"},
                 {"strong", "weak", "against", "caps", "rules-out", "decides", "would-change"});
  into.id = reading.required(at, "id");
  into.label = reading.required(at, "label");
  into.claims = reading.ids(at, "claims", IdKind::claim);
  into.would_change = text_of_child(at, "would-change");
  if (into.claims.empty()) reading.fault(at, "a cause needs at least one claim");
  if (into.would_change.empty())
    reading.fault(at, "a cause needs <would-change>: what result would change its status");

  struct Part {
    std::string_view name;
    std::vector<Rule>& rules;
    int weight;
  };
  const Part parts[] = {{"strong", into.strong, 3},
                        {"weak", into.weak, 1},
                        {"against", into.against, 1},
                        {"caps", into.caps, 1},
                        {"rules-out", into.rules_out, 1}};
  for (const Element& child : at.children()) {
    for (const Part& part : parts) {
      if (child.name() != part.name) continue;
      reading.expect(child, {"id", "claim", "weight"}, {"*criterion*"});
      if (auto rule = read_rule(child, part.weight, reading))
        part.rules.push_back(std::move(*rule));
    }
    if (child.name() == "decides") {
      reading.expect(child, {"tests"}, {"*criterion*"});
      into.tests = reading.ids(child, "tests", IdKind::test);
      into.decides = read_criterion_in(child, reading);
    }
  }
}

void read_red_flag(const Element& at, RedFlag& into, Reading& reading) {
  reading.expect(at, {"id", "label", "action", "claims"}, {"present", "possible", "absent"});
  into.id = reading.required(at, "id");
  into.label = reading.required(at, "label");
  into.action = reading.required(at, "action");
  into.claims = reading.ids(at, "claims", IdKind::claim);
  for (const Element& child : at.children()) {
    reading.expect(child, {"id", "claim"}, {"*criterion*"});
    auto rule = read_rule(child, 0, reading);
    if (!rule) continue;
    auto& rules = child.name() == "present"    ? into.present
                  : child.name() == "possible" ? into.possible
                                               : into.absent;
    rules.push_back(std::move(*rule));
  }
  if (into.present.empty()) reading.fault(at, "a red flag needs a <present> rule");
}

void read_test_measures(const Element& at, Test& into, Reading& reading) {
  into.id = reading.required(at, "id");
  for (const Index id : reading.references(at, "measures", IdKind::concept_)) {
    const Concept& measured = reading.pack.concepts[id];
    if (measured.kind == Kind::observation || measured.kind == Kind::procedure) {
      into.measures.push_back(id);
    } else {
      reading.fault(at, fmt::format("'{}' is neither an observation nor a procedure", measured.id));
    }
  }
}

void read_test(const Element& at, Test& into, Reading& reading) {
  reading.expect(at,
                 {"id", "label", "kind", "burden", "baseline", "urgency", "repeat", "claim",
                  "measures", "all"},
                 {"order", "reason", "urgent", "withheld", "caution"});
  constexpr std::array<std::string_view, 7> kinds = {
      "imaging", "blood", "urine", "examination", "review", "referral", "assessment"};
  into.label = reading.required(at, "label");
  into.kind = kinds[reading.choice(at, "kind", kinds)];
  into.claim = claim_of(at, reading);
  into.burden = reading.whole(at, "burden", 1);
  if (into.burden < 1) reading.fault(at, "burden counts from 1");
  into.baseline = reading.yes(at, "baseline");
  into.urgency = at.attribute("urgency")
                     ? static_cast<Urgency>(reading.choice(at, "urgency", urgencies))
                     : Urgency::routine;
  into.repeat = reading.period(at, "repeat");
  into.needs_all = reading.yes(at, "all");
  into.reason = text_of_child(at, "reason");
  for (const Element& child : at.children()) {
    if (child.name() == "urgent") read_urgent(child, into, reading);
    if (child.name() == "withheld") read_withheld(child, into, reading);
    if (child.name() == "caution") read_caution(child, into, reading);
    if (child.name() == "order") {
      reading.expect(child, {"system", "code", "display"}, {});
      into.orders.push_back({reading.required(child, "system"), reading.required(child, "code"),
                             reading.optional(child, "display")});
    }
  }
}

void read_score(const Element& at, ScoreRule& into, Reading& reading) {
  reading.expect(at, {"id", "label", "claim"}, {"item"});
  into.id = reading.required(at, "id");
  into.label = reading.required(at, "label");
  into.claim = claim_of(at, reading);
  for (const Element& child : at.children()) {
    reading.expect(child, {"id", "points", "label"}, {"*criterion*"});
    auto criterion = read_criterion_in(child, reading);
    if (!criterion) continue;
    into.items.push_back({reading.required(child, "id"), reading.required(child, "label"),
                          reading.whole(child, "points", 0), std::move(*criterion)});
  }
}

void read_banner(const Element& at, Reading& reading) {
  reading.expect(at, {"id", "claim"}, {"text", "*criterion*"});
  auto when = read_criterion_in(at, reading);
  if (!when) return;
  reading.pack.banners.push_back({reading.required(at, "id"), claim_of(at, reading),
                                  text_of_child(at, "text"), std::move(*when)});
}

void read_drug_order(const Element& at, DrugOrder& into, Reading& reading) {
  reading.expect(at, {"id", "label", "concept", "level", "claim"},
                 {"why", "consider", "*criterion*"});
  into.label = reading.required(at, "label");
  into.drug = concept_reference(at, "concept", {Kind::medication}, reading).value_or(into.drug);
  into.level = static_cast<DrugOrder::Level>(reading.choice(at, "level", {"info", "warning"}));
  into.why = text_of_child(at, "why");
  if (into.why.empty()) reading.fault(at, "an order that is remarked on needs its <why>");
  if (auto rule = read_rule(at, 0, reading)) into.rule = std::move(*rule);
  for (const Element& child : at.children()) {
    if (child.name() != "consider") continue;
    reading.expect(child, {"claim"}, {});
    into.consider.push_back({claim_of(child, reading), std::string(child.text())});
    if (into.consider.back().text.empty())
      reading.fault(child, "<consider> needs what to think of as text");
  }
  if (into.consider.empty())
    reading.fault(at, "say what to think of in <consider>: a remark alone helps nobody");
}
}  // namespace legwork::causes
