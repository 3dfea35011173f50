#pragma once

#include "plugin/rate.hpp"
#include "plugin/server.hpp"
#include "plugin/workers.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>

namespace boost::asio {
class io_context;
}

namespace legwork::plugin {
/// What all connections of a server share.
struct Shared {
  explicit Shared(const ServerParts& all);

  const ServerParts& parts;
  RateLimiter rate;
  Workers workers;  ///< that evaluate
  Workers waiting;  ///< that wait for FHIR servers
  std::atomic<std::size_t> connections = 0;
  std::atomic<std::uint32_t> requests = 0;  ///< so far: a request's number is in its id
  std::string id_start;                     ///< what the ids of this run begin with
};

class Line;
using OpenConnections = std::set<std::shared_ptr<Line>>;

/// Takes over a socket of a client, and serves it on the thread of that context.
void start_connection(Shared& shared, boost::asio::io_context& context, OpenConnections& open,
                      int descriptor, std::string peer);

/// Ends a connection, unless a request is under way on it; that one is the last then.
void drain(Line& connection);
}  // namespace legwork::plugin
