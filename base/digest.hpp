#pragma once

#include <string>
#include <string_view>

namespace legwork {
/// SHA-256 of bytes as 64 lower-case hexadecimal digits: tells whether two are the same, not who
/// wrote them. Source: FIPS 180-4
std::string sha256(std::string_view bytes);
}  // namespace legwork
