#include "report/han.hpp"

#include "report/unicode.hpp"

#include <unicode/uscript.h>
#include <algorithm>

namespace legwork::report {
namespace {
Han han_of_script(char32_t character) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(character), &status)) {
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return Han::japanese;
    case USCRIPT_HANGUL:
      return Han::korean;
    case USCRIPT_BOPOMOFO:
      return Han::traditional;
    default:
      return Han::any;
  }
}

Han han_of_language(std::string_view language) {
  struct Row {
    std::string_view prefix;
    Han han;
  };
  constexpr Row rows[] = {{"ja", Han::japanese},          {"ko", Han::korean},
                          {"zh-Hant-HK", Han::hong_kong}, {"zh-HK", Han::hong_kong},
                          {"zh-MO", Han::hong_kong},      {"zh-Hant", Han::traditional},
                          {"zh-TW", Han::traditional},    {"zh", Han::simplified}};
  const auto row = std::ranges::find_if(rows, [&](const Row& one) {
    return language.starts_with(one.prefix) &&
           (language.size() == one.prefix.size() || language[one.prefix.size()] == '-');
  });
  return row == std::end(rows) ? Han::any : row->han;
}
}  // namespace

Han han_of(std::string_view text, std::string_view language) {
  constexpr unsigned char first_byte = 0xE1;  // of U+1100, where hangul begins
  const auto may_be_han = [](char c) { return static_cast<unsigned char>(c) >= first_byte; };
  if (std::ranges::none_of(text, may_be_han)) return Han::any;
  for (std::size_t at = 0; at < text.size();) {
    const Han han = han_of_script(next_character(text, at));
    if (han != Han::any) return han;
  }
  return han_of_language(language);
}
}  // namespace legwork::report
