#include "base/text.hpp"
#include "fhir/ndjson.hpp"
#include "fhir/syntax.hpp"

#include <fmt/format.h>

namespace legwork::fhir {
namespace {
Error error_in(const Input& input, const JsonFault& fault, std::size_t begin) {
  if (fault.not_utf8) return not_utf8(input);
  return {fault.kind, fmt::format("{}: byte {}", input.name, begin + fault.byte),
          std::string(fault.what)};
}

/// In NDJSON a broken line costs only that line. Whether any of it was FHIR.
Result<bool> read_lines(const Input& input, std::string_view text, Draft& draft,
                        JsonReader& reader) {
  const Place whole{nullptr, Place::Step::input, input.name};
  std::optional<Error> first_error;
  bool any = false, found_fhir = false;
  Lines lines(text);
  while (const auto line = lines.next()) {
    const Place place{&whole, Place::Step::line, {}, line->number};
    const std::size_t mark = draft.mark();
    const JsonRead read = reader.read(line->text, place);
    found_fhir |= read.found_fhir;
    any |= !read.fault;
    if (!read.fault) continue;
    draft.forget_since(mark);
    draft.refuse(place, read.fault->what);
    const auto begin = static_cast<std::size_t>(line->text.data() - text.data());
    if (!first_error) first_error = error_in(input, *read.fault, begin);
  }
  if (!any && first_error) return tl::unexpected(*first_error);
  return found_fhir;
}

Result<bool> read_whole(const Input& input, std::string_view text, std::size_t begin,
                        JsonReader& reader) {
  const JsonRead read = reader.read(text, {nullptr, Place::Step::input, input.name});
  if (read.fault) return tl::unexpected(error_in(input, *read.fault, begin));
  return read.found_fhir;
}
}  // namespace

Result<void> read_json(const Input& input, Draft& draft, JsonReader& reader) {
  const std::string_view text = trim(input.text);
  const auto begin = static_cast<std::size_t>(text.data() - input.text.data());
  std::string buffer;  // with bytes behind the text that may be read
  buffer.reserve(text.size() + JsonReader::padding());
  buffer = text;
  const auto found_fhir = is_ndjson(text) ? read_lines(input, buffer, draft, reader)
                                          : read_whole(input, buffer, begin, reader);
  if (!found_fhir) return tl::unexpected(found_fhir.error());
  if (*found_fhir) return {};
  return refuse(ErrorKind::unsupported, input.name, "no FHIR resource in it");
}
}  // namespace legwork::fhir
