#include "plugin/http.hpp"

#include "plugin/content_type.hpp"

#include <algorithm>

namespace legwork::plugin {
const std::string* Request::header(std::string_view name) const {
  const auto found = std::ranges::find_if(
      headers, [&](const Header& header) { return is_same_word(header.name, name); });
  return found == headers.end() ? nullptr : &found->value;
}
}  // namespace legwork::plugin
