#include "report/hyphenation.hpp"

#include "report/unicode.hpp"

#include <hyphen.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <span>

namespace legwork::report {
namespace {
constexpr std::size_t shortest = 7, longest = 60;         // letters
constexpr std::size_t least_before = 2, least_after = 3;  // letters on either side of a hyphen

struct Letter {
  char32_t character;
  std::uint32_t byte;  ///< of the word
};

/// The letters of a word without the signs around it; nothing if it is not made of letters.
std::vector<Letter> letters_of(std::string_view word) {
  std::vector<Letter> letters;
  bool ended = false;
  for (std::size_t at = 0; at < word.size();) {
    const auto byte = static_cast<std::uint32_t>(at);
    const char32_t character = next_character(word, at);
    if (u_isalpha(static_cast<UChar32>(character)) == 0) {
      const bool sign = u_ispunct(static_cast<UChar32>(character)) != 0;
      if (!sign) return {};
      ended = !letters.empty();
    } else {
      if (ended) return {};
      letters.push_back({character, byte});
    }
  }
  return letters;
}

bool is_lower(char32_t character) { return u_islower(static_cast<UChar32>(character)) != 0; }

/// Whether a word that begins so may be any word of the language, not only a name.
bool begins_as_a_word(char32_t first, std::string_view language) {
  return is_lower(first) || language == "de" || language.starts_with("de-");
}

/// The letters, lower case, in the charset of the patterns; "" if it lacks one of them.
std::string encoded(std::span<const Letter> letters, const std::string& charset) {
  std::string utf8;
  for (const auto& letter : letters) {
    append_utf8(utf8, static_cast<char32_t>(u_tolower(static_cast<UChar32>(letter.character))));
  }
  if (charset.empty()) return utf8;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
      ucnv_open(charset.c_str(), &status), ucnv_close);
  if (U_FAILURE(status)) return "";
  ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &status);
  const std::u16string utf16 = to_utf16(utf8).text;
  std::string out(letters.size(), '\0');  // one byte for each letter, or it is none of these
  const auto size =
      ucnv_fromUChars(converter.get(), out.data(), static_cast<std::int32_t>(out.size()),
                      utf16.data(), static_cast<std::int32_t>(utf16.size()), &status);
  return U_SUCCESS(status) && static_cast<std::size_t>(size) == letters.size() ? out : "";
}

/// Spellings that change at a hyphen, which libhyphen gives to its caller: "Schiff-fahrt".
struct Changes {
  char** words = nullptr;
  int *positions = nullptr, *cuts = nullptr;
  std::size_t count;

  explicit Changes(std::size_t letters) : count(letters) {}
  ~Changes() {
    for (std::size_t i = 0; words != nullptr && i < count; ++i) std::free(words[i]);
    std::free(words);
    std::free(positions);
    std::free(cuts);
  }
  Changes(const Changes&) = delete;
  Changes& operator=(const Changes&) = delete;
  bool at(std::size_t letter) const { return words != nullptr && words[letter] != nullptr; }
};
}  // namespace

Hyphenation::Hyphenation(std::shared_ptr<const void> keeper, std::string_view dictionary,
                         std::string language)
    : keeper_(std::move(keeper)), dictionary_(dictionary), language_(std::move(language)) {}

Hyphenation::~Hyphenation() {
  if (patterns_ != nullptr) hnj_hyphen_free(patterns_);
}

void Hyphenation::read() const {
  if (dictionary_.empty()) return;
  // A stream on memory: libhyphen reads from streams only, and this one is only read from.
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(
      ::fmemopen(const_cast<char*>(dictionary_.data()), dictionary_.size(), "r"),  // NOLINT
      std::fclose);
  if (!stream) return;
#ifdef __SANITIZE_ADDRESS__
  const __lsan::ScopedDisabler loses_some;  // of what it reads from some dictionaries
#endif
  patterns_ = hnj_hyphen_load_file(stream.get());
  if (patterns_ != nullptr && patterns_->utf8 == 0) charset_ = patterns_->cset;
}

std::vector<std::uint32_t> Hyphenation::places(std::string_view word) const {
  const auto letters = letters_of(word);
  if (letters.size() < shortest || letters.size() > longest) return {};
  if (!begins_as_a_word(letters.front().character, language_)) return {};
  const auto is_capital = [](const Letter& letter) { return !is_lower(letter.character); };
  if (std::any_of(letters.begin() + 1, letters.end(), is_capital)) return {};

  std::call_once(read_, [this] { read(); });
  const auto text = patterns_ == nullptr ? "" : encoded(letters, charset_);
  if (text.empty()) return {};
  std::string values(text.size() + 5, '\0');
  Changes changes(text.size());
  if (hnj_hyphen_hyphenate2(patterns_, text.c_str(), static_cast<int>(text.size()), values.data(),
                            nullptr, &changes.words, &changes.positions, &changes.cuts) != 0) {
    return {};
  }
  const auto at_least = [](std::size_t wanted, char said) {
    return std::max(wanted, static_cast<std::size_t>(std::max<char>(said, 0)));
  };
  const std::size_t first = at_least(least_before, patterns_->lhmin);
  const std::size_t last =
      letters.size() - std::min(letters.size(), at_least(least_after, patterns_->rhmin));
  std::vector<std::uint32_t> places;
  for (std::size_t before = first; before <= last; ++before) {
    const std::size_t letter = before - 1;  // the value of a letter is about the place after it
    if ((values[letter] & 1) != 0 && !changes.at(letter)) places.push_back(letters[before].byte);
  }
  return places;
}
}  // namespace legwork::report
