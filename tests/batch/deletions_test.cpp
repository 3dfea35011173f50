#include "batch/deletions.hpp"

#include <catch2/catch.hpp>

using namespace legwork::batch;

TEST_CASE("a Bundle of deletions names what is gone, however it refers to it", "[deletions]") {
  Deletions deletions;
  CHECK(deletions.add(R"({"resourceType":"Bundle","type":"transaction","entry":[
      {"request":{"method":"DELETE","url":"Observation/o9"}},
      {"request":{"method":"DELETE","url":"https://ehr.example.org/fhir/Patient/p1"}}]})"));
  CHECK(deletions.size() == 2);
  CHECK(deletions.hold("Observation/o9"));
  CHECK(deletions.hold("Patient/p1"));
  CHECK_FALSE(deletions.hold("Observation/o99"));
  CHECK(deletions.add(R"({"resourceType":"Bundle","type":"transaction"})"));
}

TEST_CASE("what is no deletion is told, and deletes nothing", "[deletions]") {
  const auto* text = GENERATE(
      "{", "[]", R"({"resourceType":"Patient","id":"p1"})",
      R"({"resourceType":"Bundle","entry":7})",
      R"({"resourceType":"Bundle","entry":[{"request":{"method":"PUT","url":"Patient/p1"}}]})",
      R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p1"}}]})");
  Deletions deletions;
  CHECK_FALSE(deletions.add(text));
  CHECK(deletions.size() == 0);
}
