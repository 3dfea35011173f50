#include "base/sha1.hpp"

#include <nettle/base64.h>
#include <nettle/sha1.h>

#include <cstdint>

namespace legwork {
namespace {
const std::uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}
}  // namespace

std::string sha1(std::string_view bytes) {
  sha1_ctx state;
  sha1_init(&state);
  sha1_update(&state, bytes.size(), bytes_of(bytes));
  std::string digest(SHA1_DIGEST_SIZE, '\0');
  sha1_digest(&state, digest.size(), reinterpret_cast<std::uint8_t*>(digest.data()));
  return digest;
}

std::string uuid_of(std::string_view name) {
  // The UUID of "https://legwork.example.org/fhir" in RFC 4122's name space of URLs
  constexpr std::string_view space(
      "\xE8\xE7\x08\x09\x71\xDF\x57\xE0\x8A\xC3\x68\x41\x52\x4F\x51\x16");
  constexpr std::string_view digits = "0123456789abcdef";
  const auto digest = sha1(std::string(space).append(name));
  std::string text;
  for (std::size_t i = 0; i < 16; ++i) {
    auto byte = static_cast<unsigned char>(digest[i]);
    if (i == 6) byte = static_cast<unsigned char>((byte & 0x0F) | 0x50);  // version 5
    if (i == 8) byte = static_cast<unsigned char>((byte & 0x3F) | 0x80);  // variant of RFC 4122
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string base64(std::string_view bytes) {
  std::string text(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
  base64_encode_raw(text.data(), bytes.size(), bytes_of(bytes));
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  base64_decode_ctx state;
  base64_decode_init(&state);
  std::string bytes(BASE64_DECODE_LENGTH(text.size()), '\0');
  auto size = bytes.size();
  const bool sound =
      base64_decode_update(&state, &size, reinterpret_cast<std::uint8_t*>(bytes.data()),
                           text.size(), text.data()) == 1 &&
      base64_decode_final(&state) == 1;
  if (!sound) return {};
  bytes.resize(size);
  return bytes;
}
}  // namespace legwork
