#pragma once

#include "plugin/config.hpp"
#include "plugin/exchange.hpp"
#include "plugin/head.hpp"
#include "plugin/line.hpp"

#include <atomic>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <optional>
#include <string_view>

namespace legwork::plugin {
/// Nothing more is to be said: the client is gone, or has been silent for too long.
inline constexpr Refusal silence{0, ""};

/// Reads requests off a line, one after another, within the limits.
class Receiver {
 public:
  using Clock = std::chrono::steady_clock;

  Receiver(Line& line, const Limits& limits, const std::atomic<bool>& draining);

  /// Waits for the next request. Refused with silence where there is none.
  Task<tl::expected<Head, Refusal>> head();
  /// Its body, into the request of the exchange. Nothing where all of it is here.
  Task<std::optional<Refusal>> body(const Head& head, Exchange& exchange);

  /// When the first byte of the last request came.
  Clock::time_point begin() const { return begin_; }
  /// Whether bytes after the last request have been read.
  bool has_read_on() const { return read_.size() != 0; }
  bool has_more() { return has_read_on() || line_.has_more(); }

 private:
  std::string_view seen() const;
  Refusal cut_short() const;
  Task<bool> read_more();
  Task<std::optional<Refusal>> whole_body(std::size_t length, std::string& body);
  Task<std::optional<Refusal>> chunked_body(std::size_t limit, std::string& body);

  Line& line_;
  const Limits& limits_;
  const std::atomic<bool>& draining_;
  boost::beast::flat_buffer read_;
  Clock::time_point begin_;
};
}  // namespace legwork::plugin
