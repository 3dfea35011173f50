#include "plugin/server.hpp"

#include "plugin/loop.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <memory>
#include <thread>
#include <vector>

namespace legwork::plugin {
namespace {
namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr auto certificate_watch = std::chrono::seconds(1);
constexpr auto accept_pause =
    std::chrono::milliseconds(100);  // where the system has no more sockets

/// Reading and writing 100 KB costs about half of what assessing them does.
unsigned loops_of_this_machine() { return std::max(1U, std::thread::hardware_concurrency() / 3); }

class Server {
 public:
  Server(const ServerParts& parts, Listener listener)
      : parts_(parts),
        shared_(parts),
        acceptor_(context_),
        stop_(context_),
        hangup_(context_),
        watch_(context_),
        deadline_(context_) {
    const bool v6 = listener.endpoint().address.find(':') != std::string::npos;
    acceptor_.assign(v6 ? tcp::v6() : tcp::v4(), listener.release());
    for (unsigned i = 0; i < loops_of_this_machine(); ++i)
      loops_.push_back(std::make_unique<Loop>(
          shared_, [this] { asio::post(context_, [this] { loop_ended(); }); }));
  }

  void run() {
    stop_.add(SIGTERM);
    stop_.add(SIGINT);
    hangup_.add(SIGHUP);
    asio::co_spawn(context_, accept(), asio::detached);
    asio::co_spawn(context_, wait_to_stop(), asio::detached);
    asio::co_spawn(context_, reload_on_hangup(), asio::detached);
    if (parts_.tls != nullptr) {
      parts_.metrics.certificate_ends(parts_.tls->end());
      asio::co_spawn(context_, watch_certificate(), asio::detached);
    }
    context_.run();
    // Jobs tell their loop when they are done: the loops must outlive them.
    for (auto& loop : loops_) loop->stop();
    shared_.workers.stop();
    shared_.waiting.stop();
  }

 private:
  awaitable<void> accept() {
    for (std::size_t next = 0; acceptor_.is_open();) {
      auto [error, socket] = co_await acceptor_.async_accept(as_result);
      if (error == asio::error::operation_aborted || !acceptor_.is_open()) co_return;
      if (error) {
        asio::steady_timer pause(context_, accept_pause);
        co_await pause.async_wait(as_result);
        continue;
      }
      if (shared_.connections >= parts_.limits.connections) {
        parts_.metrics.shed(Shed::connections);
        continue;  // closes it
      }
      ErrorCode ignored;
      const auto peer = socket.remote_endpoint(ignored).address().to_string();
      socket.set_option(tcp::no_delay(true), ignored);
      ++shared_.connections;
      loops_[next]->take(socket.release(), peer);
      next = (next + 1) % loops_.size();
    }
  }

  awaitable<void> wait_to_stop() {
    co_await stop_.async_wait(as_result);
    parts_.log.event(Level::info, "draining", "told to stop; what is under way is finished first");
    parts_.draining = true;
    ErrorCode ignored;
    acceptor_.close(ignored);
    hangup_.cancel(ignored);
    watch_.cancel();
    for (auto& loop : loops_) loop->drain();
    deadline_.expires_after(parts_.limits.drain_time);
    deadline_.async_wait([this](const ErrorCode& error) {
      if (error) return;
      parts_.log.event(Level::warning, "stopping", "the time for draining is over");
      context_.stop();
    });
    if (const auto [error, signal] = co_await stop_.async_wait(as_result); !error) context_.stop();
  }

  void loop_ended() {
    if (++ended_ < loops_.size()) return;
    deadline_.cancel();
    ErrorCode ignored;
    stop_.cancel(ignored);
  }

  void reload() {
    const auto read = parts_.tls->reload();
    if (!read) {
      parts_.log.event(Level::error, "certificate not reloaded, the old one stays in use",
                       read.error().where + ": " + read.error().what);
      return;
    }
    parts_.metrics.certificate_ends(parts_.tls->end());
    parts_.log.event(Level::info, "certificate reloaded", "");
  }

  awaitable<void> reload_on_hangup() {
    for (;;) {
      const auto [error, signal] = co_await hangup_.async_wait(as_result);
      if (error) co_return;
      if (parts_.tls != nullptr) reload();
    }
  }

  awaitable<void> watch_certificate() {
    while (!parts_.draining) {
      watch_.expires_after(certificate_watch);
      const auto [error] = co_await watch_.async_wait(as_result);
      if (error) co_return;
      if (parts_.tls->changed()) reload();
    }
  }

  const ServerParts& parts_;
  Shared shared_;
  asio::io_context context_{1};  ///< for all that is not a connection
  tcp::acceptor acceptor_;
  asio::signal_set stop_, hangup_;
  asio::steady_timer watch_, deadline_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::size_t ended_ = 0;  ///< loops that have
};
}  // namespace

void run_server(const ServerParts& parts, Listener listener) {
  Server(parts, std::move(listener)).run();
}
}  // namespace legwork::plugin
