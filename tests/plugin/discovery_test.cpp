#include "plugin/discovery.hpp"

#include "tests/causes/test_pack.hpp"
#include "tests/plugin/cds_calls.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::tests;

namespace {
std::string discovered() {
  return answer(plugin::cds_routes(cds_context()), "GET", "/cds-services", "").body;
}
}  // namespace

TEST_CASE("discovery lists the four services with hook, id, title and description", "[plugin]") {
  const auto response = answer(plugin::cds_routes(cds_context()), "GET", "/cds-services/", "");
  CHECK(response.status == 200);
  CHECK(response.content_type == "application/json");
  const auto& body = response.body;
  REQUIRE(count(body, "services") == 4);
  const std::pair<std::string, std::string> expected[] = {
      {"patient-view", "legwork-patient-view"},
      {"encounter-start", "legwork-encounter-start"},
      {"order-select", "legwork-order-select"},
      {"order-sign", "legwork-order-sign"}};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto service = "services/" + std::to_string(i);
    CHECK(at(body, service + "/hook") == expected[i].first);
    CHECK(at(body, service + "/id") == expected[i].second);
    CHECK(at(body, service + "/title").starts_with("Heavy legs when lying down or at rest: "));
    for (const std::string member : {"/title", "/description", "/usageRequirements"})
      CHECK_FALSE(at(body, service + member).empty());
  }
  CHECK(empty_member(body).empty());
}

TEST_CASE("discovery has no member that CDS Hooks 2.0 does not know", "[plugin]") {
  const auto body = discovered();
  CHECK(at(body, "services/0/version").empty());
  CHECK(at(body, "services/0/hookVersion").empty());
}

TEST_CASE("prefetch templates are in the portable subset and ask for the nine keys", "[plugin]") {
  const auto templates = plugin::prefetch_templates(*heavy_legs_pack());
  std::vector<std::string> keys;
  for (const auto& one : templates) {
    CAPTURE(one.key);
    keys.emplace_back(one.key);
    const auto token = one.query.find("{{context.patientId}}");
    REQUIRE(token != std::string::npos);
    CHECK(one.query.find("{{", token + 1) == std::string::npos);
    CHECK(one.query.find_first_of(" ()%") == std::string::npos);
    CHECK(one.query.find(":") == one.query.find("://"));  // no modifier
    CHECK(one.query.size() < 2000);
    if (one.key == "patient") continue;
    CHECK(one.query.find("_count=") != std::string::npos);
    CHECK(one.query.find("_sort=-") != std::string::npos);
  }
  CHECK(keys == std::vector<std::string>{"patient", "medications", "statements", "conditions",
                                         "labs", "symptoms", "answers", "imaging", "procedures"});
}

TEST_CASE("the codes that are asked for are the pack's", "[plugin]") {
  const auto query = [](const causes::Pack& pack, std::string_view key) {
    const auto templates = plugin::prefetch_templates(pack);
    return std::ranges::find(templates, key, &plugin::PrefetchTemplate::key)->query;
  };
  CHECK(query(*heavy_legs_pack(), "labs").find("2276-4") != std::string::npos);  // ferritin
  CHECK(query(*heavy_legs_pack(), "symptoms").find("161873000") != std::string::npos);
  CHECK(query(*heavy_legs_pack(), "imaging").find("39420-5") != std::string::npos);
  CHECK(query(cough(), "labs").find("2276-4") == std::string::npos);
  CHECK(query(*heavy_legs_pack(), "answers").find(heavy_legs_pack()->questionnaire) !=
        std::string::npos);
}
