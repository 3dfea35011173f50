#include "plugin/gate.hpp"
#include "tests/plugin/signer.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <map>

using namespace legwork;
using namespace legwork::plugin;
using namespace legwork::press;
using sample::base64url;
using sample::key_set;
using sample::Signer;
using std::chrono::seconds;

namespace {
constexpr std::string_view url = "https://legwork.example.org/cds-services/legwork-patient-view";
constexpr std::string_view issuer = "https://ehr.example.org";
constexpr std::string_view listed = "https://ehr.example.org/jwks.json";
constexpr long now = 1'800'000'000;

/// Two clients, "north" with keys at an address of its own and a second one that its tokens may
/// name, and "closed" without any key.
struct World {
  Signer own = Signer::ec("P-384", "own");
  Signer at_jku = Signer::ec("P-384", "at-jku");
  std::map<std::string, std::string> web{
      {"https://north.example.org/keys", key_set(own.jwk())},
      {std::string(listed), key_set(at_jku.jwk())},
      {"https://evil.example.org/jwks.json", key_set(at_jku.jwk())},
  };
  std::vector<std::string> fetched;
  Config config;

  World() {
    ClientConfig north;
    north.name = "north";
    north.issuer = issuer;
    north.jwks = "https://north.example.org/keys";
    north.jku = {std::string(listed)};
    ClientConfig closed;
    closed.name = "closed";
    closed.issuer = "https://closed.example.org";
    config.clients = {north, closed};
    config.listen = "0.0.0.0:8443";
    config.tls.certificate = "server.pem";
  }

  Gate gate() {
    const auto fetch = [this](std::span<const Outgoing> requests, const Patience&) {
      std::vector<Result<Fetched>> answers;
      for (const Outgoing& request : requests) {
        fetched.push_back(request.address.text());
        const auto page = web.find(fetched.back());
        answers.emplace_back(page == web.end() ? Fetched{404, {}, {}, {}, {}}
                                               : Fetched{200, {}, {}, {}, page->second});
      }
      return answers;
    };
    const auto clock = [] { return std::chrono::system_clock::time_point(seconds(now)); };
    return make_gate(config, {fetch, clock, 100});
  }
};

std::string header(std::string_view kid, std::string_view more = {}) {
  return fmt::format(R"({{"alg":"ES384","typ":"JWT","kid":"{}"{}}})", kid, more);
}

std::string claims(std::string_view id, std::string_view iss = issuer, std::string_view aud = url,
                   long expires = now + 300, std::string_view more = {}) {
  return fmt::format(R"({{"iss":"{}","aud":"{}","exp":{},"iat":{},"jti":"{}"{}}})", iss, aud,
                     expires, now - 10, id, more);
}

Request with(std::string authorization) {
  Request request;
  request.headers = {{"Host", "legwork.example.org"}, {"Authorization", std::move(authorization)}};
  return request;
}

std::string bearer(const Signer& signer, std::string_view head, std::string_view body) {
  return "Bearer " + signer.token(head, body, "ES384");
}

/// "north", "401: the reason", or "undecided".
std::string said(const Verdict& verdict) {
  if (const auto* const caller = std::get_if<Caller>(&verdict)) return caller->client;
  if (const auto* const denied = std::get_if<Denied>(&verdict)) {
    return fmt::format("{}: {}", denied->status, denied->why);
  }
  return "undecided";
}
}  // namespace

TEST_CASE("a client that signs its token passes, with its name and tenant", "[plugin]") {
  World world;
  const Gate gate = world.gate();
  const auto request = with(bearer(world.own, header("own"),
                                   claims("1", issuer, url, now + 300, R"(,"tenant":"ward-3")")));
  CHECK(said(gate(request, url, Network::avoid)) == "undecided");
  CHECK(world.fetched.empty());
  const auto verdict = gate(request, url, Network::use);
  REQUIRE(std::holds_alternative<Caller>(verdict));
  CHECK(std::get<Caller>(verdict).client == "north");
  CHECK(std::get<Caller>(verdict).tenant == "ward-3");
  // From now on the keys are known.
  CHECK(said(gate(with(bearer(world.own, header("own"), claims("2"))), url, Network::avoid)) ==
        "north");
}

TEST_CASE("an issuer with a slash at its end is the same, and the scheme has no case", "[plugin]") {
  World world;
  const Gate gate = world.gate();
  CHECK(said(gate(with(bearer(world.own, header("own"), claims("1", "https://ehr.example.org/"))),
                  url, Network::use)) == "north");
  const std::string token = bearer(world.own, header("own"), claims("2")).substr(7);
  CHECK(said(gate(with("bearer " + token), url, Network::use)) == "north");
}

TEST_CASE("a token is used once", "[plugin]") {
  World world;
  const Gate gate = world.gate();
  const auto request = with(bearer(world.own, header("own"), claims("1")));
  CHECK(said(gate(request, url, Network::use)) == "north");
  CHECK(said(gate(request, url, Network::use)) ==
        "401: the token was used before: make one for each call");
  // Nor another token with the same id.
  CHECK(said(gate(with(bearer(world.own, header("own"), claims("1", issuer, url, now + 200))), url,
                  Network::use)) == "401: the token was used before: make one for each call");
}

TEST_CASE("a forged token does not use up the id of a good one", "[plugin]") {
  World world;
  const Gate gate = world.gate();
  const auto stranger = Signer::ec("P-384", "own");
  CHECK(said(gate(with(bearer(stranger, header("own"), claims("1"))), url, Network::use)) ==
        "401: the signature is not by the key of that kid");
  CHECK(said(gate(with(bearer(world.own, header("own"), claims("1"))), url, Network::use)) ==
        "north");
}

TEST_CASE("a call without a token that can be believed is told why", "[plugin]") {
  World world;
  const Gate gate = world.gate();
  struct Row {
    std::string authorization, said;
  };
  const std::string other = "https://legwork.example.org/cds-services/other";
  const auto row = GENERATE_COPY(values<Row>({
      {"", "401: the Authorization header is not 'Bearer <token>'"},
      {"Bearer", "401: the Authorization header is not 'Bearer <token>'"},
      {"Basic bm9ydGg6c2VjcmV0", "401: the Authorization header is not 'Bearer <token>'"},
      {"Bearer  ", "401: the token is not a compact JWS of three parts"},
      {"Bearer abc", "401: the token is not a compact JWS of three parts"},
      {bearer(world.own, header("own"), claims("1", "https://stranger.example.org")),
       "401: claim 'iss' names no client that is configured"},
      {bearer(world.own, header("own"), claims("1", "https://ehr.example.org.evil.example")),
       "401: claim 'iss' names no client that is configured"},
      {bearer(world.own, header("own"), claims("1", "https://closed.example.org")),
       "403: no keys are configured for this client"},
      {bearer(world.own, header("own"), claims("1", issuer, other)),
       "401: claim 'aud' does not name the address that was called; compare it with base-url"},
      {bearer(world.own, header("own"), claims("1", issuer, url, now - 60)),
       "401: the token has expired"},
      {bearer(world.own, header("nobody's"), claims("1")),
       "401: this client has no key of the token's 'kid', or its keys cannot be had"},
      {bearer(world.at_jku, header("own"), claims("1")),
       "401: the signature is not by the key of that kid"},
  }));
  CHECK(said(gate(with(row.authorization), url, Network::use)) == row.said);
}

TEST_CASE("a call without, or with two, Authorization headers is refused", "[plugin]") {
  World world;
  const Gate gate = world.gate();
  Request request;
  CHECK(said(gate(request, url, Network::use)) ==
        "401: send the client's token as 'Authorization: Bearer <token>'");
  request = with(bearer(world.own, header("own"), claims("1")));
  request.headers.push_back({"authorization", "Bearer x"});
  CHECK(said(gate(request, url, Network::use)) == "401: more than one Authorization header");
}

TEST_CASE("keys are taken from an address that the token names only if it is listed", "[plugin]") {
  struct Row {
    std::string jku;
    bool passes;
  };
  const auto row = GENERATE(values<Row>({
      {"https://ehr.example.org/jwks.json", true},
      {"https://evil.example.org/jwks.json", false},
      {"https://ehr.example.org/jwks.json?", false},
      {"https://ehr.example.org/jwks.json/../../x", false},
      {"https://ehr.example.org/jwks.jso", false},
      {"HTTPS://ehr.example.org/jwks.json", false},
      {"http://ehr.example.org/jwks.json", false},
      {"https://ehr.example.org@evil.example.org/jwks.json", false},
      {"file:///etc/passwd", false},
  }));
  CAPTURE(row.jku);
  World world;
  const Gate gate = world.gate();
  const auto head = header("at-jku", fmt::format(R"(,"jku":"{}")", row.jku));
  const std::string verdict =
      said(gate(with(bearer(world.at_jku, head, claims("1"))), url, Network::use));
  CHECK(verdict == (row.passes ? "north"
                               : "401: header parameter 'jku' is not among the addresses that are "
                                 "listed for this client"));
  // Nobody but those that are configured was ever asked.
  for (const std::string& address : world.fetched) {
    CHECK((address == listed || address == "https://north.example.org/keys"));
  }
}

TEST_CASE("keys given by hand do where the token's jku is out of reach, or not listed at all",
          "[plugin]") {
  World world;
  world.web.erase(std::string(listed));
  SECTION("listed, but out of reach") {}
  SECTION("no list") { world.config.clients[0].jku.clear(); }
  const Gate gate = world.gate();
  const auto head = header("own", fmt::format(R"(,"jku":"{}")", listed));
  CHECK(said(gate(with(bearer(world.own, head, claims("1"))), url, Network::use)) == "north");
}

TEST_CASE("a client whose keys are at its jku alone must name it", "[plugin]") {
  World world;
  world.config.clients[0].jwks.clear();
  const Gate gate = world.gate();
  CHECK(said(gate(with(bearer(world.at_jku, header("at-jku"), claims("1"))), url, Network::use)) ==
        "401: header parameter 'jku' is absent, and this client has no other keys");
}

TEST_CASE("too many tokens at a time are refused, not forgotten", "[plugin]") {
  World world;
  const Gate gate = world.gate();
  for (int at = 0; at < 100; ++at) {
    const auto request = with(bearer(world.own, header("own"), claims(std::to_string(at))));
    REQUIRE(said(gate(request, url, Network::use)) == "north");
  }
  CHECK_THAT(said(gate(with(bearer(world.own, header("own"), claims("100"))), url, Network::use)),
             Catch::StartsWith("401: too many tokens"));
}

TEST_CASE("no reason for a refusal holds a part of the token", "[plugin]") {
  World world;
  const Gate gate = world.gate();
  for (const std::string& text :
       {std::string(R"({"alg":"Planted","typ":"Planted","kid":"Planted"})"),
        header("Planted", R"(,"jku":"https://Planted/")")}) {
    const auto verdict = gate(with(bearer(world.own, text, claims("Planted", "https://Planted"))),
                              url, Network::use);
    CHECK(said(verdict).find("Planted") == std::string::npos);
  }
}

TEST_CASE("where no client is configured, everybody passes as nobody", "[plugin]") {
  const Gate gate = make_gate(Config(), {});
  const auto verdict = gate(Request(), url, Network::avoid);
  REQUIRE(std::holds_alternative<Caller>(verdict));
  CHECK(std::get<Caller>(verdict).client.empty());
}

TEST_CASE("a client that could never be trusted or reached is told of before serving", "[plugin]") {
  World world;
  CHECK(check_clients(world.config).empty());
  ClientConfig& north = world.config.clients[0];
  north.jwks = "/no/such/keys.json";
  north.jku = {"http://ehr.example.org/jwks.json", "keys.json"};
  north.fhir_servers = {"https://ehr.example.org/fhir", "http://127.0.0.1:8090/fhir"};
  const auto faults = check_clients(world.config);
  REQUIRE(faults.size() == 4);
  CHECK(faults[0].where == "/no/such/keys.json");
  CHECK(faults[1].where == "[client.north]");
  CHECK(faults[1].what == "jku cannot be used: it is not https");
  CHECK(faults[2].what == "jku cannot be used: it is not an absolute web address");
  CHECK(faults[3].what == "fhir-servers cannot be used: it is not https");
}

TEST_CASE("plain http is spoken only by a server that is itself plain, on this machine",
          "[plugin]") {
  Config config;
  CHECK(plain_http_of(config) == PlainHttp::to_loopback);
  config.listen = "[::1]:8080";
  CHECK(plain_http_of(config) == PlainHttp::to_loopback);
  config.listen = "0.0.0.0:8080";
  CHECK(plain_http_of(config) == PlainHttp::never);
  config.listen = "127.0.0.1:8443";
  config.tls.certificate = "server.pem";
  CHECK(plain_http_of(config) == PlainHttp::never);
}
