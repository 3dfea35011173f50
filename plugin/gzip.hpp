#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace legwork::plugin {
/// Packs a body for sending: fast rather than small.
std::string gzip(std::string_view bytes);

enum class UnpackError : std::uint8_t { damaged, too_large };

/// Unpacks one gzip stream. Stops at the limit, so that a small body cannot become a large one.
tl::expected<std::string, UnpackError> gunzip(std::string_view bytes, std::size_t limit);

/// Whether a client takes gzip, by its Accept-Encoding: "gzip;q=0" does not.
bool accepts_gzip(std::string_view accept_encoding);
}  // namespace legwork::plugin
