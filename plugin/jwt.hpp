#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The token by which a CDS client says who it is: a JWT, signed with a key of its own.
// Source: https://cds-hooks.hl7.org/2.0/#trusting-cds-clients, RFC 7515, RFC 7519, RFC 8725

namespace legwork::plugin {
/// What a token claims. Until its signature is checked (jwk.hpp), anybody may have written it.
struct Token {
  std::string algorithm;    ///< "ES384"
  std::string key_id;       ///< "kid": which of the client's keys signed it
  std::string key_address;  ///< "jku": where that key is said to be; may be ""
  std::string issuer;
  std::vector<std::string> audience;  ///< addresses that it was made for
  std::string id;                     ///< "jti": no two tokens of a client have the same
  std::string tenant;                 ///< may be ""
  std::chrono::sys_seconds issued, expires;
  std::optional<std::chrono::sys_seconds> not_before;
};

/// Longest token that is looked at, in characters; that of CDS Hooks' own example has 600.
inline constexpr std::size_t longest_token = 8192;
/// Longest "jti", "kid" and "iss" that are kept, in bytes.
inline constexpr std::size_t longest_token_text = 512;

/// How far the clocks of client and server may be apart.
inline constexpr std::chrono::seconds clock_skew{60};
/// How far ahead a token may expire. CDS Hooks names no limit and shows five minutes; what is
/// remembered against replay is bounded by it.
inline constexpr std::chrono::seconds longest_life{3600};

/// Whether tokens signed so are taken: RS384 and ES384, which CDS Hooks recommends, and RS512 and
/// ES512, which are stronger. Never "none", nor what needs a secret that both sides know.
bool is_trusted_algorithm(std::string_view algorithm);

/// Takes a compact JWS apart and reads its header and claims, strictly: what two readers might read
/// differently is refused.
/// Errors: malformed    not three parts of base64url, not JSON objects, a name twice, beyond the
/// limits
///         missing      a header parameter or claim that CDS Hooks requires
///         unsupported  an algorithm that is not trusted, a "crit" header, a type that is no JWT
/// No error quotes the token: it may be logged and sent back.
Result<Token> read_token(std::string_view compact);

/// Whether a token was made for this call, and for now. `url`: the address called, as the client
/// knows it. One slash at the end of either is no difference; all else is.
/// Errors: unsupported  another audience; expired, not yet valid, or valid for too long
Result<void> check_claims(const Token& token, std::string_view url, std::chrono::sys_seconds now);
}  // namespace legwork::plugin
