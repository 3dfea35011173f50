#pragma once

#include <string>
#include <string_view>

namespace legwork {
/// SHA-256 of bytes as 64 lower-case hexadecimal digits: tells whether two are the same, not who
/// wrote them. Source: FIPS 180-4
std::string sha256(std::string_view bytes);

/// HMAC with SHA-256 as 64 digits: the same for the same bytes, and nobody without the key can tell
/// which. Source: RFC 2104
std::string hmac_sha256(std::string_view key, std::string_view bytes);
}  // namespace legwork
