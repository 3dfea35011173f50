#pragma once

#include "press/fetch.hpp"

#include <chrono>
#include <functional>
#include <stop_token>

namespace legwork::bulk {
/// All of the world beyond the disk that a download meets: the tests have a world of their own.
struct Outside {
  press::FetchAll fetch;
  std::function<std::chrono::system_clock::time_point()> clock;
  /// Lets time pass. False: told to stop before it was over.
  std::function<bool(std::chrono::milliseconds)> wait;
  std::stop_token stop;
};

/// The real one.
Outside make_outside(press::FetchAll fetch, std::stop_token stop);
}  // namespace legwork::bulk
