#include "plugin/line.hpp"

#include <openssl/ssl.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace legwork::plugin {
namespace {
namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr auto linger_time = std::chrono::seconds(2);
constexpr std::size_t linger_bytes = std::size_t{16} << 20;

using Secure = asio::ssl::stream<tcp::socket>;

std::variant<tcp::socket, Secure> stream_over(tcp::socket socket, SSL_CTX* tls) {
  if (tls == nullptr) return socket;
  SSL_CTX_up_ref(tls);  // the context below gives it back
  asio::ssl::context context(tls);
  return Secure(std::move(socket), context);
}
}  // namespace

Line::Line(tcp::socket socket, ssl_ctx_st* tls)
    : stream_(stream_over(std::move(socket), tls)), timer_(this->socket().get_executor()) {}

Line::Plain& Line::socket() {
  if (auto* secure = std::get_if<Secure>(&stream_)) return secure->next_layer();
  return std::get<Plain>(stream_);
}

Task<Moved> Line::read_some(asio::mutable_buffer room) {
  return std::visit([room](auto& stream) { return stream.async_read_some(room, as_result); },
                    stream_);
}

Task<Moved> Line::write(std::array<asio::const_buffer, 2> bytes) {
  return std::visit([&](auto& stream) { return asio::async_write(stream, bytes, as_result); },
                    stream_);
}

Task<bool> Line::shake_hands() {
  auto* const secure = std::get_if<Secure>(&stream_);
  if (secure == nullptr) co_return true;
  const auto [error] = co_await secure->async_handshake(asio::ssl::stream_base::server, as_result);
  co_return !error;
}

Task<void> Line::close(Rest rest) {
  set_use(Use::busy);
  limit(linger_time);
  auto* const secure = std::get_if<Secure>(&stream_);
  if (secure != nullptr && rest == Rest::none) co_await secure->async_shutdown(as_result);
  ErrorCode ignored;
  socket().shutdown(tcp::socket::shutdown_send, ignored);
  if (rest == Rest::none) co_return;
  std::array<char, std::size_t{16} << 10> scrap;
  for (std::size_t total = 0; total < linger_bytes;) {
    const auto [error, size] = co_await socket().async_read_some(asio::buffer(scrap), as_result);
    if (error) co_return;
    total += size;
  }
}

bool Line::has_more() {
  ErrorCode ignored;
  return socket().available(ignored) != 0;
}

void Line::limit(std::chrono::milliseconds time) {
  late_ = false;
  timer_.expires_after(time);
  timer_.async_wait([self = shared_from_this(), turn = ++turn_](const ErrorCode& error) {
    if (error || turn != self->turn_) return;
    self->late_ = true;
    ErrorCode ignored;
    self->socket().cancel(ignored);
  });
}

void Line::no_limit() {
  ++turn_;
  timer_.cancel();
}

void Line::drain() {
  if (use_ == Use::busy) return;
  ErrorCode ignored;
  socket().cancel(ignored);
}
}  // namespace legwork::plugin
