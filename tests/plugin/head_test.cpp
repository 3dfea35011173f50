#include "plugin/head.hpp"

#include <catch2/catch.hpp>

using namespace legwork::plugin;
using namespace std::string_literals;

namespace {
std::string get(const std::string& fields) {
  return "GET /a?b=c HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
}

unsigned status_of(const std::string& bytes) {
  const auto head = read_head(bytes);
  return head ? 200 : head.error().status;
}
}  // namespace

TEST_CASE("a head is found by its empty line", "[plugin]") {
  CHECK(find_head_end("GET / HTTP/1.1\r\nHost: x\r\n\r\nmore").size == 27);
  CHECK(find_head_end("GET / HTTP/1.1\r\nHost: x\r\n\r").size == 0);
  CHECK(find_head_end("GET / HTTP/1.1\r\nHost: x\r\n\r").sound);
  CHECK(find_head_end("").sound);
}

TEST_CASE("a head that cannot become sound is told before its end", "[plugin]") {
  CHECK_FALSE(find_head_end("GET / HTTP/1.1\nHost").sound);
  CHECK_FALSE(find_head_end("\n").sound);
  CHECK_FALSE(find_head_end("GET /\0"s).sound);
}

TEST_CASE("a request is read with its path, query and fields", "[plugin]") {
  const auto head = read_head(get("Content-Type: text/plain\r\nContent-Length: 12\r\n"));
  REQUIRE(head);
  CHECK(head->request.method == "GET");
  CHECK(head->request.path == "/a");
  CHECK(head->request.query == "b=c");
  REQUIRE(head->request.header("content-type"));
  CHECK(*head->request.header("content-type") == "text/plain");
  CHECK(head->framing == Framing::length);
  CHECK(head->length == 12);
  CHECK(head->keep_alive);
  CHECK_FALSE(head->awaits_continue);
}

TEST_CASE("a length of 0 is no body, and HTTP/1.0 is not kept open", "[plugin]") {
  CHECK(read_head(get("Content-Length: 0\r\n"))->framing == Framing::none);
  CHECK_FALSE(read_head("GET / HTTP/1.0\r\n\r\n")->keep_alive);
  CHECK_FALSE(read_head(get("Connection: close\r\n"))->keep_alive);
}

TEST_CASE("a client that waits for 100 is told of only where there is a body", "[plugin]") {
  CHECK(read_head(get("Expect: 100-continue\r\nContent-Length: 1\r\n"))->awaits_continue);
  CHECK_FALSE(read_head(get("Expect: 100-continue\r\n"))->awaits_continue);
  CHECK(status_of(get("Expect: 101\r\n")) == 417);
}

// RFC 9112, 11.2: "message parsing that is lenient … can be exploited". tests/app/serve_hostile.py
// sends all shapes to a server; here is that each is refused by the reader of heads.
TEST_CASE("a head that two programs might read in two ways is refused", "[plugin]") {
  const auto bytes = GENERATE(values<std::string>({
      get("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"),
      get("Transfer-Encoding: gzip\r\nContent-Length: 1\r\n"),
      get("Transfer-Encoding: gzip, chunked\r\n"),
      get("Content-Length: 1\r\nContent-Length: 1\r\n"),
      get("Content-Length: 1, 1\r\n"),
      get("Content-Length: 1 1\r\n"),
      get("Content-Length: \r\n"),
      get("X: a\r\n b\r\n"),
      get("X : a\r\n"),
      get("X: a\rb\r\n"),
      get("X: a\0b\r\n"s),
      get("Host: y\r\n"),
      "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
      "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET * HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /a\\b HTTP/1.1\r\nHost: x\r\n\r\n",
      "CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n",
      "\r\n\r\n",
  }));
  CAPTURE(bytes);
  CHECK(status_of(bytes) == 400);
}
