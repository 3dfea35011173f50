#include "tests/causes/naive.hpp"
#include "tests/causes/naive_days.hpp"
#include "tests/causes/naive_leaves.hpp"

#include <variant>

namespace legwork::tests {
namespace {
using namespace causes;

std::optional<DateSpan> beginning(const Criterion& criterion, const Case& about);

/// When what a criterion says yes to began; nothing where no date tells.
struct Beginning {
  const Case& about;

  std::vector<DateSpan> of(const std::vector<Criterion>& criteria) const {
    std::vector<DateSpan> dates;
    for (const Criterion& criterion : criteria) {
      const bool said = naive_answer(criterion, about) == Truth::yes;
      const auto date = said ? beginning(criterion, about) : std::nullopt;
      if (date) dates.push_back(*date);
    }
    return dates;
  }

  /// All of it is there once the last is, any of it as soon as the first is.
  std::optional<DateSpan> operator()(const All& all) const { return last_of(of(all.of)); }
  std::optional<DateSpan> operator()(const Sequence& all) const { return last_of(of(all.of)); }
  std::optional<DateSpan> operator()(const Any& any) const { return first_of(of(any.of)); }
  std::optional<DateSpan> operator()(const Recorded& one) const { return first_of(of(one.of)); }
  std::optional<DateSpan> operator()(const Use& use) const {
    return beginning(about.pack.criteria[use.criterion].criterion, about);
  }
  std::optional<DateSpan> operator()(const MedicationQuery& query) const {
    return naive_beginning(query, about);
  }
  std::optional<DateSpan> operator()(const ObservationQuery& query) const {
    return naive_beginning(query, about);
  }
  std::optional<DateSpan> operator()(const ConditionQuery& query) const {
    return naive_beginning(query, about);
  }
  /// Answers, what the patient is, what is not so, counts, and what was concluded
  template <class Other>
  std::optional<DateSpan> operator()(const Other&) const {
    return {};
  }
};

std::optional<DateSpan> beginning(const Criterion& criterion, const Case& about) {
  return std::visit(Beginning{about}, criterion.node);
}
}  // namespace

// "A step that no date tells (an answer) does not break the order; dates known in part may leave it
// unknown"
Truth naive_order(const Sequence& steps, const Case& about) {
  std::vector<DateSpan> dates;
  for (const Criterion& step : steps.of) {
    if (const auto date = beginning(step, about)) dates.push_back(*date);
  }
  Truth in_order = Truth::yes;
  for (std::size_t i = 1; i < dates.size(); ++i) {
    const Truth next = on_every_day({dates[i - 1], dates[i]}, {},
                                    [](const Days& days) { return truth(days[0] <= days[1]); });
    in_order = both(in_order, next);
  }
  return in_order;
}
}  // namespace legwork::tests
