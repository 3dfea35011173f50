#include "bulk/signing_key.hpp"
#include "plugin/jwk.hpp"
#include "plugin/jwt.hpp"
#include "tests/plugin/signer.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::bulk;
using plugin::sample::key_set;
using plugin::sample::Signer;

namespace {
constexpr auto claims =
    R"({"iss":"app","sub":"app","aud":"https://ehr.example.org/token","iat":1,"exp":2,"jti":"x"})";

/// Whether the strict reader of tokens that `legwork serve` has takes what the key signs.
void check_signs(const SigningKey& key, const Signer& pair) {
  const auto compact = sign(key, claims);
  REQUIRE(compact);
  const auto token = plugin::read_token(*compact);
  REQUIRE(token);
  CHECK(token->algorithm == key.algorithm);
  CHECK(token->key_id == key.id);
  CHECK(token->issuer == "app");
  const auto keys = plugin::read_key_set(key_set(pair.jwk()), "jwks.json");
  REQUIRE(keys);
  CHECK(plugin::check_signature(*compact, *token, keys->keys.front()));
}

std::string refusal(std::string_view text, std::string_view key_id = {}) {
  const auto key = read_signing_key(text, "key.pem", key_id);
  return key ? std::string() : key.error().where + ": " + key.error().what;
}
}  // namespace

TEST_CASE("a private key as PEM, as a JWK, or in a JWK Set signs what its public half proves",
          "[bulk]") {
  const auto rsa = Signer::rsa(2048, "one");
  const auto ec = Signer::ec("P-384", "one");
  for (const auto* pair : {&rsa, &ec}) {
    const auto set = key_set(pair->jwk() + "," + pair->private_jwk());
    for (const auto& text : {pair->private_pem(), pair->private_jwk(), set}) {
      const auto key = read_signing_key(text, "key", "one");
      REQUIRE(key);
      CHECK(key->algorithm == (pair == &rsa ? "RS384" : "ES384"));
      check_signs(*key, *pair);
    }
  }
}

TEST_CASE("the kid is the JWK's own, unless another is given", "[bulk]") {
  const auto ec = Signer::ec("P-384", "of the file");
  CHECK(read_signing_key(ec.private_jwk(), "key", "")->id == "of the file");
  CHECK(read_signing_key(ec.private_jwk(), "key", "given")->id == "given");
  CHECK(refusal(ec.private_pem()).find("--key-id") != std::string::npos);
}

TEST_CASE("a key that cannot be used says why, and never what it is", "[bulk]") {
  const auto ec = Signer::ec("P-384", "one");
  CHECK(refusal(ec.private_pem("secret"), "one").find("is locked with a password") !=
        std::string::npos);
  CHECK(refusal(ec.pem(), "one") == "key.pem: holds no private key that can be read");
  CHECK(refusal(ec.jwk(), "one") == "key.pem: is a public key; give the private one");
  CHECK(refusal(key_set(ec.jwk()), "one") == "key.pem: holds no private key, only public ones");
  CHECK(refusal("secret", "one") == "key.pem: is neither PEM nor a JWK");
  CHECK(refusal("-----BEGIN PRIVATE KEY-----\nAAAA\n", "one") ==
        "key.pem: holds no private key that can be read");
  const std::string kind = "key.pem: is neither an RSA key of 2048 bits or more nor one on P-384";
  CHECK(refusal(Signer::rsa(1024, "one").private_pem(), "one") == kind);
  CHECK(refusal(Signer::ec("P-256", "one").private_pem(), "one") == kind);
  CHECK(refusal(R"({"kty":"oct","k":"AAAA","d":"AAAA"})", "one") == kind);
}
