#pragma once

#include "base/result.hpp"
#include "plugin/http.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace legwork::plugin {
/// Why a request goes no further. `why` is ours: it holds nothing that was sent.
struct Refusal {
  unsigned status;
  std::string_view why;  ///< one lower-case clause, with what to do
};

/// How the end of a body is told.
enum class Framing : std::uint8_t { none, length, chunked };

/// A request up to its body.
struct Head {
  Request request;  ///< without body, id and peer
  Framing framing = Framing::none;
  std::size_t length = 0;  ///< of the body, in bytes, where framing says so
  bool keep_alive = false;
  bool awaits_continue = false;  ///< the client sends its body when it is told to
};

/// Where the head of a request ends.
struct HeadEnd {
  std::size_t size = 0;  ///< with the empty line; 0: not all of it is here yet
  bool sound = true;     ///< false: there is a byte in it that no head may hold
};

/// Looks for the end of a head. Says early that one is unsound, for such a head may have no end.
HeadEnd find_head_end(std::string_view bytes);

/// Reads a head, which ends with its empty line.
///
/// Stricter than HTTP demands: whatever two programs in a row might read in two ways is refused,
/// since a request could be hidden in the difference. So: bare CR or LF, NUL, folded lines, blanks
/// before a colon, two lengths, a length and an encoding, encodings other than "chunked", any
/// target but a path. "Upgrade" is not followed, as HTTP allows: some clients send it each time.
/// Source: https://www.rfc-editor.org/rfc/rfc9112#section-11.2
tl::expected<Head, Refusal> read_head(std::string_view bytes);
}  // namespace legwork::plugin
