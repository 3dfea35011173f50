#include "plugin/workers.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>

using namespace legwork::plugin;

TEST_CASE("jobs run, and one too many is refused at once", "[plugin]") {
  std::promise<void> begun, go_on;
  const auto gate = go_on.get_future().share();
  std::atomic<int> done = 0;
  {
    Workers workers(1, 1);
    REQUIRE(workers.submit([&] {
      begun.set_value();
      gate.wait();
      ++done;
    }));
    begun.get_future().wait();
    std::promise<void> second;
    REQUIRE(workers.submit([&] {
      ++done;
      second.set_value();
    }));
    CHECK_FALSE(workers.submit([&] { ++done; }));
    go_on.set_value();
    second.get_future().wait();
  }
  CHECK(done == 2);
}

TEST_CASE("what waits when the threads are stopped is dropped, and nothing more is taken",
          "[plugin]") {
  std::promise<void> begun, go_on;
  const auto gate = go_on.get_future().share();
  std::atomic<bool> dropped_ran = false;
  Workers workers(1, 4);
  REQUIRE(workers.submit([&] {
    begun.set_value();
    gate.wait();
  }));
  begun.get_future().wait();
  const auto token = std::make_shared<int>(1);
  REQUIRE(workers.submit([&, token] { dropped_ran = true; }));
  std::thread stopping([&] { workers.stop(); });
  while (token.use_count() > 1) std::this_thread::yield();  // until it is dropped
  go_on.set_value();
  stopping.join();
  CHECK_FALSE(dropped_ran);
  CHECK_FALSE(workers.submit([] {}));
}
