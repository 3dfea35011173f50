#include "tests/plugin/signer.hpp"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <cstdint>
#include <cstdlib>

namespace legwork::plugin::sample {
struct KeyPair {
  explicit KeyPair(EVP_PKEY* made) : key(made) {
    if (key == nullptr) std::abort();
  }
  ~KeyPair() { EVP_PKEY_free(key); }
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;

  EVP_PKEY* key;
};

namespace {
std::string number(const EVP_PKEY* key, const char* name) {
  BIGNUM* value = nullptr;
  EVP_PKEY_get_bn_param(key, name, &value);
  std::string bytes(std::size_t(BN_num_bytes(value)), '\0');
  BN_bn2bin(value, reinterpret_cast<unsigned char*>(bytes.data()));
  BN_free(value);
  return bytes;
}

std::size_t coordinate_bytes(const EVP_PKEY* key) {
  return std::size_t(EVP_PKEY_get_bits(key) + 7) / 8;
}

/// X and Y, one behind the other, from the uncompressed point.
std::string point(const EVP_PKEY* key) {
  std::string bytes(200, '\0');
  std::size_t size = 0;
  EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY,
                                  reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                  &size);
  return bytes.substr(1, size - 1);
}

/// From DER to two numbers of fixed length. Source: RFC 7518 section 3.4
std::string side_by_side(std::string_view der, std::size_t bytes) {
  const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
  ECDSA_SIG* const both = d2i_ECDSA_SIG(nullptr, &begin, long(der.size()));
  std::string made(2 * bytes, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(made.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(both), out, int(bytes));
  BN_bn2binpad(ECDSA_SIG_get0_s(both), out + bytes, int(bytes));
  ECDSA_SIG_free(both);
  return made;
}

const EVP_MD* digest_of(std::string_view algorithm) {
  if (algorithm.ends_with("256")) return EVP_sha256();
  return algorithm.ends_with("384") ? EVP_sha384() : EVP_sha512();
}
}  // namespace

Signer Signer::rsa(unsigned bits, std::string id) {
  return {std::make_shared<const KeyPair>(EVP_RSA_gen(bits)), std::move(id)};
}

Signer Signer::ec(const std::string& curve, std::string id) {
  return {std::make_shared<const KeyPair>(EVP_EC_gen(curve.c_str())), std::move(id)};
}

std::string Signer::jwk(std::string_view more) const {
  EVP_PKEY* const key = pair_->key;
  if (EVP_PKEY_is_a(key, "RSA")) {
    return fmt::format(R"({{"kty":"RSA","kid":"{}",{}"n":"{}","e":"{}"}})", id_, more,
                       base64url(number(key, OSSL_PKEY_PARAM_RSA_N)),
                       base64url(number(key, OSSL_PKEY_PARAM_RSA_E)));
  }
  const std::string both = point(key);
  const int bits = EVP_PKEY_get_bits(key);
  return fmt::format(R"({{"kty":"EC","crv":"P-{}","kid":"{}",{}"x":"{}","y":"{}"}})", bits, id_,
                     more, base64url(both.substr(0, both.size() / 2)),
                     base64url(both.substr(both.size() / 2)));
}

std::string Signer::sign(std::string_view text, std::string_view algorithm) const {
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  EVP_PKEY_CTX* parameters = nullptr;
  EVP_DigestSignInit(context, &parameters, digest_of(algorithm), nullptr, pair_->key);
  if (algorithm.starts_with("PS")) EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING);
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  EVP_DigestSign(context, nullptr, &size, bytes, text.size());
  std::string made(size, '\0');
  EVP_DigestSign(context, reinterpret_cast<unsigned char*>(made.data()), &size, bytes, text.size());
  EVP_MD_CTX_free(context);
  made.resize(size);
  const bool is_ec = EVP_PKEY_is_a(pair_->key, "EC") != 0;
  return is_ec ? side_by_side(made, coordinate_bytes(pair_->key)) : made;
}

std::string Signer::token(std::string_view header, std::string_view claims,
                          std::string_view algorithm) const {
  const std::string text = base64url(header) + "." + base64url(claims);
  return text + "." + base64url(sign(text, algorithm));
}

std::string Signer::pem() const {
  BIO* const bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PUBKEY(bio, pair_->key);
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio, &text);
  std::string copy(text, std::size_t(size));
  BIO_free(bio);
  return copy;
}

std::string Signer::private_pem(const std::string& password) const {
  BIO* const bio = BIO_new(BIO_s_mem());
  const EVP_CIPHER* const cipher = password.empty() ? nullptr : EVP_aes_256_cbc();
  PEM_write_bio_PKCS8PrivateKey(bio, pair_->key, cipher, password.c_str(), int(password.size()),
                                nullptr, nullptr);
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio, &text);
  std::string copy(text, std::size_t(size));
  BIO_free(bio);
  return copy;
}

std::string Signer::private_jwk() const {
  EVP_PKEY* const key = pair_->key;
  if (EVP_PKEY_is_a(key, "RSA"))
    return jwk(fmt::format(R"("d":"{}",)", base64url(number(key, OSSL_PKEY_PARAM_RSA_D))));
  auto secret = number(key, OSSL_PKEY_PARAM_PRIV_KEY);
  secret.insert(0, coordinate_bytes(key) - secret.size(), '\0');
  return jwk(fmt::format(R"("alg":"ES384","d":"{}",)", base64url(secret)));
}

std::string base64url(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    held = (held << 8) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) text += digits[(held >> (bits - 6)) & 63];
  }
  if (bits > 0) text += digits[(held << (6 - bits)) & 63];
  return text;
}

std::string hmac_sha256(std::string_view secret, std::string_view text) {
  std::string made(32, '\0');
  unsigned size = 0;
  HMAC(EVP_sha256(), secret.data(), int(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       reinterpret_cast<unsigned char*>(made.data()), &size);
  return made;
}

std::string key_set(std::string_view jwks) { return fmt::format(R"({{"keys":[{}]}})", jwks); }
}  // namespace legwork::plugin::sample
