#pragma once

#include "base/result.hpp"
#include "plugin/http.hpp"
#include "plugin/jwk.hpp"
#include "press/address.hpp"
#include "press/fetch.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace legwork::plugin {
/// The clock by which tokens and keys grow old.
using WallClock = std::function<std::chrono::system_clock::time_point()>;

/// A key set is fetched again after its max-age, but within these bounds; where the answer names
/// none, after the first.
inline constexpr std::chrono::seconds shortest_key_age{300};
inline constexpr std::chrono::seconds longest_key_age{86'400};
/// Between two fetches of one set, whoever asks for a key that it does not hold.
inline constexpr std::chrono::seconds fetch_pause{60};
/// Keys that can no longer be fetched are trusted this long beyond their age: a server of keys that
/// is down must not shut the clinic out, and a key that was withdrawn must not work for ever.
inline constexpr std::chrono::seconds key_grace{86'400};
/// For one fetch of keys, all in all.
inline constexpr std::chrono::milliseconds key_fetch_time{3'000};

/// The public keys at one place, a file or an address, kept and renewed. Safe to call from any
/// thread.
class KeySource {
 public:
  /// Nothing: there is no such key.
  using Found = std::variant<std::monostate, PublicKey, Undecided>;

  /// `place`: a file, or what read_address takes.
  KeySource(std::string place, press::PlainHttp plain, press::FetchAll fetch, WallClock clock);

  /// The key of that id. With Network::avoid it never waits, and is undecided where the keys must
  /// first be fetched. With Network::use several may ask at a time; one of them fetches.
  Found find(std::string_view key_id, Network network);

  /// What is wrong with this place, if the last reading failed; for the log. Names no more than
  /// file or host.
  std::optional<Error> fault() const;

 private:
  struct Held {
    KeySet keys;
    std::chrono::system_clock::time_point stale_at{};    // to be read again from then on
    std::chrono::system_clock::time_point useless_at{};  // not to be trusted from then on
    std::optional<std::chrono::system_clock::time_point> tried_at;
    std::optional<Error> fault;
    std::string stamp;  // of the file that was read
  };

  Found in_file(std::string_view key_id);
  std::optional<Found> settled(std::string_view key_id) const;
  void fetch_keys();

  const std::string place_;
  const bool is_file_;
  const press::PlainHttp plain_;
  const press::FetchAll fetch_;
  const WallClock clock_;
  mutable std::mutex mutex_;  // held is only touched under it, for moments
  std::mutex fetching_;       // held by whoever fetches, while it takes
  Held held_;
};

/// Whether keys are in a file: what does not begin with http:// or https://.
bool is_key_file(std::string_view place);

/// Errors: missing, unavailable  the file cannot be read
///         and as read_key_set
Result<KeySet> read_key_file(const std::string& file);
}  // namespace legwork::plugin
