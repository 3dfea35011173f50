#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

namespace legwork::bulk {
enum class Phase : std::uint8_t { asking, waiting, downloading, finishing };

/// How far a download has come; read while it goes on.
struct Progress {
  std::atomic<Phase> phase = Phase::asking;
  std::atomic<std::uint64_t> files = 0, files_done = 0;
  std::atomic<std::uint64_t> bytes = 0;  ///< received, packed as they were sent

  /// The server's own words on how far it is (X-Progress). They may say anything.
  void hear(std::string words) {
    const std::scoped_lock lock(mutex_);
    words_ = std::move(words);
  }
  std::string heard() const {
    const std::scoped_lock lock(mutex_);
    return words_;
  }

 private:
  mutable std::mutex mutex_;
  std::string words_;
};
}  // namespace legwork::bulk
