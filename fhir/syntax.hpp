#pragma once

#include "base/result.hpp"
#include "fhir/draft.hpp"
#include "fhir/read.hpp"

#include <cstddef>
#include <memory>
#include <string_view>

// The two syntaxes of FHIR. Each finds the resources in an input, brings those that the chart needs
// into the common form (element.hpp) and hands them to the draft; the rest is stepped over.

namespace legwork::fhir {
/// JSON: a resource, a Bundle, an array of either, or one of either a line.
/// Errors: malformed, unsupported, unavailable (see read_chart)
Result<void> read_json(const Input& input, Draft& draft);

/// Reads many JSON texts into one draft, each with the memory of the one before.
class JsonReader {
 public:
  explicit JsonReader(Draft& draft);
  ~JsonReader();
  JsonReader(JsonReader&&) noexcept;

  /// How many bytes behind a text must be readable; what they hold does not matter.
  static std::size_t padding();

  /// One resource, Bundle or array, followed by padding. What is wrong with it, in a few words;
  /// "" where nothing is. Resources that stood before the fault have been handed to the draft.
  std::string_view read(std::string_view text, const Place& place);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// XML: a resource or a Bundle.
/// Errors: malformed, unsupported
Result<void> read_xml(const Input& input, Draft& draft);

/// The error of a text that is not UTF-8, with the line where it is not.
Error not_utf8(const Input& input);

/// A resource that holds others: a Bundle in its entries, Parameters in their values.
struct Collection {
  std::string_view type;
  std::string_view list;   ///< the element that is repeated
  std::string_view place;  ///< what a place in it is called
};
const Collection* find_collection(std::string_view type);

/// Bundles inside Bundles: deeper than anybody sends.
inline constexpr unsigned deepest_collection = 4;

/// What is never looked into: extensions, and the narrative's markup.
inline bool is_ignored(std::string_view element) {
  return element.empty() || element[0] == '_' || element == "extension" || element == "div";
}
}  // namespace legwork::fhir
