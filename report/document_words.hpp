#pragma once

#include "base/date.hpp"
#include "fhir/chart.hpp"
#include "report/document.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::report {
/// "14-Mar-2025"
std::string day_words(const Wording& words, Day day);
/// "Mar"
std::string month_words(const Wording& words, std::chrono::month month);
/// "14-Mar-2025", "Mar-2025", "2025", or the first and last day of an odd span.
std::string date_words(const Wording& words, const DateSpan& date);
/// "11 days ago", "about 2 years ago" for a date that is not exact.
std::string age_words(const Wording& words, const DateSpan& date, Day as_of);
/// "46 days", "7 weeks": the unit in which people would say it.
std::string interval_words(const Wording& words, int days);

/// "ELLISON, Margaret", or what the record has in its place. The language says how to capitalize.
std::string surname_first(const Wording& words, const std::string& language,
                          const fhir::Patient& patient);

/// A number as it is read, no more than three digits of which come after rounding: "3.9", "97.2",
/// "1450".
std::string number_words(double value);
/// A UCUM unit as it is printed: "ug/L" becomes "µg/L", "10*9/L" becomes "10⁹/L".
std::string unit_words(std::string_view ucum);
/// The text with each unit, which a no-break space ties to its number, as it is printed:
/// "Ferritin 18 ug/L" becomes "Ferritin 18 µg/L".
std::string units_printed(std::string_view text);
/// A number and what it counts, which no line break may part.
std::string with_unit(std::string_view number, std::string_view unit);

/// "a, b and 3 more" for a list of which at most `limit` are named.
std::string list_words(const Wording& words, const std::vector<std::string>& items,
                       std::size_t limit);

/// A text without its tones.
std::string words_in(const Text& text);

/// What a list says about the entries that had no room.
More more_words(const Wording& words, std::string_view key);
}  // namespace legwork::report
