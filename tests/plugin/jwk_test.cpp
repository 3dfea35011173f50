#include "plugin/jwk.hpp"
#include "tests/plugin/signer.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::plugin;
using sample::base64url;
using sample::key_set;
using sample::Signer;

namespace {
constexpr std::string_view claims =
    R"({"iss":"https://ehr.example.org","aud":"https://legwork.example.org/cds-services/a",)"
    R"("exp":1800000240,"iat":1799999940,"jti":"8a7f-1"})";

std::string header_for(std::string_view algorithm, std::string_view key_id = "one") {
  return fmt::format(R"({{"alg":"{}","typ":"JWT","kid":"{}"}})", algorithm, key_id);
}

PublicKey key_of(const Signer& signer) {
  const auto set = read_key_set(key_set(signer.jwk()), "jwks.json");
  REQUIRE(set);
  REQUIRE(set->find(signer.id()) != nullptr);
  return *set->find(signer.id());
}

bool is_signed(const std::string& compact, const PublicKey& key) {
  const auto token = read_token(compact);
  REQUIRE(token);
  return check_signature(compact, *token, key).has_value();
}

std::string refusal(std::string_view json) {
  const auto set = read_key_set(json, "jwks.json");
  return set ? std::string() : set.error().where + ": " + set.error().what;
}
}  // namespace

TEST_CASE("a signature by the client's key is believed, in each algorithm that is taken",
          "[plugin]") {
  const auto rsa = Signer::rsa(2048, "one");
  const auto p384 = Signer::ec("P-384", "one");
  const auto p521 = Signer::ec("P-521", "one");
  CHECK(is_signed(rsa.token(header_for("RS384"), claims, "RS384"), key_of(rsa)));
  CHECK(is_signed(rsa.token(header_for("RS512"), claims, "RS512"), key_of(rsa)));
  CHECK(is_signed(p384.token(header_for("ES384"), claims, "ES384"), key_of(p384)));
  CHECK(is_signed(p521.token(header_for("ES512"), claims, "ES512"), key_of(p521)));
}

TEST_CASE("a signature by another key, of other text, or for another algorithm is not",
          "[plugin]") {
  const auto client = Signer::ec("P-384", "one");
  const auto stranger = Signer::ec("P-384", "one");
  const auto rsa = Signer::rsa(2048, "one");
  const PublicKey key = key_of(client);
  const std::string good = client.token(header_for("ES384"), claims, "ES384");
  REQUIRE(is_signed(good, key));

  CHECK_FALSE(is_signed(stranger.token(header_for("ES384"), claims, "ES384"), key));
  const auto mark = good.rfind('.');
  const std::string other_claims =
      base64url(header_for("ES384")) + "." +
      base64url(R"({"iss":"https://ehr.example.org","aud":"x","exp":1,"iat":1,"jti":"b"})") +
      good.substr(mark);
  CHECK_FALSE(is_signed(other_claims, key));
  // The key's type must fit the algorithm: an RSA signature is not held against an EC key.
  CHECK_FALSE(is_signed(rsa.token(header_for("RS384"), claims, "RS384"), key));
  CHECK_FALSE(is_signed(rsa.token(header_for("ES384"), claims, "RS384"), key));
  CHECK_FALSE(is_signed(client.token(header_for("RS384"), claims, "ES384"), key_of(rsa)));
  // Nor the digest: signed as RS512, said to be RS384.
  CHECK_FALSE(is_signed(rsa.token(header_for("RS384"), claims, "RS512"), key_of(rsa)));
  CHECK_FALSE(is_signed(rsa.token(header_for("RS384"), claims, "PS384"), key_of(rsa)));
}

TEST_CASE("a signature has the length that its key gives it", "[plugin]") {
  const auto client = Signer::ec("P-384", "one");
  const PublicKey key = key_of(client);
  const std::string text = base64url(header_for("ES384")) + "." + base64url(claims);
  const std::string signature = client.sign(text, "ES384");
  REQUIRE(signature.size() == 96);
  CHECK(is_signed(text + "." + base64url(signature), key));
  CHECK_FALSE(is_signed(text + "." + base64url(signature + '\0'), key));
  CHECK_FALSE(is_signed(text + "." + base64url(signature.substr(0, 95)), key));
  CHECK_FALSE(is_signed(text + "." + base64url(std::string(96, '\0')), key));
  const std::string padded = '\0' + signature.substr(0, 48) + '\0' + signature.substr(48);
  CHECK_FALSE(is_signed(text + "." + base64url(padded), key));
}

TEST_CASE("the public key as the secret of an HMAC signs nothing", "[plugin]") {
  const auto rsa = Signer::rsa(2048, "one");
  for (const std::string& secret : {rsa.pem(), rsa.jwk()}) {
    const std::string text = base64url(header_for("HS256")) + "." + base64url(claims);
    const auto token = read_token(text + "." + base64url(sample::hmac_sha256(secret, text)));
    REQUIRE_FALSE(token);
    CHECK(token.error().what == "the token's algorithm is not taken: sign with ES384 or RS384");
  }
}

TEST_CASE("keys that check no trusted signature are stepped over", "[plugin]") {
  const auto good = Signer::ec("P-384", "good");
  const auto p256 = Signer::ec("P-256", "small");
  const auto encrypts = Signer::ec("P-384", "encrypts");
  const auto other = Signer::rsa(2048, "rs256");
  const auto set = read_key_set(
      key_set(fmt::format(
          R"({},{},{},{},{{"kty":"oct","kid":"secret","k":"AAAA"}},{{"kty":"OKP","kid":"ed"}})",
          p256.jwk(), encrypts.jwk(R"("use":"enc",)"), other.jwk(R"("alg":"RS256",)"),
          good.jwk(R"("use":"sig","key_ops":["verify"],"alg":"ES384",)"))),
      "jwks.json");
  REQUIRE(set);
  REQUIRE(set->keys.size() == 1);
  CHECK(set->keys[0].id == "good");
}

TEST_CASE("a key says with which algorithms it may be used", "[plugin]") {
  const auto rsa = Signer::rsa(2048, "one");
  CHECK(key_of(rsa).algorithms == std::vector<std::string>{"RS384", "RS512"});
  const auto set = read_key_set(key_set(rsa.jwk(R"("alg":"RS512",)")), "jwks.json");
  REQUIRE(set);
  CHECK_FALSE(is_signed(rsa.token(header_for("RS384"), claims, "RS384"), set->keys[0]));
  CHECK(is_signed(rsa.token(header_for("RS512"), claims, "RS512"), set->keys[0]));
}

TEST_CASE("a key set that cannot be trusted is refused with what is wrong with it", "[plugin]") {
  const auto one = Signer::ec("P-384", "one");
  CHECK(refusal("") == "jwks.json: not a JSON object with each name once");
  CHECK(refusal("[]") == "jwks.json: not a JSON object with each name once");
  CHECK(refusal(R"({"keys":[],"keys":[]})") == "jwks.json: not a JSON object with each name once");
  CHECK(refusal(R"({"keys":{}})") == "jwks.json: keys is not an array");
  CHECK(refusal(R"({"keys":[7]})") == "jwks.json: keys[0]: the key is not an object");
  CHECK_THAT(refusal(R"({"keys":[]})"), Catch::StartsWith("jwks.json: no key that can be used"));
  CHECK(refusal(key_set(one.jwk() + "," + one.jwk())) == "jwks.json: two keys have the same kid");
  CHECK_THAT(refusal(key_set(one.jwk(R"("d":"AAAA",)"))),
             Catch::StartsWith("jwks.json: keys[0]: this is a private key"));
  CHECK(refusal(key_set(Signer::rsa(1024, "small").jwk())) ==
        "jwks.json: keys[0]: the RSA key has fewer than 2048 bits");
  CHECK(refusal(key_set(Signer::ec("P-384", "").jwk())) ==
        "jwks.json: keys[0]: kid is absent or too long");
  CHECK(refusal(R"({"keys":[{"kty":"EC","crv":"P-384","kid":"a","x":"AAAA","y":"AAAA"}]})") ==
        "jwks.json: keys[0]: the key is not a point on its curve");
  const std::string zeros(64, 'A');
  CHECK(refusal(
            fmt::format(R"({{"keys":[{{"kty":"EC","crv":"P-384","kid":"a","x":"{}","y":"{}"}}]}})",
                        zeros, zeros)) == "jwks.json: keys[0]: the key cannot be used");
  CHECK(refusal(R"({"keys":[{"kty":"RSA","kid":"a","n":"","e":"AQAB"}]})") ==
        "jwks.json: keys[0]: the RSA key is not a modulus and an exponent");
  std::string many = one.jwk();
  for (std::size_t at = 0; at < most_keys; ++at) many += "," + one.jwk();
  CHECK(refusal(key_set(many)) == "jwks.json: more than 64 keys");
  CHECK(refusal(std::string(largest_key_set + 1, ' ')) ==
        "jwks.json: the key set is larger than 256 KB");
}

TEST_CASE("a single key does for a set", "[plugin]") {
  const auto one = Signer::ec("P-384", "one");
  const auto set = read_key_set(one.jwk(), "key.json");
  REQUIRE(set);
  CHECK(set->find("one") != nullptr);
  CHECK(set->find("on") == nullptr);
}
