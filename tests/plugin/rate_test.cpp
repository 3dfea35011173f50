#include "plugin/rate.hpp"

#include <catch2/catch.hpp>

using namespace legwork::plugin;
using namespace std::chrono_literals;

TEST_CASE("an address may ask so often a minute, and again when time has passed", "[plugin]") {
  const RateLimiter::Clock::time_point start{};
  RateLimiter rate(3);
  for (int i = 0; i < 3; ++i) CHECK(rate.take("192.0.2.1", start) == 0s);
  CHECK(rate.take("192.0.2.1", start) == 20s);
  CHECK(rate.take("192.0.2.2", start) == 0s);
  CHECK(rate.take("192.0.2.1", start + 19s) > 0s);
  CHECK(rate.take("192.0.2.1", start + 21s) == 0s);
}

TEST_CASE("no limit is no limit", "[plugin]") {
  RateLimiter rate(0);
  for (int i = 0; i < 1000; ++i) CHECK(rate.take("192.0.2.1", {}) == 0s);
}

TEST_CASE("the table of addresses does not grow without end", "[plugin]") {
  const RateLimiter::Clock::time_point start{};
  RateLimiter rate(1);
  for (int i = 0; i < 100'000; ++i) rate.take(std::to_string(i), start);
  CHECK(rate.take("0", start) > 0s);
  CHECK(rate.take("new", start) == 0s);  // and the table was begun anew
  CHECK(rate.take("0", start) == 0s);
}
