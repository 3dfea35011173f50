#pragma once

#include "causes/assessment.hpp"
#include "causes/criterion.hpp"
#include "causes/pack.hpp"
#include "causes/truth.hpp"
#include "fhir/chart.hpp"

#include <optional>
#include <string>

/// docs/pack.md said a second time: a slow evaluator that shares nothing with causes/*.cpp but
/// types, calendar and units. Where it and `assess` disagree, one of them is wrong. What it does
/// instead of being clever about partial dates: naive_days.hpp.
namespace legwork::tests {
/// All that an answer depends on.
struct Case {
  const fhir::Chart& chart;
  const causes::Pack& pack;
  Day as_of{};
  std::optional<DateSpan> onset;  ///< of the complaint
};

struct NaiveFinding {
  causes::CauseStatus status = causes::CauseStatus::undetermined;
  int strength = 0;
};

struct NaiveScore {
  int low = 0, high = 0;
};

causes::Truth naive_answer(const causes::Criterion& criterion, const Case& about);
/// Whether the steps of a sequence, all of which say yes, began one after the other.
causes::Truth naive_order(const causes::Sequence& steps, const Case& about);
NaiveFinding naive_cause(causes::Index cause, const Case& about);
causes::RedFlagStatus naive_red_flag(causes::Index red_flag, const Case& about);
NaiveScore naive_score(causes::Index score, const Case& about);

/// The onset of the complaint where the caller gives none.
std::optional<DateSpan> naive_onset(const fhir::Chart& chart, const causes::Pack& pack, Day as_of);

/// A value in the concept's unit: repaired, by the pack's own conversion, or by UCUM. Nothing where
/// it cannot be compared.
std::optional<double> naive_in_pack_unit(fhir::ConceptId id, double value, const std::string& unit,
                                         const causes::Pack& pack);
}  // namespace legwork::tests
