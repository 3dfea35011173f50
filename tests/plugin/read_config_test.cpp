#include "plugin/read_config.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

using namespace legwork;
using namespace legwork::plugin;
using namespace std::chrono_literals;

namespace {
tl::expected<Config, std::vector<Error>> read(const std::string& text) {
  const auto settings = read_settings("legwork.toml", text);
  if (!settings) return tl::unexpected(settings.error());
  return make_config(*settings);
}

std::string fault_of(const std::string& text) {
  const auto config = read(text);
  if (config) return "";
  return config.error().front().where + ": " + config.error().front().what;
}
}  // namespace

TEST_CASE("a configuration is read with its sections", "[plugin]") {
  const auto config = read(R"(
# a comment
listen = "[::1]:8443"
base-url = "https://legwork.example.org/"
cors-origins = ["https://a.example.org", "https://b.example.org:444"]
log-format = "text"
[limits]
body = "4MB"
queue = 8                 # few
header-time = "500ms"
[client.mercy]
issuer = "https://mercy.example.org"
smart-scope = "launch patient/*.rs"
fhir-servers = ["https://fhir.example.org/r4/"]
[client.grace]
issuer = "https://grace.example.org"
)");
  REQUIRE(config);
  CHECK(config->listen == "[::1]:8443");
  CHECK(config->base_url == "https://legwork.example.org");
  CHECK(config->cors_origins ==
        std::vector<std::string>{"https://a.example.org", "https://b.example.org:444"});
  CHECK(config->log_format == LogFormat::text);
  CHECK(config->limits.body == 4 << 20);
  CHECK(config->limits.queue == 8);
  CHECK(config->limits.header_time == 500ms);
  REQUIRE(config->clients.size() == 2);
  CHECK(config->clients[0].name == "mercy");
  CHECK(config->clients[0].smart_scope == "launch patient/*.rs");
  CHECK(config->clients[0].fhir_servers == std::vector<std::string>{"https://fhir.example.org/r4"});
  CHECK(config->clients[1].issuer == "https://grace.example.org");
}

TEST_CASE("a fault is told with file, line and key", "[plugin]") {
  struct Row {
    std::string text, fault;
  };
  const auto row = GENERATE(values<Row>({
      {"lisen = \"x\"", "legwork.toml:1: lisen: there is no such key; the nearest is listen"},
      {"\n[limits]\nbodi = 1",
       "legwork.toml:3: limits.bodi: there is no such key; the nearest is limits.body"},
      {"[limits]\nbody = \"4GB\"",
       "legwork.toml:2: limits.body is no size; write a number of bytes, or 64KB, or 16MB"},
      {"[limits]\nidle-time = 10",
       "legwork.toml:2: limits.idle-time is no time; write it as 10s, 500ms or 2min"},
      {"[limits]\nthreads = -1",
       "legwork.toml:2: limits.threads is no whole number up to a million"},
      {"listen = [\"a\", \"b\"]", "legwork.toml:1: listen has one value, not a list"},
      {"listen = \"example.org:80\"",
       "legwork.toml:1: listen is not ADDRESS:PORT, as 127.0.0.1:8080 or [::1]:8080"},
      {"plain-http = 1", "legwork.toml:1: plain-http is neither true nor false"},
      {"cors-origins = [\"*\"]",
       "legwork.toml:1: cors-origins holds what is no origin; write it as https://ehr.example.org, "
       "without a path"},
      {"cors-origins = [\"https://a.example.org/x\"]",
       "legwork.toml:1: cors-origins holds what is no origin; write it as https://ehr.example.org, "
       "without a path"},
      {"base-url = \"ftp://x\"",
       "legwork.toml:1: base-url is no address as https://legwork.example.org"},
      {"pack = \"a#b\"",
       "legwork.toml:1: pack has a quote that does not end, or a # within quotes"},
      {"[client.St-Mary]\nissuer = \"x\"",
       "legwork.toml:2: client.St-Mary.issuer a client's section is [client.NAME], its NAME of "
       "small "
       "letters, digits and dashes"},
  }));
  CAPTURE(row.text);
  CHECK(fault_of(row.text) == row.fault);
}

TEST_CASE("all faults of a configuration are told at once", "[plugin]") {
  const auto config = read("a = 1\nb = 2\n[limits]\nbody = \"x\"\n");
  REQUIRE_FALSE(config);
  CHECK(config.error().size() == 3);
}

TEST_CASE("the environment is read by the names of keys, and others are passed over", "[plugin]") {
  const char* const environment[] = {
      "LEGWORK_LIMITS_BODY_TIME=7s", "LEGWORK_PORT=tcp://10.0.0.1:80",
      "LEGWORK_CORS_ORIGINS=https://a.example.org, https://b.example.org", "PATH=/bin", nullptr};
  const auto settings = environment_settings(environment);
  REQUIRE(settings.size() == 2);
  CHECK(settings[0].where == "LEGWORK_LIMITS_BODY_TIME");
  const auto config = make_config(settings);
  REQUIRE(config);
  CHECK(config->limits.body_time == 7s);
  CHECK(config->cors_origins.size() == 2);
}

TEST_CASE("a later setting replaces an earlier one, also of a list", "[plugin]") {
  const auto config = make_config(std::vector<Setting>{
      {"cors-origins", {"https://a.example.org", "https://b.example.org"}, "file"},
      {"cors-origins", {"https://c.example.org"}, "--set"}});
  REQUIRE(config);
  CHECK(config->cors_origins == std::vector<std::string>{"https://c.example.org"});
  CHECK(argument_setting("--set", "limits.body = 1KB")->key == "limits.body");
  CHECK(argument_setting("--set", "limits.body").error().what == "is followed by KEY=VALUE");
}

TEST_CASE("beyond loopback a server needs TLS, a client and its own address", "[plugin]") {
  Config config;
  CHECK(faults_of(config).empty());
  config.listen = "0.0.0.0:443";
  CHECK(faults_of(config).size() == 3);
  config.plain_http = true;
  CHECK(faults_of(config).size() == 2);
  config.base_url = "https://legwork.example.org";
  config.clients.emplace_back().name = "mercy";
  CHECK(faults_of(config).size() == 2);  // neither issuer nor keys
  config.clients[0].issuer = "https://mercy.example.org";
  config.clients[0].jwks = "keys.json";
  CHECK(faults_of(config).empty());
}

TEST_CASE("every key stands in docs/operating.md", "[plugin]") {
  std::ifstream file(LEGWORK_SOURCE "/docs/operating.md");
  std::stringstream text;
  text << file.rdbuf();
  for (const auto& key : config_keys()) {
    CAPTURE(key);
    CHECK(text.str().find("`" + key + "`") != std::string::npos);
  }
}
