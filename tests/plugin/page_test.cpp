#include "plugin/page.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace legwork;
using namespace legwork::plugin;

namespace {
std::vector<PageEhr> two_ehrs() {
  ClientConfig with_page, hooks_only;
  with_page.name = "mercy";
  with_page.fhir_servers = {"https://ehr.example.org/fhir", "https://test.example.org/r4/"};
  with_page.smart_client_id = "legwork-1";
  with_page.smart_origins = {"https://login.example.org"};
  hooks_only.name = "hooks-only";
  hooks_only.fhir_servers = {"https://other.example.org/fhir"};
  Config config;
  config.clients = {with_page, hooks_only};
  return page_ehrs(config);
}

Response get(const std::vector<Route>& routes, std::string_view path) {
  Router router(routes);
  const auto found = router.find("GET", path);
  CAPTURE(path);
  REQUIRE(found.route != nullptr);
  return std::get<Response>(found.route->handler(std::make_shared<Request>(), Caller{}));
}

std::string header(const Response& response, std::string_view name) {
  const auto found = std::ranges::find(response.headers, name, &Header::name);
  return found == response.headers.end() ? "" : found->value;
}
}  // namespace

TEST_CASE("the page is opened only from EHRs that are told its client id", "[plugin]") {
  const auto ehrs = two_ehrs();
  REQUIRE(ehrs.size() == 2);
  CHECK(ehrs[0].iss == "https://ehr.example.org/fhir");
  CHECK(ehrs[1].iss == "https://test.example.org/r4/");
}

TEST_CASE("a browser runs only this server's scripts, and calls only it and the EHRs", "[plugin]") {
  const auto policy = page_policy(two_ehrs(), {"https://frame.example.org"});
  CHECK(policy ==
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self' https://ehr.example.org https://login.example.org "
        "https://test.example.org; frame-src blob:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors https://frame.example.org");
  CHECK(page_policy({}, {}).ends_with("frame-ancestors 'none'"));
  CHECK(
      page_policy({}, {"https://a.example.org; script-src *"}).ends_with("frame-ancestors 'none'"));
}

TEST_CASE("the page and what it consists of are sent from memory with its policy", "[plugin]") {
  const auto routes = page_routes(LEGWORK_SOURCE, two_ehrs(), {});
  REQUIRE(routes);
  for (const auto* path : {"/", "/launch", "/app"}) {
    const auto page = get(*routes, path);
    CHECK(page.content_type == "text/html; charset=utf-8");
    CHECK(page.body.starts_with("<!DOCTYPE html>"));
    CHECK(header(page, "Content-Security-Policy") == page_policy(two_ehrs(), {}));
    CHECK(header(page, "Cache-Control") == "no-cache");
    // What the policy would refuse, and what would ask somebody else.
    CHECK(page.body.find(" style=") == std::string::npos);
    CHECK(page.body.find("//") == std::string::npos);
  }
  CHECK(get(*routes, "/page/app.js").content_type == "text/javascript; charset=utf-8");
  CHECK(get(*routes, "/page/words.es.json").content_type == "application/json");
  CHECK(get(*routes, "/page/vendor/fhir-client.pure.min.js").body.size() > 10'000);
  CHECK(get(*routes, "/examples/one-leg-sudden.json").body.starts_with("{"));
  for (const auto* path :
       {"/page/vendor/update.sh", "/page/..%2fconfig.hpp", "/examples/README.md"})
    CHECK(Router(*routes).find("GET", path).route == nullptr);
}

TEST_CASE("the page's files need no thread, so they count for no limit of an address", "[plugin]") {
  const auto routes = page_routes(LEGWORK_SOURCE, two_ehrs(), {});
  REQUIRE(routes);
  for (const auto& route : *routes) {
    CAPTURE(route.pattern);
    CHECK(route.runs == Runs::at_once);
  }
}

TEST_CASE("the page is told what it must know of the settings", "[plugin]") {
  const auto routes = page_routes(LEGWORK_SOURCE, two_ehrs(), {});
  REQUIRE(routes);
  const auto config = get(*routes, "/app/config").body;
  CHECK(config.find(R"("iss": "https://ehr.example.org/fhir")") != std::string::npos);
  CHECK(config.find(R"("clientId": "legwork-1")") != std::string::npos);
  CHECK(config.find("hooks-only") == std::string::npos);
}

TEST_CASE("a data folder without the page is refused by name", "[plugin]") {
  const auto routes = page_routes("/nowhere", {}, {});
  REQUIRE_FALSE(routes);
  CHECK(routes.error().where == "/nowhere/plugin/page");
}
