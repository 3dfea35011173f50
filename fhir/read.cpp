#include "fhir/read.hpp"

#include "base/text.hpp"
#include "fhir/draft.hpp"
#include "fhir/syntax.hpp"

#include <fmt/format.h>
#include <simdjson.h>

namespace legwork::fhir {
namespace {
/// The first line that is not UTF-8, from 1: an ASCII line break never stands inside a character.
std::size_t broken_line(std::string_view text) {
  std::size_t line = 1;
  for (std::size_t from = 0; from < text.size(); ++line) {
    const auto to = std::min(text.find('\n', from), text.size());
    if (!simdjson::validate_utf8(text.data() + from, to - from)) break;
    from = to + 1;
  }
  return line;
}

Result<void> read_input(Input input, Draft& draft) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (input.text.starts_with(byte_order_mark)) input.text.remove_prefix(byte_order_mark.size());
  if (!simdjson::validate_utf8(input.text.data(), input.text.size())) {
    return refuse(ErrorKind::malformed, fmt::format("{}:{}", input.name, broken_line(input.text)),
                  "not UTF-8");
  }
  const std::string_view text = trim(input.text);
  if (text.empty()) return refuse(ErrorKind::malformed, input.name, "empty");
  if (text[0] == '<') return read_xml(input, draft);
  if (text[0] == '{' || text[0] == '[') return read_json(input, draft);
  return refuse(ErrorKind::malformed, input.name, "neither JSON nor XML");
}

std::string names_of(std::span<const Input> inputs) {
  std::string names;
  for (const Input& input : inputs) {
    if (!names.empty()) names += ", ";
    names += input.name;
  }
  return names;
}
}  // namespace

Result<Chart> read_chart(std::span<const Input> inputs, const Vocabulary& vocabulary) {
  Draft draft(vocabulary);
  for (const Input& input : inputs) {
    if (auto read = read_input(input, draft); !read) return tl::unexpected(read.error());
  }
  return std::move(draft).finish(names_of(inputs));
}
}  // namespace legwork::fhir
