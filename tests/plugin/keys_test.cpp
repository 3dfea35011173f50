#include "plugin/keys.hpp"
#include "tests/plugin/signer.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace legwork;
using namespace legwork::plugin;
using namespace legwork::press;
using sample::key_set;
using sample::Signer;
using std::chrono::seconds;

namespace {
const std::string place = "https://ehr.example.org/jwks.json";

/// A client's server of keys, and a clock, both in our hands.
struct World {
  std::chrono::system_clock::time_point now{seconds(1'800'000'000)};
  std::string keys, cache_control;
  unsigned status = 200;
  bool reachable = true;
  std::atomic<int> fetches = 0;

  FetchAll fetch() {
    return [this](std::span<const Outgoing>, const Patience&) {
      ++fetches;
      std::vector<Result<Fetched>> answers;
      if (!reachable) {
        answers.emplace_back(refuse(ErrorKind::unavailable, "ehr.example.org", "no connection"));
      } else {
        answers.emplace_back(Fetched{status, "application/json", cache_control, {}, keys});
      }
      return answers;
    };
  }
  WallClock clock() {
    return [this] { return now; };
  }
  KeySource source() { return {place, PlainHttp::never, fetch(), clock()}; }
};

bool has(const KeySource::Found& found) { return std::holds_alternative<PublicKey>(found); }
bool is_open(const KeySource::Found& found) { return std::holds_alternative<Undecided>(found); }

/// A file that is gone when the test is over.
struct File {
  std::string path =
      (std::filesystem::temp_directory_path() /
       ("legwork-keys-" + std::to_string(std::hash<std::thread::id>()(std::this_thread::get_id())) +
        std::to_string(std::chrono::steady_clock::now().time_since_epoch().count())))
          .string();
  void write(std::string_view text) const { std::ofstream(path, std::ios::trunc) << text; }
  ~File() { std::filesystem::remove(path); }
};
}  // namespace

TEST_CASE("keys in a file are read again when it changes, without a restart", "[plugin]") {
  World world;
  const File file;
  file.write(key_set(Signer::ec("P-384", "old").jwk()));
  KeySource source(file.path, PlainHttp::never, world.fetch(), world.clock());
  CHECK(has(source.find("old", Network::avoid)));
  CHECK_FALSE(has(source.find("new", Network::avoid)));
  file.write(key_set(Signer::ec("P-384", "newer").jwk()));
  CHECK(has(source.find("newer", Network::avoid)));
  CHECK_FALSE(has(source.find("old", Network::avoid)));
  CHECK(world.fetches == 0);
}

TEST_CASE("a file of keys that was damaged leaves the keys before it in force, and says so",
          "[plugin]") {
  World world;
  const File file;
  file.write(key_set(Signer::ec("P-384", "old").jwk()));
  KeySource source(file.path, PlainHttp::never, world.fetch(), world.clock());
  CHECK(has(source.find("old", Network::avoid)));
  CHECK_FALSE(source.fault());
  file.write("{");
  CHECK(has(source.find("old", Network::avoid)));
  REQUIRE(source.fault());
  CHECK(source.fault()->where == file.path);
  std::filesystem::remove(file.path);
  CHECK(has(source.find("old", Network::avoid)));
  CHECK(source.fault());
}

TEST_CASE("keys at an address are fetched only when told that the network may be used",
          "[plugin]") {
  World world;
  world.keys = key_set(Signer::ec("P-384", "one").jwk());
  auto source = world.source();
  CHECK(is_open(source.find("one", Network::avoid)));
  CHECK(world.fetches == 0);
  CHECK(has(source.find("one", Network::use)));
  CHECK(has(source.find("one", Network::avoid)));
  CHECK(world.fetches == 1);
}

TEST_CASE("fetched keys last as long as their server says, within bounds", "[plugin]") {
  struct Row {
    std::string cache_control;
    seconds age;
  };
  const auto row = GENERATE(values<Row>({
      {"", shortest_key_age},
      {"no-store", shortest_key_age},
      {"max-age=1", shortest_key_age},
      {"public, Max-Age=3600", seconds(3600)},
      {"max-age=99999999", longest_key_age},
      {"max-age=-5", shortest_key_age},
      {"max-age=99999999999999999999", shortest_key_age},
  }));
  CAPTURE(row.cache_control);
  World world;
  world.keys = key_set(Signer::ec("P-384", "one").jwk());
  world.cache_control = row.cache_control;
  auto source = world.source();
  CHECK(has(source.find("one", Network::use)));
  world.now += row.age - seconds(1);
  CHECK(has(source.find("one", Network::use)));
  CHECK(world.fetches == 1);
  world.now += seconds(1);
  CHECK(is_open(source.find("one", Network::avoid)));
  CHECK(has(source.find("one", Network::use)));
  CHECK(world.fetches == 2);
}

TEST_CASE("a client that changes its key is understood within a minute", "[plugin]") {
  World world;
  world.keys = key_set(Signer::ec("P-384", "old").jwk());
  auto source = world.source();
  CHECK(has(source.find("old", Network::use)));
  // Who makes up key ids makes us fetch once a minute, no more.
  for (int at = 0; at < 100; ++at) {
    CHECK_FALSE(has(source.find("made-up-" + std::to_string(at), Network::use)));
  }
  CHECK(world.fetches == 1);
  world.keys = key_set(Signer::ec("P-384", "new").jwk());
  world.now += fetch_pause;
  CHECK(is_open(source.find("new", Network::avoid)));
  CHECK(has(source.find("new", Network::use)));
  CHECK_FALSE(has(source.find("old", Network::use)));
  CHECK(world.fetches == 2);
}

TEST_CASE("keys that cannot be fetched again stay good for a day", "[plugin]") {
  World world;
  world.keys = key_set(Signer::ec("P-384", "one").jwk());
  auto source = world.source();
  CHECK(has(source.find("one", Network::use)));
  SECTION("nobody answers") { world.reachable = false; }
  SECTION("an error answers") { world.status = 500; }
  SECTION("a page answers") { world.keys = "<html>"; }
  SECTION("a redirect answers") { world.status = 302; }
  world.now += shortest_key_age;
  CHECK(has(source.find("one", Network::use)));
  CHECK(world.fetches == 2);
  REQUIRE(source.fault());
  CHECK(source.fault()->where == "ehr.example.org");
  CHECK(has(source.find("one", Network::use)));
  CHECK(world.fetches == 2);  // not asked again within the minute
  world.now += key_grace;
  CHECK_FALSE(has(source.find("one", Network::use)));
  CHECK(world.fetches == 3);
}

TEST_CASE("when many ask for a key at the same time, one fetches", "[plugin]") {
  World world;
  world.keys = key_set(Signer::ec("P-384", "one").jwk());
  auto source = world.source();
  std::atomic<int> found = 0;
  std::vector<std::jthread> threads;
  for (int at = 0; at < 8; ++at) {
    threads.emplace_back([&] { found += has(source.find("one", Network::use)); });
  }
  threads.clear();
  CHECK(found == 8);
  CHECK(world.fetches == 1);
}

TEST_CASE("keys come over https, or from this machine where all is plain", "[plugin]") {
  World world;
  world.keys = key_set(Signer::ec("P-384", "one").jwk());
  struct Row {
    std::string place;
    PlainHttp plain;
    bool good;
  };
  const auto row = GENERATE(values<Row>({
      {"https://ehr.example.org/jwks.json", PlainHttp::never, true},
      {"http://ehr.example.org/jwks.json", PlainHttp::never, false},
      {"http://ehr.example.org/jwks.json", PlainHttp::to_loopback, false},
      {"http://127.0.0.1:9/jwks.json", PlainHttp::never, false},
      {"http://127.0.0.1:9/jwks.json", PlainHttp::to_loopback, true},
  }));
  CAPTURE(row.place);
  KeySource source(row.place, row.plain, world.fetch(), world.clock());
  CHECK(has(source.find("one", Network::use)) == row.good);
  CHECK(world.fetches == (row.good ? 1 : 0));
}
