#include "fhir/syntax.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

namespace legwork::fhir {
namespace {
constexpr Collection collections[] = {{"Bundle", "entry", "Bundle.entry"},
                                      {"Parameters", "parameter", "Parameters.parameter"}};
}  // namespace

const Collection* find_collection(std::string_view type) {
  for (const Collection& collection : collections) {
    if (collection.type == type) return &collection;
  }
  return nullptr;
}

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
