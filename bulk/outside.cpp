#include "bulk/outside.hpp"

#include <condition_variable>
#include <mutex>

namespace legwork::bulk {
Outside make_outside(press::FetchAll fetch, std::stop_token stop) {
  const auto wait = [stop](std::chrono::milliseconds pause) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stop, pause, [] { return false; });
    return !stop.stop_requested();
  };
  return {std::move(fetch), [] { return std::chrono::system_clock::now(); }, wait, stop};
}
}  // namespace legwork::bulk
