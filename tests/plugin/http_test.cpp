#include "plugin/http.hpp"

#include <catch2/catch.hpp>

using namespace legwork::plugin;

TEST_CASE("a header is found in any case, the first of its name", "[plugin]") {
  Request request;
  request.headers = {{"Content-Type", "application/json"}, {"content-type", "text/plain"}};
  REQUIRE(request.header("CONTENT-TYPE") != nullptr);
  CHECK(*request.header("CONTENT-TYPE") == "application/json");
  CHECK(request.header("Content") == nullptr);
}
