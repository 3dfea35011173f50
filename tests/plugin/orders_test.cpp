#include "plugin/order_reading.hpp"

#include "tests/plugin/cds_calls.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::tests;

namespace {
bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string drug(std::string_view id, std::string_view text, std::string_view more = "") {
  return R"({"resource":{"resourceType":"MedicationRequest","id":")" + std::string(id) +
         R"(","status":"draft","medicationCodeableConcept":{"coding":[{}],"text":")" +
         std::string(text) + R"("},"reasonCode":[])" + std::string(more) + "}}";
}

std::string test(std::string_view id, std::string_view loinc) {
  return R"({"resource":{"resourceType":"ServiceRequest","id":")" + std::string(id) +
         R"(","status":"draft","code":{"coding":[{"system":"http://loinc.org","code":")" +
         std::string(loinc) + R"("}]}}})";
}

CdsCall signing(const std::string& drafts, const std::string& conditions = searchset("Condition")) {
  CdsCall call;
  call.service = "legwork-order-sign";
  call.hook = "order-sign";
  call.prefetch["conditions"] = conditions;
  call.context = R"({"userId":"Practitioner/d1","patientId":"p1","draftOrders":{"resourceType":)"
                 R"("Bundle","entry":[)" +
                 drafts + "]}}";
  return call;
}

CdsCall selecting(const std::string& drafts, const std::string& selections) {
  CdsCall call = signing(drafts);
  call.service = "legwork-order-select";
  call.hook = "order-select";
  call.context.insert(1, R"("selections":)" + selections + ",");
  return call;
}

std::string topic(const plugin::Response& response, std::size_t index = 0) {
  return at(response.body, "cards/" + std::to_string(index) + "/source/topic/code");
}

const std::string no_complaint = R"({"resourceType":"Bundle","type":"searchset"})";
}  // namespace

TEST_CASE("a drug that holds fluid, ordered for heavy legs, has one card with the chart's evidence",
          "[plugin]") {
  const auto response = answer(cds_context(), signing(drug("m1", "nifedipine 30 mg tablet")));
  REQUIRE(response.status == 200);
  REQUIRE(count(response.body, "cards") == 1);
  CHECK(topic(response) == "order.calcium-channel-blocker-for-swollen-legs");
  CHECK(at(response.body, "cards/0/indicator") == "warning");
  const auto detail = at(response.body, "cards/0/detail");
  CHECK(holds(detail, "nifedipine"));
  CHECK(holds(detail, "Condition/heavy-legs"));
  CHECK(holds(detail, "To consider"));
  CHECK_FALSE(holds(detail, "stop "));
  CHECK(empty_member(response.body).empty());
}

TEST_CASE("each class has its rule, and several drafts of one class one card", "[plugin]") {
  const auto response =
      answer(cds_context(), signing(drug("a", "ibuprofen 400 mg oral tablet") + "," +
                                    drug("b", "naproxen 500 mg oral tablet") + "," +
                                    drug("c", "prednisone 20 mg oral tablet") + "," +
                                    drug("d", "atorvastatin 20 mg oral tablet")));
  REQUIRE(count(response.body, "cards") == 2);
  CHECK(topic(response, 0) == "order.nsaid-for-swollen-legs");
  CHECK(topic(response, 1) == "order.corticosteroid-for-swollen-legs");
  CHECK(at(response.body, "cards/1/indicator") == "info");
}

TEST_CASE("a drug for somebody whose legs are not on record interrupts nobody", "[plugin]") {
  const auto response =
      answer(cds_context(), signing(drug("m1", "nifedipine 30 mg tablet"), no_complaint));
  CHECK(response.body == R"({"cards":[]})");
}

TEST_CASE("a gel is no reason for a card", "[plugin]") {
  CHECK(answer(cds_context(), signing(drug("m1", "diclofenac 1 % topical gel"))).body ==
        R"({"cards":[]})");
}

TEST_CASE("a draft is not taken: it is no cause of what was there before", "[plugin]") {
  CdsCall call = signing(drug("m1", "nifedipine 30 mg tablet"));
  call.prefetch["medications"] = searchset_of({});
  const auto response = answer(cds_context(), call);
  REQUIRE(count(response.body, "cards") == 1);
  CHECK(topic(response).starts_with("order."));
}

TEST_CASE("order-select looks at what is selected", "[plugin]") {
  const auto drafts =
      drug("a", "nifedipine 30 mg tablet") + "," + drug("b", "ibuprofen 400 mg oral tablet");
  const auto one = answer(cds_context(), selecting(drafts, R"(["MedicationRequest/b"])"));
  REQUIRE(count(one.body, "cards") == 1);
  CHECK(topic(one) == "order.nsaid-for-swollen-legs");
  const auto nameless = answer(cds_context(), selecting(drafts, R"(["MedicationRequest/z"])"));
  CHECK(count(nameless.body, "cards") == 2);
}

TEST_CASE("drafts about somebody else are left out", "[plugin]") {
  const auto response = answer(
      cds_context(),
      signing(drug("m1", "nifedipine 30 mg tablet", R"(,"subject":{"reference":"Patient/p2"})")));
  CHECK(response.body == R"({"cards":[]})");
}

TEST_CASE("sloppy drafts are no fault", "[plugin]") {
  for (const std::string_view draft :
       {R"({})", R"({"resource":{}})", R"({"resource":{"resourceType":"MedicationRequest"}})",
        R"({"resource":{"resourceType":"ServiceRequest","code":"x"}})",
        R"({"resource":{"resourceType":"ServiceRequest","code":{"coding":{}}}})",
        R"({"resource":{"resourceType":"NutritionOrder","id":"n"}})"}) {
    CAPTURE(draft);
    const auto response = answer(cds_context(), signing(std::string(draft)));
    CHECK(response.status == 200);
    CHECK(response.body == R"({"cards":[]})");
  }
}

TEST_CASE("an order for a test that is on file says so, with value and date", "[plugin]") {
  const auto response = answer(
      cds_context(),
      signing(test("s1", "2276-4") + "," + test("s2", "2823-3") + "," + test("s3", "39420-5")));
  REQUIRE(count(response.body, "cards") == 1);
  CHECK(topic(response) == "on-file");
  CHECK(at(response.body, "cards/0/indicator") == "info");
  const auto summary = at(response.body, "cards/0/summary");
  CHECK(holds(summary, "Ferritin ("));
  CHECK(holds(summary, "ug/L, 2026-"));
  CHECK(empty_member(response.body).empty());
  CHECK(answer(cds_context(), signing(test("s3", "39420-5"))).body == R"({"cards":[]})");
  CHECK(answer(cds_context(), signing(test("s1", "2276-4"), no_complaint)).body ==
        R"({"cards":[]})");
}
