#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace legwork::plugin {
/// "text/html" of "Text/HTML; charset=utf-8": the type alone, in lower case.
std::string bare_media_type(std::string_view header);

/// Which of the offers, best first, an Accept header asks for; of equally wanted ones the first.
/// Nothing where it wants none of them. An absent header ("") wants any.
/// Source: RFC 9110, section 12.5.1
std::optional<std::size_t> choose(std::string_view accept,
                                  std::span<const std::string_view> offers);
}  // namespace legwork::plugin
