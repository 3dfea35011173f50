#pragma once

#include "base/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace legwork::bulk {
/// A private key as the library that signs holds it.
struct NativeKey;

/// The key by which this client proves who it is.
struct SigningKey {
  std::string id;                           ///< "kid", under which the server knows the public half
  std::string algorithm;                    ///< "RS384" or "ES384"
  std::shared_ptr<const NativeKey> native;  ///< may be used by several threads at a time
};

/// Reads a private key: a JWK, the first private one of a JWK Set, or PEM. RSA of 2048 bits or
/// more, or EC on P-384. `key_id` is the kid of a key that has none of its own, as PEM has none,
/// and goes before one that it has. No error quotes the key.
///
/// Errors: malformed    neither; not a private key
///         unsupported  another kind of key, or one that is locked with a password
///         missing      no kid
Result<SigningKey> read_signing_key(std::string_view text, std::string_view where,
                                    std::string_view key_id);

/// A JWS in compact form over these claims, which are JSON. Source: RFC 7515, RFC 7518
/// Errors: unsupported  the key signs nothing
Result<std::string> sign(const SigningKey& key, std::string_view claims);
}  // namespace legwork::bulk
