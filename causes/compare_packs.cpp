#include "causes/compare_packs.hpp"

#include "causes/wording.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <type_traits>

namespace legwork::causes {
namespace {
using Ids = std::set<std::string>;

Added between(const Ids& old, const Ids& now) {
  Added found;
  std::set_difference(now.begin(), now.end(), old.begin(), old.end(),
                      std::back_inserter(found.added));
  std::set_difference(old.begin(), old.end(), now.begin(), now.end(),
                      std::back_inserter(found.removed));
  return found;
}

template <class T>
Added between(const std::vector<T>& old, const std::vector<T>& now) {
  const auto ids = [](const std::vector<T>& items) {
    Ids made;
    for (const T& item : items) made.insert(item.id);
    return made;
  };
  return between(ids(old), ids(now));
}

/// Every number that a criterion holds something against, each as a line of text.
class Thresholds {
 public:
  explicit Thresholds(const Pack& pack) : pack_(pack) {
    for (const auto& named : pack.criteria) add(named.id, named.criterion);
    for (const Cause& cause : pack.causes) {
      for (const auto* rules :
           {&cause.strong, &cause.weak, &cause.against, &cause.caps, &cause.rules_out}) {
        add(cause.id, *rules);
      }
      if (cause.decides) add(cause.id + "/decides", *cause.decides);
    }
    for (const RedFlag& flag : pack.red_flags) {
      for (const auto* rules : {&flag.present, &flag.possible, &flag.absent}) add(flag.id, *rules);
    }
    for (const Test& test : pack.tests) {
      for (const auto& urgent : test.urgent) {
        add(test.id + '/' + urgent.rule.id, urgent.rule.criterion);
      }
      for (const auto& withheld : test.withheld) {
        add(test.id + '/' + withheld.rule.id, withheld.rule.criterion);
      }
      for (const auto& caution : test.cautions) {
        if (caution.when) add(test.id + "/caution", *caution.when);
      }
    }
    for (const ScoreRule& score : pack.scores) {
      for (const auto& item : score.items) add(score.id + '/' + item.id, item.criterion);
    }
    for (const Banner& banner : pack.banners) add(banner.id, banner.when);
    for (const DrugOrder& order : pack.drug_orders) add(order.rule.id, order.rule.criterion);
  }

  const Ids& lines() const { return lines_; }

 private:
  void add(const std::string& owner, const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) add(owner + '/' + rule.id, rule.criterion);
  }

  void add(const std::string& where, const Criterion& criterion) {
    std::visit(
        [&](const auto& node) {
          if constexpr (requires { node.of; }) {
            for (const Criterion& part : node.of) add(where, part);
          } else if (has_threshold(node)) {
            lines_.insert(where + ": " + in_words(criterion, pack_));
          }
        },
        criterion.node);
  }

  template <class Node>
  static bool has_threshold(const Node& node) {
    if constexpr (std::is_same_v<Node, ObservationQuery>) return !node.bounds.empty();
    return std::is_same_v<Node, AgeQuery> || std::is_same_v<Node, ScoreQuery>;
  }

  const Pack& pack_;
  Ids lines_;
};
}  // namespace

bool PackDifference::empty() const {
  const auto same = [](const Added& ids) { return ids.added.empty() && ids.removed.empty(); };
  return same(claims) && same(causes) && same(red_flags) && same(tests) && same(questions) &&
         same(thresholds);
}

PackDifference compare(const Pack& old, const Pack& now) {
  return {between(old.claims, now.claims),
          between(old.causes, now.causes),
          between(old.red_flags, now.red_flags),
          between(old.tests, now.tests),
          between(old.questions, now.questions),
          between(Thresholds(old).lines(), Thresholds(now).lines())};
}
}  // namespace legwork::causes
