#pragma once

#include "fhir/chart.hpp"

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace legwork::causes {
/// What the engine itself says, as data: `<phrase id="…">` with {placeholders}.
/// The ids stand in `phrase_ids`, in this order.
enum class PhraseId {
  evidence_by_name,
  evidence_by_site_code,
  interval_days,
  interval_weeks,
  interval_months,
  interval_years,
  interval_one_day,
  interval_one_week,
  interval_one_month,
  interval_one_year,
  medication_before_onset,
  medication_on_onset,
  medication_after_onset,
  medication_since,
  medication_start_unknown,
  medication_raised,
  medication_also,
  medication_stopped,
  medication_paused,
  medication_local,
  medication_route_unclear,
  medication_none,
  medication_unidentified,
  challenge_relief,
  challenge_return,
  observation_value,
  observation_old,
  observation_calculated,
  condition_listed,
  condition_resolved,
  condition_suspected,
  condition_refuted,
  condition_visit,
  condition_observed,
  procedure_done,
  procedure_old,
  answer_yes,
  answer_no,
  complaint_onset_given,
  workup_never,
  workup_old,
  workup_on_file,
  note_unit_unknown,
  note_unit_missing,
  note_unit_repaired,
  note_not_a_number,
  note_no_value,
  note_implausible,
  note_undated,
  note_future,
  note_contradiction,
  note_answers_contradict,
  note_answer_old,
  note_flag_contradicts,
  note_deceased,
  criterion_all,
  criterion_any,
  criterion_at_least_n,
  criterion_not,
  criterion_taking,
  criterion_stopped,
  criterion_stopped_within,
  criterion_ever,
  criterion_before_onset,
  criterion_after_onset,
  criterion_any_route,
  criterion_value,
  criterion_measured,
  criterion_present,
  criterion_absent,
  criterion_below,
  criterion_at_most,
  criterion_above,
  criterion_at_least,
  criterion_upper,
  criterion_upper_n,
  criterion_lower,
  criterion_lower_n,
  criterion_within,
  criterion_sustained,
  criterion_condition,
  criterion_one_side,
  criterion_also_resolved,
  criterion_also_suspected,
  criterion_procedure,
  criterion_age,
  criterion_sex_female,
  criterion_sex_male,
  criterion_deceased,
  criterion_cause,
  criterion_red_flag,
  criterion_score,
  criterion_other,
  criterion_recorded,
  criterion_sequence,
  criterion_dechallenge,
  criterion_rechallenge,
  criterion_only_resolved,
  criterion_sustained_entries,
  criterion_per_year,
  criterion_and,
  criterion_or,
  criterion_supported,
  criterion_possible,
  criterion_undetermined,
  criterion_unlikely,
  criterion_flag_present,
  criterion_flag_absent,
  criterion_flag_not_recorded,
  rule_strong,
  rule_caps,
  rule_rules_out,
  rule_weak,
  rule_decides,
  rule_against,
  rule_present,
  rule_possible,
  rule_absent,
  count_
};

/// "interval.days" … "rule.absent".
extern const std::array<std::string_view, static_cast<std::size_t>(PhraseId::count_)> phrase_ids;

struct Phrases {
  std::array<std::string, static_cast<std::size_t>(PhraseId::count_)> text;

  /// The phrase with its placeholders filled. A placeholder that is not given stays as it is.
  std::string say(
      PhraseId id,
      std::initializer_list<std::pair<std::string_view, std::string_view>> values) const;
  /// A piece of evidence that says how its chart entry was recognized, where not by the pack's
  /// codes.
  std::string marked(std::string evidence, fhir::MatchedBy by) const;
  /// "7 weeks": days below two weeks, weeks below three months, months below two years, else years.
  std::string interval(int days) const;
};
}  // namespace legwork::causes
