// The parts of trust together, over real TLS: a client's keys and its FHIR server on this machine.
#include "plugin/fhir_client.hpp"
#include "plugin/gate.hpp"
#include "tests/plugin/signer.hpp"
#include "tests/press/web_server.hpp"

#include <unistd.h>

#include <fmt/format.h>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>

using namespace legwork;
using namespace legwork::plugin;
using namespace legwork::press;
using namespace legwork::plugin::sample;
using namespace legwork::press::sample;
using namespace std::chrono_literals;

namespace {
constexpr std::string_view url = "https://legwork.example.org/cds-services/legwork-patient-view";

/// The EHR's web server: keys, and two pages of conditions.
struct Ehr {
  Signer signer = Signer::rsa(2048, "one");
  Certificate certificate = make_certificate("IP:127.0.0.1");
  std::mutex mutex;
  std::vector<std::string> heads;
  WebServer server{[this](const std::string& head) { return answer(head); }, certificate};
  std::string ca_file =
      (std::filesystem::temp_directory_path() / fmt::format("legwork-trust-{}.pem", ::getpid()))
          .string();

  Ehr() { std::ofstream(ca_file) << certificate.certificate; }
  ~Ehr() { std::filesystem::remove(ca_file); }

  std::string answer(const std::string& head) {
    const std::scoped_lock lock(mutex);
    heads.push_back(head);
    if (head.starts_with("GET /jwks.json ")) return answer_of(200, key_set(signer.jwk()));
    if (head.starts_with("GET /fhir/Condition?patient=1 ")) {
      return answer_of(200,
                       R"({"resourceType":"Bundle","link":[{"relation":"next","url":"?page=2"}]})");
    }
    if (head.starts_with("GET /fhir/Condition?page=2 ")) {
      return answer_of(200, R"({"resourceType":"Bundle","entry":[]})");
    }
    return answer_of(404, "");
  }
  Config config() const {
    Config made;
    made.listen = "0.0.0.0:8443";
    made.tls.certificate = "server.pem";
    ClientConfig north;
    north.name = "north";
    north.issuer = "https://ehr.example.org";
    north.jwks = server.base() + "/jwks.json";
    north.fhir_servers = {server.base() + "/fhir/"};
    made.clients = {north};
    return made;
  }
};
/// A call with a token of now.
Request call_by(const Signer& signer) {
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  const auto claims =
      fmt::format(R"({{"iss":"https://ehr.example.org","aud":"{}","exp":{},"iat":{},"jti":"1"}})",
                  url, now + 300, now);
  const auto token = signer.token(R"({"alg":"RS384","typ":"JWT","kid":"one"})", claims, "RS384");
  Request request;
  request.headers = {{"Authorization", "Bearer " + token}};
  return request;
}
}  // namespace

TEST_CASE("over TLS, a client is known by its keys, and its chart is fetched with its token",
          "[plugin]") {
  Ehr ehr;
  const Config config = ehr.config();
  const FetchAll fetch = make_fetch({ehr.ca_file});
  const Gate gate = make_gate(config, {fetch, [] { return std::chrono::system_clock::now(); }});
  const Request request = call_by(ehr.signer);
  const auto verdict = gate(request, url, Network::use);
  REQUIRE(std::holds_alternative<Caller>(verdict));

  const auto base = allowed_server(config, std::get<Caller>(verdict), ehr.server.base() + "/fhir");
  REQUIRE(base);
  const FhirServer server{*base, "secret", {}};
  const std::vector<FhirQuery> queries{{"patient", "Patient/1"},
                                       {"conditions", "Condition?patient=1"}};
  const auto all =
      fetch_chart(server, queries, {}, {std::chrono::steady_clock::now() + 30s, {}}, fetch);
  CHECK(all[0].not_seen == "the FHIR server does not have it (404)");
  CHECK(all[1].not_seen.empty());
  CHECK(all[1].texts.size() == 2);
  const std::scoped_lock lock(ehr.mutex);
  REQUIRE(ehr.heads.size() == 4);
  for (const std::string& head : ehr.heads) {
    const bool is_fhir = head.starts_with("GET /fhir/");
    CHECK((head.find("\r\nAuthorization: Bearer secret\r\n") != head.npos) == is_fhir);
  }
}

TEST_CASE("keys from a server whose certificate is not trusted let nobody in", "[plugin]") {
  Ehr ehr;
  const Gate gate =
      make_gate(ehr.config(), {make_fetch({}), [] { return std::chrono::system_clock::now(); }});
  const Request request = call_by(ehr.signer);
  const auto verdict = gate(request, url, Network::use);
  REQUIRE(std::holds_alternative<Denied>(verdict));
  CHECK(std::get<Denied>(verdict).status == 401);
}
