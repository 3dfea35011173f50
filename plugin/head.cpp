#include "plugin/head.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <limits>

namespace legwork::plugin {
namespace {
namespace http = boost::beast::http;
using Parser = http::request_parser<http::empty_body>;
using Fields = Parser::value_type;

tl::unexpected<Refusal> refusal(unsigned status, std::string_view why) {
  return tl::unexpected(Refusal{status, why});
}

/// No control characters but line ends and tabs, no line that goes on from the one before, no line
/// end that is half of one.
bool is_clean(std::string_view head) {
  for (std::size_t i = 0; i < head.size(); ++i) {
    const auto c = static_cast<unsigned char>(head[i]);
    if (c >= ' ' && c != 0x7f) continue;
    if (c == '\t') continue;
    if (c != '\r' || i + 1 == head.size() || head[i + 1] != '\n') return false;
    ++i;
    if (i + 1 < head.size() && (head[i + 1] == ' ' || head[i + 1] == '\t')) return false;
  }
  return true;
}

/// A path, with or without a query, of visible ASCII; or "*" for OPTIONS.
bool is_sound_target(std::string_view target, http::verb method) {
  if (target == "*") return method == http::verb::options;
  return target.starts_with('/') && std::ranges::all_of(target, [](char c) {
           return c > ' ' && c < 0x7f && c != '#' && c != '\\';
         });
}

std::ptrdiff_t count(const Fields& fields, http::field name) {
  const auto [first, last] = fields.equal_range(name);
  return std::distance(first, last);
}

/// Sets how the body ends. Beast has refused a length that is no number by now, and a length after
/// an encoding; it takes lists of equal lengths, and lengths before an encoding that it does not
/// know.
tl::expected<void, Refusal> read_framing(const Fields& fields, Head& head) {
  const auto lengths = count(fields, http::field::content_length);
  const auto encodings = count(fields, http::field::transfer_encoding);
  if (lengths + encodings > 1)
    return refusal(400,
                   "the length of the body is told more than once; send one Content-Length, or "
                   "one Transfer-Encoding");
  if (encodings == 1) {
    if (!boost::beast::iequals(fields[http::field::transfer_encoding], "chunked") ||
        fields.version() < 11)
      return refusal(400, "the Transfer-Encoding is not understood; send chunked, by HTTP/1.1");
    head.framing = Framing::chunked;
  }
  if (lengths == 1) {
    const auto text = fields[http::field::content_length];
    std::size_t length = 0;
    for (const char c : text) {
      if (c < '0' || c > '9' || length > std::numeric_limits<std::size_t>::max() / 100)
        return refusal(400, "the Content-Length is not a number of bytes");
      length = length * 10 + static_cast<std::size_t>(c - '0');
    }
    head.framing = length == 0 ? Framing::none : Framing::length;
    head.length = length;
  }
  return {};
}

tl::expected<void, Refusal> read_expectation(const Fields& fields, Head& head) {
  const auto expected = fields[http::field::expect];
  if (expected.empty()) return {};
  if (!boost::beast::iequals(expected, "100-continue"))
    return refusal(417, "the expectation is not understood; send Expect: 100-continue or none");
  head.awaits_continue = fields.version() >= 11 && head.framing != Framing::none;
  return {};
}

void copy_request(const Fields& fields, Request& request) {
  request.method = fields.method_string();
  const std::string_view target = fields.target();
  const auto mark = std::min(target.find('?'), target.size());
  request.path = target.substr(0, mark);
  request.query = target.substr(std::min(mark + 1, target.size()));
  request.headers.reserve(static_cast<std::size_t>(std::distance(fields.begin(), fields.end())));
  for (const auto& field : fields)
    request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
}
}  // namespace

HeadEnd find_head_end(std::string_view bytes) {
  std::size_t line = 0;
  for (auto end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n', line)) {
    if (end == line || bytes[end - 1] != '\r') return {.sound = false};
    if (end == line + 1) return {.size = end + 1};
    line = end + 1;
  }
  return {.sound = bytes.substr(line).find('\0') == std::string_view::npos};
}

tl::expected<Head, Refusal> read_head(std::string_view bytes) {
  if (!is_clean(bytes))
    return refusal(400, "the head of the request holds a control character, or a folded line");
  Parser parser;
  parser.header_limit(std::numeric_limits<std::uint32_t>::max());  // ours has been kept by now
  parser.body_limit(boost::none);
  boost::beast::error_code error;
  parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
  if (error == http::error::bad_version) return refusal(505, "speak HTTP/1.1");
  if (error == http::error::need_more) error = {};
  if (error || !parser.is_header_done())
    return refusal(400, "the head of the request is not HTTP/1.1");

  const auto& fields = parser.get();
  if (!is_sound_target(fields.target(), fields.method()) || fields.method() == http::verb::connect)
    return refusal(400, "the target of the request is not a path; this server is no proxy");
  if (count(fields, http::field::host) > 1 ||
      (fields.version() >= 11 && count(fields, http::field::host) == 0))
    return refusal(400, "a request needs one Host");
  Head head;
  if (const auto read = read_framing(fields, head); !read) return tl::unexpected(read.error());
  if (const auto read = read_expectation(fields, head); !read) return tl::unexpected(read.error());
  head.keep_alive = parser.keep_alive();
  copy_request(fields, head.request);
  return head;
}
}  // namespace legwork::plugin
