#include "causes/orders.hpp"

#include "causes/drugs.hpp"
#include "causes/evaluate.hpp"

#include <algorithm>

namespace legwork::causes {
namespace {
using fhir::Medication;

/// The first ingredient that the rule is about.
std::optional<ConceptId> ingredient_of(const Medication& draft, const DrugOrder& rule,
                                       const Pack& pack) {
  const auto& drug = pack.concepts[rule.drug];
  const auto found = std::find_if(draft.ingredients.begin(), draft.ingredients.end(),
                                  [&](ConceptId id) { return drug.counts(id); });
  return found == draft.ingredients.end() ? std::nullopt : std::optional(*found);
}

void add(const Medication& draft, ConceptId ingredient, const Pack& pack, OrderFinding& finding) {
  std::string name = pack.concepts[ingredient].label;
  if (!draft.dose.empty()) name += ' ' + draft.dose;
  if (std::find(finding.drugs.begin(), finding.drugs.end(), name) == finding.drugs.end())
    finding.drugs.push_back(std::move(name));
  finding.references.push_back(draft.reference);
}

/// The drafts that the rule is about, and how surely they reach the blood.
OrderFinding match(std::span<const Medication> drafts, const DrugOrder& rule, const Pack& pack) {
  OrderFinding finding;
  finding.systemic = Truth::no;
  for (const Medication& draft : drafts) {
    const auto ingredient = ingredient_of(draft, rule, pack);
    if (!ingredient) continue;
    const Truth systemic = systemic_use(draft, pack.concepts[*ingredient]);
    if (systemic == Truth::no) continue;
    finding.systemic = either(finding.systemic, systemic);
    add(draft, *ingredient, pack, finding);
  }
  return finding;
}

void tell(const DrugOrder& rule, const Pack& pack, OrderFinding& finding) {
  finding.id = rule.rule.id;
  finding.label = rule.label;
  finding.level = finding.systemic == Truth::yes ? rule.level : DrugOrder::Level::info;
  finding.why = rule.why;
  finding.claim = pack.claim_text(rule.rule.claim);
  for (const auto& consider : rule.consider)
    finding.consider.push_back({consider.text, pack.claim_text(consider.claim)});
}

bool is_measured_by(const Test& test, fhir::Kind kind, ConceptId id, const Pack& pack) {
  return std::any_of(test.measures.begin(), test.measures.end(), [&](ConceptId measured) {
    return pack.concepts[measured].kind == kind && pack.concepts[measured].counts(id);
  });
}
}  // namespace

std::vector<OrderFinding> judge_orders(std::span<const Medication> drafts, const fhir::Chart& chart,
                                       const Pack& pack, const AssessOptions& options) {
  std::vector<OrderFinding> findings;
  if (drafts.empty() || chart.patient.deceased) return findings;
  std::vector<fhir::Note> ignored;  // the assessment of the same chart tells them
  const Facts facts = facts_of(chart, pack, options, ignored);
  Evaluator evaluator(facts);
  for (const DrugOrder& rule : pack.drug_orders) {
    OrderFinding finding = match(drafts, rule, pack);
    if (finding.references.empty()) continue;
    Answer answer = evaluator.evaluate(rule.rule.criterion);
    if (answer.truth != Truth::yes) continue;
    tell(rule, pack, finding);
    finding.evidence = std::move(answer.evidence);
    for (Evidence& piece : finding.evidence) {
      piece.says = Says::for_it;
      piece.rule = rule.rule.id;
      piece.claim = rule.rule.claim;
    }
    sort_by_date(finding.evidence);
    findings.push_back(std::move(finding));
  }
  return findings;
}

bool orders_test(std::span<const OrderedCode> codes, std::string_view text, const Test& test,
                 const Pack& pack) {
  const fhir::Vocabulary& vocabulary = pack.vocabulary;
  std::vector<fhir::Vocabulary::Meaning> found;
  for (const OrderedCode& ordered : codes) {
    for (const auto& own : test.orders)
      if (own.code == ordered.code && own.system == ordered.system) return true;
    vocabulary.find_code(vocabulary.system(ordered.system), ordered.code, found);
  }
  for (const auto kind : {fhir::Kind::observation, fhir::Kind::procedure})
    if (codes.empty() && !text.empty()) vocabulary.find_names(kind, text, found);
  return std::any_of(found.begin(), found.end(), [&](const auto& meaning) {
    return is_measured_by(test, meaning.kind, meaning.id, pack);
  });
}
}  // namespace legwork::causes
