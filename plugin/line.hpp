#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <tuple>
#include <variant>

struct ssl_ctx_st;

namespace legwork::plugin {
using ErrorCode = boost::system::error_code;
template <class Value>
using Task = boost::asio::awaitable<Value>;
using Moved = std::tuple<ErrorCode, std::size_t>;  ///< what went wrong, and how many bytes went

/// The line to one client, over TLS or not, with a limit on how long it is waited for. Belongs to
/// the thread of its context.
///
/// Names Boost.Asio in a header, as receive.hpp does: for the .cpp files that read and write lines.
class Line : public std::enable_shared_from_this<Line> {
 public:
  /// `tls`: null for plain HTTP
  Line(boost::asio::ip::tcp::socket socket, ssl_ctx_st* tls);

  bool is_secure() const { return std::holds_alternative<Secure>(stream_); }

  /// To be waited for at once: what they are given must live so long.
  Task<Moved> read_some(boost::asio::mutable_buffer room);
  Task<Moved> write(std::array<boost::asio::const_buffer, 2> bytes);
  /// False where the client does not speak TLS as it must.
  Task<bool> shake_hands();
  /// Says goodbye. Where `unread` is true the client still sends: it is read for a while, since
  /// closing at once would take from the client what it has not read yet.
  enum class Rest : std::uint8_t { none, unread };
  Task<void> close(Rest rest);

  /// Whether bytes have come that were not read.
  bool has_more();

  /// What is waited for is cancelled after that time, unless another limit is set.
  void limit(std::chrono::milliseconds time);
  void no_limit();
  /// Whether the last limit was passed.
  bool late() const { return late_; }

  /// An idle line is let go when the server stops.
  enum class Use : std::uint8_t { idle, busy };
  void set_use(Use use) { use_ = use; }
  void drain();

 private:
  using Plain = boost::asio::ip::tcp::socket;
  using Secure = boost::asio::ssl::stream<Plain>;

  Plain& socket();

  std::variant<Plain, Secure> stream_;
  boost::asio::steady_timer timer_;
  std::uint64_t turn_ = 0;  ///< which limit holds: a timer may ring after it was set anew
  bool late_ = false;
  Use use_ = Use::idle;
};
}  // namespace legwork::plugin
