#include "plugin/jwk.hpp"

#include "press/base64url.hpp"

#include <cjose/cjose.h>
#include <fmt/format.h>
#include <jansson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace legwork::plugin {
struct CheckingKey {
  explicit CheckingKey(cjose_jwk_t* imported) : jwk(imported) {}
  ~CheckingKey() { cjose_jwk_release(jwk); }
  CheckingKey(const CheckingKey&) = delete;
  CheckingKey& operator=(const CheckingKey&) = delete;

  cjose_jwk_t* jwk;
};

namespace {
struct ReleaseJson {
  void operator()(json_t* json) const { json_decref(json); }
};
using Json = std::unique_ptr<json_t, ReleaseJson>;
struct ReleaseSignature {
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
};

std::string_view text_of(const json_t* object, const char* name) {
  const json_t* const member = json_object_get(object, name);
  if (!json_is_string(member)) return {};
  return {json_string_value(member), json_string_length(member)};
}

/// Bits of a number in base64url, which stands without zeros before it.
std::size_t bits_of(std::string_view number) {
  const auto bytes = press::decode_base64url(number);
  if (!bytes || bytes->empty() || bytes->front() == 0) return 0;
  return bytes->size() * 8 -
         std::size_t(std::countl_zero(static_cast<unsigned char>(bytes->front())));
}

/// A curve, the length of a coordinate on it, and the one algorithm that uses it.
struct Curve {
  std::string_view name, algorithm;
  std::size_t bytes;
};
constexpr std::array<Curve, 2> curves{{{"P-384", "ES384", 48}, {"P-521", "ES512", 66}}};

/// What a JWK says about its use does not speak against checking signatures.
bool is_for_signatures(const json_t* jwk) {
  const std::string_view use = text_of(jwk, "use");
  if (!use.empty() && use != "sig") return false;
  const json_t* const operations = json_object_get(jwk, "key_ops");
  if (operations == nullptr) return true;
  for (std::size_t at = 0; at < json_array_size(operations); ++at) {
    const json_t* const one = json_array_get(operations, at);
    if (json_is_string(one) && json_string_value(one) == std::string_view("verify")) return true;
  }
  return false;
}

/// Type, size and algorithms; the native key is still to come. Nothing, without an error, for a key
/// that no trusted algorithm uses.
Result<std::optional<PublicKey>> describe(const json_t* jwk, const std::string& where) {
  const std::string_view type = text_of(jwk, "kty");
  PublicKey key;
  key.id = text_of(jwk, "kid");
  if (type == "RSA") {
    const std::size_t bits = bits_of(text_of(jwk, "n"));
    if (bits == 0 || bits_of(text_of(jwk, "e")) == 0) {
      return refuse(ErrorKind::malformed, where, "the RSA key is not a modulus and an exponent");
    }
    if (bits < 2048) {
      return refuse(ErrorKind::unsupported, where, "the RSA key has fewer than 2048 bits");
    }
    if (bits > 8192 || bits_of(text_of(jwk, "e")) > 33) {
      return refuse(ErrorKind::unsupported, where, "the RSA key has more than 8192 bits");
    }
    key.algorithms = {"RS384", "RS512"};
    key.signature_bytes = (bits + 7) / 8;
  } else if (type == "EC") {
    const auto curve = std::ranges::find(curves, text_of(jwk, "crv"), &Curve::name);
    if (curve == curves.end()) return std::nullopt;
    for (const char* const coordinate : {"x", "y"}) {
      const auto bytes = press::decode_base64url(text_of(jwk, coordinate));
      if (bytes && bytes->size() == curve->bytes) continue;
      return refuse(ErrorKind::malformed, where, "the key is not a point on its curve");
    }
    key.algorithms = {std::string(curve->algorithm)};
    key.signature_bytes = 2 * curve->bytes;
  } else {
    return std::nullopt;
  }
  const std::string_view only = text_of(jwk, "alg");
  if (!only.empty()) std::erase_if(key.algorithms, [&](const auto& one) { return one != only; });
  if (key.algorithms.empty() || !is_for_signatures(jwk)) return std::nullopt;
  return key;
}

Result<std::optional<PublicKey>> read_key(json_t* jwk, const std::string& where) {
  if (!json_is_object(jwk)) return refuse(ErrorKind::malformed, where, "the key is not an object");
  if (json_object_get(jwk, "d") != nullptr) {
    return refuse(ErrorKind::unsupported, where,
                  "this is a private key: give the public one, and make a new pair");
  }
  auto key = describe(jwk, where);
  if (!key || !*key) return key;
  if ((*key)->id.empty() || (*key)->id.size() > longest_token_text) {
    return refuse(ErrorKind::malformed, where, "kid is absent or too long");
  }
  cjose_jwk_t* const native =
      cjose_jwk_import_json(reinterpret_cast<cjose_header_t*>(jwk), nullptr);
  if (native == nullptr) return refuse(ErrorKind::malformed, where, "the key cannot be used");
  (*key)->native = std::make_shared<const CheckingKey>(native);
  return key;
}
}  // namespace

const PublicKey* KeySet::find(std::string_view id) const {
  const auto found = std::ranges::find(keys, id, &PublicKey::id);
  return found == keys.end() ? nullptr : &*found;
}

Result<KeySet> read_key_set(std::string_view json, std::string_view name) {
  const std::string file(name);
  if (json.size() > largest_key_set) {
    return refuse(ErrorKind::malformed, file, "the key set is larger than 256 KB");
  }
  const Json root(json_loadb(json.data(), json.size(), JSON_REJECT_DUPLICATES, nullptr));
  if (!json_is_object(root.get())) {
    return refuse(ErrorKind::malformed, file, "not a JSON object with each name once");
  }
  json_t* const list = json_object_get(root.get(), "keys");
  if (list != nullptr && !json_is_array(list)) {
    return refuse(ErrorKind::malformed, file, "keys is not an array");
  }
  const std::size_t count = list != nullptr ? json_array_size(list) : 1;
  if (count > most_keys) {
    return refuse(ErrorKind::malformed, file, fmt::format("more than {} keys", most_keys));
  }
  KeySet set;
  for (std::size_t at = 0; at < count; ++at) {
    auto key = read_key(list != nullptr ? json_array_get(list, at) : root.get(),
                        list != nullptr ? fmt::format("{}: keys[{}]", name, at) : file);
    if (!key) return tl::unexpected(key.error());
    if (!*key) continue;
    if (set.find((*key)->id) != nullptr) {
      return refuse(ErrorKind::malformed, file, "two keys have the same kid");
    }
    set.keys.push_back(std::move(**key));
  }
  if (set.keys.empty()) {
    return refuse(ErrorKind::missing, file,
                  "no key that can be used: RSA of 2048 bits or more, or EC on P-384 or P-521");
  }
  return set;
}

Result<void> check_signature(std::string_view compact, const Token& token, const PublicKey& key) {
  const std::string place = "Authorization";
  if (std::ranges::find(key.algorithms, token.algorithm) == key.algorithms.end()) {
    return refuse(ErrorKind::unsupported, place, "the key of that kid is not for the token's alg");
  }
  // cjose splits an ECDSA signature in the middle, however long it is: the length is ours to check.
  const auto signature = press::decode_base64url(compact.substr(compact.rfind('.') + 1));
  const auto wrong = [&] {
    return refuse(ErrorKind::unsupported, place, "the signature is not by the key of that kid");
  };
  if (!signature || signature->size() != key.signature_bytes) return wrong();
  const std::unique_ptr<cjose_jws_t, ReleaseSignature> jws(
      cjose_jws_import(compact.data(), compact.size(), nullptr));
  if (!jws || !cjose_jws_verify(jws.get(), key.native->jwk, nullptr)) return wrong();
  return {};
}
}  // namespace legwork::plugin
