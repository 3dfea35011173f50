#include "plugin/http.hpp"

#include <algorithm>
#include <cctype>

namespace legwork::plugin {
const std::string* Request::header(std::string_view name) const {
  const auto same = [](unsigned char a, unsigned char b) {
    return std::tolower(a) == std::tolower(b);
  };
  const auto found = std::ranges::find_if(
      headers, [&](const Header& header) { return std::ranges::equal(header.name, name, same); });
  return found == headers.end() ? nullptr : &found->value;
}
}  // namespace legwork::plugin
