#include "plugin/keys.hpp"

#include "press/io.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

namespace legwork::plugin {
namespace {
using std::chrono::seconds;

/// Tells one state of a file from the next without reading it.
std::string stamp_of(const std::string& file) {
  std::error_code error;
  const auto written = std::filesystem::last_write_time(file, error);
  if (error) return {};
  const auto size = std::filesystem::file_size(file, error);
  if (error) return {};
  return fmt::format("{} {}", written.time_since_epoch().count(), size);
}

/// The max-age of a Cache-Control header. Source: RFC 9111 section 5.2.2.1
seconds age_of(std::string_view cache_control) {
  constexpr std::string_view directive = "max-age=";
  std::string lowered(cache_control);
  std::ranges::transform(lowered, lowered.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  std::int64_t age = 0;
  const auto at = lowered.find(directive);
  if (at != lowered.npos) {
    const char* const digits = lowered.data() + at + directive.size();
    std::from_chars(digits, lowered.data() + lowered.size(), age);
  }
  return std::clamp(seconds(age), shortest_key_age, longest_key_age);
}
}  // namespace

bool is_key_file(std::string_view place) {
  return !place.starts_with("https://") && !place.starts_with("http://");
}

Result<KeySet> read_key_file(const std::string& file) {
  const auto text = press::read_file(file, largest_key_set);
  if (!text) return tl::unexpected(text.error());
  return read_key_set(*text, file);
}

KeySource::KeySource(std::string place, press::PlainHttp plain, press::FetchAll fetch,
                     WallClock clock)
    : place_(std::move(place)),
      is_file_(is_key_file(place_)),
      plain_(plain),
      fetch_(std::move(fetch)),
      clock_(std::move(clock)) {}

KeySource::Found KeySource::find(std::string_view key_id, Network network) {
  if (is_file_) return in_file(key_id);
  if (const auto found = settled(key_id)) return *found;
  if (network == Network::avoid) return Undecided{};
  const std::scoped_lock lock(fetching_);
  // Somebody may have fetched while we waited for our turn.
  if (const auto found = settled(key_id)) return *found;
  fetch_keys();
  const auto found = settled(key_id);
  return found ? *found : Found();
}

/// A file that was changed is read at once; where the new one cannot be used, the old keys stay.
KeySource::Found KeySource::in_file(std::string_view key_id) {
  const std::scoped_lock lock(mutex_);
  std::string stamp = stamp_of(place_);
  if (stamp.empty() || stamp != held_.stamp) {
    held_.stamp = std::move(stamp);
    auto keys = read_key_file(place_);
    held_.fault.reset();
    if (keys) {
      held_.keys = std::move(*keys);
    } else {
      held_.fault = std::move(keys.error());
    }
  }
  const PublicKey* const key = held_.keys.find(key_id);
  return key != nullptr ? Found(*key) : Found();
}

/// What can be said without fetching: a key that is fresh, or what there is where a fetch has only
/// just been tried.
std::optional<KeySource::Found> KeySource::settled(std::string_view key_id) const {
  const std::scoped_lock lock(mutex_);
  const auto now = clock_();
  const PublicKey* const key = held_.keys.find(key_id);
  if (key != nullptr && now < held_.stale_at) return Found(*key);
  const bool just_tried = held_.tried_at && now < *held_.tried_at + fetch_pause;
  if (!just_tried) return {};
  return key != nullptr && now < held_.useless_at ? Found(*key) : Found();
}

void KeySource::fetch_keys() {
  const auto read = [&]() -> Result<std::pair<KeySet, seconds>> {
    const auto address = press::read_address(place_, plain_);
    if (!address) return tl::unexpected(address.error());
    const press::Outgoing request{
        *address, {{"Accept", "application/jwk-set+json, application/json"}}, largest_key_set};
    const press::Patience patience{std::chrono::steady_clock::now() + key_fetch_time, {}};
    auto answer = std::move(fetch_({&request, 1}, patience).front());
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status != 200) {
      return refuse(ErrorKind::unavailable, address->host,
                    fmt::format("answered {} where the client's keys should be", answer->status));
    }
    auto keys = read_key_set(answer->body, address->host);
    if (!keys) return tl::unexpected(keys.error());
    return std::pair(std::move(*keys), age_of(answer->cache_control));
  };
  auto fresh = read();
  const std::scoped_lock lock(mutex_);
  const auto now = clock_();
  held_.tried_at = now;
  held_.fault.reset();
  if (!fresh) {
    held_.fault = std::move(fresh.error());
    return;
  }
  held_.keys = std::move(fresh->first);
  held_.stale_at = now + fresh->second;
  held_.useless_at = held_.stale_at + key_grace;
}

std::optional<Error> KeySource::fault() const {
  const std::scoped_lock lock(mutex_);
  return held_.fault;
}
}  // namespace legwork::plugin
