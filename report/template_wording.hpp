#pragma once

#include "report/template_element.hpp"

#include <cstddef>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace legwork::report {
/// The words of a document, by key. Every sentence on a page stands here or comes from the pack.
class Wording {
 public:
  using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;
  struct Entry {
    std::string other;  ///< "{count} days ago"
    std::string one;    ///< "1 day ago"; "" where the number makes no difference
  };

  void add(std::string key, Entry entry);
  bool has(std::string_view key) const;

  /// The text as it stands. `key` must be one of wording_keys() for its kind.
  const std::string& operator[](std::string_view key) const;
  /// The text with its {placeholders} filled.
  std::string fill(std::string_view key, Values values) const;
  const Entry& entry(std::string_view key) const;
  /// The text for this many, {count} filled.
  std::string count(std::string_view key, std::size_t count) const;

 private:
  std::map<std::string, Entry, std::less<>> entries_;
};

/// The text with its {placeholders} filled.
std::string fill(std::string_view text, Wording::Values values);

/// The text for this many; not filled.
const std::string& for_count(const Wording::Entry& entry, std::size_t count);

/// A text that every template must have, and what may stand in its braces (separated by spaces).
struct WordingKey {
  std::string_view key, placeholders;
};

/// Every key of a kind of document.
std::vector<WordingKey> wording_keys(DocumentKind kind);

/// Calls `use` with the name in each pair of braces.
template <class Use>
void for_each_placeholder(std::string_view text, Use use) {
  for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    const auto close = text.find('}', open);
    if (close == text.npos) return;
    use(text.substr(open + 1, close - open - 1));
  }
}
}  // namespace legwork::report
