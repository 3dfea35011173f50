#pragma once

#include "plugin/config.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::plugin {
/// Takes the values of a key. Returns what is wrong with them, as "is no time; write 10s or 500ms";
/// "" where nothing is.
template <class Target>
using Take = std::function<std::string_view(Target&, std::span<const std::string>)>;

template <class Target>
struct Key {
  std::string_view name;
  Take<Target> take;
};

/// The keys outside [client.NAME]: "listen", "tls.certificate".
std::span<const Key<Config>> keys();
/// The keys of [client.NAME].
std::span<const Key<ClientConfig>> client_keys();
}  // namespace legwork::plugin
