#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

struct _HyphenDict;

namespace legwork::report {
/// Where the words of one language may be divided. Immutable once made; shared by every thread.
///
/// Only what is surely a word of the language is divided: seven letters or more, no digit, nothing
/// but letters, none of them a capital, except where the language begins its nouns with one. A
/// name, a code, an abbreviation stays whole.
class Hyphenation {
 public:
  /// A dictionary of patterns in the form of OpenOffice (hyph_en_US.dic), in any charset that ICU
  /// knows; BCP 47. Read when the first word is asked for: most documents ask for none.
  Hyphenation(std::shared_ptr<const void> keeper, std::string_view dictionary,
              std::string language);
  ~Hyphenation();

  /// The bytes of a word, UTF-8, before which it may be divided, ascending. Signs around the word,
  /// "(ultrasound,", are no part of it.
  std::vector<std::uint32_t> places(std::string_view word) const;

 private:
  void read() const;

  std::shared_ptr<const void> keeper_;
  std::string_view dictionary_;
  std::string language_;
  mutable std::once_flag read_;
  mutable _HyphenDict* patterns_ =
      nullptr;  // null if the dictionary is damaged: nothing is divided
  mutable std::string charset_;
};
}  // namespace legwork::report
