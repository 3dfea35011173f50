#include "plugin/router.hpp"

#include <catch2/catch.hpp>

using namespace legwork::plugin;

namespace {
Route route(std::string name, std::string method, std::string pattern) {
  Route made;
  made.name = std::move(name);
  made.method = std::move(method);
  made.pattern = std::move(pattern);
  return made;
}

Router router() {
  return Router({route("discovery", "GET", "/cds-services"),
                 route("service", "POST", "/cds-services/{id}"),
                 route("feedback", "POST", "/cds-services/{id}/feedback"),
                 route("operation", "POST", "/fhir/$heavy-legs-report"), route("try", "GET", "/")});
}

std::string name_of(const Found& found) { return found.route ? found.route->name : "none"; }
}  // namespace

TEST_CASE("an address and a method lead to one route", "[plugin]") {
  struct Row {
    std::string_view method, path, name, allow;
  };
  const auto row = GENERATE(values<Row>({
      {"GET", "/cds-services", "discovery", ""},
      {"GET", "/cds-services/", "discovery", ""},
      {"HEAD", "/cds-services", "discovery", ""},
      {"POST", "/cds-services/legwork-patient-view", "service", ""},
      {"POST", "/cds-services/legwork-patient-view/feedback/", "feedback", ""},
      {"POST", "/fhir/$heavy-legs-report", "operation", ""},
      {"POST", "/fhir/%24heavy-legs-report", "operation", ""},
      {"GET", "/", "try", ""},
      {"POST", "/cds-services", "none", "GET, HEAD, OPTIONS"},
      {"GET", "/cds-services/x", "none", "POST, OPTIONS"},
      {"GET", "/cds-services//", "none", ""},
      {"POST", "/cds-services/a/b", "none", ""},
      {"GET", "/CDS-SERVICES", "none", ""},
      {"GET", "/cds-services%", "none", ""},
      {"GET", "", "none", ""},
      {"GET", "*", "none", ""},
  }));
  CAPTURE(row.method, row.path);
  const auto routes = router();
  const auto found = routes.find(row.method, row.path);
  CHECK(name_of(found) == row.name);
  if (found.route == nullptr) CHECK(found.allow == row.allow);
}

TEST_CASE("a segment of a path is decoded", "[plugin]") {
  CHECK(segment("/cds-services/a%20b/feedback", 1) == "a b");
  CHECK(segment("/cds-services", 0) == "cds-services");
  CHECK(segment("/cds-services", 1).empty());
  CHECK(segment("/a%2", 0).empty());
  CHECK(segment("/a%00", 0).empty());
}

TEST_CASE("a parameter of a query is decoded, the first of its name", "[plugin]") {
  CHECK(parameter("iss=https%3A%2F%2Fa%2Fb+c&iss=2", "iss") == "https://a/b c");
  CHECK(parameter("launch", "launch").empty());
  CHECK(parameter("a=1&b=2", "b") == "2");
  CHECK(parameter("a=1&b=%zz", "b").empty());
  CHECK(parameter("", "b").empty());
}
