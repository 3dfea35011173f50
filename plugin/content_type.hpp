#pragma once

#include <span>
#include <string>
#include <string_view>

namespace legwork::plugin {
/// Whether two words of HTTP are the same: case does not matter.
bool is_same_word(std::string_view a, std::string_view b);

/// Whether a Content-Type is one of those listed. Parameters do not matter, but for a charset that
/// is not UTF-8.
bool accepts_type(std::span<const std::string> accepted, std::string_view content_type);

/// Whether a body of that type gets shorter by packing.
bool is_text(std::string_view content_type);

/// "application/json, text/xml"
std::string joined(std::span<const std::string> types);
}  // namespace legwork::plugin
