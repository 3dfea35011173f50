#include "causes/pack_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

namespace legwork::causes {
namespace {
/// What the pack's rules refer to, gathered by walking all of them once.
class UseSearch {
 public:
  explicit UseSearch(Reading& reading) : reading_(reading), pack_(reading.pack) {}

  void run() {
    for (std::size_t i = 0; i < pack_.causes.size(); ++i) cause(i);
    for (std::size_t i = 0; i < pack_.red_flags.size(); ++i) red_flag(i);
    for (std::size_t i = 0; i < pack_.tests.size(); ++i) test(i);
    for (std::size_t i = 0; i < pack_.scores.size(); ++i) score(i);
    for (std::size_t i = 0; i < pack_.criteria.size(); ++i) {
      criterion(pack_.criteria[i].criterion, reading_.place(IdKind::criterion, i));
    }
    for (const Banner& banner : pack_.banners) claimed_.insert(banner.claim);
    for (std::size_t i = 0; i < pack_.drug_orders.size(); ++i) drug_order(i);
    for (const PatientWords& words : pack_.patient) claims(causes::claims(words));
    for (const Index question : pack_.complaint.questions)
      asked_.insert(pack_.questions[question].id);
    if (pack_.complaint.onset_question) {
      asked_.insert(pack_.questions[*pack_.complaint.onset_question].id);
    }
    report_unused();
  }

 private:
  void claims(const std::vector<std::string>& ids) { claimed_.insert(ids.begin(), ids.end()); }

  void rules(const std::vector<Rule>& list, const Element& at) {
    for (const Rule& rule : list) {
      claimed_.insert(rule.claim);
      criterion(rule.criterion, at);
    }
  }

  void cause(std::size_t i) {
    const Cause& it = pack_.causes[i];
    const Element& at = reading_.place(IdKind::cause, i);
    const std::size_t asked_before = asks_seen_;
    claims(it.claims);
    for (const auto* list : {&it.strong, &it.weak, &it.against, &it.caps, &it.rules_out})
      rules(*list, at);
    if (it.decides) criterion(*it.decides, at);
    asked_.insert(it.tests.begin(), it.tests.end());
    if (it.tests.empty() && asks_seen_ == asked_before && !rests_on_others(it)) {
      reading_.fault(at, fmt::format("no test and no question could settle '{}'; name one in "
                                     "<decides tests=\"…\"> or in a criterion",
                                     it.id));
    }
  }

  /// A cause made of other causes is settled when they are.
  static bool rests_on_others(const Cause& it) {
    return std::any_of(it.strong.begin(), it.strong.end(), [](const Rule& rule) {
      const auto* all = std::get_if<All>(&rule.criterion.node);
      return all != nullptr &&
             std::all_of(all->of.begin(), all->of.end(), [](const Criterion& part) {
               return std::holds_alternative<CauseQuery>(part.node);
             });
    });
  }

  void red_flag(std::size_t i) {
    const RedFlag& it = pack_.red_flags[i];
    claims(it.claims);
    for (const auto* list : {&it.present, &it.possible, &it.absent}) {
      rules(*list, reading_.place(IdKind::red_flag, i));
    }
  }

  void test(std::size_t i) {
    const Test& it = pack_.tests[i];
    const Element& at = reading_.place(IdKind::test, i);
    claimed_.insert(it.claim);
    if (it.baseline || !it.urgent.empty()) asked_.insert(it.id);
    for (const auto& urgent : it.urgent) {
      claimed_.insert(urgent.rule.claim);
      criterion(urgent.rule.criterion, at);
    }
    for (const auto& withheld : it.withheld) {
      claimed_.insert(withheld.rule.claim);
      criterion(withheld.rule.criterion, at);
    }
    for (const auto& caution : it.cautions) {
      claimed_.insert(caution.claim);
      if (caution.when) criterion(*caution.when, at);
    }
  }

  void score(std::size_t i) {
    claimed_.insert(pack_.scores[i].claim);
    for (const auto& item : pack_.scores[i].items) {
      criterion(item.criterion, reading_.place(IdKind::score, i));
    }
  }

  void drug_order(std::size_t i) {
    const DrugOrder& it = pack_.drug_orders[i];
    claimed_.insert(it.rule.claim);
    for (const auto& consider : it.consider) claimed_.insert(consider.claim);
    criterion(it.rule.criterion, reading_.place(IdKind::drug_order, i));
  }

  void criterion(const Criterion& it, const Element& at) {
    asked_.insert(it.asks.begin(), it.asks.end());
    asks_seen_ += it.asks.size();
    if (const auto* use = std::get_if<Use>(&it.node)) {
      criterion(pack_.criteria[use->criterion].criterion, at);
    }
    std::visit(
        [&](const auto& node) {
          if constexpr (requires { node.of; }) {
            for (const Criterion& child : node.of) criterion(child, at);
          }
        },
        it.node);
  }

  void report_unused() {
    const auto report = [&](const auto& items, IdKind kind, const std::set<std::string>& used,
                            std::string_view remedy) {
      for (std::size_t i = 0; i < items.size(); ++i) {
        if (used.contains(items[i].id)) continue;
        reading_.fault(reading_.place(kind, i),
                       fmt::format("nothing uses '{}'; {}", items[i].id, remedy));
      }
    };
    report(pack_.claims, IdKind::claim, claimed_,
           "name it in a rule, a cause or a test, or delete it");
    report(pack_.tests, IdKind::test, asked_,
           "name it in a cause or a criterion, or make it baseline");
    report(pack_.questions, IdKind::question, asked_, "ask it in a criterion, or delete it");
  }

  Reading& reading_;
  const Pack& pack_;
  std::set<std::string> claimed_, asked_;
  std::size_t asks_seen_ = 0;
};
}  // namespace

void check_use(Reading& reading) { UseSearch(reading).run(); }
}  // namespace legwork::causes
