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
    if (random.one_in(2)) query.state = MedicationQuery::State::taking;
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
    for (Bound& bound : query.bounds) {
      if (query.bounds.size() == 1) bound.relation = Bound::Relation(random.below(4));
    }
  }
  void operator()(ConditionQuery& query) const {
    query.resolved_counts = random.one_in(3);
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

namespace {
void leave_out_courses(Criterion& criterion) {
  const bool course = std::holds_alternative<Sequence>(criterion.node) ||
                      std::holds_alternative<ChallengeQuery>(criterion.node);
  if (course) criterion.node = Any{};
  std::visit(
      [](auto& node) {
        if constexpr (requires { node.of; }) {
          for (Criterion& child : node.of) leave_out_courses(child);
        }
      },
      criterion.node);
}

void leave_out_courses(std::vector<Rule>& rules) {
  for (Rule& rule : rules) leave_out_courses(rule.criterion);
}
}  // namespace

Pack without_courses(Pack pack) {
  for (Cause& cause : pack.causes) {
    for (auto* rules :
         {&cause.strong, &cause.weak, &cause.against, &cause.caps, &cause.rules_out}) {
      leave_out_courses(*rules);
    }
    if (cause.decides) leave_out_courses(*cause.decides);
  }
  for (RedFlag& flag : pack.red_flags) {
    for (auto* rules : {&flag.present, &flag.possible, &flag.absent}) leave_out_courses(*rules);
  }
  for (ScoreRule& score : pack.scores) {
    for (auto& item : score.items) leave_out_courses(item.criterion);
  }
  for (NamedCriterion& named : pack.criteria) leave_out_courses(named.criterion);
  return pack;
}

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
    return fmt::format("{}, {}{}{}{}", pack.concepts[query.id].id, told(query.within),
                       query.resolved_counts ? ", also resolved" : "",
                       query.suspected_counts ? ", also suspected" : "",
                       query.one_side ? ", on one side" : "");
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

Criterion random_tree(const std::vector<Criterion>& leaves, int depth, Random& random) {
  if (depth == 0) return random.pick(leaves);
  std::vector<Criterion> of;
  for (int children = random.between(2, 4); children > 0; --children) {
    of.push_back(random_tree(leaves, random.between(0, depth - 1), random));
  }
  switch (random.below(4)) {
    case 0:
      return {All{std::move(of)}, {}};
    case 1:
      return {Any{std::move(of)}, {}};
    case 2:
      return {AtLeast{random.between(1, int(of.size())), std::move(of)}, {}};
    default:
      of.resize(1);
      return {Not{std::move(of)}, {}};
  }
}
}  // namespace legwork::tests
