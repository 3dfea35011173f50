#include "plugin/exchange.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace legwork::plugin;

namespace {
/// A service with one route, whose handler and gate the test says.
struct World {
  Service service;
  std::shared_ptr<Exchange> exchange = std::make_shared<Exchange>();

  World(Handler handler, Gate gate)
      : service{Router({{.name = "one",
                         .method = "POST",
                         .pattern = "/one",
                         .accepts = {"application/json"},
                         .handler = std::move(handler),
                         .cors = Cors::listed}}),
                std::move(gate),
                "https://legwork.example.org",
                {"https://ehr.example.org"}} {
    exchange->request = std::make_shared<Request>();
    exchange->request->method = "POST";
    exchange->request->path = "/one";
    exchange->route = service.router.find("POST", "/one").route;
    exchange->body_limit = 1000;
  }

  Answer perform() { return legwork::plugin::perform(service, exchange); }
};

Answer fine(const std::shared_ptr<const Request>&, const Caller& caller) {
  return Response{200, "text/plain", caller.client, {}};
}

const Response& response_of(const Answer& answer) { return std::get<Response>(answer); }

std::string header_of(const Response& response, std::string_view name) {
  std::string all;
  for (const auto& header : response.headers)
    if (header.name == name) all += header.value + ";";
  return all;
}
}  // namespace

TEST_CASE("a fault in a handler is a 500 that says nothing of it", "[plugin]") {
  World world([](const auto&, const auto&) -> Answer { throw std::runtime_error("Plumwhistle"); },
              nullptr);
  const auto answer = world.perform();
  CHECK(response_of(answer).status == 500);
  CHECK(response_of(answer).body.find("Plumwhistle") == std::string::npos);
  CHECK(response_of(answer).body.find("X-Request-Id") != std::string::npos);
}

TEST_CASE("a fault in what is done later is a 500 as well", "[plugin]") {
  World world(
      [](const auto&, const auto&) -> Answer {
        return Later([]() -> Response { throw std::runtime_error("Plumwhistle"); });
      },
      nullptr);
  const auto answer = world.perform();
  const auto response = std::get<Later>(answer)();
  CHECK(response.status == 500);
  CHECK(response.body.find("Plumwhistle") == std::string::npos);
}

TEST_CASE("a handler is told who calls, by the gate, which is told the address", "[plugin]") {
  std::string asked;
  World world(fine, [&](const Request&, std::string_view url, Network) -> Verdict {
    asked = url;
    return Caller{"mercy", ""};
  });
  CHECK(response_of(world.perform()).body == "mercy");
  CHECK(asked == "https://legwork.example.org/one");
  CHECK(world.exchange->caller.client == "mercy");
}

TEST_CASE("who is denied does not reach the handler", "[plugin]") {
  World world([](const auto&, const auto&) -> Answer { throw std::logic_error("reached"); },
              [](const Request&, std::string_view, Network) -> Verdict {
                return Denied{401, "the token has expired; send a new one"};
              });
  const auto answer = world.perform();
  CHECK(response_of(answer).status == 401);
  CHECK(header_of(response_of(answer), "WWW-Authenticate") == "Bearer;");
}

TEST_CASE("a gate that needs the network is asked again where waiting holds up nobody",
          "[plugin]") {
  World world(fine, [](const Request&, std::string_view, Network network) -> Verdict {
    if (network == Network::avoid) return Undecided{};
    return Caller{"mercy", ""};
  });
  const auto answer = world.perform();
  REQUIRE(std::holds_alternative<Later>(answer));
  CHECK(std::get<Later>(answer)().body == "mercy");
}

TEST_CASE("a gate that cannot tell at all is a 503, and a fault in it a 500", "[plugin]") {
  World undecided(fine,
                  [](const Request&, std::string_view, Network) -> Verdict { return Undecided{}; });
  CHECK(std::get<Later>(undecided.perform())().status == 503);
  World fault(fine, [](const Request&, std::string_view, Network) -> Verdict {
    throw std::runtime_error("Plumwhistle");
  });
  CHECK(response_of(fault.perform()).status == 500);
}

// CDS Hooks, "Cross-Origin Resource Sharing"; Fetch: no "*" where there are credentials.
TEST_CASE("a page of a listed origin may read the answer, another may not", "[plugin]") {
  World world(fine, nullptr);
  world.exchange->request->headers = {{"Origin", "https://ehr.example.org"}};
  Response listed{200, "", "", {}};
  finish(world.service, *world.exchange, listed);
  CHECK(header_of(listed, "Access-Control-Allow-Origin") == "https://ehr.example.org;");
  CHECK(header_of(listed, "Vary").find("Origin") != std::string::npos);
  world.exchange->request->headers = {{"Origin", "https://other.example.org"}};
  Response other{200, "", "", {}};
  finish(world.service, *world.exchange, other);
  CHECK(header_of(other, "Access-Control-Allow-Origin").empty());
  CHECK(header_of(other, "Vary").find("Origin") != std::string::npos);
}

TEST_CASE("a browser that asks first is told what a page may send", "[plugin]") {
  World world(fine, nullptr);
  auto& request = *world.exchange->request;
  request.method = "OPTIONS";
  request.headers = {{"Origin", "https://ehr.example.org"},
                     {"Access-Control-Request-Method", "POST"}};
  const auto found = world.service.router.find("OPTIONS", "/one");
  const auto allowed = answer_early(world.service, found, {}, *world.exchange);
  REQUIRE(allowed);
  CHECK(allowed->status == 204);
  CHECK(header_of(*allowed, "Access-Control-Allow-Headers") == "Authorization, Content-Type;");
  CHECK(header_of(*allowed, "Access-Control-Allow-Methods") == "POST, OPTIONS;");
  CHECK(header_of(*allowed, "Access-Control-Allow-Credentials").empty());
  request.headers[0].value = "https://other.example.org";
  CHECK(answer_early(world.service, found, {}, *world.exchange)->status == 403);
}

TEST_CASE("what is kept nowhere says so, unless its handler knows better", "[plugin]") {
  World world(fine, nullptr);
  Response plain{200, "", "", {}};
  finish(world.service, *world.exchange, plain);
  CHECK(header_of(plain, "Cache-Control") == "no-store;");
  Response cached{200, "", "", {{"Cache-Control", "no-cache"}}};
  finish(world.service, *world.exchange, cached);
  CHECK(header_of(cached, "Cache-Control") == "no-cache;");
  Response busy{503, "", "", {}};
  finish(world.service, *world.exchange, busy);
  CHECK(header_of(busy, "Retry-After") == "1;");
}
