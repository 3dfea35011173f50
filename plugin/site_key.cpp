#include "plugin/site_key.hpp"

#include "base/digest.hpp"
#include "press/secret.hpp"

namespace legwork::plugin {
Result<SiteKey> load_site_key(const std::string& path) {
  auto secret = press::read_or_make_secret(path);
  if (!secret) return tl::unexpected(secret.error());
  return SiteKey{std::move(*secret)};
}

std::string keyed_hash(const SiteKey& key, std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const auto part : parts) text.append(std::to_string(part.size())).append(":").append(part);
  return hmac_sha256(key.bytes, text);
}
}  // namespace legwork::plugin
