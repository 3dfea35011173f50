#pragma once

#include "tests/causes/naive.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace legwork::tests {
/// One value of each partial date, in the order the dates were given.
using Days = std::vector<Day>;

/// The answer on one choice of days; nothing where these days cannot be (an end before its start).
using AnswerOn = std::function<std::optional<causes::Truth>(const Days&)>;

/// Whether the answer is the same whatever days the dates mean; unknown where it is not. Tries the
/// ends of each date, and the days at and beside each `limit` and each end of another date.
causes::Truth on_every_day(const std::vector<DateSpan>& dates, std::vector<Day> limits,
                           const AnswerOn& answer);

/// The date of a fact that is on file: it does not lie after the day of the assessment, where it
/// need not. Nothing for a fact of the future.
std::optional<DateSpan> on_file(DateSpan date, Day as_of);

causes::Truth naive_leaf(const causes::MedicationQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::ObservationQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::ConditionQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::ProcedureQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::AnswerQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::AgeQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::SexQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::DeceasedQuery& query, const Case& about);
}  // namespace legwork::tests
