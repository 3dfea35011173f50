#pragma once

#include "base/result.hpp"

#include <string>

namespace legwork::press {
/// The bytes of a secret in a file.
/// Errors: missing      no such file
///         malformed    fewer than 32 bytes: no secret
///         unsupported  others than its owner may read it
///         unavailable  it cannot be read
Result<std::string> read_secret(const std::string& path);

/// The same, or makes one where there is none: 32 random bytes that only the owner may read, whole
/// or not at all. Errors: as read_secret, and unavailable where it cannot be made
Result<std::string> read_or_make_secret(const std::string& path);
}  // namespace legwork::press
