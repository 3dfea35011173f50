#include "plugin/log.hpp"

#include <catch2/catch.hpp>

using namespace legwork::plugin;
using namespace std::chrono_literals;

namespace {
constexpr auto at = 1'796'000'000'123ms;

RequestEvent event() {
  return {
      "31185086-0000002a", "cds-service", "POST", 200, 104'117, 2'113, 1'904us, "example-ehr", ""};
}
}  // namespace

TEST_CASE("a request is one line of JSON", "[plugin]") {
  CHECK(to_line(event(), LogFormat::json, at) ==
        R"({"time":"2026-11-30T00:53:20.123Z","level":"info","event":"request",)"
        R"("id":"31185086-0000002a","route":"cds-service","method":"POST","status":200,)"
        R"("bytes_in":104117,"bytes_out":2113,"ms":1.904,"client":"example-ehr"})");
}

TEST_CASE("a request is one line of text", "[plugin]") {
  auto refused = event();
  refused.status = 503;
  refused.why = "the server has too much to do";
  CHECK(
      to_line(refused, LogFormat::text, at) ==
      "2026-11-30T00:53:20.123Z warning request id=31185086-0000002a route=cds-service method=POST "
      "status=503 bytes_in=104117 bytes_out=2113 ms=1.904 client=example-ehr "
      "why=\"the server has too much to do\"");
}

TEST_CASE("no value can end its line or its string", "[plugin]") {
  const auto line = to_line(Level::error, "event", "a\"b\\c\nd", LogFormat::json, at);
  CHECK(line.ends_with(R"("event":"event","detail":"a?b?c?d"})"));
  CHECK(to_line(Level::error, "event", "a\nb", LogFormat::text, at).find('\n') ==
        std::string::npos);
}

TEST_CASE("a method that HTTP does not know could be any word, and is not logged", "[plugin]") {
  CHECK(known_method("POST") == "POST");
  CHECK(known_method("post") == "other");
  CHECK(known_method("") == "other");
}
