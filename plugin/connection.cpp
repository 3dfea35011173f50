// One connection is one coroutine: it receives a request, has it answered, sends the answer, and
// begins again. It stays on its loop's thread but for the handlers, which run on Shared's workers.

#include "plugin/connection.hpp"

#include "plugin/answer.hpp"
#include "plugin/line.hpp"
#include "plugin/receive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <random>
#include <thread>

namespace legwork::plugin {
namespace {
namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using Buffers = std::array<asio::const_buffer, 2>;

/// Up to here a body is read before the gate is asked; that saves a change of threads.
constexpr std::size_t small_body = std::size_t{256} << 10;
constexpr Refusal busy{503, "the server has too much to do now; try again"};

/// Runs work on another thread; nothing where its queue is full.
template <class Result>
Task<std::optional<Result>> on(Workers& workers, std::function<Result()> work) {
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

class Connection {
 public:
  Connection(Shared& shared, Line& line, std::string peer)
      : shared_(shared),
        parts_(shared.parts),
        line_(line),
        peer_(std::move(peer)),
        receiver_(line, parts_.limits, parts_.draining) {}

  Task<void> run() {
    line_.limit(parts_.limits.header_time);
    bool goes_on = co_await line_.shake_hands();
    if (!goes_on) co_return;
    while (goes_on) goes_on = co_await serve_one();
    co_await line_.close(all_read_ ? Line::Rest::none : Line::Rest::unread);
  }

 private:
  std::string new_id() {
    return fmt::format("{}-{:08x}", shared_.id_start, shared_.requests.fetch_add(1));
  }

  Task<bool> serve_one() {
    auto head = co_await receiver_.head();
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
    const bool stays =
        head && head->keep_alive && all_read_ && !(parts_.draining && !receiver_.has_more());
    bool sent = false;
    if (response) sent = co_await send(*exchange, *response, stays ? After::stay : After::close);
    note(*exchange, response);
    co_return sent&& stays;
  }

  Response refused(Exchange& exchange, const Refusal& refusal) {
    exchange.why = refusal.why;
    auto response = refuse_with(refusal);
    finish(parts_.service, exchange, response);
    return response;
  }

  Response shed(Exchange& exchange, Shed why, const Refusal& refusal,
                std::chrono::seconds wait = std::chrono::seconds(1)) {
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
  Task<std::optional<Response>> answer(const Head& head,
                                       const std::shared_ptr<Exchange>& exchange) {
    const auto found =
        parts_.service.router.find(exchange->request->method, exchange->request->path);
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
      auto refusal = co_await ask_gate(exchange);
      if (refusal) co_return refusal;
    }
    if (!all_read_) {
      const auto refusal = co_await receive(head, *exchange);
      if (refusal && refusal->status == 0) co_return std::nullopt;
      if (refusal) co_return refused(*exchange, *refusal);
      all_read_ = true;
    }
    line_.no_limit();
    co_return co_await work(exchange);
  }

  /// The body, of a client that may wait to be told to send it. Nothing where all is well.
  Task<std::optional<Refusal>> receive(const Head& head, Exchange& exchange) {
    if (head.awaits_continue && !receiver_.has_read_on()) {
      constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
      const Buffers bytes = {asio::buffer(go_on.data(), go_on.size())};
      const auto [error, size] = co_await line_.write(bytes);
      if (error) co_return silence;
    }
    co_return co_await receiver_.body(head, exchange);
  }

  /// The gate's refusal; nothing where the request may go on.
  Task<std::optional<Response>> ask_gate(const std::shared_ptr<Exchange>& exchange) {
    line_.no_limit();
    for (const auto network : {Network::avoid, Network::use}) {
      const bool waits = network == Network::use;
      const std::function<bool()> ask = [this, exchange, network] {
        admit(parts_.service, *exchange, network);
        return true;
      };
      const auto asked = co_await on(waits ? shared_.waiting : shared_.workers, ask);
      if (!asked) co_return shed(*exchange, waits ? Shed::waiting : Shed::queue, busy);
      if (exchange->refusal) {
        finish(parts_.service, *exchange, *exchange->refusal);
        co_return std::move(exchange->refusal);
      }
      if (exchange->admitted) break;
    }
    co_return std::nullopt;
  }

  Task<std::optional<Response>> work(const std::shared_ptr<Exchange>& exchange) {
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
    if (!answer) co_return shed(*exchange, Shed::queue, busy);
    if (auto* later = std::get_if<Later>(&*answer)) {
      const std::function<Answer()> rest = [later = std::move(*later), finished] {
        return finished(later());
      };
      answer = co_await on(shared_.waiting, rest);
      if (!answer) co_return shed(*exchange, Shed::waiting, busy);
    }
    co_return std::get<Response>(std::move(*answer));
  }

  Task<bool> send(const Exchange& exchange, const Response& response, After after) {
    const auto& request = *exchange.request;
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::system_clock::now().time_since_epoch());
    const auto head = head_of(response, {request.id, after, now, line_.is_secure()});
    const bool with_body = has_body(response.status) && request.method != "HEAD";
    line_.limit(parts_.limits.body_time);
    const Buffers bytes = {asio::buffer(head), asio::buffer(response.body.data(),
                                                            with_body ? response.body.size() : 0)};
    const auto [error, size] = co_await line_.write(bytes);
    co_return !error;
  }

  void note(const Exchange& exchange, const std::optional<Response>& response) {
    constexpr unsigned client_gone = 499;  // of our own: no answer was sent
    std::string_view route;
    if (exchange.route != nullptr) route = exchange.route->name;
    const auto method = known_method(exchange.request->method);
    const unsigned status = response ? response->status : client_gone;
    const auto time =
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - receiver_.begin());
    parts_.metrics.request_ended(route, method, status, time);
    parts_.log.request({exchange.request->id, route, method, status, exchange.bytes_in,
                        response ? response->body.size() : 0, time, exchange.caller.client,
                        exchange.why});
  }

  Shared& shared_;
  const ServerParts& parts_;
  Line& line_;
  std::string peer_;
  Receiver receiver_;
  bool all_read_ = true;  ///< nothing of the last request is left to come
};

Task<void> serve(Shared& shared, OpenConnections& all, std::shared_ptr<Line> line,
                 std::string peer) {
  all.insert(line);
  shared.parts.metrics.connection_opened();
  try {
    Connection connection(shared, *line, std::move(peer));
    co_await connection.run();
  } catch (const std::exception&) {  // what() may quote the input
    shared.parts.log.event(Level::error, "a connection was ended by a fault of legwork", "");
  }
  line->no_limit();
  all.erase(line);
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
  ErrorCode ignored;
  socket.assign(tcp::v4(), descriptor, ignored);  // the family matters only to sockets made anew
  const auto tls = shared.parts.tls == nullptr ? nullptr : shared.parts.tls->context();
  auto line = std::make_shared<Line>(std::move(socket), tls.get());
  asio::co_spawn(context, serve(shared, open, std::move(line), std::move(peer)), asio::detached);
}

void drain(Line& connection) { connection.drain(); }
}  // namespace legwork::plugin
