#pragma once

#include "tests/causes/naive.hpp"

#include <optional>

namespace legwork::tests {
causes::Truth naive_leaf(const causes::MedicationQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::ChallengeQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::ObservationQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::ConditionQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::ProcedureQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::AnswerQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::AgeQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::SexQuery& query, const Case& about);
causes::Truth naive_leaf(const causes::DeceasedQuery& query, const Case& about);

/// When what a leaf says yes to began, for those that a date tells.
std::optional<DateSpan> naive_beginning(const causes::MedicationQuery& query, const Case& about);
std::optional<DateSpan> naive_beginning(const causes::ObservationQuery& query, const Case& about);
std::optional<DateSpan> naive_beginning(const causes::ConditionQuery& query, const Case& about);

/// Whether a condition speaks of the day of the assessment at all: nothing of the future does.
bool is_of_the_future(const fhir::Condition& entry, Day as_of);
/// Whether it was over on the day, and whether it is too old to tell.
causes::Truth is_resolved(const fhir::Condition& entry, Day as_of);
causes::Truth is_faded(const fhir::Condition& entry, const Case& about);
}  // namespace legwork::tests
