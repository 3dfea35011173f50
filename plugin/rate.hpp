#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace legwork::plugin {
/// How often one address may ask. Each has a bucket that holds a minute's worth of requests and
/// fills steadily. The number of buckets is bounded: full ones are forgotten first.
class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  /// `requests_per_minute`: 0 for no limit
  explicit RateLimiter(unsigned requests_per_minute) : per_minute_(requests_per_minute) {}

  /// Zero where the request may pass; otherwise how long to wait, at least a second.
  std::chrono::seconds take(std::string_view address, Clock::time_point now);

 private:
  struct Bucket {
    double left;  ///< requests
    Clock::time_point filled;
  };

  void forget(Clock::time_point now);

  double per_minute_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};
}  // namespace legwork::plugin
