#include "bulk/outside.hpp"

#include <condition_variable>
#include <mutex>

namespace legwork::bulk {
Outside make_outside(press::FetchAll fetch, std::stop_token stop) {
  const auto wait = [](std::chrono::milliseconds pause, const std::stop_token& token) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, token, pause, [] { return false; });
  };
  return {std::move(fetch), [] { return std::chrono::system_clock::now(); }, wait, std::move(stop)};
}
}  // namespace legwork::bulk
