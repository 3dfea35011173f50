// One connection is one coroutine: it receives a request, has it answered, sends the answer, and
// begins again. It stays on its loop's thread but for the handlers, which run on Shared's workers.

#include "plugin/connection.hpp"

#include "plugin/answer.hpp"
#include "plugin/chunks.hpp"
#include "plugin/outcome.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <random>
#include <set>
#include <thread>
#include <type_traits>

namespace legwork::plugin {
namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using ErrorCode = boost::system::error_code;

class Open : public std::enable_shared_from_this<Open> {
 public:
  explicit Open(tcp::socket& socket) : socket_(socket), timer_(socket.get_executor()) {}

  /// What the connection waits for is cancelled after that time, unless another limit is set.
  void limit(std::chrono::milliseconds time) {
    late_ = false;
    timer_.expires_after(time);
    timer_.async_wait([self = shared_from_this(), turn = ++turn_](const ErrorCode& error) {
      if (error || turn != self->turn_) return;
      self->late_ = true;
      self->cancel();
    });
  }
  void no_limit() {
    ++turn_;
    timer_.cancel();
  }
  bool late() const { return late_; }

  void set_idle(bool idle) { idle_ = idle; }
  void drain() {
    if (idle_) cancel();
  }

 private:
  void cancel() {
    ErrorCode ignored;
    socket_.cancel(ignored);
  }

  tcp::socket& socket_;
  asio::steady_timer timer_;
  std::uint64_t turn_ = 0;  ///< which limit holds; a timer may ring after it was set anew
  bool late_ = false;
  bool idle_ = true;
};

namespace {
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
/// For what a client sends after it was refused: it may read the refusal first.
constexpr auto linger_time = std::chrono::seconds(2);
constexpr std::size_t linger_bytes = std::size_t{16} << 20;
/// A body's memory grows as it comes: a length is only a promise.
constexpr std::size_t first_piece = std::size_t{256} << 10;
/// Up to here a body is read before the gate is asked; that saves a change of threads.
constexpr std::size_t small_body = first_piece;

/// Runs work on another thread; nothing where its queue is full.
template <class Result>
awaitable<std::optional<Result>> on(Workers& workers, std::function<Result()> work) {
  const auto start = [&workers](auto handler, std::function<Result()> job) {
    // The loop must not end while it is waited for.
    auto executor = asio::prefer(asio::get_associated_executor(handler),
                                 asio::execution::outstanding_work.tracked);
    const auto held = std::make_shared<decltype(handler)>(std::move(handler));
    const bool taken = workers.submit([held, executor, job = std::move(job)] {
      auto result = std::make_shared<std::optional<Result>>(job());
      asio::post(executor, [held, result] { std::move (*held)(std::move(*result)); });
    });
    if (!taken) asio::post(executor, [held] { std::move (*held)(std::optional<Result>()); });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>,
                                          void(std::optional<Result>)>(start, asio::use_awaitable,
                                                                       std::move(work));
}

tcp::socket& socket_of(tcp::socket& stream) { return stream; }
tcp::socket& socket_of(asio::ssl::stream<tcp::socket>& stream) { return stream.next_layer(); }

// Overloads, not `if constexpr`: GCC 12 resumes a coroutine wrongly that has a co_await in a branch
// which is left out.
awaitable<bool> shake_hands(tcp::socket&) { co_return true; }
awaitable<bool> shake_hands(asio::ssl::stream<tcp::socket>& stream) {
  const auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::server, as_result);
  co_return !error;
}

awaitable<void> part(tcp::socket&) { co_return; }
awaitable<void> part(asio::ssl::stream<tcp::socket>& stream) {
  co_await stream.async_shutdown(as_result);
}

/// Nothing more is to be said: the client is gone, or has been silent for too long.
constexpr Refusal silence{0, ""};

template <class Stream>
class Connection {
 public:
  static constexpr bool is_secure = !std::is_same_v<Stream, tcp::socket>;

  Connection(Shared& shared, Stream& stream, std::shared_ptr<Open> open, std::string peer)
      : shared_(shared),
        parts_(shared.parts),
        stream_(stream),
        open_(std::move(open)),
        peer_(std::move(peer)),
        received_(parts_.limits.header) {
    received_.reserve(parts_.limits.header);
  }

  awaitable<void> run() {
    open_->limit(parts_.limits.header_time);
    bool goes_on = co_await shake_hands(stream_);
    if (!goes_on) co_return;
    while (goes_on) goes_on = co_await serve_one();
    co_await close();
  }

 private:
  std::string_view seen() const {
    const auto data = received_.data();
    return {static_cast<const char*>(data.data()), data.size()};
  }

  /// Whether the client has sent more by now.
  bool has_more() {
    ErrorCode ignored;
    return received_.size() != 0 || socket_of(stream_).available(ignored) != 0;
  }

  awaitable<bool> receive_more() {
    const auto room = received_.max_size() - received_.size();
    const auto [error, size] = co_await stream_.async_read_some(received_.prepare(room), as_result);
    received_.commit(size);
    co_return !error;
  }

  awaitable<tl::expected<Head, Refusal>> receive_head() {
    open_->limit(parts_.limits.idle_time);
    open_->set_idle(true);
    bool begun = false;
    for (;;) {
      while (seen().starts_with("\r\n")) received_.consume(2);  // some clients end a body so
      if (received_.size() != 0 && !begun) {
        begun = true;
        open_->set_idle(false);
        begin_ = Clock::now();
        open_->limit(parts_.limits.header_time);
      }
      const auto end = find_head_end(seen());
      if (!end.sound)
        co_return tl::unexpected(Refusal{400, "the head of the request is not HTTP/1.1"});
      if (end.size != 0) {
        auto head = read_head(seen().substr(0, end.size));
        received_.consume(end.size);
        co_return head;
      }
      if (received_.size() == received_.max_size())
        co_return tl::unexpected(Refusal{431, "the head of the request is too long; send less"});
      if (!begun && parts_.draining && !has_more()) co_return tl::unexpected(silence);
      if (co_await receive_more()) continue;
      co_return tl::unexpected(begun && open_->late()
                                   ? Refusal{408, "the head of the request did not come in time"}
                                   : silence);
    }
  }

  /// Nothing where the body is here.
  awaitable<std::optional<Refusal>> receive_body(const Head& head, Exchange& exchange) {
    open_->limit(parts_.limits.body_time);
    auto refusal = head.framing == Framing::chunked ? co_await receive_chunks(exchange)
                                                    : co_await receive_length(head, exchange);
    exchange.bytes_in = exchange.request->body.size();
    co_return refusal;
  }

  Refusal cut_short() const {
    return open_->late() ? Refusal{408, "the body did not come in time"} : silence;
  }

  awaitable<std::optional<Refusal>> receive_length(const Head& head, Exchange& exchange) {
    auto& body = exchange.request->body;
    std::size_t have = std::min(head.length, received_.size());
    body.reserve(std::min(head.length, first_piece) + simdjson::SIMDJSON_PADDING);
    body.assign(seen().substr(0, have));
    received_.consume(have);
    while (have < head.length) {
      if (have == body.size()) {
        const auto next = std::min(head.length, std::max(first_piece, 2 * have));
        body.reserve(next + simdjson::SIMDJSON_PADDING);
        body.resize(next);
      }
      const auto [error, size] = co_await stream_.async_read_some(
          asio::buffer(body.data() + have, body.size() - have), as_result);
      have += size;
      if (error) co_return cut_short();
    }
    co_return std::nullopt;
  }

  awaitable<std::optional<Refusal>> receive_chunks(Exchange& exchange) {
    auto& body = exchange.request->body;
    Chunks chunks(exchange.body_limit);
    for (;;) {
      const auto taken = chunks.take(seen(), body);
      received_.consume(taken.bytes);
      switch (taken.state) {
        case Chunks::State::done:
          body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
          co_return std::nullopt;
        case Chunks::State::malformed:
          co_return Refusal{400, "the chunks of the body are not sound"};
        case Chunks::State::too_large:
          co_return Refusal{413, "the body is too long; send less"};
        case Chunks::State::more:
          break;
      }
      if (!co_await receive_more()) co_return cut_short();
    }
  }

  std::string new_id() {
    return fmt::format("{}-{:08x}", shared_.id_start, shared_.requests.fetch_add(1));
  }

  awaitable<bool> serve_one() {
    auto head = co_await receive_head();
    if (!head && head.error().status == 0) co_return false;
    parts_.metrics.request_begun();
    auto exchange = std::make_shared<Exchange>();
    exchange->request = std::make_shared<Request>(head ? std::move(head->request) : Request());
    exchange->request->id = new_id();
    exchange->request->peer = peer_;
    all_read_ = false;
    std::optional<Response> response;
    if (head)
      response = co_await answer(*head, exchange);
    else
      response = refused(*exchange, head.error());
    const bool stays = head && head->keep_alive && all_read_ && !(parts_.draining && !has_more());
    const bool sent =
        response && co_await send(*exchange, *response, stays ? After::stay : After::close);
    note(*exchange, response);
    co_return sent&& stays;
  }

  Response refused(Exchange& exchange, const Refusal& refusal) {
    exchange.why = refusal.why;
    auto response = refuse_with(refusal);
    finish(parts_.service, exchange, response);
    return response;
  }

  Response shed(Exchange& exchange, Shed why, const Refusal& refusal, std::chrono::seconds wait) {
    parts_.metrics.shed(why);
    auto response = refused(exchange, refusal);
    std::erase_if(response.headers, [](const Header& one) { return one.name == "Retry-After"; });
    response.headers.push_back({"Retry-After", fmt::to_string(wait.count())});
    return response;
  }

  bool is_anonymous(const Route& route) const {
    return route.runs == Runs::on_worker && (!parts_.service.gate || route.access == Access::open);
  }

  /// Nothing where the client is gone.
  awaitable<std::optional<Response>> answer(const Head& head,
                                            const std::shared_ptr<Exchange>& exchange) {
    auto& request = *exchange->request;
    const auto found = parts_.service.router.find(request.method, request.path);
    exchange->route = found.route;
    exchange->body_limit = found.route != nullptr && found.route->body_limit != 0
                               ? found.route->body_limit
                               : parts_.limits.body;
    all_read_ = head.framing == Framing::none;
    if (auto early = answer_early(parts_.service, found, head, *exchange)) {
      finish(parts_.service, *exchange, *early);
      co_return early;
    }
    if (is_anonymous(*found.route)) {
      if (const auto wait = shared_.rate.take(peer_, Clock::now()); wait.count() > 0)
        co_return shed(*exchange, Shed::rate,
                       {429, "too many requests from this address; wait as Retry-After says"},
                       wait);
    }
    const bool ask_first = head.length > small_body || head.framing == Framing::chunked;
    if (ask_first && asks_gate(parts_.service, *exchange)) {
      if (auto refusal = co_await ask_gate(exchange)) co_return refusal;
    }
    if (head.framing != Framing::none) {
      if (head.awaits_continue && received_.size() == 0 && !co_await send_continue())
        co_return std::nullopt;
      if (const auto refusal = co_await receive_body(head, *exchange)) {
        if (refusal->status == 0) co_return std::nullopt;
        co_return refused(*exchange, *refusal);
      }
      all_read_ = true;
    }
    open_->no_limit();
    co_return co_await work(exchange);
  }

  static constexpr Refusal busy{503, "the server has too much to do now; try again"};

  /// The gate's refusal; nothing where the request may go on.
  awaitable<std::optional<Response>> ask_gate(const std::shared_ptr<Exchange>& exchange) {
    open_->no_limit();
    for (const auto network : {Network::avoid, Network::use}) {
      auto& threads = network == Network::avoid ? shared_.workers : shared_.waiting;
      const std::function<bool()> ask = [this, exchange, network] {
        admit(parts_.service, *exchange, network);
        return true;
      };
      if (!co_await on(threads, ask))
        co_return shed(*exchange, network == Network::avoid ? Shed::queue : Shed::waiting, busy,
                       std::chrono::seconds(1));
      if (exchange->refusal) {
        finish(parts_.service, *exchange, *exchange->refusal);
        co_return std::move(exchange->refusal);
      }
      if (exchange->admitted) break;
    }
    co_return std::nullopt;
  }

  awaitable<std::optional<Response>> work(const std::shared_ptr<Exchange>& exchange) {
    const auto& service = parts_.service;
    const auto finished = [&service, exchange](Answer answer) {
      if (auto* response = std::get_if<Response>(&answer)) finish(service, *exchange, *response);
      return answer;
    };
    const std::function<Answer()> first = [&service, exchange, finished] {
      return finished(perform(service, exchange));
    };
    std::optional<Answer> answer;
    if (exchange->route->runs == Runs::at_once)
      answer = first();
    else
      answer = co_await on(shared_.workers, first);
    if (!answer) co_return shed(*exchange, Shed::queue, busy, std::chrono::seconds(1));
    if (auto* later = std::get_if<Later>(&*answer)) {
      const std::function<Answer()> rest = [later = std::move(*later), finished] {
        return finished(later());
      };
      answer = co_await on(shared_.waiting, rest);
      if (!answer) co_return shed(*exchange, Shed::waiting, busy, std::chrono::seconds(1));
    }
    co_return std::get<Response>(std::move(*answer));
  }

  awaitable<bool> send_continue() {
    open_->limit(parts_.limits.header_time);
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    const auto [error, size] =
        co_await asio::async_write(stream_, asio::buffer(go_on.data(), go_on.size()), as_result);
    co_return !error;
  }

  awaitable<bool> send(const Exchange& exchange, const Response& response, After after) {
    const auto& request = *exchange.request;
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::system_clock::now().time_since_epoch());
    const auto head = head_of(response, {request.id, after, now, is_secure});
    const bool with_body = has_body(response.status) && request.method != "HEAD";
    const std::array<asio::const_buffer, 2> all = {
        asio::buffer(head),
        asio::buffer(response.body.data(), with_body ? response.body.size() : 0)};
    open_->limit(parts_.limits.body_time);
    const auto [error, size] = co_await asio::async_write(stream_, all, as_result);
    co_return !error;
  }

  void note(const Exchange& exchange, const std::optional<Response>& response) {
    constexpr unsigned client_gone = 499;  // of our own: no answer was sent
    std::string_view route;
    if (exchange.route != nullptr) route = exchange.route->name;
    const auto method = known_method(exchange.request->method);
    const unsigned status = response ? response->status : client_gone;
    const auto time = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin_);
    parts_.metrics.request_ended(route, method, status, time);
    parts_.log.request({exchange.request->id, route, method, status, exchange.bytes_in,
                        response ? response->body.size() : 0, time, exchange.caller.client,
                        exchange.why});
  }

  /// Says goodbye, and reads for a while what the client still sends: closing at once would take
  /// from it what it has not read yet.
  awaitable<void> close() {
    open_->set_idle(false);
    open_->limit(linger_time);
    if (all_read_) co_await part(stream_);
    auto& socket = socket_of(stream_);
    ErrorCode ignored;
    socket.shutdown(tcp::socket::shutdown_send, ignored);
    if (all_read_) co_return;
    std::array<char, 16 << 10> scrap;
    for (std::size_t total = 0; total < linger_bytes;) {
      const auto [error, size] = co_await socket.async_read_some(asio::buffer(scrap), as_result);
      if (error) co_return;
      total += size;
    }
  }

  Shared& shared_;
  const ServerParts& parts_;
  Stream& stream_;
  std::shared_ptr<Open> open_;
  std::string peer_;
  boost::beast::flat_buffer received_;
  Clock::time_point begin_;
  bool all_read_ = true;  ///< nothing of the last request is left to come
};

template <class Stream>
awaitable<void> serve(Shared& shared, OpenConnections& all, Stream stream, std::string peer) {
  const auto open = std::make_shared<Open>(socket_of(stream));
  all.insert(open);
  shared.parts.metrics.connection_opened();
  try {
    Connection<Stream> connection(shared, stream, open, std::move(peer));
    co_await connection.run();
  } catch (const std::exception&) {  // what() may quote the input
    shared.parts.log.event(Level::error, "a connection was ended by a fault of legwork", "");
  }
  open->no_limit();
  all.erase(open);
  shared.parts.metrics.connection_closed();
  --shared.connections;
}

std::string random_start() {
  std::random_device device;
  return fmt::format("{:08x}", device());
}

unsigned or_cores(unsigned threads) {
  return threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
}
}  // namespace

Shared::Shared(const ServerParts& all)
    : parts(all),
      rate(all.limits.requests_per_minute),
      workers(or_cores(all.limits.threads), all.limits.queue),
      waiting(std::max(1U, all.limits.waiting_threads), all.limits.queue),
      id_start(random_start()) {}

void start_connection(Shared& shared, asio::io_context& context, OpenConnections& open,
                      int descriptor, std::string peer) {
  tcp::socket socket(context);
  ErrorCode error;
  socket.assign(tcp::v4(), descriptor, error);  // the family matters only to sockets made anew
  auto* const tls = shared.parts.tls;
  if (tls == nullptr) {
    asio::co_spawn(context, serve(shared, open, std::move(socket), std::move(peer)),
                   asio::detached);
    return;
  }
  const auto current = tls->context();
  SSL_CTX_up_ref(current.get());
  asio::ssl::context secure(current.get());
  using Secure = asio::ssl::stream<tcp::socket>;
  asio::co_spawn(context, serve(shared, open, Secure(std::move(socket), secure), std::move(peer)),
                 asio::detached);
}

void drain(Open& connection) { connection.drain(); }
}  // namespace legwork::plugin
