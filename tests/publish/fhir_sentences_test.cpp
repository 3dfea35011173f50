#include "tests/publish/exported.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::tests;

namespace {
/// The words of an action's condition.
std::string words(const causes::Pack& pack, const std::string& action) {
  const auto actions = actions_by_id(only(exported(pack), "PlanDefinition").body);
  CAPTURE(action);
  REQUIRE(actions.contains(action));
  const auto* condition = actions.at(action).find("condition");
  REQUIRE(condition != nullptr);
  return text_of(*condition->values().front().find("expression"), "description");
}
}  // namespace

TEST_CASE("A rule is told in words that a clinician can check against the pack", "[publish]") {
  CHECK(words(cough(), "cause.asthma-cough.asthma-listed") == "on record: asthma");
  CHECK(words(cough(), "cause.asthma-cough.not-at-night") ==
        "all of (worse at night: no; Eosinophils at most 0.1 10*9/L within 12 months)");
  CHECK(words(cough(), "cause.both.both-supported") ==
        "all of (cause 'Cough from an ACE inhibitor' is supported; cause 'Asthma' is supported)");
}

TEST_CASE("A rule names what a shared criterion stands for", "[publish]") {
  CHECK(words(heavy_legs(), "cause.calcium-channel-blocker.edema-on-record") ==
        "all of (calcium channel blocker taken; edema on record (any of (on record: swelling; "
        "Edema on examination: present within 3 months; swollen legs: yes)))");
}

TEST_CASE("No rule of the pack is without words", "[publish]") {
  const auto text = publish::to_text(only(exported(heavy_legs()), "PlanDefinition").body);
  CHECK(text.find(heavy_legs().phrases.say(causes::PhraseId::criterion_other, {})) ==
        std::string::npos);
}

TEST_CASE("A rule names the sets of codes that it looks for, each once", "[publish]") {
  const auto sets = [](const causes::Pack& pack, const std::string& id) {
    const auto actions = actions_by_id(only(exported(pack), "PlanDefinition").body);
    CAPTURE(id);
    REQUIRE(actions.contains(id));
    std::vector<std::string> found;
    const auto* inputs = actions.at(id).find("input");
    REQUIRE(inputs != nullptr);
    for (const auto& input : inputs->values()) {
      const auto& filter = input.find("codeFilter")->values().front();
      found.push_back(text_of(input, "type") + ' ' + text_of(filter, "valueSet"));
    }
    return found;
  };
  const std::string base = " https://legwork.example.org/fhir/ValueSet/";
  CHECK(sets(cough(), "cause.drug-cough.drug-taken") ==
        std::vector{"MedicationRequest" + base + "cough-ace-inhibitor|1.2.3"});
  CHECK(sets(cough(), "cause.asthma-cough.not-at-night") ==
        std::vector{"Observation" + base + "cough-eosinophils|1.2.3"});
  CHECK(sets(cough(), "cause.both.both-supported").empty());  // looks for nothing itself
  const auto edema = sets(heavy_legs(), "cause.calcium-channel-blocker.edema-on-record");
  const std::string version = '|' + heavy_legs().provenance.pack_version;
  CHECK(edema ==
        std::vector{"MedicationRequest" + base + "heavy-legs-calcium-channel-blocker" + version,
                    "Condition" + base + "heavy-legs-swelling-anywhere" + version,
                    "Observation" + base + "heavy-legs-edema-sign" + version});
}
