#include "plugin/listener.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <variant>

namespace legwork::plugin {
namespace {
using Address = std::variant<sockaddr_in, sockaddr_in6>;

std::optional<Address> read_address(const Endpoint& endpoint) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(endpoint.port);
  if (::inet_pton(AF_INET, endpoint.address.c_str(), &v4.sin_addr) == 1) return v4;
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(endpoint.port);
  if (::inet_pton(AF_INET6, endpoint.address.c_str(), &v6.sin6_addr) == 1) return v6;
  return std::nullopt;
}

std::uint16_t port_of(int descriptor) {
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&bound), &size);
  return ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6*>(&bound)->sin6_port
                                           : reinterpret_cast<sockaddr_in*>(&bound)->sin_port);
}
}  // namespace

Result<Endpoint> read_endpoint(const std::string& text) {
  const auto unusable = [&] {
    return refuse(ErrorKind::malformed, text,
                  "is not ADDRESS:PORT, as 127.0.0.1:8080 or [::1]:8080");
  };
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return unusable();
  Endpoint endpoint{text.substr(0, colon)};
  if (endpoint.address == "localhost") endpoint.address = "127.0.0.1";
  const bool in_brackets = endpoint.address.starts_with('[') && endpoint.address.ends_with(']');
  if (in_brackets) endpoint.address = endpoint.address.substr(1, endpoint.address.size() - 2);
  const char* const end = text.data() + text.size();
  const auto port = std::from_chars(text.data() + colon + 1, end, endpoint.port);
  const auto address = read_address(endpoint);
  if (port.ec != std::errc() || port.ptr != end || !address ||
      std::holds_alternative<sockaddr_in6>(*address) != in_brackets)
    return unusable();
  return endpoint;
}

bool is_loopback(const Endpoint& endpoint) {
  return endpoint.address.starts_with("127.") || endpoint.address == "::1";
}

std::string url_of(const Endpoint& endpoint, std::string_view scheme) {
  const bool v6 = endpoint.address.find(':') != std::string::npos;
  return fmt::format("{}://{}{}{}:{}", scheme, v6 ? "[" : "", endpoint.address, v6 ? "]" : "",
                     endpoint.port);
}

Result<Listener> Listener::open(const Endpoint& endpoint) {
  const auto where = url_of(endpoint, "tcp");
  const auto refused = [&] {
    return refuse(ErrorKind::unavailable, where,
                  fmt::format("cannot be listened on: {}; choose another with --listen",
                              std::strerror(errno)));
  };
  const auto address = read_address(endpoint);
  if (!address) return refuse(ErrorKind::malformed, where, "is no address");
  const int family = std::holds_alternative<sockaddr_in>(*address) ? AF_INET : AF_INET6;
  Listener listener(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0), endpoint);
  if (listener.descriptor_ < 0) return refused();
  const int on = 1;
  ::setsockopt(listener.descriptor_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const int bound = std::visit(
      [&](const auto& one) {
        return ::bind(listener.descriptor_, reinterpret_cast<const sockaddr*>(&one), sizeof one);
      },
      *address);
  if (bound != 0 || ::listen(listener.descriptor_, SOMAXCONN) != 0) return refused();
  listener.endpoint_.port = port_of(listener.descriptor_);
  return listener;
}

Listener::~Listener() {
  if (descriptor_ >= 0) ::close(descriptor_);
}
}  // namespace legwork::plugin
