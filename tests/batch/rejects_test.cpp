#include "batch/rejects.hpp"

#include <catch2/catch.hpp>

using namespace legwork::batch;

TEST_CASE("a reject says where and why as an OperationOutcome on one line", "[rejects]") {
  CHECK(reject_line("Condition.ndjson:17", {0, 0, 17, "", "JSON is cut short"}) ==
        R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid",)"
        R"("diagnostics":"JSON is cut short","expression":["Condition.ndjson:17"]}]})"
        "\n");
  CHECK(reject_line("a.ndjson:1", {0, 0, 1, "Observation/o9", "x"})
            .find(R"("expression":["a.ndjson:1","Observation/o9"])") != std::string::npos);
}
