#pragma once

#include "base/result.hpp"
#include "plugin/config.hpp"
#include "plugin/exchange.hpp"
#include "plugin/listener.hpp"
#include "plugin/log.hpp"
#include "plugin/metrics.hpp"
#include "plugin/tls.hpp"

#include <atomic>

namespace legwork::plugin {
/// All that a server is made of. Must outlive run_server.
struct ServerParts {
  const Limits& limits;
  const Service& service;
  const Log& log;
  Metrics& metrics;
  Tls* tls = nullptr;           ///< null: plain HTTP
  std::atomic<bool>& draining;  ///< set when it is told to stop
};

/// Serves until SIGTERM or SIGINT; then takes no more connections, finishes what is under way, at
/// most for Limits::drain_time, and returns. A second signal ends it at once. SIGHUP reads the
/// certificate again.
void run_server(const ServerParts& parts, Listener listener);
}  // namespace legwork::plugin
