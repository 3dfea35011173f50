#include "report/unicode.hpp"

#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>
#include <algorithm>
#include <array>
#include <charconv>

namespace legwork::report {
namespace {
constexpr char32_t replacement = 0xFFFD;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
/// The character at `at`, which moves past it; negative for malformed bytes.
UChar32 next_or_negative(std::string_view text, std::int32_t& at) {
  UChar32 c = 0;
  U8_NEXT(text.data(), at, static_cast<std::int32_t>(text.size()), c);
  return c;
}
#pragma GCC diagnostic pop

std::string to_utf8(std::u16string_view text) {
  std::string out;
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U16_NEXT_OR_FFFD(text.data(), i, length, c);
    append_utf8(out, static_cast<char32_t>(c));
  }
  return out;
}

std::string normalized(std::string_view text, const UNormalizer2* form) {
  const std::u16string in = to_utf16(text).text;
  std::u16string out(in.size() * 4 + 16, u'\0');  // no character has a longer canonical form
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t length =
      unorm2_normalize(form, in.data(), static_cast<std::int32_t>(in.size()), out.data(),
                       static_cast<std::int32_t>(out.size()), &status);
  if (U_FAILURE(status)) return std::string(text);
  out.resize(static_cast<std::size_t>(length));
  return to_utf8(out);
}

/// Whether a character belongs to the one before it.
bool continues_cluster(char32_t character) {
  constexpr char32_t zero_width_joiner = 0x200D, zero_width_non_joiner = 0x200C;
  const auto c = static_cast<UChar32>(character);
  return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 || character == zero_width_joiner ||
         character == zero_width_non_joiner || u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER);
}
}  // namespace

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return U8_IS_SINGLE(c); });
}

bool has_direction(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (U8_IS_SINGLE(text[at])) {
      ++at;
      continue;
    }
    switch (u_charDirection(static_cast<UChar32>(next_character(text, at)))) {
      case U_LEFT_TO_RIGHT:
      case U_EUROPEAN_NUMBER:
      case U_EUROPEAN_NUMBER_SEPARATOR:
      case U_EUROPEAN_NUMBER_TERMINATOR:
      case U_COMMON_NUMBER_SEPARATOR:
      case U_BLOCK_SEPARATOR:
      case U_SEGMENT_SEPARATOR:
      case U_WHITE_SPACE_NEUTRAL:
      case U_OTHER_NEUTRAL:
      case U_DIR_NON_SPACING_MARK:
      case U_BOUNDARY_NEUTRAL:
        continue;
      default:
        return true;
    }
  }
  return false;
}

bool append_clean(std::string& out, std::string_view text) {
  bool well_formed = true;
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    const std::int32_t begin = i;
    const UChar32 c = next_or_negative(text, i);
    if (c >= ' ' && c < 0x7F) {
      out += static_cast<char>(c);
    } else if (c < 0) {
      well_formed = false;
      append_utf8(out, replacement);
    } else if (c == '\r' && i < length && text[static_cast<std::size_t>(i)] == '\n') {
      continue;
    } else if (c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 ||
               c == 0x2029) {
      out += '\n';
    } else if (c == '\t') {
      out += ' ';
    } else {
      out.append(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin));
    }
  }
  return well_formed;
}

char32_t next_character(std::string_view text, std::size_t& at) {
  UChar32 c = 0;
  U8_NEXT_UNSAFE(text.data(), at, c);
  return static_cast<char32_t>(c);
}

std::size_t cluster_end(std::string_view text, std::size_t at) {
  next_character(text, at);
  while (at < text.size()) {
    std::size_t next = at;
    if (!continues_cluster(next_character(text, next))) break;
    at = next;
  }
  return at;
}

void append_utf8(std::string& out, char32_t character) {
  std::array<char, U8_MAX_LENGTH> bytes{};
  std::size_t length = 0;
  U8_APPEND_UNSAFE(bytes.data(), length, character);
  out.append(bytes.data(), length);
}

std::string code_point_name(char32_t character) {
  std::array<char, 8> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(),
                                 static_cast<std::uint32_t>(character), 16);
  std::string hex(digits.data(), end.ptr);
  for (char& c : hex) c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
  return "U+" + std::string(hex.size() < 4 ? 4 - hex.size() : 0, '0') + hex;
}

std::string placeholder(char32_t character) {
  constexpr std::size_t longest = 20;
  const auto c = static_cast<UChar32>(character);
  std::array<char, 100> name{};  // the longest has 88
  UErrorCode status = U_ZERO_ERROR;
  const bool symbol = u_charType(c) == U_OTHER_SYMBOL;
  const auto length = symbol ? static_cast<std::size_t>(u_charName(
                                   c, U_UNICODE_CHAR_NAME, name.data(), name.size(), &status))
                             : 0;
  if (U_FAILURE(status) || length == 0 || length > longest)
    return "[" + code_point_name(character) + "]";
  std::string text = "[";
  for (const char letter : std::string_view(name.data(), length)) {
    text += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return text + "]";
}

bool reads_right_to_left(const std::string& language) {
  return uloc_isRightToLeft(language.c_str()) != 0;
}

bool is_control(char32_t character) {
  return u_charType(static_cast<UChar32>(character)) == U_CONTROL_CHAR;
}

bool is_ignorable(char32_t character) {
  return u_hasBinaryProperty(static_cast<UChar32>(character), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool is_layout_control(char32_t character) {
  constexpr char32_t soft_hyphen = 0xAD, zero_width_space = 0x200B, word_joiner = 0x2060,
                     no_break_space = 0xFEFF;
  return character == soft_hyphen || character == zero_width_space || character == word_joiner ||
         character == no_break_space ||
         u_hasBinaryProperty(static_cast<UChar32>(character), UCHAR_BIDI_CONTROL);
}

char32_t mirrored(char32_t character) {
  return static_cast<char32_t>(u_charMirror(static_cast<UChar32>(character)));
}

std::string composed(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  return normalized(text, unorm2_getNFCInstance(&status));
}

std::string decomposed(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  return normalized(text, unorm2_getNFDInstance(&status));
}

Utf16 to_utf16(std::string_view text) {
  Utf16 out;
  out.text.reserve(text.size());
  out.byte.reserve(text.size() + 1);
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = static_cast<std::uint32_t>(at);
    const auto c = static_cast<UChar32>(next_character(text, at));
    if (U_IS_BMP(c)) {
      out.text += static_cast<char16_t>(c);
    } else {
      out.text += {static_cast<char16_t>(U16_LEAD(c)), static_cast<char16_t>(U16_TRAIL(c))};
      out.byte.push_back(begin);
    }
    out.byte.push_back(begin);
  }
  out.byte.push_back(static_cast<std::uint32_t>(text.size()));
  return out;
}
}  // namespace legwork::report
