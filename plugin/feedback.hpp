#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::plugin {
/// What a user did with one card.
struct Feedback {
  enum class Outcome : std::uint8_t { accepted, overridden };
  std::string card;  ///< uuid
  Outcome outcome = Outcome::accepted;
  std::vector<std::string> accepted;       ///< uuids of suggestions
  std::string reason_system, reason_code;  ///< why it was overridden; each may be ""
  bool commented = false;  ///< in words of the user's own: these are read past and kept nowhere
  std::string time;        ///< as sent: RFC 3339; may be ""
};

/// Reads the body of POST {service}/feedback. Cards that nobody knows are no fault here.
/// Errors: malformed  not JSON, no list `feedback`, or an entry without card or outcome; `where` is
///                    the entry: "feedback[2].outcome"
/// Source: https://cds-hooks.hl7.org/2.0/#feedback
Result<std::vector<Feedback>> read_feedback(std::string_view body);
}  // namespace legwork::plugin
