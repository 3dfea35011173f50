#include "report/document_words.hpp"

#include <fmt/format.h>
#include <unicode/ucasemap.h>

#include <array>
#include <chrono>
#include <cmath>
#include <memory>

namespace legwork::report {
namespace {
using namespace std::chrono;

constexpr std::string_view no_break_space = "\u00A0";

std::string_view month_name(const Wording& words, month which) {
  std::string_view names = words["months"];
  for (unsigned skipped = 1; skipped < unsigned(which); ++skipped)
    names.remove_prefix(names.find(' ') + 1);
  return names.substr(0, names.find(' '));
}

std::string upper_case(const std::string& text, const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCaseMap, decltype(&ucasemap_close)> map(
      ucasemap_open(language.c_str(), 0, &status), &ucasemap_close);
  if (U_FAILURE(status)) return text;
  // "ŉ" and a few others grow to three times their bytes
  std::string upper(text.size() * 3 + 1, '\0');
  const auto length =
      ucasemap_utf8ToUpper(map.get(), upper.data(), static_cast<std::int32_t>(upper.size()),
                           text.data(), static_cast<std::int32_t>(text.size()), &status);
  if (U_FAILURE(status)) return text;
  upper.resize(static_cast<std::size_t>(length));
  return upper;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string superscript(std::string_view digits) {
  static constexpr std::array<std::string_view, 10> raised = {"⁰", "¹", "²", "³", "⁴",
                                                              "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string result;
  for (const char digit : digits) result += raised[static_cast<std::size_t>(digit - '0')];
  return result;
}
}  // namespace

std::string month_words(const Wording& words, month which) {
  return std::string(month_name(words, which));
}

std::string day_words(const Wording& words, Day day) {
  const year_month_day date = day;
  return fmt::format("{:02}-{}-{:04}", unsigned(date.day()), month_name(words, date.month()),
                     int(date.year()));
}

std::string date_words(const Wording& words, const DateSpan& date) {
  if (date.exact()) return day_words(words, date.first);
  const year_month_day first = date.first, last = date.last;
  const bool whole_months = first.day() == std::chrono::day(1) &&
                            last == year_month_day(last.year() / last.month() / std::chrono::last);
  if (whole_months && first.year() == last.year()) {
    if (first.month() == last.month())
      return fmt::format("{}-{:04}", month_name(words, first.month()), int(first.year()));
    if (first.month() == January && last.month() == December)
      return fmt::format("{:04}", int(first.year()));
  }
  return words.fill("date.span", {{"first", day_words(words, date.first)},
                                  {"last", day_words(words, date.last)}});
}

std::string interval_words(const Wording& words, int days) {
  const auto count = static_cast<std::size_t>(days);
  if (days < 22) return words.count("interval.days", count);
  if (days < 7 * 13) return words.count("interval.weeks", count / 7);
  if (days < 730) return words.count("interval.months", static_cast<std::size_t>(days / 30.44));
  return words.count("interval.years", static_cast<std::size_t>(days / 365.25));
}

std::string age_words(const Wording& words, const DateSpan& date, Day as_of) {
  const auto middle = date.first + (date.last - date.first) / 2;
  const auto days = static_cast<int>((as_of - middle).count());
  if (days < 0) return words[date.first > as_of ? "age.future" : "age.today"];
  if (days == 0) return words["age.today"];
  return words.fill(date.exact() ? "age.exact" : "age.about",
                    {{"interval", interval_words(words, days)}});
}

std::string surname_first(const Wording& words, const std::string& language,
                          const fhir::Patient& patient) {
  if (patient.family.empty() && patient.given.empty())
    return patient.name_text.empty() ? words["patient.name-missing"] : patient.name_text;
  const auto family = upper_case(patient.family, language);
  if (patient.given.empty()) return family;
  return family.empty() ? patient.given : family + ", " + patient.given;
}

std::string number_words(double value) {
  return std::abs(value) < 100 ? fmt::format("{:.3g}", value) : fmt::format("{:.0f}", value);
}

std::string unit_words(std::string_view ucum) {
  std::string unit(ucum);
  if (const auto power = unit.find("10*"); power != unit.npos) {
    const auto first = power + 3;
    auto end = unit.find_first_not_of("0123456789", first);
    if (end == unit.npos) end = unit.size();
    unit.replace(power, end - power,
                 "10" + superscript(std::string_view(unit).substr(first, end - first)));
  }
  for (const std::string_view micro : {"ug", "umol", "ukat", "um"})
    if (unit.starts_with(micro)) unit.replace(0, 1, "µ");
  replace_all(unit, "{1.73_m2}", "1.73" + std::string(no_break_space) + "m²");
  std::erase_if(unit, [](char c) { return c == '{' || c == '}' || c == '[' || c == ']'; });
  replace_all(unit, "_", no_break_space);
  return unit;
}

std::string units_printed(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto space = text.find(no_break_space, at);
    const auto unit = std::min(space, text.size());
    out += text.substr(at, unit - at);
    if (space == text.npos) break;
    const auto begin = space + no_break_space.size();
    const auto end = std::min(text.find_first_of(" ;,)", begin), text.size());
    out += no_break_space;
    out += unit_words(text.substr(begin, end - begin));
    at = end;
  }
  return out;
}

std::string with_unit(std::string_view number, std::string_view unit) {
  if (unit.empty()) return std::string(number);
  return fmt::format("{}{}{}", number, no_break_space, unit);
}

std::string list_words(const Wording& words, const std::vector<std::string>& items,
                       std::size_t limit) {
  std::string list;
  for (std::size_t i = 0; i < items.size() && i < limit; ++i) {
    if (i > 0) list += words["list.separator"];
    list += items[i];
  }
  if (items.size() > limit) list += words.count("list.more", items.size() - limit);
  return list;
}

std::string words_in(const Text& text) {
  std::string result;
  for (const auto& words : text) result += words.text;
  return result;
}

More more_words(const Wording& words, std::string_view key) {
  return {words.entry(key), words["list.separator"]};
}
}  // namespace legwork::report
