#include "base/digest.hpp"

#include <nettle/hmac.h>
#include <nettle/sha2.h>

#include <array>
#include <cstdint>
#include <span>

namespace legwork {
namespace {
const std::uint8_t* data_of(std::string_view bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

std::string hexadecimal(std::span<const std::uint8_t> digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * digest.size());
  for (const auto byte : digest) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}
}  // namespace

std::string sha256(std::string_view bytes) {
  sha256_ctx state;
  sha256_init(&state);
  sha256_update(&state, bytes.size(), data_of(bytes));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&state, digest.size(), digest.data());
  return hexadecimal(digest);
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  hmac_sha256_ctx state;
  hmac_sha256_set_key(&state, key.size(), data_of(key));
  hmac_sha256_update(&state, bytes.size(), data_of(bytes));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  hmac_sha256_digest(&state, digest.size(), digest.data());
  return hexadecimal(digest);
}
}  // namespace legwork
