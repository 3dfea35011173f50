#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace legwork {
using Day = std::chrono::sys_days;

/// The days that a date may mean: "2024" is any day of that year, "2024-05-07" is one day.
/// Invariant: first <= last.
struct DateSpan {
  Day first;
  Day last;

  static DateSpan on(Day day) { return {day, day}; }
  bool exact() const { return first == last; }
  friend bool operator==(const DateSpan&, const DateSpan&) = default;
};

/// Reads a FHIR date, dateTime or instant: YYYY, YYYY-MM, YYYY-MM-DD, or the last with a time.
/// The day is the sender's own: the offset is not applied, so no midnight moves a result to
/// another day. Nothing for anything else, or a day that does not exist.
/// Source: https://hl7.org/fhir/R4/datatypes.html#dateTime
std::optional<DateSpan> parse_date(std::string_view text);

/// A span of calendar time, as FHIR and ISO 8601 write it: P6M, P3Y, P2W, P90D.
struct Period {
  int months = 0;
  int days = 0;
  friend bool operator==(const Period&, const Period&) = default;
};

/// Reads PnY, PnM, PnW, PnD and their sums (P1Y6M). Nothing for a time part, sign or fraction.
std::optional<Period> parse_period(std::string_view text);

/// The day that lies a period before or after; the end of a month stays an end of a month.
Day before(Day day, Period period);
Day after(Day day, Period period);

/// "2024-05-07", "2024-05" or "2024": the shortest form that says the same span.
std::string iso(DateSpan span);
std::string iso(Day day);

/// Whole years from one day to another, as people count birthdays.
int years_between(Day from, Day to);
}  // namespace legwork
