#pragma once

#include "base/result.hpp"
#include "press/address.hpp"
#include "press/http_header.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace legwork::press {
/// What came back, whatever its status.
struct Fetched {
  unsigned status = 0;
  std::string content_type, cache_control;          ///< "" where there were none
  std::optional<std::chrono::seconds> retry_after;  ///< from now on, also where a date was given
  std::string body;
  std::vector<Header> headers = {};

  /// The value of the first header of that name, in any case; "" where there is none.
  std::string_view header(std::string_view name) const;
};

/// Where a body goes that is too large for memory: as it was sent, packed if the server packed it.
struct Sink {
  /// Told of the answer before its body. False: this body goes into memory as others do.
  std::function<bool(const Fetched&)> begin = {};
  /// Takes what came. False: it cannot be kept, and no more of it is wanted.
  std::function<bool(std::string_view)> take = {};
};

/// One request to somebody else's server.
struct Outgoing {
  Address address;
  std::vector<Header> headers;
  std::size_t most_bytes = std::size_t{8} << 20;  ///< of the body, unpacked; beyond: an error
  std::string method = "GET";
  std::string body = {};  ///< that is sent; its Content-Type stands in the headers
  Sink sink = {};         ///< empty: the body goes into memory
  std::chrono::seconds stall =
      {};  ///< without a byte for so long it has broken off; 0: not looked at
};

/// When to stop waiting, and for what else.
struct Patience {
  std::chrono::steady_clock::time_point deadline;
  std::stop_token stop;  ///< the server shuts down
};

/// Fetches all of these, some at a time; answers in their order.
using FetchAll =
    std::function<std::vector<Result<Fetched>>(std::span<const Outgoing>, const Patience&)>;

struct FetchOptions {
  std::string ca_file;     ///< PEM; "": the system's certificates
  unsigned at_a_time = 4;  ///< requests of one call under way to one host
  std::string user_agent = "legwork";
};

/// Asks over TLS 1.2 or later, with the server's certificate and name checked; connections are
/// kept and used again. Follows no redirect: an answer of 3xx is returned as such. Plain http
/// passes no proxy; https goes by what the environment says (https_proxy).
///
/// Errors of one answer: unavailable  no connection, no answer in time, a body beyond the limit, or
///                                    told to stop. `where` is the host alone, `what` why.
/// Safe to call from any thread; waits on the caller's.
FetchAll make_fetch(const FetchOptions& options);
}  // namespace legwork::press
