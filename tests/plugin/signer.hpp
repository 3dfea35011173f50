#pragma once

#include <memory>
#include <string>
#include <string_view>

// Keys and tokens of an invented client, made as the tests run, with OpenSSL alone: what signs here
// has nothing in common with what checks there.

namespace legwork::plugin::sample {
struct KeyPair;

/// A client that signs.
class Signer {
 public:
  static Signer rsa(unsigned bits, std::string id);
  /// `curve`: "P-256", "P-384", "P-521"
  static Signer ec(const std::string& curve, std::string id);

  /// The public key as a JWK; `more` stands in it, too: R"("use":"sig",)".
  std::string jwk(std::string_view more = {}) const;
  const std::string& id() const { return id_; }

  /// The signature of a JWS over this text: of RSA, or of EC as two numbers side by side.
  std::string sign(std::string_view text, std::string_view algorithm) const;
  /// A whole token of this header and these claims, signed.
  std::string token(std::string_view header, std::string_view claims,
                    std::string_view algorithm) const;
  /// The public key as PEM.
  std::string pem() const;
  /// The private one, locked where there is a password; and as a JWK.
  std::string private_pem(const std::string& password = {}) const;
  std::string private_jwk() const;

 private:
  Signer(std::shared_ptr<const KeyPair> pair, std::string id)
      : pair_(std::move(pair)), id_(std::move(id)) {}
  std::shared_ptr<const KeyPair> pair_;
  std::string id_;
};

std::string base64url(std::string_view bytes);
std::string hmac_sha256(std::string_view secret, std::string_view text);
/// A JWK Set of these keys, parted by commas.
std::string key_set(std::string_view jwks);
}  // namespace legwork::plugin::sample
