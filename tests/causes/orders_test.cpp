#include "causes/orders.hpp"

#include "tests/causes/test_pack.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::tests;

namespace {
const causes::Pack& heavy_legs() {
  static const causes::Pack pack = read(pack_files("packs/heavy-legs"));
  return pack;
}

/// The faults of heavy-legs after a change of its orders.
std::vector<std::string> faults(std::string_view from, std::string_view to) {
  auto files = pack_files("packs/heavy-legs");
  std::vector<causes::PackFile> views;
  for (OwnedFile& file : files) {
    if (file.name.ends_with("orders.xml")) {
      const auto at = file.text.find(from);
      REQUIRE(at != std::string::npos);
      file.text.replace(at, from.size(), to);
    }
    views.push_back({file.name, file.text});
  }
  std::vector<std::string> found;
  const auto pack = causes::read_pack(views);
  if (!pack)
    for (const auto& error : pack.error()) found.push_back(error.what);
  return found;
}

fhir::Medication draft(std::string_view concept_, fhir::Medication::Route route) {
  fhir::Medication made;
  made.reference = "MedicationRequest/draft";
  made.ingredients = {concept_id(heavy_legs(), concept_)};
  made.use = fhir::Medication::Use::planned;
  made.route = route;
  return made;
}

fhir::Chart with_heavy_legs() {
  auto chart = empty_chart();
  fhir::Condition condition;
  condition.reference = "Condition/legs";
  condition.id = concept_id(heavy_legs(), "heavy-legs");
  condition.clinical = fhir::Condition::Clinical::active;
  condition.recorded = span("2026-11-01");
  chart.conditions = {condition};
  return chart;
}

std::vector<causes::OrderFinding> judged(const fhir::Medication& drug, const fhir::Chart& chart) {
  return causes::judge_orders({&drug, 1}, chart, heavy_legs(), {day("2026-11-22"), {}});
}
}  // namespace

TEST_CASE("Every rule for orders speaks for a drug of its class and heavy legs", "[causes]") {
  using Route = fhir::Medication::Route;
  REQUIRE(heavy_legs().drug_orders.size() >= 3);
  for (const auto& rule : heavy_legs().drug_orders) {
    const auto& drug = heavy_legs().concepts[rule.drug].id;
    CAPTURE(rule.rule.id, drug);
    const auto findings = judged(draft(drug, Route::systemic), with_heavy_legs());
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].id == rule.rule.id);
    CHECK(findings[0].level == rule.level);
    REQUIRE(findings[0].evidence.size() == 1);
    CHECK(findings[0].evidence[0].reference == "Condition/legs");
    CHECK(findings[0].evidence[0].claim == rule.rule.claim);
    CHECK(judged(draft(drug, Route::local), with_heavy_legs()).empty());
    CHECK(judged(draft(drug, Route::systemic), empty_chart()).empty());
  }
}

TEST_CASE("Where a route is not told, a drug with local forms is only mentioned", "[causes]") {
  const auto findings =
      judged(draft("ibuprofen", fhir::Medication::Route::unclear), with_heavy_legs());
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].systemic == causes::Truth::unknown);
  CHECK(findings[0].level == causes::DrugOrder::Level::info);
}

TEST_CASE("Nothing is said to an order for somebody who has died", "[causes]") {
  auto chart = with_heavy_legs();
  chart.patient.deceased = true;
  CHECK(judged(draft("amlodipine", fhir::Medication::Route::systemic), chart).empty());
}

TEST_CASE("A pack without rules for orders says nothing to them", "[causes]") {
  CHECK(cough().drug_orders.empty());
  const std::vector<fhir::Medication> drafts(1);
  CHECK(causes::judge_orders(drafts, empty_chart(), cough(), {day("2026-11-22"), {}}).empty());
}

TEST_CASE("A rule for orders that lacks something is a fault with its remedy", "[causes]") {
  using Faults = std::vector<std::string>;
  CHECK(faults("level=\"warning\"", "level=\"hard-stop\"") ==
        Faults{"level=\"hard-stop\" is none of: info, warning"});
  CHECK(
      faults("concept=\"nsaid\" claim=\"nsaid-steroid-retain\"", "concept=\"nsaid\" claim=\"none\"")
          .size() == 1);
  CHECK(faults("<why>NSAIDs hold back salt and water and cause swelling; swollen or heavy legs are "
               "on record.</why>",
               "") == Faults{"an order that is remarked on needs its <why>"});
  CHECK(faults("concept=\"nsaid\"", "concept=\"ferritin\"").size() == 1);
  CHECK(faults("<drug-order id=\"nsaid-for-swollen-legs\"",
               "<drug-order id=\"calcium-channel-blocker-for-swollen-legs\"")
            .size() == 1);
}

TEST_CASE("A draft orders a test by its code, by what it measures, or by name", "[causes]") {
  const auto& pack = heavy_legs();
  const auto& ferritin = *std::ranges::find(pack.tests, "ferritin", &causes::Test::id);
  const auto orders = [&](std::string_view system, std::string_view code, std::string_view text) {
    const causes::OrderedCode coded{system, code};
    const auto codes = std::span(&coded, code.empty() ? 0 : 1);
    return causes::orders_test(codes, text, ferritin, pack);
  };
  CHECK(orders("http://loinc.org", "2276-4", ""));
  CHECK(orders("http://loinc.org", "14723-1", ""));  // ferritin in moles
  CHECK(orders("", "", "Ferritin"));
  CHECK_FALSE(orders("http://loinc.org", "718-7", ""));
  CHECK_FALSE(orders("", "", ""));
}
