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
  /// Lets time pass, unless told to stop.
  std::function<void(std::chrono::milliseconds, const std::stop_token&)> wait;
  std::stop_token stop;

  /// False: told to stop before the time was over.
  bool pause(std::chrono::milliseconds time) const {
    wait(time, stop);
    return !stop.stop_requested();
  }
};

/// The real one.
Outside make_outside(press::FetchAll fetch, std::stop_token stop);
}  // namespace legwork::bulk
