#include "causes/pack_reading.hpp"

#include <fmt/format.h>

#include <functional>

// A status may rest on another status, and through it on others; it must not rest on itself, or
// evaluating it would never end. Depth-first search over causes, red flags, scores and named
// criteria.

namespace legwork::causes {
namespace {
enum class Mark { fresh, open, done };

class CircleSearch {
 public:
  explicit CircleSearch(Reading& reading)
      : reading_(reading),
        pack_(reading.pack),
        causes_(pack_.causes.size()),
        flags_(pack_.red_flags.size()),
        scores_(pack_.scores.size()),
        criteria_(pack_.criteria.size()) {}

  void run() {
    for (Index i = 0; i < pack_.causes.size(); ++i) cause(i);
    for (Index i = 0; i < pack_.red_flags.size(); ++i) red_flag(i);
    for (Index i = 0; i < pack_.scores.size(); ++i) score(i);
    for (Index i = 0; i < pack_.criteria.size(); ++i) named(i);
  }

 private:
  void visit(Mark& mark, const std::string& id, const std::function<void()>& inside) {
    if (mark == Mark::done) return;
    if (mark == Mark::open) {
      reading_.faults.push_back({ErrorKind::malformed, pack_.provenance.pack_id,
                                 fmt::format("'{}' rests on itself; break the circle", id)});
      return;
    }
    mark = Mark::open;
    inside();
    mark = Mark::done;
  }

  void rules(const std::vector<Rule>& list) {
    for (const Rule& rule : list) criterion(rule.criterion);
  }

  void cause(Index i) {
    const Cause& it = pack_.causes[i];
    visit(causes_[i], it.id, [&] {
      for (const auto* list : {&it.strong, &it.weak, &it.against, &it.caps, &it.rules_out})
        rules(*list);
      if (it.decides) criterion(*it.decides);
    });
  }

  void red_flag(Index i) {
    const RedFlag& it = pack_.red_flags[i];
    visit(flags_[i], it.id, [&] {
      for (const auto* list : {&it.present, &it.possible, &it.absent}) rules(*list);
    });
  }

  void score(Index i) {
    visit(scores_[i], pack_.scores[i].id, [&] {
      for (const auto& item : pack_.scores[i].items) criterion(item.criterion);
    });
  }

  void named(Index i) {
    visit(criteria_[i], pack_.criteria[i].id, [&] { criterion(pack_.criteria[i].criterion); });
  }

  void criterion(const Criterion& it) {
    std::visit(
        [&](const auto& node) {
          using Node = std::decay_t<decltype(node)>;
          if constexpr (requires { node.of; }) {
            for (const Criterion& child : node.of) criterion(child);
          } else if constexpr (std::is_same_v<Node, Use>) {
            named(node.criterion);
          } else if constexpr (std::is_same_v<Node, CauseQuery>) {
            cause(node.cause);
          } else if constexpr (std::is_same_v<Node, RedFlagQuery>) {
            red_flag(node.red_flag);
          } else if constexpr (std::is_same_v<Node, ScoreQuery>) {
            score(node.score);
          }
        },
        it.node);
  }

  Reading& reading_;
  const Pack& pack_;
  std::vector<Mark> causes_, flags_, scores_, criteria_;
};
}  // namespace

void check_circles(Reading& reading) { CircleSearch(reading).run(); }
}  // namespace legwork::causes
