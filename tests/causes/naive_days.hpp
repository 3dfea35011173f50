#pragma once

#include "base/date.hpp"
#include "causes/truth.hpp"

#include <functional>
#include <optional>
#include <vector>

/// The idea that replaces all cleverness about partial dates: a question is answered yes or no only
/// if the answer is the same on every day that its dates may mean. So the days are tried, one after
/// the other. Questions are combined by Kleene's logic, as criteria are.
namespace legwork::tests {
/// One value of each partial date, in the order the dates were given.
using Days = std::vector<Day>;

/// The answer on one choice of days; nothing where these days cannot be (an end before its start).
using AnswerOn = std::function<std::optional<causes::Truth>(const Days&)>;

/// Whether the answer is the same whatever days the dates mean; unknown where it is not. Tries the
/// ends of each date, and the days at and beside each `limit` and each end of another date.
causes::Truth on_every_day(const std::vector<DateSpan>& dates, std::vector<Day> limits,
                           const AnswerOn& answer);

/// Answers so far and one more: they agree, or nobody knows.
std::optional<causes::Truth> agreeing(std::optional<causes::Truth> before, causes::Truth answer);

/// The date of a fact that is on file: it does not lie after the day of the assessment, where it
/// need not. Nothing for a fact of the future.
std::optional<DateSpan> on_file(DateSpan date, Day as_of);

/// Whether a date lies within a period before today; of a fact without date only where no period
/// is asked for.
causes::Truth dated_within(const std::optional<DateSpan>& date, const std::optional<Period>& period,
                           Day as_of);

/// The earliest and the latest of several dates, whatever days they mean.
std::optional<DateSpan> first_of(const std::vector<DateSpan>& dates);
std::optional<DateSpan> last_of(const std::vector<DateSpan>& dates);

/// Those of several dates that may be the last: none of the others surely lies after them.
std::vector<std::size_t> may_be_last(const std::vector<DateSpan>& dates);
}  // namespace legwork::tests
