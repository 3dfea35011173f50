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
