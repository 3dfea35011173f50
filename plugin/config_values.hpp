#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace legwork::plugin {
/// "16MB", "64 KB", "1000": bytes. K and M are 1024 and its square.
std::optional<std::size_t> read_size(std::string_view text);

/// "10s", "500ms", "2min".
std::optional<std::chrono::milliseconds> read_time(std::string_view text);

/// "600": a whole number that is not negative.
std::optional<std::size_t> read_count(std::string_view text);

std::optional<bool> read_switch(std::string_view text);

/// An address of a web server: http or https, a host, no query, no fragment, no user. Its slashes
/// at the end go.
std::optional<std::string> read_base_url(std::string_view text);

/// Scheme, host and port alone, as a browser sends it as Origin.
std::optional<std::string> read_origin(std::string_view text);
}  // namespace legwork::plugin
