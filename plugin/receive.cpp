#include "plugin/receive.hpp"

#include "plugin/chunks.hpp"

#include <simdjson.h>

#include <algorithm>

namespace legwork::plugin {
namespace {
namespace asio = boost::asio;

/// A body's memory grows as it comes: a length is only a promise.
constexpr std::size_t first_piece = std::size_t{256} << 10;
}  // namespace

Receiver::Receiver(Line& line, const Limits& limits, const std::atomic<bool>& draining)
    : line_(line), limits_(limits), draining_(draining), read_(limits.header) {
  read_.reserve(limits.header);  // by default it grows 512 bytes at a time
}

std::string_view Receiver::seen() const {
  const auto data = read_.data();
  return {static_cast<const char*>(data.data()), data.size()};
}

Task<bool> Receiver::read_more() {
  const auto room = read_.max_size() - read_.size();
  const auto [error, size] = co_await line_.read_some(read_.prepare(room));
  read_.commit(size);
  co_return !error;
}

Task<tl::expected<Head, Refusal>> Receiver::head() {
  line_.limit(limits_.idle_time);
  line_.set_use(Line::Use::idle);
  bool begun = false;
  for (;;) {
    while (seen().starts_with("\r\n")) read_.consume(2);  // some clients end a body so
    if (has_read_on() && !begun) {
      begun = true;
      begin_ = Clock::now();
      line_.set_use(Line::Use::busy);
      line_.limit(limits_.header_time);
    }
    const auto end = find_head_end(seen());
    if (!end.sound)
      co_return tl::unexpected(Refusal{400, "the head of the request is not HTTP/1.1"});
    if (end.size != 0) {
      auto head = read_head(seen().substr(0, end.size));
      read_.consume(end.size);
      co_return head;
    }
    if (read_.size() == read_.max_size())
      co_return tl::unexpected(Refusal{431, "the head of the request is too long; send less"});
    if (!begun && draining_ && !has_more()) co_return tl::unexpected(silence);
    const bool came = co_await read_more();
    if (came) continue;
    if (!begun || !line_.late()) co_return tl::unexpected(silence);
    co_return tl::unexpected(Refusal{408, "the head of the request did not come in time"});
  }
}

Task<std::optional<Refusal>> Receiver::body(const Head& head, Exchange& exchange) {
  line_.limit(limits_.body_time);
  auto& body = exchange.request->body;
  auto refusal = head.framing == Framing::chunked ? co_await chunked_body(exchange.body_limit, body)
                                                  : co_await whole_body(head.length, body);
  exchange.bytes_in = body.size();
  co_return refusal;
}

Refusal Receiver::cut_short() const {
  return line_.late() ? Refusal{408, "the body did not come in time"} : silence;
}

/// Read straight into the body: copying 100 KB costs as much as scanning them.
Task<std::optional<Refusal>> Receiver::whole_body(std::size_t length, std::string& body) {
  std::size_t have = std::min(length, read_.size());
  body.reserve(std::min(length, first_piece) + simdjson::SIMDJSON_PADDING);
  body.assign(seen().substr(0, have));
  read_.consume(have);
  while (have < length) {
    if (have == body.size()) {
      const auto next = std::min(length, std::max(first_piece, 2 * have));
      body.reserve(next + simdjson::SIMDJSON_PADDING);
      body.resize(next);
    }
    const auto [error, size] =
        co_await line_.read_some(asio::buffer(body.data() + have, body.size() - have));
    have += size;
    if (error) co_return cut_short();
  }
  co_return std::nullopt;
}

Task<std::optional<Refusal>> Receiver::chunked_body(std::size_t limit, std::string& body) {
  Chunks chunks(limit);
  for (;;) {
    const auto taken = chunks.take(seen(), body);
    read_.consume(taken.bytes);
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
    const bool came = co_await read_more();
    if (!came) co_return cut_short();
  }
}
}  // namespace legwork::plugin
