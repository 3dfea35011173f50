#include "plugin/read_config.hpp"

#include "base/text.hpp"
#include "plugin/config_keys.hpp"
#include "plugin/config_values.hpp"
#include "plugin/listener.hpp"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <algorithm>
#include <cctype>
#include <sstream>

namespace legwork::plugin {
namespace {
constexpr std::string_view client_section = "client.";

std::string joined(const std::vector<std::string>& parents, const std::string& name) {
  std::string key;
  for (const auto& parent : parents) key += parent + ".";
  return key + name;
}

/// The number of the line that sets a key: CLI11 does not say. 0 where it is not found.
std::size_t line_of(std::string_view text, std::string_view key) {
  std::string section;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto words = trim(line);
    if (words.starts_with('[') && words.ends_with(']'))
      section = std::string(words.substr(1, words.size() - 2)) + ".";
    else if (section + std::string(trim(words.substr(0, words.find('=')))) == key)
      return number;
  }
  return 0;
}

/// CLI11 takes "#" for a comment also within quotes, and leaves half a string.
bool is_half_string(std::string_view value) {
  return !value.empty() && (value.front() == '"') != (value.back() == '"');
}

std::string variable_of(std::string_view key) {
  std::string name = "LEGWORK_";
  for (const char c : key)
    name +=
        c == '.' || c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

/// "a, b" as its parts.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  for (;;) {
    const auto comma = text.find(',');
    parts.emplace_back(trim(text.substr(0, comma)));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

/// How many letters must change to make one word of the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t i = 0; i <= b.size(); ++i) row[i] = i;
  for (std::size_t i = 0; i < a.size(); ++i) {
    auto diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const auto above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

std::string nearest_key(std::string_view wrong) {
  const auto all = config_keys();
  return *std::ranges::min_element(all, {},
                                   [&](const std::string& key) { return distance(wrong, key); });
}

bool is_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

ClientConfig& client_of(Config& config, std::string_view name) {
  auto found = std::ranges::find(config.clients, name, &ClientConfig::name);
  if (found != config.clients.end()) return *found;
  config.clients.emplace_back().name = name;
  return config.clients.back();
}

/// Takes a value where a key of that name is. What is wrong otherwise; "" for nothing.
template <class Target>
std::string take(std::span<const Key<Target>> all, std::string_view name, Target& target,
                 const Setting& setting) {
  const auto key = std::ranges::find(all, name, &Key<Target>::name);
  if (key == all.end())
    return fmt::format("there is no such key; the nearest is {}", nearest_key(setting.key));
  return std::string(key->take(target, setting.values));
}

std::string apply(Config& config, const Setting& setting) {
  const std::string_view key = setting.key;
  if (!key.starts_with(client_section)) return take(keys(), key, config, setting);
  const auto dot = key.rfind('.');
  const auto name = dot < client_section.size()
                        ? ""
                        : key.substr(client_section.size(), dot - client_section.size());
  if (!is_name(name))
    return "a client's section is [client.NAME], its NAME of small letters, digits and dashes";
  return take(client_keys(), key.substr(dot + 1), client_of(config, name), setting);
}
}  // namespace

tl::expected<std::vector<Setting>, std::vector<Error>> read_settings(const std::string& file,
                                                                     const std::string& text) {
  std::vector<Setting> settings;
  std::vector<Error> faults;
  std::istringstream stream(text);
  for (auto& item : CLI::ConfigTOML().from_config(stream)) {
    if (item.name == "++" || item.name == "--") continue;  // a section begins or ends
    Setting setting{joined(item.parents, item.name), std::move(item.inputs), ""};
    setting.where = fmt::format("{}:{}", file, line_of(text, setting.key));
    if (std::ranges::any_of(setting.values, is_half_string))
      faults.push_back({ErrorKind::malformed, setting.where,
                        setting.key + " has a quote that does not end, or a # within quotes"});
    settings.push_back(std::move(setting));
  }
  if (!faults.empty()) return tl::unexpected(faults);
  return settings;
}

std::vector<Setting> environment_settings(const char* const* environment) {
  std::vector<Setting> settings;
  for (; *environment != nullptr; ++environment) {
    const std::string_view entry = *environment;
    const auto equals = std::min(entry.find('='), entry.size());
    for (const auto& key : keys())
      if (entry.substr(0, equals) == variable_of(key.name))
        settings.push_back({std::string(key.name),
                            parts_of(entry.substr(std::min(equals + 1, entry.size()))),
                            std::string(entry.substr(0, equals))});
  }
  return settings;
}

Result<Setting> argument_setting(std::string_view option, std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos)
    return refuse(ErrorKind::malformed, std::string(option), "is followed by KEY=VALUE");
  return Setting{std::string(trim(text.substr(0, equals))), parts_of(text.substr(equals + 1)),
                 std::string(option)};
}

tl::expected<Config, std::vector<Error>> make_config(std::span<const Setting> settings) {
  Config config;
  std::vector<Error> faults;
  for (const auto& setting : settings) {
    const auto fault = apply(config, setting);
    if (fault.empty()) continue;
    const bool unknown = fault.starts_with("there is no");
    faults.push_back({unknown ? ErrorKind::unsupported : ErrorKind::malformed, setting.where,
                      setting.key + (unknown ? ": " : " ") + fault});
  }
  if (!faults.empty()) return tl::unexpected(faults);
  return config;
}

std::vector<Error> faults_of(const Config& config) {
  std::vector<Error> faults;
  const auto fault = [&](std::string where, std::string what) {
    faults.push_back({ErrorKind::missing, std::move(where), std::move(what)});
  };
  const bool has_tls = !config.tls.certificate.empty() && !config.tls.key.empty();
  if (config.tls.certificate.empty() != config.tls.key.empty())
    fault("[tls]", "names only one of certificate and key; name both");
  const auto endpoint = read_endpoint(config.listen);
  const bool beyond = !endpoint || !is_loopback(*endpoint);
  if (beyond && !has_tls && !config.plain_http)
    fault("[tls]", fmt::format("is needed to listen on {}; name certificate and key, or set "
                               "plain-http = true behind a proxy that has TLS",
                               config.listen));
  if (beyond && config.clients.empty())
    fault("[client.NAME]", fmt::format("is needed to listen on {}: at least one client that is "
                                       "trusted, with its issuer and jwks",
                                       config.listen));
  if (beyond && config.base_url.empty())
    fault("base-url",
          "is needed beyond loopback: the address that clients call, which their tokens "
          "name");
  for (const auto& client : config.clients) {
    const auto section = fmt::format("[client.{}]", client.name);
    if (client.issuer.empty()) fault(section, "has no issuer; name the iss of its tokens");
    if (client.jwks.empty() && client.jku.empty())
      fault(section, "has no keys; name jwks, or the jku that its tokens may name");
  }
  return faults;
}

std::vector<std::string> config_keys() {
  std::vector<std::string> names;
  for (const auto& key : keys()) names.emplace_back(key.name);
  for (const auto& key : client_keys()) names.push_back(fmt::format("client.NAME.{}", key.name));
  return names;
}
}  // namespace legwork::plugin
