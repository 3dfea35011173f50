#include "plugin/outcome.hpp"

#include <catch2/catch.hpp>

using namespace legwork::plugin;

TEST_CASE("a refusal is an OperationOutcome with what to do", "[plugin]") {
  const auto response = outcome(413, issue_code(413), "the body is over \"16\" MB; send less");
  CHECK(response.status == 413);
  CHECK(response.content_type == "application/fhir+json");
  CHECK(response.body ==
        R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"too-long",)"
        R"("diagnostics":"the body is over \"16\" MB; send less"}]})");
}

TEST_CASE("a status that is not listed still has an issue type", "[plugin]") {
  CHECK(issue_code(404) == "not-found");
  CHECK(issue_code(418) == "processing");
  CHECK(issue_code(500) == "exception");
}
