#include "press/fetch.hpp"
#include "tests/press/web_server.hpp"

#include <zlib.h>
#include <catch2/catch.hpp>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <latch>
#include <mutex>
#include <thread>
#include <tuple>

#include <unistd.h>

using namespace legwork;
using namespace legwork::press;
using namespace legwork::press::sample;
using namespace std::chrono_literals;

namespace {
Outgoing get(const std::string& url) {
  const auto address = read_address(url, PlainHttp::to_loopback);
  REQUIRE(address);
  return {*address, {}};
}

Patience within(std::chrono::milliseconds time) {
  return {std::chrono::steady_clock::now() + time, {}};
}

Result<Fetched> fetch_one(const FetchAll& fetch, const Outgoing& request,
                          const Patience& patience = within(20s)) {
  auto answers = fetch({&request, 1}, patience);
  REQUIRE(answers.size() == 1);
  return std::move(answers.front());
}

/// A certificate as a file that is gone when the test is over.
struct CaFile {
  explicit CaFile(const Certificate& certificate) {
    std::string made = (std::filesystem::temp_directory_path() / "legwork-ca-XXXXXX").string();
    const int file = ::mkstemp(made.data());
    REQUIRE(file >= 0);
    ::close(file);
    path = made;
    std::ofstream(path) << certificate.certificate;
  }
  ~CaFile() { std::filesystem::remove(path); }
  std::string path;
};

std::string gzipped(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, uLong(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = uInt(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = uInt(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}
}  // namespace

TEST_CASE("an answer comes with its status and the headers that matter", "[press]") {
  std::string asked;
  const WebServer server([&](const std::string& head) {
    asked = head;
    return answer_of(
        429, "{}",
        "Content-Type: application/fhir+json\r\nRetry-After: 7\r\nCache-Control: max-age=60\r\n");
  });
  auto request = get(server.base() + "/fhir/Patient/1?x=y");
  request.headers = {{"Accept", "application/fhir+json"}};
  const auto answer = fetch_one(make_fetch({}), request);
  CHECK(asked.starts_with("GET /fhir/Patient/1?x=y HTTP/1.1\r\n"));
  CHECK(asked.find("\r\nAccept: application/fhir+json\r\n") != asked.npos);
  REQUIRE(answer);
  CHECK(answer->status == 429);
  CHECK(answer->content_type == "application/fhir+json");
  CHECK(answer->cache_control == "max-age=60");
  CHECK(answer->retry_after == 7s);
  CHECK(answer->body == "{}");
}

TEST_CASE("over TLS only a server whose certificate is trusted, and its own, is spoken to",
          "[press]") {
  const auto good = make_certificate("IP:127.0.0.1");
  const auto foreign = make_certificate("DNS:ehr.example.org");
  const auto answer = [](const std::string&) { return answer_of(200, "{}"); };
  const WebServer server(answer, good);
  const WebServer impostor(answer, foreign);
  const CaFile good_file(good);
  const CaFile foreign_file(foreign);

  const auto trusted = fetch_one(make_fetch({good_file.path}), get(server.base() + "/x"));
  REQUIRE(trusted);
  CHECK(trusted->status == 200);
  for (const auto& [what, ca_file, base] :
       {std::tuple("not signed by whom we trust", foreign_file.path, server.base()),
        std::tuple("not by whom the system trusts", std::string(), server.base()),
        std::tuple("another's name", foreign_file.path, impostor.base())}) {
    CAPTURE(what);
    const auto refused = fetch_one(make_fetch({ca_file}), get(base + "/Patient?name=Planted"));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().where == "127.0.0.1");
    CHECK(refused.error().what == "its certificate is not trusted");
  }
}

TEST_CASE("a redirect is not followed, neither to another server nor to this one", "[press]") {
  const WebServer elsewhere([](const std::string&) { return answer_of(200, "{}"); });
  const WebServer server([&](const std::string&) {
    return answer_of(302, "", "Location: " + elsewhere.base() + "/x\r\n");
  });
  auto request = get(server.base() + "/x");
  request.headers = {{"Authorization", "Bearer secret"}};
  const auto answer = fetch_one(make_fetch({}), request);
  REQUIRE(answer);
  CHECK(answer->status == 302);
  CHECK(elsewhere.connections() == 0);
}

TEST_CASE("an answer has a largest size, also when it is unpacked", "[press]") {
  const std::string large(2'000'000, ' ');
  const WebServer server([&](const std::string& head) {
    if (head.starts_with("GET /packed")) {
      return answer_of(200, gzipped(large), "Content-Encoding: gzip\r\n");
    }
    return answer_of(200, large);
  });
  const auto path = GENERATE(values<std::string>({"/plain", "/packed"}));
  auto request = get(server.base() + path);
  request.most_bytes = large.size();
  const auto fetch = make_fetch({});
  CHECK(fetch_one(fetch, request).value().body == large);
  request.most_bytes = large.size() - 1;
  const auto refused = fetch_one(fetch, request);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().what == "the answer is larger than it may be");
}

TEST_CASE("a server that does not answer is waited for no longer than there is time", "[press]") {
  std::mutex mutex;
  std::condition_variable over;
  bool done = false;
  const auto never = [&](const std::string&) {
    std::unique_lock lock(mutex);
    over.wait(lock, [&] { return done; });
    return std::string();
  };
  {
    const WebServer server(never);
    const auto began = std::chrono::steady_clock::now();
    const auto refused = fetch_one(make_fetch({}), get(server.base() + "/x"), within(200ms));
    CHECK(std::chrono::steady_clock::now() - began < 5s);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what == "no answer in time");
    CHECK_FALSE(fetch_one(make_fetch({}), get(server.base() + "/x"), within(-1ms)));
    const std::scoped_lock lock(mutex);
    done = true;
    over.notify_all();
  }
}

TEST_CASE("whoever waits for an answer stops when told to", "[press]") {
  std::latch asked(1), over(1);
  const WebServer server([&](const std::string&) {
    asked.count_down();
    over.wait();
    return std::string();
  });
  std::stop_source stop;
  const Patience patience{std::chrono::steady_clock::now() + 60s, stop.get_token()};
  std::jthread stops([&] {
    asked.wait();
    stop.request_stop();
  });
  const auto refused = fetch_one(make_fetch({}), get(server.base() + "/x"), patience);
  over.count_down();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().what == "told to stop");
}

TEST_CASE("connections are used again, from call to call", "[press]") {
  const WebServer server([](const std::string&) { return answer_of(200, "{}"); });
  const auto fetch = make_fetch({});
  for (int at = 0; at < 5; ++at) CHECK(fetch_one(fetch, get(server.base() + "/x")));
  CHECK(server.connections() == 1);
}

TEST_CASE("several requests of a call are under way at a time, and answers keep their order",
          "[press]") {
  std::latch both(2);
  const WebServer server([&](const std::string& head) {
    both.arrive_and_wait();  // none is answered before both are asked
    return answer_of(200, head.substr(0, head.find(" HTTP")));
  });
  const std::vector<Outgoing> requests{get(server.base() + "/a"), get(server.base() + "/b")};
  const auto answers = make_fetch({})(requests, within(20s));
  REQUIRE(answers.size() == 2);
  CHECK(answers[0].value().body == "GET /a");
  CHECK(answers[1].value().body == "GET /b");
}

TEST_CASE("an error says which host, and no more of the address", "[press]") {
  std::string gone;
  {
    gone = WebServer([](const std::string&) { return std::string(); }).base();
  }
  const auto nobody = fetch_one(make_fetch({}), get(gone + "/Patient?name=Planted"));
  REQUIRE_FALSE(nobody);
  CHECK(nobody.error().where == "127.0.0.1");
  CHECK(nobody.error().what == "no connection");

  const WebServer breaks([](const std::string&) {
    return std::string("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nPlanted");
  });
  const WebServer hangs_up([](const std::string&) { return std::string(); });
  const auto cut = fetch_one(make_fetch({}), get(hangs_up.base() + "/Patient?name=Planted"));
  REQUIRE_FALSE(cut);
  CHECK(cut.error().where == "127.0.0.1");
  CHECK(cut.error().what == "the answer broke off");
  const auto part = fetch_one(make_fetch({}), get(breaks.base() + "/x"), within(300ms));
  CHECK_FALSE(part);
}

TEST_CASE("each method is sent as it is, a body with POST", "[press]") {
  std::mutex mutex;
  std::vector<std::string> heads;
  const WebServer server([&](const std::string& head) {
    const std::scoped_lock lock(mutex);
    heads.push_back(head);
    return answer_of(202, "", "Connection: close\r\n");
  });
  const auto fetch = make_fetch({});
  auto request = get(server.base() + "/job/1");
  request.method = "DELETE";
  CHECK(fetch_one(fetch, request)->status == 202);
  request.method = "POST";
  request.headers = {{"Content-Type", "application/fhir+json"}};
  request.body = R"({"resourceType":"Parameters"})";
  CHECK(fetch_one(fetch, request)->status == 202);
  REQUIRE(heads.size() == 2);
  CHECK(heads[0].starts_with("DELETE /job/1 HTTP/1.1\r\n"));
  CHECK(heads[1].starts_with("POST /job/1 HTTP/1.1\r\n"));
  CHECK(heads[1].find("\r\nContent-Length: 29\r\n") != std::string::npos);
  CHECK(heads[1].find("\r\nContent-Type: application/fhir+json\r\n") != std::string::npos);
}

TEST_CASE("all headers of an answer can be asked for, in any case", "[press]") {
  const WebServer server([](const std::string&) {
    return answer_of(202, "", "content-location: /job/1\r\nX-Progress: 10%\r\n");
  });
  const auto answer = fetch_one(make_fetch({}), get(server.base() + "/x"));
  REQUIRE(answer);
  CHECK(answer->header("Content-Location") == "/job/1");
  CHECK(answer->header("x-progress") == "10%");
  CHECK(answer->header("ETag").empty());
}

TEST_CASE("a large body goes where it is wanted, as it was sent, and an error's into memory",
          "[press]") {
  const std::string packed = gzipped(std::string(1'000'000, 'x'));
  const WebServer server([&](const std::string& head) {
    if (head.starts_with("GET /error")) return answer_of(404, "not here");
    return answer_of(200, packed, "Content-Encoding: gzip\r\nETag: \"v1\"\r\n");
  });
  std::string taken, etag;
  const Sink sink{[&](const Fetched& head) {
                    etag = head.header("ETag");
                    return head.status == 200;
                  },
                  [&](std::string_view bytes) {
                    taken += bytes;
                    return true;
                  }};
  auto request = get(server.base() + "/file");
  request.sink = sink;
  request.most_bytes = 10;  // of what is kept in memory
  const auto file = fetch_one(make_fetch({}), request);
  REQUIRE(file);
  CHECK(file->body.empty());
  CHECK(taken == packed);
  CHECK(etag == "\"v1\"");
  request = get(server.base() + "/error");
  request.sink = sink;
  const auto error = fetch_one(make_fetch({}), request);
  REQUIRE(error);
  CHECK(error->body == "not here");
  CHECK(taken == packed);
}

TEST_CASE("a body that cannot be kept is not read on, and one that stalls has broken off",
          "[press]") {
  const std::string body(100'000, 'x');
  const WebServer server([&](const std::string& head) {
    const auto whole = answer_of(200, body);
    return head.starts_with("GET /half") ? whole.substr(0, whole.size() / 2) : whole;
  });
  auto request = get(server.base() + "/file");
  request.sink = {[](const Fetched&) { return true; }, [](std::string_view) { return false; }};
  CHECK_FALSE(fetch_one(make_fetch({}), request));
  std::size_t took = 0;
  request = get(server.base() + "/half");
  request.sink = {[](const Fetched&) { return true; },
                  [&](std::string_view bytes) {
                    took += bytes.size();
                    return true;
                  }};
  request.stall = 1s;  // this server leaves the line open
  const auto stalled = fetch_one(make_fetch({}), request);
  REQUIRE_FALSE(stalled);
  CHECK(stalled.error().what == "no answer in time");
  CHECK(took > 0);
  CHECK(took < body.size());
}

TEST_CASE("an empty body is begun, too", "[press]") {
  const WebServer server([](const std::string&) { return answer_of(200, ""); });
  int begun = 0;
  auto request = get(server.base() + "/file");
  request.sink = {[&](const Fetched& head) { return ++begun > 0 && head.status == 200; },
                  [](std::string_view) { return true; }};
  REQUIRE(fetch_one(make_fetch({}), request));
  CHECK(begun == 1);
}
