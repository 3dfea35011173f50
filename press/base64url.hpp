#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace legwork::press {
/// Bytes as base64url text without padding.
std::string encode_base64url(std::string_view bytes);

/// The bytes of base64url text, as JOSE writes it: no padding, no white space, no other alphabet,
/// and no bits left over, so that a text has one reading and bytes have one text. Source: RFC 7515
/// section 2, RFC 4648 sections 3.5 and 5
std::optional<std::string> decode_base64url(std::string_view text);
}  // namespace legwork::press
