#include "bulk/tokens.hpp"
#include "plugin/jwk.hpp"
#include "plugin/jwt.hpp"
#include "tests/bulk/world.hpp"
#include "tests/plugin/signer.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::bulk;
using namespace legwork::bulk::sample;
using namespace std::chrono_literals;
using plugin::sample::Signer;

namespace {
const press::Address base =
    *press::read_address("https://ehr.example.org/fhir", press::PlainHttp::never);
constexpr auto configuration =
    R"({"token_endpoint":"https://auth.example.org/token","capabilities":["permission-v2"]})";

const Signer& pair() {
  static const auto made = Signer::ec("P-384", "one");
  return made;
}

Credentials credentials(std::string token_url = {}, std::string scope = {}) {
  return {"app", *read_signing_key(pair().private_jwk(), "key", ""), std::move(token_url),
          std::move(scope)};
}

/// Gives tokens that live for so long, numbered.
World::Serve gives(long seconds, std::string smart = configuration) {
  return [seconds, smart, number = std::make_shared<int>(0)](const press::Outgoing& request) {
    if (request.method == "GET") return answer(200, smart);
    return answer(200, R"({"access_token":"t)" + std::to_string(++*number) +
                           R"(","token_type":"bearer","expires_in":)" + std::to_string(seconds) +
                           "}");
  };
}

Tokens tokens(World& world, std::optional<Credentials> who, std::vector<std::string> types = {}) {
  return {std::move(who), base, press::PlainHttp::never, std::move(types), world.outside()};
}

std::string value_in(const std::string& form, const std::string& name) {
  const auto at = form.find(name + "=");
  if (at == form.npos) return {};
  const auto begin = at + name.size() + 1;
  return form.substr(begin, form.find('&', begin) - begin);
}
}  // namespace

TEST_CASE("a token is asked for with an assertion that is for its endpoint and for five minutes",
          "[bulk]") {
  World world(gives(300));
  auto source = tokens(world, credentials());
  CHECK(source.current() == "t1");
  REQUIRE(world.asked() == std::vector<std::string>{
                               "GET https://ehr.example.org/fhir/.well-known/smart-configuration",
                               "POST https://auth.example.org/token"});
  const auto form = world.requests().back().body;
  CHECK(value_in(form, "grant_type") == "client_credentials");
  CHECK(value_in(form, "scope") == "system%2F%2A.rs");
  CHECK(value_in(form, "client_assertion_type") ==
        "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer");
  const auto assertion = value_in(form, "client_assertion");
  const auto token = plugin::read_token(assertion);
  REQUIRE(token);
  CHECK(token->issuer == "app");
  CHECK(token->audience == std::vector<std::string>{"https://auth.example.org/token"});
  CHECK(token->expires - token->issued <= 5min);
  CHECK(token->id.size() == 32);
  const auto keys = plugin::read_key_set(plugin::sample::key_set(pair().jwk()), "jwks.json");
  CHECK(plugin::check_signature(assertion, *token, keys->keys.front()));
}

TEST_CASE("a token is held until it is about to expire, or is refused", "[bulk]") {
  World world(gives(300));
  auto source = tokens(world, credentials());
  CHECK(source.current() == "t1");
  world.outside().pause(269s);
  CHECK(source.current() == "t1");
  world.outside().pause(1s);
  CHECK(source.current() == "t2");
  source.refused("t1");  // long gone
  CHECK(source.current() == "t2");
  source.refused("t2");
  CHECK(source.current() == "t3");
  const auto requests = world.requests();
  CHECK(requests.size() == 4);  // discovery once
  CHECK(value_in(requests[1].body, "client_assertion") !=
        value_in(requests[2].body, "client_assertion"));
}

TEST_CASE("scopes are of the types that are asked for, in the server's dialect", "[bulk]") {
  struct Row {
    std::vector<std::string> types;
    std::string smart, given, scope;
  };
  const std::string first =
      R"({"token_endpoint":"/token","capabilities":["permission-v1","client-confidential-asymmetric"]})";
  const auto row = GENERATE_COPY(values<Row>({
      {{}, configuration, "", "system%2F%2A.rs"},
      {{"Patient", "Condition"}, configuration, "", "system%2FPatient.rs%20system%2FCondition.rs"},
      {{}, first, "", "system%2F%2A.read"},
      {{"Patient"}, configuration, "system/Patient.r", "system%2FPatient.r"},
  }));
  World world(gives(300, row.smart));
  auto source = tokens(world, credentials("", row.given), row.types);
  CHECK(source.current() == "t1");
  CHECK(value_in(world.requests().back().body, "scope") == row.scope);
}

TEST_CASE("without credentials no token is asked for", "[bulk]") {
  World world(gives(300));
  auto source = tokens(world, std::nullopt);
  CHECK(source.current() == "");
  CHECK(world.asked().empty());
}

TEST_CASE("with endpoint and scope given, nothing is looked up", "[bulk]") {
  World world(gives(300));
  auto source = tokens(world, credentials("https://other.example.org/t", "system/*.rs"));
  CHECK(source.current() == "t1");
  CHECK(world.asked() == std::vector<std::string>{"POST https://other.example.org/t"});
}

TEST_CASE("why there is no token is told by OAuth's code, and by nothing else of the answer",
          "[bulk]") {
  struct Row {
    press::Fetched answer;
    ErrorKind kind;
    std::string what;
  };
  const auto row = GENERATE(values<Row>({
      {answer(400, R"({"error":"invalid_client","error_description":"Odalys"})"),
       ErrorKind::unsupported, "gives this client no token: answered 400 (invalid_client)"},
      {answer(401, R"({"error":"Odalys Brightwater"})"), ErrorKind::unsupported,
       "gives this client no token: answered 401"},
      {answer(500, "Odalys"), ErrorKind::unavailable, "gives this client no token: answered 500"},
      {answer(200, "Odalys"), ErrorKind::malformed, "answered with something else than JSON"},
      {answer(200, R"({"access_token":"a\r\nX: b"})"), ErrorKind::malformed,
       "answered without a token that can be sent"},
      {answer(200, "{}"), ErrorKind::malformed, "answered without a token that can be sent"},
  }));
  World world([&](const press::Outgoing& request) {
    return request.method == "GET" ? answer(200, configuration) : row.answer;
  });
  const auto token = tokens(world, credentials()).current();
  REQUIRE_FALSE(token);
  CHECK(token.error().kind == row.kind);
  CHECK(token.error().where == "auth.example.org");
  CHECK(token.error().what == row.what);
}

TEST_CASE("a busy token server is asked again, each time with an assertion of its own", "[bulk]") {
  int refusals = 2;
  World world([&](const press::Outgoing& request) {
    if (request.method == "GET") return answer(200, configuration);
    return refusals-- > 0 ? answer(503) : answer(200, R"({"access_token":"t"})");
  });
  CHECK(tokens(world, credentials()).current() == "t");
  CHECK(world.waits() == std::vector<std::chrono::milliseconds>{1s, 2s});
  const auto requests = world.requests();
  REQUIRE(requests.size() == 4);
  CHECK(requests[1].body != requests[2].body);
}
