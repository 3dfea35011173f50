// echo THREADS: the least that a server on Boost.Beast can do with a body of JSON: receive it,
// parse it with simdjson, answer. What `legwork serve` is held against (bench/serve.py).

#include <simdjson.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

namespace {
namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr std::size_t buffer_size = std::size_t{128} << 10;
constexpr std::size_t body_limit = std::size_t{16} << 20;

asio::awaitable<void> serve(tcp::socket socket) {
  boost::beast::flat_buffer buffer;
  buffer.reserve(buffer_size);  // by default it grows 512 bytes at a time
  simdjson::dom::parser json;
  try {
    for (bool stays = true; stays;) {
      http::request_parser<http::string_body> parser;
      parser.body_limit(body_limit);
      co_await http::async_read(socket, buffer, parser, asio::use_awaitable);
      auto& body = parser.get().body();
      const auto size = body.size();
      body.resize(size + simdjson::SIMDJSON_PADDING);
      const bool sound = json.parse(body.data(), size, false).error() == simdjson::SUCCESS;
      http::response<http::string_body> answer(sound ? http::status::ok : http::status::bad_request,
                                               11);
      answer.set(http::field::content_type, "application/json");
      answer.body() = R"({"cards":[]})";
      stays = parser.keep_alive();
      answer.keep_alive(stays);
      answer.prepare_payload();
      co_await http::async_write(socket, answer, asio::use_awaitable);
    }
  } catch (const std::exception&) {  // the client is gone
  }
}

asio::awaitable<void> accept(tcp::acceptor& acceptor) {
  for (;;) {
    auto socket = co_await acceptor.async_accept(asio::use_awaitable);
    socket.set_option(tcp::no_delay(true));
    const auto executor = socket.get_executor();
    asio::co_spawn(executor, serve(std::move(socket)), asio::detached);
  }
}
}  // namespace

int main(int count, char** words) {
  const int threads = count > 1 ? std::atoi(words[1]) : 1;
  std::vector<std::thread> others;
  asio::io_context context(threads);
  tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
  asio::co_spawn(context, accept(acceptor), asio::detached);
  std::fprintf(stderr, "legwork: listening on http://127.0.0.1:%d\n",
               acceptor.local_endpoint().port());
  for (int i = 1; i < threads; ++i) others.emplace_back([&context] { context.run(); });
  context.run();
}
