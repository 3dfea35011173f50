#include "plugin/answer.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/http/status.hpp>
#include <iterator>

namespace legwork::plugin {
namespace {
/// A value that cannot end its line, whoever wrote it.
std::string one_line(std::string_view value) {
  std::string result(value);
  std::ranges::replace_if(
      result, [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
  return result;
}
}  // namespace

bool has_body(unsigned status) { return status >= 200 && status != 204 && status != 304; }

std::string head_of(const Response& response, const Sending& sending) {
  namespace http = boost::beast::http;
  const std::string_view reason = http::obsolete_reason(http::int_to_status(response.status));
  std::string head;
  const auto out = std::back_inserter(head);
  fmt::format_to(out, "HTTP/1.1 {} {}\r\nDate: {:%a, %d %b %Y %H:%M:%S} GMT\r\n", response.status,
                 reason, fmt::gmtime(sending.at.count()));
  if (has_body(response.status)) {
    if (!response.content_type.empty())
      fmt::format_to(out, "Content-Type: {}\r\n", one_line(response.content_type));
    fmt::format_to(out, "Content-Length: {}\r\n", response.body.size());
  }
  if (!sending.request_id.empty()) fmt::format_to(out, "X-Request-Id: {}\r\n", sending.request_id);
  for (const auto& header : response.headers)
    fmt::format_to(out, "{}: {}\r\n", header.name, one_line(header.value));
  if (sending.secure) head += "Strict-Transport-Security: max-age=31536000\r\n";
  if (sending.after == After::close) head += "Connection: close\r\n";
  head += "\r\n";
  return head;
}
}  // namespace legwork::plugin
