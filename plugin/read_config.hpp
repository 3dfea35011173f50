#pragma once

#include "base/result.hpp"
#include "plugin/config.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::plugin {
/// One thing that the server is told, and by whom.
struct Setting {
  std::string key;                  ///< "limits.body", "client.mercy.issuer"
  std::vector<std::string> values;  ///< several for a list
  std::string where;                ///< "legwork.toml:12", "LEGWORK_LISTEN", "--listen"
};

/// The settings of a configuration file (TOML), in its order.
/// Errors: malformed  a section or value that is not TOML as docs/operating.md has it
tl::expected<std::vector<Setting>, std::vector<Error>> read_settings(const std::string& file,
                                                                     const std::string& text);

/// The settings of the environment: "LEGWORK_LIMITS_BODY=1MB". `environment`: as the system gives
/// it. Others than those of a key are passed over: an orchestrator sets LEGWORK_PORT and the like.
std::vector<Setting> environment_settings(const char* const* environment);

/// "limits.body=1MB" of the command line.
Result<Setting> argument_setting(std::string_view option, std::string_view text);

/// Puts settings together; a later one replaces an earlier one of its key.
/// Errors: all of them: unsupported  no such key, with the nearest that there is
///                      malformed    a value that the key cannot have
tl::expected<Config, std::vector<Error>> make_config(std::span<const Setting> settings);

/// Why a server may not start with this configuration. Rules: beyond loopback TLS (or plain-http)
/// and a client that is trusted; what belongs together is there.
std::vector<Error> faults_of(const Config& config);

/// All keys, as "limits.body" and "client.NAME.issuer". For documents and their test.
std::vector<std::string> config_keys();
}  // namespace legwork::plugin
