#include "plugin/config_keys.hpp"

#include "plugin/config_values.hpp"
#include "plugin/listener.hpp"

#include <limits>
#include <utility>

namespace legwork::plugin {
namespace {
using Values = std::span<const std::string>;

constexpr std::string_view one_value = "has one value, not a list";

/// A key with one value, which `read` makes of its text: an optional.
template <class Target, class Read, class Set>
Key<Target> single(std::string_view name, Read read, Set set, std::string_view fault) {
  return {name, [=](Target& target, Values values) -> std::string_view {
            if (values.size() != 1) return one_value;
            const auto value = read(values.front());
            if (!value) return fault;
            set(target, *value);
            return "";
          }};
}

std::optional<std::string> as_it_is(std::string_view text) { return std::string(text); }

template <class Target>
Key<Target> text(std::string_view name, std::string Target::*member) {
  return single<Target>(
      name, as_it_is, [member](Target& target, auto value) { target.*member = std::move(value); },
      "");
}

template <class Target>
Key<Target> list(std::string_view name, std::vector<std::string> Target::*member) {
  return {name, [member](Target& target, Values values) -> std::string_view {
            (target.*member).assign(values.begin(), values.end());
            return "";
          }};
}

/// A list of addresses, each of which `read` makes of its text.
template <class Target, class Read>
Key<Target> addresses(std::string_view name, std::vector<std::string> Target::*member, Read read,
                      std::string_view fault) {
  return {name, [=](Target& target, Values values) -> std::string_view {
            (target.*member).clear();
            for (const auto& value : values) {
              auto address = read(value);
              if (!address) return fault;
              (target.*member).push_back(std::move(*address));
            }
            return "";
          }};
}

Key<Config> size(std::string_view name, std::size_t Limits::*member) {
  return single<Config>(
      name, read_size, [member](Config& config, auto value) { config.limits.*member = value; },
      "is no size; write a number of bytes, or 64KB, or 16MB");
}

Key<Config> count(std::string_view name, std::size_t Limits::*member) {
  return single<Config>(
      name, read_count, [member](Config& config, auto value) { config.limits.*member = value; },
      "is no whole number");
}

Key<Config> small_count(std::string_view name, unsigned Limits::*member) {
  const auto read = [](std::string_view text) -> std::optional<unsigned> {
    constexpr unsigned most = 1'000'000;
    const auto number = read_count(text);
    if (!number || *number > most) return std::nullopt;
    return static_cast<unsigned>(*number);
  };
  return single<Config>(
      name, read, [member](Config& config, auto value) { config.limits.*member = value; },
      "is no whole number up to a million");
}

Key<Config> time(std::string_view name, std::chrono::milliseconds Limits::*member) {
  return single<Config>(
      name, read_time, [member](Config& config, auto value) { config.limits.*member = value; },
      "is no time; write it as 10s, 500ms or 2min");
}

std::optional<std::string> read_listen(std::string_view text) {
  if (!read_endpoint(std::string(text))) return std::nullopt;
  return std::string(text);
}

std::optional<LogFormat> read_log_format(std::string_view text) {
  if (text == "json") return LogFormat::json;
  if (text == "text") return LogFormat::text;
  return std::nullopt;
}

Key<Config> tls(std::string_view name, std::string TlsConfig::*member) {
  return single<Config>(
      name, as_it_is,
      [member](Config& config, auto value) { config.tls.*member = std::move(value); }, "");
}

std::vector<Key<Config>> all_keys() {
  return {
      single<Config>(
          "listen", read_listen,
          [](Config& config, auto value) { config.listen = std::move(value); },
          "is not ADDRESS:PORT, as 127.0.0.1:8080 or [::1]:8080"),
      single<Config>(
          "base-url", read_base_url,
          [](Config& config, auto value) { config.base_url = std::move(value); },
          "is no address as https://legwork.example.org"),
      single<Config>(
          "plain-http", read_switch, [](Config& config, auto value) { config.plain_http = value; },
          "is neither true nor false"),
      addresses("cors-origins", &Config::cors_origins, read_origin,
                "holds what is no origin; write it as https://ehr.example.org, without a path"),
      addresses("frame-ancestors", &Config::frame_ancestors, read_origin,
                "holds what is no origin; write it as https://ehr.example.org, without a path"),
      text("data", &Config::data),
      text("pack", &Config::pack),
      text("codes", &Config::codes),
      text("database", &Config::database),
      text("key-file", &Config::key_file),
      single<Config>(
          "file-summary", read_switch,
          [](Config& config, auto value) { config.file_summary = value; },
          "is neither true nor false"),
      text("ca-file", &Config::ca_file),
      single<Config>(
          "log-format", read_log_format,
          [](Config& config, auto value) { config.log_format = value; },
          "is neither json nor text"),
      tls("tls.certificate", &TlsConfig::certificate),
      tls("tls.key", &TlsConfig::key),
      size("limits.body", &Limits::body),
      size("limits.header", &Limits::header),
      count("limits.connections", &Limits::connections),
      count("limits.queue", &Limits::queue),
      small_count("limits.threads", &Limits::threads),
      small_count("limits.waiting-threads", &Limits::waiting_threads),
      time("limits.header-time", &Limits::header_time),
      time("limits.body-time", &Limits::body_time),
      time("limits.idle-time", &Limits::idle_time),
      time("limits.fetch-time", &Limits::fetch_time),
      time("limits.drain-time", &Limits::drain_time),
      small_count("limits.requests-per-minute", &Limits::requests_per_minute),
  };
}

std::vector<Key<ClientConfig>> all_client_keys() {
  return {
      text("issuer", &ClientConfig::issuer),
      text("jwks", &ClientConfig::jwks),
      list("jku", &ClientConfig::jku),
      addresses("fhir-servers", &ClientConfig::fhir_servers, read_base_url,
                "holds what is no address as https://fhir.example.org/r4"),
      text("vendor", &ClientConfig::vendor),
      text("smart-client-id", &ClientConfig::smart_client_id),
      text("smart-scope", &ClientConfig::smart_scope),
      addresses("smart-origins", &ClientConfig::smart_origins, read_origin,
                "holds what is no origin; write it as https://login.example.org, without a path"),
  };
}
}  // namespace

std::span<const Key<Config>> keys() {
  static const auto all = all_keys();
  return all;
}

std::span<const Key<ClientConfig>> client_keys() {
  static const auto all = all_client_keys();
  return all;
}
}  // namespace legwork::plugin
