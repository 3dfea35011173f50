#include "tests/causes/generated_charts_making.hpp"

#include <algorithm>
#include <utility>

namespace legwork::tests {
using fhir::Condition;
using fhir::Medication;

/// The naive evaluator tries the days of all open dates, each with each: mostly of one.
bool Making::may_leave_open() {
  const int allowed = open_dates + (made.onset && !made.onset->exact() ? 0 : 1);
  return open_medication_dates < allowed;
}

/// A drug's dates: also beside the onset, and beside those of its other entries.
std::optional<DateSpan> Making::medication_date() {
  if (random.one_in(10)) return {};
  Day middle = made.onset && random.one_in(2) ? made.onset->first : made.as_of;
  if (!made.chart.medications.empty() && random.one_in(3)) {
    const Medication& other = random.pick(made.chart.medications);
    const auto& beside = other.end ? other.end : other.start;
    if (beside) middle = beside->last + std::chrono::days{times(-2, 40)};
  }
  const Day day = random.one_in(4) ? middle : day_near(middle);
  if (!may_leave_open()) return DateSpan::on(day);
  const DateSpan written = as_written(day);
  if (!written.exact()) ++open_medication_dates;
  return written;
}

void Making::add_medication(fhir::ConceptId drug) {
  using enum Medication::Use;
  Medication entry;
  entry.reference = reference("MedicationRequest");
  entry.ingredients.push_back(drug);
  if (random.one_in(8)) {
    const auto second = concept_of(fhir::Kind::medication);
    if (second && *second != drug) entry.ingredients.push_back(*second);
    std::sort(entry.ingredients.begin(), entry.ingredients.end());
  }
  entry.source = Medication::Source(random.below(4));
  entry.use = random.one_in(2) ? taking : Medication::Use(random.below(6));
  entry.route = random.one_in(2) ? Medication::Route::systemic : Medication::Route(random.below(3));
  entry.start = medication_date();
  if (random.one_in(3)) entry.end = medication_date();
  if (entry.start && entry.end && entry.end->first < entry.start->first) {
    std::swap(entry.start, entry.end);
  }
  // Stopped on a day that is not told: one more date to try.
  if (entry.use == stopped && entry.start && !entry.end) {
    if (!may_leave_open()) entry.end = entry.start;
    ++open_medication_dates;
  }
  if (random.one_in(2)) entry.strength_mg = 5 * times(1, 3);
  made.chart.medications.push_back(std::move(entry));
}

void Making::add_medications() {
  fhir::Chart& chart = made.chart;
  if (random.one_in(8)) return;  // no list
  const int drugs = times(0, 3);
  for (int i = 0; i < drugs; ++i) {
    const auto drug = concept_of(fhir::Kind::medication);
    if (!drug) break;
    for (int entries = times(1, 3); entries > 0; --entries) add_medication(*drug);
  }
  if (random.one_in(3)) add_challenge();
  if (random.one_in(10)) chart.unidentified_medications.push_back("MedicationRequest/unknown");
  chart.medication_entries =
      chart.medications.size() + chart.unidentified_medications.size() + random.below(3);
}

/// A drug, an effect under it, its stop, and perhaps both anew: at and beside the limits of what
/// the pack asks.
void Making::add_challenge() {
  if (material.challenges.empty()) return;
  const auto& asked = random.pick(material.challenges);
  const auto days = [](int count) { return std::chrono::days{count}; };
  const Day started = made.as_of - days(times(200, 500));
  const Day stopped = started + days(times(0, 90));

  Medication entry;
  entry.reference = reference("MedicationRequest");
  entry.ingredients = {random.pick(pack().concepts[asked.id].narrower)};
  entry.route = Medication::Route::systemic;
  entry.use = Medication::Use::stopped;
  if (!random.one_in(10)) entry.start = DateSpan::on(started);
  if (!random.one_in(10) || !may_leave_open()) entry.end = DateSpan::on(stopped);
  if (!entry.end) ++open_medication_dates;
  if (random.one_in(6)) entry.source = Medication::Source::dispensed;
  made.chart.medications.push_back(entry);
  const Day relieved =
      random.one_in(2) ? after(stopped, asked.within) : stopped + days(times(0, 10));
  add_episode(asked, started + days(times(-2, 30)), relieved + days(times(-1, 1)));
  if (random.one_in(3)) return;

  const Day restarted = after(stopped, pack().restart_gap) + days(times(-1, 30));
  entry.reference = reference("MedicationRequest");
  entry.use = Medication::Use::taking;
  entry.start = DateSpan::on(restarted);
  entry.end.reset();
  made.chart.medications.push_back(entry);
  const Day returned =
      random.one_in(2) ? after(restarted, asked.within) : restarted + days(times(0, 10));
  add_episode(asked, returned + days(times(-1, 1)), std::nullopt);
}

void Making::add_episode(const causes::ChallengeQuery& asked, Day began, std::optional<Day> ended) {
  Condition condition;
  condition.reference = reference("Condition");
  condition.id = random.pick(pack().concepts[random.pick(asked.effects)].narrower);
  if (random.one_in(10)) condition.certainty = Condition::Certainty::suspected;
  // One of the dates may be open, as those of drugs may: their days are tried together.
  const bool leave_open = open_medication_dates == 0 && random.one_in(2);
  const bool open_end = ended && random.one_in(2);
  const auto written = [&](Day day, bool open) {
    const DateSpan span = leave_open && open ? as_written(day) : DateSpan::on(day);
    if (!span.exact()) ++open_medication_dates;
    return span;
  };
  (random.one_in(4) ? condition.recorded : condition.onset) = written(began, !open_end);
  if (ended && !random.one_in(10)) condition.abatement = written(*ended, open_end);
  made.chart.conditions.push_back(std::move(condition));
}
}  // namespace legwork::tests
