#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <queue>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace legwork::plugin {
/// Remembers which tokens were used, so that none is used twice: the "jti" of each issuer until the
/// token has expired. Kept in memory: a restart forgets, and a second process does not know.
/// Safe to call from any thread.
class ReplayStore {
 public:
  enum class Seen : std::uint8_t {
    first,   ///< not seen before; from now on it is
    before,  ///< a replay
    full,    ///< the issuer has as many tokens under way as are remembered: refuse it
  };

  /// `most`: tokens remembered for each issuer, some 100 bytes each. One issuer's are no other's.
  explicit ReplayStore(std::size_t most) : most_(most) {}

  Seen note(std::string_view issuer, std::string_view id, std::chrono::sys_seconds until,
            std::chrono::sys_seconds now);

  /// Tokens remembered now, of all issuers.
  std::size_t size() const;

 private:
  using Mark = std::string;  // a digest: as long as any other
  struct Expiry {
    std::chrono::sys_seconds until;
    Mark mark;
    friend bool operator>(const Expiry& a, const Expiry& b) { return a.until > b.until; }
  };
  struct Issuer {
    std::unordered_set<Mark> seen;
    std::priority_queue<Expiry, std::vector<Expiry>, std::greater<>> expiries;
  };

  const std::size_t most_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Issuer> issuers_;
};
}  // namespace legwork::plugin
