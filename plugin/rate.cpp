#include "plugin/rate.hpp"

#include <algorithm>
#include <cmath>

namespace legwork::plugin {
namespace {
constexpr std::size_t addresses_limit = 100'000;

double minutes(RateLimiter::Clock::duration time) {
  return std::chrono::duration<double, std::ratio<60>>(time).count();
}
}  // namespace

std::chrono::seconds RateLimiter::take(std::string_view address, Clock::time_point now) {
  if (per_minute_ == 0) return {};
  const std::lock_guard lock(mutex_);
  std::string key(address);
  if (buckets_.size() >= addresses_limit && !buckets_.contains(key)) forget(now);
  auto& bucket = buckets_.try_emplace(std::move(key), Bucket{per_minute_, now}).first->second;
  bucket.left = std::min(per_minute_, bucket.left + per_minute_ * minutes(now - bucket.filled));
  bucket.filled = now;
  if (bucket.left >= 1) {
    --bucket.left;
    return {};
  }
  constexpr double seconds_a_minute = 60;
  const double wait = (1 - bucket.left) / per_minute_ * seconds_a_minute;
  return std::chrono::seconds(std::max<std::int64_t>(1, std::llround(std::ceil(wait))));
}

/// A bucket that is full again is as good as none. Where none is, all are forgotten: a table that
/// an attacker filled shall not be the way to stop the server.
void RateLimiter::forget(Clock::time_point now) {
  std::erase_if(buckets_, [&](const auto& entry) {
    return entry.second.left + per_minute_ * minutes(now - entry.second.filled) >= per_minute_;
  });
  if (buckets_.size() >= addresses_limit) buckets_.clear();
}
}  // namespace legwork::plugin
