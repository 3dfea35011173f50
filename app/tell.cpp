#include "app/tell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace legwork::app {
namespace {
constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Bytes of the UTF-8 character that the text begins with; 0 if it begins with none.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const auto first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first < 0xF0) {
    const bool overlong = first == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = first == 0xED && byte(1) >= 0xA0;
    return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first < 0xF5) {
    const bool overlong = first == 0xF0 && byte(1) < 0x90;
    const bool beyond = first == 0xF4 && byte(1) >= 0x90;
    return continues(1) && continues(2) && continues(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  return first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;  // U+0080 to U+009F
}
}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto length = character_length(text);
    const auto character = text.substr(0, std::max<std::size_t>(length, 1));
    result += length == 0 || is_control(character) ? replacement : character;
    text.remove_prefix(character.size());
  }
  return result;
}

void tell(std::string_view where, std::string_view what) {
  fmt::print(stderr, "legwork: {}: {}\n", printable(where), printable(what));
}

Exit tell(const Error& error) {
  tell(error.where, error.what);
  return Exit::nothing;
}

Exit tell(const std::vector<Error>& errors) {
  for (const auto& error : errors) tell(error);
  return Exit::nothing;
}

void tell_rejected(std::span<const fhir::Note> notes) {
  constexpr std::size_t listed = 20;  // a flood of lines hides the first, which tells most
  for (const auto& note : notes.first(std::min(listed, notes.size())))
    tell(note.reference, note.text);
  if (notes.size() > listed)
    tell("…", fmt::format("and {} more, all listed by `legwork assess --format json`",
                          notes.size() - listed));
}
}  // namespace legwork::app
