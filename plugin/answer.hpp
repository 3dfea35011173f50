#pragma once

#include "plugin/http.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace legwork::plugin {
/// What becomes of the connection after an answer.
enum class After : std::uint8_t { stay, close };

/// What the server itself writes above an answer.
struct Sending {
  std::string_view request_id;
  After after = After::stay;
  std::chrono::seconds at{};  ///< since 1970
  bool secure = false;        ///< goes over TLS
};

/// The head of an answer, with its empty line.
std::string head_of(const Response& response, const Sending& sending);

/// Whether a status has a body at all.
bool has_body(unsigned status);
}  // namespace legwork::plugin
