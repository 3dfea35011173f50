#pragma once

#include "fhir/element.hpp"
#include "fhir/facts.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

// What a JSON value holds. Internal to the files that walk over JSON: simdjson's cursors cannot be
// hidden without being slower.

namespace legwork::fhir {
namespace od = simdjson::ondemand;
using simdjson::error_code;

/// The name of a field. Names of FHIR hold no escapes; one that does is none that we know. The
/// bytes behind the text that simdjson asks for are room enough to look for the quote.
inline std::string_view name_of(od::field& field) {
  const char* const begin = field.key().raw();
  return {begin, static_cast<std::size_t>(std::find(begin, begin + 64, '"') - begin)};
}

/// The characters of a scalar, without the white space before what follows it.
std::string_view token_of(od::value& value);

/// A string's text, where it holds no escape: it can be used where it stands.
std::optional<std::string_view> plain_text(od::value& value);

/// The text of any value, as it was sent.
error_code raw_of(od::value& value, std::string_view& raw);

/// Turns JSON values into elements.
class JsonElements {
 public:
  explicit JsonElements(ElementList& list) : list_(list) {}

  error_code add_resource(const Rule& rule, od::object& resource);
  error_code add(ElementList::Label label, od::value value, unsigned depth);

 private:
  error_code add_object(ElementList::Label label, od::value value, unsigned depth);
  error_code add_array(std::string_view name, od::value value, unsigned depth);
  error_code add_text(ElementList::Label label, od::value value);
  error_code add_boolean(ElementList::Label label, std::string_view token);

  ElementList& list_;
};
}  // namespace legwork::fhir
