#include "causes/bands.hpp"
#include "causes/pack_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

// Criteria that can never be true: what must hold together and cannot.

namespace legwork::causes {
namespace {
/// What the parts of one <all> demand of a chart; a demand that contradicts an earlier one is told.
class Demands {
 public:
  Demands(const Element& at, Reading& reading) : at_(at), reading_(reading), pack_(reading.pack) {}

  void add(const Criterion& criterion) {
    std::visit([&](const auto& node) { demand(node); }, criterion.node);
  }

 private:
  void demand(const All& node) {
    for (const Criterion& child : node.of) add(child);
  }
  void demand(const Sequence& node) {
    for (const Criterion& child : node.of) add(child);
  }
  void demand(const ObservationQuery& node) {
    if (node.bounds.empty() || node.age_limit) return;
    const auto key = std::pair(node.id, node.scale);
    const Interval values = both(values_[key], allowed_by(node.bounds));
    const bool was_possible = !is_empty(values_[key]);
    values_[key] = values;
    if (was_possible && is_empty(values))
      fault(
          fmt::format("no value of '{}' meets all the limits it is held against; swap or drop one",
                      pack_.concepts[node.id].id));
  }
  void demand(const AnswerQuery& node) {
    const auto [known, is_new] = answers_.emplace(node.question, node.is);
    if (!is_new && known->second != node.is)
      fault(fmt::format("'{}' would have to be answered both yes and no; drop one",
                        pack_.questions[node.question].id));
  }
  void demand(const SexQuery& node) {
    if (!sex_.empty() && sex_ != node.is) fault("nobody is both female and male; drop one");
    sex_ = node.is;
  }
  void demand(const AgeQuery& node) {
    const Interval ages = both(ages_, allowed_by({node.bound}));
    if (!is_empty(ages_) && is_empty(ages)) fault("nobody has such an age; swap the limits");
    ages_ = ages;
  }
  void demand(const CauseQuery& node) { of_statuses(node.statuses, pack_.causes[node.cause].id); }
  void demand(const RedFlagQuery& node) {
    of_statuses(node.statuses, pack_.red_flags[node.red_flag].id);
  }
  void demand(const ScoreQuery& node) {
    int highest = 0;
    for (const auto& item : pack_.scores[node.score].items) highest += std::max(item.points, 0);
    if (node.at_least > highest)
      fault(fmt::format("the score '{}' never gets that high; lower at-least",
                        pack_.scores[node.score].id));
  }
  template <class Other>
  void demand(const Other&) {}  // asks for nothing that could contradict another

  void of_statuses(const std::vector<std::uint8_t>& statuses, const std::string& id) {
    if (statuses.empty())
      fault(fmt::format("no status of '{}' is named, so it is never met; name one", id));
  }
  /// What an <all> demands, the <all> around it demands too: told once.
  void fault(std::string what) {
    const auto& told = reading_.faults;
    const bool is_told =
        !told.empty() && told.back().where == at_.where() && told.back().what == what;
    if (!is_told) reading_.fault(at_, std::move(what));
  }

  const Element& at_;
  Reading& reading_;
  const Pack& pack_;
  std::map<std::pair<ConceptId, ObservationQuery::Scale>, Interval> values_;
  std::map<Index, bool> answers_;
  std::string sex_;
  Interval ages_;
};

/// Judges a criterion and each one inside it.
void judge(const Criterion& criterion, const Element& at, Reading& reading) {
  Demands(at, reading).add(criterion);
  std::visit(
      [&](const auto& node) {
        if constexpr (requires { node.of; }) {
          for (const Criterion& child : node.of) judge(child, at, reading);
        }
      },
      criterion.node);
}

void judge(const std::vector<Rule>& rules, const Element& at, Reading& reading) {
  for (const Rule& rule : rules) judge(rule.criterion, at, reading);
}
}  // namespace

void check_sense(Reading& reading) {
  const Pack& pack = reading.pack;
  for (std::size_t i = 0; i < pack.causes.size(); ++i) {
    const Cause& cause = pack.causes[i];
    const Element& at = reading.place(IdKind::cause, i);
    for (const auto* rules :
         {&cause.strong, &cause.weak, &cause.against, &cause.caps, &cause.rules_out})
      judge(*rules, at, reading);
    if (cause.decides) judge(*cause.decides, at, reading);
  }
  for (std::size_t i = 0; i < pack.red_flags.size(); ++i) {
    const RedFlag& flag = pack.red_flags[i];
    for (const auto* rules : {&flag.present, &flag.possible, &flag.absent})
      judge(*rules, reading.place(IdKind::red_flag, i), reading);
  }
  for (std::size_t i = 0; i < pack.tests.size(); ++i) {
    const Element& at = reading.place(IdKind::test, i);
    for (const auto& urgent : pack.tests[i].urgent) judge(urgent.rule.criterion, at, reading);
    for (const auto& held : pack.tests[i].withheld) judge(held.rule.criterion, at, reading);
    for (const auto& caution : pack.tests[i].cautions)
      if (caution.when) judge(*caution.when, at, reading);
  }
  for (std::size_t i = 0; i < pack.criteria.size(); ++i)
    judge(pack.criteria[i].criterion, reading.place(IdKind::criterion, i), reading);
  for (std::size_t i = 0; i < pack.drug_orders.size(); ++i)
    judge(pack.drug_orders[i].rule.criterion, reading.place(IdKind::drug_order, i), reading);
  for (std::size_t i = 0; i < pack.scores.size(); ++i)
    for (const auto& item : pack.scores[i].items)
      judge(item.criterion, reading.place(IdKind::score, i), reading);
}
}  // namespace legwork::causes
