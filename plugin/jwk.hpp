#pragma once

#include "base/result.hpp"
#include "plugin/jwt.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Public keys, and what they prove. Source: RFC 7517, RFC 7518

namespace legwork::plugin {
/// A key as the library that checks signatures holds it.
struct CheckingKey;

/// One public key of a client.
struct PublicKey {
  std::string id;                       ///< "kid"
  std::vector<std::string> algorithms;  ///< that it may check: those of its type, or its "alg"
  std::size_t signature_bytes = 0;      ///< how long each signature by it is
  std::shared_ptr<const CheckingKey> native;  ///< may be used by several threads at a time
};

/// A JWK Set. Keys that are not for us (encryption, other curves, symmetric) are not in it.
struct KeySet {
  std::vector<PublicKey> keys;

  /// The key of that id; null where there is none.
  const PublicKey* find(std::string_view id) const;
};

/// Most keys that a set may hold, and its size in bytes.
inline constexpr std::size_t most_keys = 64;
inline constexpr std::size_t largest_key_set = std::size_t{256} << 10;

/// Reads a JWK Set, or a single JWK. Keys of kinds that no trusted algorithm uses are stepped over.
/// Errors: malformed    not JSON; a name or a kid twice; a key that is none; beyond the limits
///         unsupported  an RSA key of fewer than 2048 bits, or more than 8192; a private key
///         missing      no key that can be used
/// `name` stands in errors: the file, or the host.
Result<KeySet> read_key_set(std::string_view json, std::string_view name);

/// Whether the key signed the token. `compact` is the text that `token` was read from.
/// Errors: unsupported  the key is not for the token's algorithm; the signature is not by it
Result<void> check_signature(std::string_view compact, const Token& token, const PublicKey& key);
}  // namespace legwork::plugin
