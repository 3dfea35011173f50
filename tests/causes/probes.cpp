#include "tests/causes/probes.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>
#include <variant>

namespace legwork::tests {
namespace {
using namespace causes;

std::optional<Period> some_period(const Material& material, Random& random) {
  if (random.one_in(3)) return {};
  return random.pick(material.periods);
}

/// Changes what a leaf asks, now and then; kinds without a line here are asked as the pack does.
struct Variation {
  const Material& material;
  Random& random;

  void operator()(MedicationQuery& query) const {
    using enum MedicationQuery::Start;
    query.state = MedicationQuery::State(random.one_in(2) ? 0 : random.below(3));
    if (random.one_in(2)) query.start = MedicationQuery::Start(random.below(3));
    query.local_counts = random.one_in(4);
    // The format has a period only for what is stopped, or was started before the onset.
    query.within.reset();
    if (query.state == MedicationQuery::State::stopped) {
      query.start = any;
      query.within = some_period(material, random);
    } else if (query.start == before_onset) {
      query.within = random.pick(material.periods);
    }
  }
  void operator()(ObservationQuery& query) const {
    if (random.one_in(2)) query.within = some_period(material, random);
    query.sustained.reset();
    if (query.present || query.age_limit) return;
    if (query.within && random.one_in(3)) query.sustained = random.pick(material.periods);
    if (query.bounds.size() == 1 && random.one_in(4)) {
      query.scale = ObservationQuery::Scale(random.below(3));
      query.bounds.front().value = random.pick(std::vector<double>{1, 1, 2, 10});
    }
    for (Bound& bound : query.bounds) {
      if (query.bounds.size() == 1) bound.relation = Bound::Relation(random.below(4));
    }
  }
  void operator()(ChallengeQuery& query) const {
    query.step = ChallengeQuery::Step(random.below(2));
    if (random.one_in(2)) query.within = random.pick(material.periods);
  }
  void operator()(ConditionQuery& query) const {
    query.past_only = random.one_in(5);
    query.resolved_counts = query.past_only || random.one_in(3);
    query.sustained.reset();
    if (random.one_in(4)) query.sustained = random.pick(material.periods);
    query.suspected_counts = random.one_in(3);
    query.one_side = random.one_in(4);
    query.within = some_period(material, random);
  }
  void operator()(ProcedureQuery& query) const { query.within = some_period(material, random); }
  void operator()(AnswerQuery& query) const { query.is = random.one_in(2); }
  template <class Other>
  void operator()(Other&) const {}
};
}  // namespace

Pack with_probes(Pack pack, const std::vector<Criterion>& criteria) {
  pack.tests.clear();
  pack.banners.clear();
  for (Cause& cause : pack.causes) cause.tests.clear();
  for (std::size_t i = 0; i < criteria.size(); ++i) {
    Criterion criterion = criteria[i];
    criterion.asks.clear();
    Cause probe;
    probe.id = "probe-" + std::to_string(i);
    probe.label = probe.id;
    probe.claims = {pack.claims.front().id};
    probe.strong.push_back({probe.id + "-yes", pack.claims.front().id, 3, criterion});
    probe.decides = criterion;
    pack.causes.push_back(std::move(probe));
  }
  return pack;
}

std::vector<Truth> probed(const Assessment& assessment, std::size_t count) {
  std::vector<Truth> answers(count, Truth::unknown);
  for (const CauseFinding& finding : assessment.causes) {
    if (!finding.id.starts_with("probe-")) continue;
    Truth& answer = answers.at(std::stoul(finding.id.substr(6)));
    if (finding.status == CauseStatus::supported) answer = Truth::yes;
    if (finding.status == CauseStatus::unlikely) answer = Truth::no;
  }
  return answers;
}

std::vector<Criterion> varied_leaves(const Material& material, std::size_t count, Random& random) {
  std::vector<Criterion> varied;
  while (varied.size() < count) {
    Criterion leaf = random.pick(material.leaves);
    std::visit(Variation{material, random}, leaf.node);
    varied.push_back(std::move(leaf));
  }
  return varied;
}

namespace {
std::string told(const std::optional<Period>& period) {
  return period ? fmt::format("P{}M{}D", period->months, period->days) : "any time";
}

struct Telling {
  const Pack& pack;

  std::string operator()(const MedicationQuery& query) const {
    constexpr std::array states{"taking", "stopped", "ever"};
    constexpr std::array starts{"", ", begun before onset", ", begun after onset"};
    return fmt::format("{} {}{}, {}{}", states[std::size_t(query.state)],
                       pack.concepts[query.id].id, starts[std::size_t(query.start)],
                       told(query.within), query.local_counts ? ", any route" : "");
  }
  std::string operator()(const ObservationQuery& query) const {
    constexpr std::array relations{"below", "at most", "above", "at least"};
    constexpr std::array scales{"", " times the upper limit", " times the lower limit"};
    std::string text = pack.concepts[query.id].id;
    if (query.present) text += *query.present ? " present" : " absent";
    for (const Bound& bound : query.bounds) {
      text += fmt::format(" {} {}{}", relations[std::size_t(bound.relation)], bound.value,
                          scales[std::size_t(query.scale)]);
    }
    text += ", " + told(query.within);
    return query.sustained ? text + ", sustained " + told(query.sustained) : text;
  }
  std::string operator()(const ConditionQuery& query) const {
    const auto sustained = query.sustained ? ", sustained " + told(query.sustained) : "";
    return fmt::format("{}, {}{}{}{}{}", pack.concepts[query.id].id, told(query.within),
                       query.past_only         ? ", only resolved"
                       : query.resolved_counts ? ", also resolved"
                                               : "",
                       query.suspected_counts ? ", also suspected" : "",
                       query.one_side ? ", on one side" : "", sustained);
  }
  std::string operator()(const ChallengeQuery& query) const {
    const bool again = query.step == ChallengeQuery::Step::rechallenge;
    std::string text = fmt::format("{} of {} within {}:", again ? "rechallenge" : "dechallenge",
                                   pack.concepts[query.id].id, told(query.within));
    for (const fhir::ConceptId effect : query.effects) text += " " + pack.concepts[effect].id;
    return text;
  }
  template <class Parent>
  std::string of(const char* what, const Parent& parent) const {
    std::string text = fmt::format("{}(", what);
    for (const Criterion& child : parent.of) text += tests::told(child, pack) + "; ";
    return text + ")";
  }
  std::string operator()(const All& all) const { return of("all", all); }
  std::string operator()(const Any& any) const { return of("any", any); }
  std::string operator()(const Not& negated) const { return of("not", negated); }
  std::string operator()(const Recorded& recorded) const { return of("recorded", recorded); }
  std::string operator()(const Sequence& steps) const { return of("sequence", steps); }
  std::string operator()(const AtLeast& some) const {
    return of(fmt::format("at least {} ", some.n).c_str(), some);
  }
  std::string operator()(const ProcedureQuery& query) const {
    return pack.concepts[query.id].id + ", " + told(query.within);
  }
  std::string operator()(const AnswerQuery& query) const {
    return pack.questions[query.question].id + (query.is ? "? yes" : "? no");
  }
  template <class Other>
  std::string operator()(const Other&) const {
    return "another kind";
  }
};
}  // namespace

std::string told(const Criterion& leaf, const Pack& pack) {
  return std::visit(Telling{pack}, leaf.node);
}

Criterion random_tree(const std::vector<Criterion>& leaves, int depth, Logic logic,
                      Random& random) {
  if (depth == 0) return random.pick(leaves);
  std::vector<Criterion> of;
  for (int children = random.between(2, 4); children > 0; --children) {
    of.push_back(random_tree(leaves, random.between(0, depth - 1), logic, random));
  }
  switch (random.below(logic == Logic::all ? 6 : 4)) {
    case 0:
      return {All{std::move(of)}, {}};
    case 1:
      return {Any{std::move(of)}, {}};
    case 2:
      return {AtLeast{random.between(1, int(of.size())), std::move(of)}, {}};
    case 3:
      of.resize(1);
      return {Not{std::move(of)}, {}};
    case 4:
      of.resize(1);
      return {Recorded{std::move(of)}, {}};
    default:
      return {Sequence{std::move(of)}, {}};
  }
}
}  // namespace legwork::tests
