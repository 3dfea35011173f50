#include "fhir/syntax.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

namespace legwork::fhir {
/// An ASCII line break never stands inside a character, so each line can be judged by itself.
Error not_utf8(const Input& input) {
  std::size_t line = 1;
  for (std::size_t from = 0; from < input.text.size(); ++line) {
    const auto to = std::min(input.text.find('\n', from), input.text.size());
    if (!simdjson::validate_utf8(input.text.data() + from, to - from)) break;
    from = to + 1;
  }
  return {ErrorKind::malformed, fmt::format("{}:{}", input.name, line), "not UTF-8"};
}
}  // namespace legwork::fhir
