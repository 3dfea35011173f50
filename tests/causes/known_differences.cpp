#include "tests/causes/known_differences.hpp"

#include <algorithm>
#include <variant>

namespace legwork::tests::known {
namespace {
using fhir::Measurement;

void make_exact(std::optional<DateSpan>& date) {
  if (date) date = DateSpan::on(date->first);
}

void make_all_exact(GeneratedCase& made) {
  make_exact(made.onset);
  for (auto& entry : made.chart.medications) {
    make_exact(entry.start);
    make_exact(entry.end);
    if (entry.start && entry.end && entry.end->last < entry.start->first) entry.end = entry.start;
  }
  for (auto& measured : made.chart.measurements) make_exact(measured.date);
  for (auto& condition : made.chart.conditions) {
    make_exact(condition.onset);
    make_exact(condition.recorded);
    make_exact(condition.abatement);
  }
  for (auto& done : made.chart.procedures) make_exact(done.date);
  for (auto& answer : made.chart.answers) {
    make_exact(answer.date);
    if (auto* date = std::get_if<DateSpan>(&answer.value)) *date = DateSpan::on(date->first);
  }
}

bool is_word(const Measurement& measured) { return std::holds_alternative<bool>(measured.value); }

/// Whether an earlier measurement of the same day stands beside it that words contradict.
bool beside_words(const std::vector<Measurement>& all, const Measurement& measured) {
  return std::any_of(all.data(), &measured, [&](const Measurement& other) {
    return other.date == measured.date && (is_word(other) || is_word(measured));
  });
}
/// Which of two results of one day lends its limits to both is decided by their references.
void drop_limits_of_shared_days(std::vector<Measurement>& all) {
  for (Measurement& one : all) {
    for (Measurement& other : all) {
      if (&one == &other || one.id != other.id || one.date != other.date) continue;
      one.limits.reset();
      other.limits.reset();
    }
  }
}
}  // namespace

GeneratedCase tamed(GeneratedCase made) {
  make_all_exact(made);
  std::vector<Measurement> kept;
  for (const Measurement& measured : made.chart.measurements) {
    kept.push_back(measured);
    if (beside_words(kept, kept.back())) kept.pop_back();
  }
  drop_limits_of_shared_days(kept);
  made.chart.measurements = std::move(kept);
  return made;
}
}  // namespace legwork::tests::known
