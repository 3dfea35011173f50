#pragma once

#include "base/result.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace legwork::plugin {
/// The secret of a site's keyed hashes: who has the hashes and not the key cannot try patients' ids
/// one after the other. Empty: nothing is kept, so there is nothing to protect.
struct SiteKey {
  std::string bytes;
};

/// Reads the key, or makes one. Errors: as press::read_or_make_secret
Result<SiteKey> load_site_key(const std::string& path);

/// HMAC-SHA-256 of the parts, as 64 hexadecimal digits. Parts are kept apart: ("a", "b") is not
/// ("ab"). Source: RFC 2104
std::string keyed_hash(const SiteKey& key, std::initializer_list<std::string_view> parts);
}  // namespace legwork::plugin
