#pragma once

#include "base/result.hpp"
#include "fhir/draft.hpp"
#include "fhir/read.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

// The two syntaxes of FHIR. Each finds the resources in an input, brings those that the chart needs
// into the common form (element.hpp) and hands them to the draft; the rest is stepped over.

namespace legwork::fhir {
/// What is wrong with a JSON text.
struct JsonFault {
  ErrorKind kind = ErrorKind::malformed;
  std::string_view what;  ///< in a few words: "JSON is cut short"
  std::size_t byte = 0;   ///< where reading stopped
  bool not_utf8 = false;
};

struct JsonRead {
  std::optional<JsonFault> fault;
  bool found_fhir = false;  ///< whether anything in the text was a FHIR resource
};

/// Reads JSON texts into one draft, each with the memory of the one before.
class JsonReader {
 public:
  explicit JsonReader(Draft& draft);
  ~JsonReader();
  JsonReader(JsonReader&&) noexcept;

  /// How many bytes behind a text must be readable; what they hold does not matter.
  static std::size_t padding();

  /// One resource, Bundle or array, followed by padding. Resources that stood before a fault have
  /// been handed to the draft.
  JsonRead read(std::string_view text, const Place& place);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// JSON: a resource, a Bundle, an array of either, or one of either a line. `reader` reads into the
/// same draft.
/// Errors: malformed, unsupported, unavailable (see read_chart)
Result<void> read_json(const Input& input, Draft& draft, JsonReader& reader);

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
