#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace legwork::plugin {
/// Where to listen: an address of this machine, and a port.
struct Endpoint {
  std::string address;  ///< "127.0.0.1", "::1"
  std::uint16_t port = 0;
};

/// Reads "HOST:PORT". HOST: an IPv4 address, an IPv6 address in brackets, or localhost.
/// Errors: malformed  another form; a name, which might mean several addresses
Result<Endpoint> read_endpoint(const std::string& text);

/// Whether only programs of this machine can reach it.
bool is_loopback(const Endpoint& endpoint);

/// "http://127.0.0.1:8080"
std::string url_of(const Endpoint& endpoint, std::string_view scheme);

/// A socket that takes connections.
class Listener {
 public:
  /// Port 0 becomes one that is free. Errors: unavailable  the port is taken, or not for us
  static Result<Listener> open(const Endpoint& endpoint);

  Listener(Listener&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)), endpoint_(std::move(other.endpoint_)) {}
  Listener& operator=(Listener&&) = delete;
  ~Listener();

  const Endpoint& endpoint() const { return endpoint_; }
  /// Hands the socket over; the caller closes it.
  int release() { return std::exchange(descriptor_, -1); }

 private:
  Listener(int descriptor, Endpoint endpoint)
      : descriptor_(descriptor), endpoint_(std::move(endpoint)) {}

  int descriptor_;
  Endpoint endpoint_;
};
}  // namespace legwork::plugin
