#include "tests/causes/naive_days.hpp"

#include <algorithm>

namespace legwork::tests {
namespace {
using causes::Truth;

std::vector<Day> days_to_try(DateSpan date, const std::vector<Day>& limits) {
  std::vector<Day> days{date.first, date.last};
  for (const Day limit : limits) {
    for (int beside = -1; beside <= 1; ++beside) {
      const Day day = limit + std::chrono::days{beside};
      if (date.first <= day && day <= date.last) days.push_back(day);
    }
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}
}  // namespace

std::optional<Truth> agreeing(std::optional<Truth> before, Truth answer) {
  return !before || *before == answer ? answer : Truth::unknown;
}

std::optional<DateSpan> on_file(DateSpan date, Day as_of) {
  if (date.first > as_of) return {};
  return DateSpan{date.first, std::min(date.last, as_of)};
}

Truth on_every_day(const std::vector<DateSpan>& dates, std::vector<Day> limits,
                   const AnswerOn& answer) {
  for (const DateSpan& date : dates) {
    limits.push_back(date.first);
    limits.push_back(date.last);
  }
  std::vector<Days> choices;
  for (const DateSpan& date : dates) choices.push_back(days_to_try(date, limits));

  std::optional<Truth> all;
  std::vector<std::size_t> at(dates.size(), 0);
  while (true) {
    Days days;
    for (std::size_t i = 0; i < at.size(); ++i) days.push_back(choices[i][at[i]]);
    if (const auto one = answer(days)) all = agreeing(all, *one);
    if (all == Truth::unknown) return Truth::unknown;
    std::size_t turn = 0;
    while (turn < at.size() && ++at[turn] == choices[turn].size()) at[turn++] = 0;
    if (turn == at.size()) return all.value_or(Truth::unknown);
  }
}

Truth dated_within(const std::optional<DateSpan>& date, const std::optional<Period>& period,
                   Day as_of) {
  if (!date) return period ? Truth::unknown : Truth::yes;
  const auto known_date = on_file(*date, as_of);
  if (!known_date) return Truth::no;
  if (!period) return Truth::yes;
  const Day limit = before(as_of, *period);
  return on_every_day({*known_date}, {limit},
                      [&](const Days& days) { return causes::truth(days[0] >= limit); });
}

std::optional<DateSpan> first_of(const std::vector<DateSpan>& dates) {
  if (dates.empty()) return {};
  DateSpan first = dates.front();
  for (const DateSpan& date : dates) {
    first = {std::min(first.first, date.first), std::min(first.last, date.last)};
  }
  return first;
}

std::optional<DateSpan> last_of(const std::vector<DateSpan>& dates) {
  if (dates.empty()) return {};
  DateSpan last = dates.front();
  for (const DateSpan& date : dates) {
    last = {std::max(last.first, date.first), std::max(last.last, date.last)};
  }
  return last;
}

std::vector<std::size_t> may_be_last(const std::vector<DateSpan>& dates) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < dates.size(); ++i) {
    const bool another_is_later =
        std::any_of(dates.begin(), dates.end(),
                    [&](const DateSpan& other) { return other.first > dates[i].last; });
    if (!another_is_later) found.push_back(i);
  }
  return found;
}
}  // namespace legwork::tests
