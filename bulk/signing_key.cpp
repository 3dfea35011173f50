#include "bulk/signing_key.hpp"

#include "press/base64url.hpp"

#include <cjose/cjose.h>
#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <boost/json.hpp>

namespace legwork::bulk {
struct NativeKey {
  explicit NativeKey(cjose_jwk_t* imported) : jwk(imported) {}
  ~NativeKey() { cjose_jwk_release(jwk); }
  NativeKey(const NativeKey&) = delete;
  NativeKey& operator=(const NativeKey&) = delete;

  cjose_jwk_t* jwk;
};

namespace {
namespace json = boost::json;

struct Release {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(BIGNUM* number) const { BN_clear_free(number); }
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
  void operator()(cjose_header_t* header) const { cjose_header_release(header); }
};
template <class T>
using Held = std::unique_ptr<T, Release>;

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// A number of the key in base64url, with zeros before it up to so many bytes.
std::string number_of(const EVP_PKEY* key, const char* name, std::size_t bytes = 0) {
  BIGNUM* raw = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &raw) != 1) return {};
  const Held<BIGNUM> number(raw);
  std::string made(std::max(bytes, std::size_t(BN_num_bytes(raw))), '\0');
  BN_bn2binpad(raw, reinterpret_cast<unsigned char*>(made.data()), int(made.size()));
  return press::encode_base64url(made);
}

json::object rsa_of(const EVP_PKEY* key) {
  return {{"kty", "RSA"},
          {"n", number_of(key, OSSL_PKEY_PARAM_RSA_N)},
          {"e", number_of(key, OSSL_PKEY_PARAM_RSA_E)},
          {"d", number_of(key, OSSL_PKEY_PARAM_RSA_D)},
          {"p", number_of(key, OSSL_PKEY_PARAM_RSA_FACTOR1)},
          {"q", number_of(key, OSSL_PKEY_PARAM_RSA_FACTOR2)},
          {"dp", number_of(key, OSSL_PKEY_PARAM_RSA_EXPONENT1)},
          {"dq", number_of(key, OSSL_PKEY_PARAM_RSA_EXPONENT2)},
          {"qi", number_of(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1)}};
}

json::object ec_of(const EVP_PKEY* key) {
  const std::size_t bytes = std::size_t(EVP_PKEY_get_bits(key) + 7) / 8;
  return {{"kty", "EC"},
          {"crv", fmt::format("P-{}", EVP_PKEY_get_bits(key))},
          {"x", number_of(key, OSSL_PKEY_PARAM_EC_PUB_X, bytes)},
          {"y", number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y, bytes)},
          {"d", number_of(key, OSSL_PKEY_PARAM_PRIV_KEY, bytes)}};
}

Result<json::object> from_pem(std::string_view text, const std::string& where) {
  const Held<BIO> bio(BIO_new_mem_buf(text.data(), int(text.size())));
  // Where the key is locked nobody is asked for a password.
  const auto no_password = [](char*, int, int, void*) { return -1; };
  const Held<EVP_PKEY> key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
  if (!key && text.find("ENCRYPTED") != text.npos)
    return refuse(ErrorKind::unsupported, where,
                  "is locked with a password; give a key without one, which its owner alone may "
                  "read");
  if (!key) return refuse(ErrorKind::malformed, where, "holds no private key that can be read");
  if (EVP_PKEY_is_a(key.get(), "RSA") != 0) return rsa_of(key.get());
  if (EVP_PKEY_is_a(key.get(), "EC") != 0) return ec_of(key.get());
  return refuse(ErrorKind::unsupported, where, "is neither an RSA key nor one on P-384");
}

/// The first private key of a set, or the only one.
Result<json::object> from_jwk(std::string_view text, const std::string& where) {
  std::error_code error;
  auto value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error || !value.is_object())
    return refuse(ErrorKind::malformed, where, "is neither PEM nor a JWK");
  const auto* keys = value.get_object().if_contains("keys");
  if (keys == nullptr) return std::move(value.get_object());
  if (keys->is_array())
    for (const auto& key : keys->get_array())
      if (key.is_object() && key.get_object().contains("d")) return key.get_object();
  return refuse(ErrorKind::malformed, where, "holds no private key, only public ones");
}

/// RS384 or ES384, which each server takes that keeps to SMART.
Result<std::string> algorithm_of(const json::object& jwk, const std::string& where) {
  if (text_of(jwk, "d").empty())
    return refuse(ErrorKind::malformed, where, "is a public key; give the private one");
  const auto type = text_of(jwk, "kty");
  const auto modulus = press::decode_base64url(text_of(jwk, "n"));
  if (type == "RSA" && modulus && modulus->size() >= 256) return "RS384";
  if (type == "EC" && text_of(jwk, "crv") == "P-384") return "ES384";
  return refuse(ErrorKind::unsupported, where,
                "is neither an RSA key of 2048 bits or more nor one on P-384");
}
}  // namespace

Result<SigningKey> read_signing_key(std::string_view text, std::string_view where,
                                    std::string_view key_id) {
  const std::string place(where);
  const bool is_pem = text.find("-----BEGIN") != text.npos;
  const auto jwk = is_pem ? from_pem(text, place) : from_jwk(text, place);
  if (!jwk) return tl::unexpected(jwk.error());
  const auto algorithm = algorithm_of(*jwk, place);
  if (!algorithm) return tl::unexpected(algorithm.error());
  auto id = key_id.empty() ? text_of(*jwk, "kid") : std::string(key_id);
  if (id.empty())
    return refuse(ErrorKind::missing, place,
                  "has no kid; say with --key-id under which the server knows this key");
  json::object bare = *jwk;  // what it says of its use is the server's concern, not cjose's
  for (const auto* name : {"kid", "alg", "use", "key_ops", "ext"}) bare.erase(name);
  const auto written = json::serialize(bare);
  cjose_jwk_t* const native = cjose_jwk_import(written.data(), written.size(), nullptr);
  if (native == nullptr) return refuse(ErrorKind::malformed, place, "is no sound private key");
  return SigningKey{std::move(id), *algorithm, std::make_shared<const NativeKey>(native)};
}

Result<std::string> sign(const SigningKey& key, std::string_view claims) {
  const Held<cjose_header_t> header(cjose_header_new(nullptr));
  const auto set = [&](const char* name, const char* value) {
    return cjose_header_set(header.get(), name, value, nullptr);
  };
  const char* compact = nullptr;
  if (header && set("alg", key.algorithm.c_str()) && set("kid", key.id.c_str()) &&
      set("typ", "JWT")) {
    const Held<cjose_jws_t> jws(cjose_jws_sign(key.native->jwk, header.get(),
                                               reinterpret_cast<const std::uint8_t*>(claims.data()),
                                               claims.size(), nullptr));
    if (jws && cjose_jws_export(jws.get(), &compact, nullptr)) return std::string(compact);
  }
  return refuse(ErrorKind::unsupported, "the client's key", "cannot sign; make a new pair of keys");
}
}  // namespace legwork::bulk
