#pragma once

#include "base/result.hpp"
#include "press/fetch.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// What is to be done upon what a Bulk Data server answers. Nothing here asks, waits or writes, so
// that each rule can be tested with each fault.
// Source: https://hl7.org/fhir/uv/bulkdata/STU2/export.html

namespace legwork::bulk {
struct GoOn {};  ///< this is what was asked for
struct Wait {
  std::chrono::milliseconds pause;  ///< and then ask the same again
};
struct NewToken {};     ///< ask again with a token made anew
struct NewManifest {};  ///< the file has another address by now: read the manifest again
struct Elsewhere {
  std::string location;  ///< as the server wrote it
};
struct Stop {
  Error error;  ///< unavailable: another time it may work; all else: asking again will not help
};
using Step = std::variant<GoOn, Wait, NewToken, NewManifest, Elsewhere, Stop>;

/// How often the same was asked. Starts anew when something was got.
struct Tries {
  unsigned failures = 0;   ///< in a row
  unsigned waits = 0;      ///< "not yet" in a row
  unsigned tokens = 0;     ///< that were refused in a row
  unsigned manifests = 0;  ///< read again in vain
  unsigned redirects = 0;
};

/// Failures in a row that are put up with: with the pauses between them about two minutes.
inline constexpr unsigned most_failures = 7;
/// Before anything has begun: an address that is wrong will not become right.
inline constexpr unsigned most_first_failures = 2;
inline constexpr std::chrono::milliseconds shortest_pause{100}, longest_pause{60'000};

/// 1 s, 2 s, 4 s … up to a minute.
std::chrono::milliseconds back_off(unsigned times);

using Answer = Result<press::Fetched>;

/// Asked to begin an export. GoOn: 202, with the address of the job.
Step after_kick_off(const Answer& answer, Tries& tries);
/// Asked how it stands, or for a further page of the manifest. GoOn: the manifest is there.
Step after_poll(const Answer& answer, Tries& tries);
/// Asked for a file, with a token or without. GoOn: the bytes came to their end.
enum class Sent : unsigned char { no_token, token };
Step after_file(const Answer& answer, Sent sent, Tries& tries);

/// Codes of the issues of an OperationOutcome ("transient"), and nothing else of it: its texts may
/// name patients. Empty for all other bodies.
std::vector<std::string> issue_codes(std::string_view body);

/// The status, with the codes of the issues: "answered 400 (not-supported)".
std::string said(const press::Fetched& answer);
}  // namespace legwork::bulk
