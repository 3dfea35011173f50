#pragma once

#include "plugin/config.hpp"
#include "plugin/http.hpp"
#include "plugin/keys.hpp"
#include "press/fetch.hpp"

#include <cstddef>
#include <vector>

namespace legwork::plugin {
/// What a gate needs of the world.
struct GateWorld {
  press::FetchAll fetch;  ///< for keys at an address
  WallClock clock;        ///< that tokens are held against
  /// Tokens of one client that are remembered against replay, until they expire.
  std::size_t most_remembered = std::size_t{1} << 18;
};

/// Whether plain http may be spoken to others: where legwork itself is plain, on loopback.
press::PlainHttp plain_http_of(const Config& config);

/// What is wrong with the clients of a configuration, without asking the network: key files that
/// cannot be used, addresses that would never be fetched.
std::vector<Error> check_clients(const Config& config);

/// The gate that asks for a client's signed token (CDS Hooks: "Trusting CDS Clients"). Where the
/// configuration names no client, everybody passes as nobody: serve so on loopback only.
///
/// Denied 401  no token, a token that is not sound, not for this address or not for now, from an
///             issuer that is not configured, not signed by a key of it, or used before
/// Denied 403  the client is configured, but none of its keys is
/// No reason quotes the token. A token passes once: ask again only after Undecided.
Gate make_gate(const Config& config, GateWorld world);
}  // namespace legwork::plugin
