#include "plugin/replay.hpp"

#include "base/digest.hpp"

namespace legwork::plugin {
ReplayStore::Seen ReplayStore::note(std::string_view issuer, std::string_view id,
                                    std::chrono::sys_seconds until, std::chrono::sys_seconds now) {
  const Mark mark = sha256(id).substr(0, 32);  // 128 bits
  const std::scoped_lock lock(mutex_);
  Issuer& of = issuers_[std::string(issuer)];
  while (!of.expiries.empty() && of.expiries.top().until <= now) {
    of.seen.erase(of.expiries.top().mark);
    of.expiries.pop();
  }
  if (of.seen.contains(mark)) return Seen::before;
  if (of.seen.size() >= most_) return Seen::full;
  of.seen.insert(mark);
  of.expiries.push({until, mark});
  return Seen::first;
}

std::size_t ReplayStore::size() const {
  const std::scoped_lock lock(mutex_);
  std::size_t all = 0;
  for (const auto& [name, issuer] : issuers_) all += issuer.seen.size();
  return all;
}
}  // namespace legwork::plugin
