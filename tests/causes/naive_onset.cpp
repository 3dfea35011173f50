#include "tests/causes/naive.hpp"
#include "tests/causes/naive_days.hpp"
#include "tests/causes/naive_leaves.hpp"

#include <algorithm>
#include <variant>

namespace legwork::tests {
namespace {
using namespace causes;

/// "whose date is the onset": the latest answer's; of one day, all days that they may mean.
std::optional<DateSpan> answered(const std::string& question, const fhir::Chart& chart, Day as_of) {
  std::vector<DateSpan> authored;
  std::vector<DateSpan> told;
  for (const fhir::Answer& answer : chart.answers) {
    const auto* date = std::get_if<DateSpan>(&answer.value);
    if (answer.question != question || !date || date->first > as_of) continue;
    authored.push_back(answer.date.value_or(DateSpan::on(as_of)));
    told.push_back(*date);
  }
  std::optional<DateSpan> onset;
  for (const std::size_t last : may_be_last(authored)) {
    if (!onset) onset = told[last];
    onset =
        DateSpan{std::min(onset->first, told[last].first), std::max(onset->last, told[last].last)};
  }
  return onset;
}
}  // namespace

std::optional<DateSpan> naive_onset(const fhir::Chart& chart, const Pack& pack, Day as_of) {
  const Case about{chart, pack, as_of, {}};
  const ComplaintRule& rule = pack.complaint;
  if (rule.onset_question) {
    const auto told = answered(pack.questions[*rule.onset_question].id, chart, as_of);
    if (told) return told;
  }
  std::vector<DateSpan> onsets;
  for (const fhir::Condition& entry : chart.conditions) {
    const bool of_the_complaint =
        std::any_of(rule.onset_concepts.begin(), rule.onset_concepts.end(),
                    [&](fhir::ConceptId id) { return pack.concepts[id].counts(entry.id); });
    const Truth over = either(is_resolved(entry, as_of), is_faded(entry, about));
    const bool counts = entry.certainty != fhir::Condition::Certainty::refuted &&
                        over != Truth::yes && !is_of_the_future(entry, as_of);
    if (of_the_complaint && counts && entry.onset) onsets.push_back(*entry.onset);
  }
  return first_of(onsets);
}
}  // namespace legwork::tests
