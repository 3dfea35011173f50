#include "plugin/answer.hpp"

#include <catch2/catch.hpp>

using namespace legwork::plugin;
using namespace std::chrono_literals;

TEST_CASE("the head of an answer says what comes", "[plugin]") {
  const Response response{200, "application/json", "{}", {{"Vary", "Accept"}}};
  CHECK(
      head_of(response, {"id-1", After::stay, 1'796'000'000s, false}) ==
      "HTTP/1.1 200 OK\r\nDate: Mon, 30 Nov 2026 00:53:20 GMT\r\nContent-Type: application/json\r\n"
      "Content-Length: 2\r\nX-Request-Id: id-1\r\nVary: Accept\r\n\r\n");
  const auto last = head_of(response, {"id-1", After::close, 0s, true});
  CHECK(last.find("Connection: close\r\n") != std::string::npos);
  CHECK(last.find("Strict-Transport-Security: max-age=31536000\r\n") != std::string::npos);
}

TEST_CASE("a status without a body has no length", "[plugin]") {
  CHECK(head_of({204, "", "", {}}, {}).find("Content-Length") == std::string::npos);
  CHECK(head_of({304, "text/css", "", {}}, {}).find("Content-") == std::string::npos);
}

TEST_CASE("a value cannot add a line of its own", "[plugin]") {
  const Response response{200, "text/plain", "", {{"X", "a\r\nSet-Cookie: b"}}};
  CHECK(head_of(response, {}).find("\nSet-Cookie") == std::string::npos);
}
