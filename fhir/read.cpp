#include "fhir/read.hpp"

#include "base/text.hpp"
#include "fhir/draft.hpp"
#include "fhir/syntax.hpp"

#include <fmt/format.h>

namespace legwork::fhir {
namespace {
Result<void> read_input(Input input, Draft& draft, JsonReader& json) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (input.text.starts_with(byte_order_mark)) input.text.remove_prefix(byte_order_mark.size());
  const std::string_view text = trim(input.text);
  if (text.empty()) return refuse(ErrorKind::malformed, input.name, "empty");
  if (text[0] == '<') return read_xml(input, draft);
  if (text[0] == '{' || text[0] == '[') return read_json(input, draft, json);
  return refuse(ErrorKind::malformed, input.name, "neither JSON nor XML");
}

std::string names_of(std::span<const Input> inputs) {
  if (inputs.empty()) return "input";
  if (inputs.size() == 1) return inputs[0].name;
  return fmt::format("{} and {} more", inputs[0].name, inputs.size() - 1);
}

Result<Chart> read_all(std::span<const Input> inputs, Draft draft) {
  JsonReader json(draft);
  for (const Input& input : inputs) {
    if (auto read = read_input(input, draft, json); !read) return tl::unexpected(read.error());
  }
  return std::move(draft).finish(names_of(inputs));
}
}  // namespace

Result<Chart> read_chart(std::span<const Input> inputs, const Vocabulary& vocabulary) {
  return read_all(inputs, Draft(vocabulary, nullptr));
}

Result<Chart> read_chart(std::span<const Input> inputs, const Vocabulary& vocabulary,
                         Unmapped& unmapped) {
  return read_all(inputs, Draft(vocabulary, &unmapped));
}
}  // namespace legwork::fhir
