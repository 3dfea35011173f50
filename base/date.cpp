#include "base/date.hpp"

#include <fmt/format.h>

#include <charconv>

namespace legwork {
namespace {
using std::chrono::day;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month_day;

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (text.size() < at + count) return {};
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  return value;
}

/// Thh:mm[:ss[.fraction]][Z|+hh:mm], loosely: EHRs leave out seconds and offsets.
bool is_time(std::string_view text) {
  if (text.empty() || (text[0] != 'T' && text[0] != 't' && text[0] != ' ')) return false;
  const auto hour = digits(text, 1, 2);
  const auto minute = digits(text, 4, 2);
  if (!hour || !minute || text[3] != ':' || *hour > 24 || *minute > 59) return false;
  return text.find_first_not_of("0123456789:.Zz+-", 6) == text.npos;
}

Day clamp_to_month(year_month_day date) {
  return date.ok() ? Day{date} : Day{date.year() / date.month() / std::chrono::last};
}

Day shift(Day from, int month_count, int day_count) {
  return clamp_to_month(year_month_day{from} + months{month_count}) + std::chrono::days{day_count};
}
}  // namespace

std::optional<DateSpan> parse_date(std::string_view text) {
  const auto y = digits(text, 0, 4);
  if (!y || *y == 0) return {};
  if (text.size() == 4) return DateSpan{Day{year{*y} / 1 / 1}, Day{year{*y} / 12 / 31}};

  const auto m = digits(text, 5, 2);
  if (text[4] != '-' || !m || *m < 1 || *m > 12) return {};
  const auto in_month = year{*y} / month{static_cast<unsigned>(*m)};
  if (text.size() == 7) return DateSpan{Day{in_month / 1}, Day{in_month / std::chrono::last}};

  const auto d = digits(text, 8, 2);
  if (text[7] != '-' || !d) return {};
  const year_month_day date = in_month / day{static_cast<unsigned>(*d)};
  if (!date.ok() || (text.size() > 10 && !is_time(text.substr(10)))) return {};
  return DateSpan::on(date);
}

std::optional<Period> parse_period(std::string_view text) {
  if (text.size() < 3 || text[0] != 'P') return {};
  Period period;
  const char* at = text.data() + 1;
  const char* const end = text.data() + text.size();
  while (at != end) {
    int count = 0;
    const auto [next, error] = std::from_chars(at, end, count);
    if (error != std::errc{} || next == end || count < 0 || count > 10000) return {};
    switch (*next) {
      case 'Y':
        period.months += 12 * count;
        break;
      case 'M':
        period.months += count;
        break;
      case 'W':
        period.days += 7 * count;
        break;
      case 'D':
        period.days += count;
        break;
      default:
        return {};
    }
    at = next + 1;
  }
  return period;
}

Day before(Day day, Period period) { return shift(day, -period.months, -period.days); }
Day after(Day day, Period period) { return shift(day, period.months, period.days); }

std::string iso(Day day) {
  const year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()},
                     unsigned{date.day()});
}

std::string iso(DateSpan span) {
  const year_month_day first{span.first};
  const year_month_day last{span.last};
  const bool starts_month = first.day() == day{1};
  const bool ends_month = Day{last.year() / last.month() / std::chrono::last} == span.last;
  if (span.exact()) return iso(span.first);
  if (starts_month && ends_month && first.year() == last.year()) {
    if (first.month() == last.month()) return iso(span.first).substr(0, 7);
    if (first.month() == month{1} && last.month() == month{12}) return iso(span.first).substr(0, 4);
  }
  return iso(span.first) + "/" + iso(span.last);
}

int years_between(Day from, Day to) {
  const year_month_day a{from};
  const year_month_day b{to};
  const bool birthday_passed =
      b.month() > a.month() || (b.month() == a.month() && b.day() >= a.day());
  return int{b.year()} - int{a.year()} - (birthday_passed ? 0 : 1);
}
}  // namespace legwork
