#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace legwork {
/// The 20 bytes that FHIR asks for as an attachment's hash, and RFC 4122 for a name's UUID. They
/// tell documents apart, and prove nothing against somebody who wants two to look alike.
/// Source: FIPS 180-4
std::string sha1(std::string_view bytes);

/// The UUID (version 5) of a name in legwork's own name space: the same name, the same UUID.
/// Source: RFC 4122, 4.3
std::string uuid_of(std::string_view name);

/// Source: RFC 4648, 4
std::string base64(std::string_view bytes);
/// Nothing for what is no base 64.
std::optional<std::string> from_base64(std::string_view text);
}  // namespace legwork
