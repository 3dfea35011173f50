#include "fhir/ndjson.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace legwork::fhir {
namespace {
/// From its first bracket to its last, brackets outside of strings match in number.
bool is_whole_object(std::string_view line) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (in_string) {
      at += c == '\\';
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return at + 1 == line.size();
    }
  }
  return false;
}
}  // namespace

bool is_ndjson(std::string_view text) {
  const auto first_end = text.find('\n');
  if (!text.starts_with('{') || first_end == text.npos) return false;
  const std::string_view last = text.substr(text.rfind('\n') + 1);
  return is_whole_object(trim(text.substr(0, first_end))) ||
         (last.starts_with('{') && is_whole_object(last));
}

std::optional<Lines::Line> Lines::next() {
  while (!rest_.empty()) {
    const auto end = std::min(rest_.find('\n'), rest_.size());
    const std::string_view line = trim(rest_.substr(0, end));
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++number_;
    if (!line.empty()) return Line{number_, line};
  }
  return {};
}
}  // namespace legwork::fhir
