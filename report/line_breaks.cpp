#include "report/line_breaks.hpp"

#include "report/unicode.hpp"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <cassert>

namespace legwork::report {
namespace {
constexpr std::size_t longest_unit = 16;  // "mL/min/1.73m2"; a longer word with slashes is a path

bool is_alphanumeric(char16_t unit) { return u_isalnum(unit) != 0; }

/// Whether the word around `at`, from space to space, is as short as a unit of measurement.
bool in_short_word(std::u16string_view text, std::size_t at) {
  const auto begin = text.find_last_of(u' ', at);
  const auto end = text.find(u' ', at);
  const std::size_t first = begin == text.npos ? 0 : begin + 1;
  return (end == text.npos ? text.size() : end) - first <= longest_unit;
}

/// Whether the text reads as one across the opportunity before `at`.
bool is_glued(std::u16string_view text, std::size_t at) {
  if (at < 2 || at >= text.size()) return false;
  constexpr char16_t en_dash = u'\u2013';
  const char16_t sign = text[at - 1], left = text[at - 2], right = text[at];
  if (sign != u'-' && sign != u'/' && sign != en_dash) return false;
  if (!is_alphanumeric(left) || !is_alphanumeric(right)) return false;
  return u_isdigit(left) || u_isdigit(right) || (sign == u'/' && in_short_word(text, at));
}
}  // namespace

void LineBreaker::Deleter::operator()(UBreakIterator* iterator) const { ubrk_close(iterator); }

LineBreaker::LineBreaker(const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  iterator_.reset(ubrk_open(UBRK_LINE, language.c_str(), nullptr, 0, &status));
  assert(U_SUCCESS(status));  // the rules are compiled into ICU; a strange language gets the root's
}

std::vector<std::uint32_t> LineBreaker::opportunities(std::string_view text) {
  const Utf16 utf16 = to_utf16(text);
  UErrorCode status = U_ZERO_ERROR;
  ubrk_setText(iterator_.get(), utf16.text.data(), static_cast<std::int32_t>(utf16.text.size()),
               &status);
  std::vector<std::uint32_t> places;
  for (auto at = ubrk_next(iterator_.get()); at != UBRK_DONE; at = ubrk_next(iterator_.get())) {
    const auto unit = static_cast<std::size_t>(at);
    if (!is_glued(utf16.text, unit)) places.push_back(utf16.byte[unit]);
  }
  return places;
}
}  // namespace legwork::report
