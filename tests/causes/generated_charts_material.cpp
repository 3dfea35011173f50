#include "tests/causes/generated_charts.hpp"
#include "tests/causes/naive.hpp"

#include <algorithm>
#include <type_traits>
#include <variant>

namespace legwork::tests {
namespace {
using namespace causes;
using fhir::Kind;

/// Collects what the criteria of a pack ask.
struct Gathering {
  Material& into;

  void gather(const Criterion& criterion) {
    std::visit([&](const auto& node) { look_at(node, criterion); }, criterion.node);
  }
  void gather(const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) gather(rule.criterion);
  }

 private:
  template <class Node>
  void look_at(const Node& node, const Criterion& criterion) {
    if constexpr (requires { node.of; }) {
      for (const Criterion& child : node.of) gather(child);
    } else if constexpr (!std::is_same_v<Node, Use> && !std::is_same_v<Node, CauseQuery> &&
                         !std::is_same_v<Node, RedFlagQuery> && !std::is_same_v<Node, ScoreQuery>) {
      into.leaves.push_back(criterion);
      if constexpr (requires { node.id; }) into.asked.push_back(node.id);
      look_closer_at(node);
    }
  }

  void remember(const std::optional<Period>& period) {
    if (period) into.periods.push_back(*period);
  }

  void look_closer_at(const MedicationQuery& query) { remember(query.within); }
  void look_closer_at(const ProcedureQuery& query) { remember(query.within); }
  void look_closer_at(const ConditionQuery& query) {
    remember(query.within);
    remember(query.sustained);
  }
  void look_closer_at(const ChallengeQuery& query) {
    remember(query.within);
    into.challenges.push_back(query);
    into.asked.insert(into.asked.end(), query.effects.begin(), query.effects.end());
  }
  void look_closer_at(const ObservationQuery& query) {
    remember(query.within);
    const Concept& analyte = into.pack.concepts[query.id];
    const auto usual = query.scale == ObservationQuery::Scale::upper_limit ? analyte.usual_high
                                                                           : analyte.usual_low;
    const bool multiples = query.scale != ObservationQuery::Scale::unit;
    for (const Bound& bound : query.bounds) {
      if (multiples && !usual) continue;
      into.thresholds[query.id].push_back(multiples ? bound.value * *usual : bound.value);
    }
  }
  template <class Other>
  void look_closer_at(const Other&) {}
};

std::vector<std::string> units_of(fhir::ConceptId id, const Pack& pack) {
  const Concept& analyte = pack.concepts[id];
  std::vector<std::string> candidates{
      "g/L",    "mg/L",    "ug/L",    "ng/L",     "ng/mL",  "ug/dL", "mg/dL", "g/dL",   "mmol/L",
      "umol/L", "nmol/L",  "pmol/L",  "10*3/uL",  "10*9/L", "%",     "U/L",   "ukat/L", "mg/g",
      "[IU]/L", "m[IU]/L", "k[IU]/L", "u[IU]/mL", "meq/L",  "ueq/L", "eq/L"};
  for (const auto& conversion : analyte.conversions) candidates.push_back(conversion.from);
  for (const UnitRepair& repair : pack.unit_repairs) candidates.push_back(repair.from);
  std::erase_if(candidates, [&](const std::string& unit) {
    return unit.empty() || unit == analyte.unit || !naive_in_pack_unit(id, 1, unit, pack);
  });
  if (!analyte.unit.empty()) candidates.insert(candidates.begin(), analyte.unit);
  return candidates;
}
}  // namespace

std::uint64_t Random::next() {
  std::uint64_t mixed = (state_ += 0x9e3779b97f4a7c15ULL);
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
  return mixed ^ (mixed >> 31);
}

Material::Material(const Pack& of)
    : pack(of), thresholds(of.concepts.size()), units(of.concepts.size()) {
  periods = {pack.answers_valid, pack.findings_valid, pack.medication_cover};
  Gathering gathering{*this};
  for (const Cause& cause : pack.causes) {
    for (const auto* rules :
         {&cause.strong, &cause.weak, &cause.against, &cause.caps, &cause.rules_out}) {
      gathering.gather(*rules);
    }
    if (cause.decides) gathering.gather(*cause.decides);
  }
  for (const RedFlag& flag : pack.red_flags) {
    for (const auto* rules : {&flag.present, &flag.possible, &flag.absent}) {
      gathering.gather(*rules);
    }
  }
  for (const ScoreRule& score : pack.scores) {
    for (const auto& item : score.items) gathering.gather(item.criterion);
  }
  for (const NamedCriterion& named : pack.criteria) gathering.gather(named.criterion);
  for (std::size_t id = 0; id < pack.concepts.size(); ++id) {
    if (pack.concepts[id].kind != Kind::observation) continue;
    units[id] = units_of(static_cast<fhir::ConceptId>(id), pack);
  }
}
}  // namespace legwork::tests
