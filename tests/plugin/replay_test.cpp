#include "plugin/replay.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

using namespace legwork::plugin;
using std::chrono::seconds;
using std::chrono::sys_seconds;
using Seen = ReplayStore::Seen;

TEST_CASE("a token is taken once, until it has expired", "[plugin]") {
  ReplayStore store(10);
  const sys_seconds now(seconds(1000));
  CHECK(store.note("ehr", "a", now + seconds(300), now) == Seen::first);
  CHECK(store.note("ehr", "a", now + seconds(300), now) == Seen::before);
  CHECK(store.note("ehr", "a", now + seconds(600), now + seconds(299)) == Seen::before);
  CHECK(store.note("ehr", "b", now + seconds(300), now) == Seen::first);
  CHECK(store.note("ehr", "a", now + seconds(600), now + seconds(300)) == Seen::first);
}

TEST_CASE("two clients may happen to use the same id", "[plugin]") {
  ReplayStore store(10);
  const sys_seconds now(seconds(1000));
  CHECK(store.note("north", "a", now + seconds(300), now) == Seen::first);
  CHECK(store.note("south", "a", now + seconds(300), now) == Seen::first);
}

TEST_CASE("what is remembered has a bound, which one client cannot use up for another",
          "[plugin]") {
  ReplayStore store(2);
  const sys_seconds now(seconds(1000));
  CHECK(store.note("north", "a", now + seconds(10), now) == Seen::first);
  CHECK(store.note("north", "b", now + seconds(20), now) == Seen::first);
  // Full is refused: to forget a token that still counts would let it in again.
  CHECK(store.note("north", "c", now + seconds(30), now) == Seen::full);
  CHECK(store.note("south", "a", now + seconds(10), now) == Seen::first);
  CHECK(store.size() == 3);
  CHECK(store.note("north", "c", now + seconds(30), now + seconds(10)) == Seen::first);
  CHECK(store.note("north", "b", now + seconds(20), now + seconds(10)) == Seen::before);
  CHECK(store.size() == 3);
}

TEST_CASE("of many who bring one token at the same time, one gets in", "[plugin]") {
  ReplayStore store(10'000);
  const sys_seconds now(seconds(1000));
  std::atomic<int> first = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int id = 0; id < 500; ++id) {
        first += store.note("ehr", std::to_string(id), now + seconds(300), now) == Seen::first;
      }
    });
  }
  threads.clear();
  CHECK(first == 500);
}
