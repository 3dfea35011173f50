#include "causes/since.hpp"
#include "report/document.hpp"
#include "tests/report/layout_fixture.hpp"
#include "tests/report/sample_assessment.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace legwork;
using namespace legwork::report;

namespace {
Day day(const char* text) { return parse_date(text)->first; }

/// What the strip says: the label, each entry, the closing words. Empty where there is no strip.
std::vector<std::string> strip(const Document& document) {
  const auto words = [](const report::Text& text) {
    std::string joined;
    for (const auto& part : text) joined += part.text;
    return joined;
  };
  std::vector<std::string> said;
  for (const auto& section : document.pages[0]) {
    const auto* changes = std::get_if<Changes>(&section.block);
    if (changes == nullptr) continue;
    said.push_back(changes->label);
    for (const auto& entry : changes->entries) said.push_back(words(entry));
    if (!changes->closing.empty()) said.push_back(words(changes->closing));
  }
  return said;
}

std::vector<std::string> strip(const causes::Assessment& earlier, const causes::Assessment& now) {
  const auto since = causes::since(earlier, now, "earlier.json");
  REQUIRE(since);
  return strip(make_document(now, clinician_template(), &*since));
}

causes::Assessment earlier_day(causes::Assessment assessment) {
  assessment.as_of = day("2025-02-01");
  return assessment;
}

causes::CauseFinding& cause(causes::Assessment& assessment, std::string_view id) {
  const auto found = std::find_if(assessment.causes.begin(), assessment.causes.end(),
                                  [&](const auto& one) { return one.id == id; });
  REQUIRE(found != assessment.causes.end());
  return *found;
}
}  // namespace

TEST_CASE("A report without an earlier one has no strip about changes", "[changes]") {
  CHECK(strip(make_document(typical_assessment(), clinician_template())).empty());
}

TEST_CASE("The strip says that nothing has changed", "[changes]") {
  const auto now = typical_assessment();
  CHECK(
      strip(earlier_day(now), now) ==
      std::vector<std::string>{"Since 01-Feb-2025", "Nothing has changed in what is shown here."});
}

TEST_CASE("The strip tells red flags first, then causes, the record, work-up and questions",
          "[changes]") {
  auto now = typical_assessment();
  auto then = earlier_day(now);
  then.red_flags[0].status = causes::RedFlagStatus::absent;
  now.red_flags[0].status = causes::RedFlagStatus::possible;
  cause(then, "low-iron").status = causes::CauseStatus::undetermined;
  cause(then, "chronic-venous-insufficiency").status = causes::CauseStatus::possible;
  then.labs.clear();
  now.labs.resize(1);
  then.medications = {{"naproxen", "", "", {}, {}, true, {}, {}},
                      {"prednisone", "", "", {}, {}, true, {}, {}}};
  now.medications = {{"amlodipine", "", "", {}, {}, true, {}, {}},
                     {"naproxen", "", "", {}, {}, false, {}, {}}};
  const auto first = now.workup.front();
  then.workup.front().status = causes::WorkupStatus::on_file;
  then.questions.push_back({"cramps", "cramps in the calf", "", "", {}});
  CHECK(strip(then, now) == std::vector<std::string>{
                                "Since 01-Feb-2025",
                                "New red flag: " + now.red_flags[0].label + " (possible)",
                                "Cause added: Low iron (evidence on file)",
                                "Cause dropped: Chronic venous insufficiency (not assessed)",
                                "Started: amlodipine",
                                "Stopped: naproxen",
                                "No longer on the list: prednisone",
                                "New result: Ferritin 18\u00A0µg/L (03-Mar-2025)",
                                "Work-up added: " + first.label + " (Soon)",
                                "Asked then, settled now: cramps in the calf",
                            });
}

TEST_CASE("A test that was asked for and is on file now is told as done", "[changes]") {
  auto now = typical_assessment();
  auto then = earlier_day(now);
  now.workup[0].status = causes::WorkupStatus::on_file;
  now.workup[1].status = causes::WorkupStatus::not_needed;
  const auto said = strip(then, now);
  REQUIRE(said.size() == 3);
  CHECK(said[1] == "Work-up done: " + now.workup[0].label);
  CHECK(said[2] == "No longer needed: " + now.workup[1].label);
}

TEST_CASE("What has no room in the strip is counted", "[changes]") {
  const auto now = crowded_assessment();
  auto then = earlier_day(now);
  then.causes.clear();
  then.questions.clear();
  then.workup.clear();
  then.labs.clear();
  const auto difference = causes::compare(then, now);
  const auto said = strip(then, now);
  CHECK(said.size() <= 8);
  std::size_t counted = 0;
  REQUIRE(std::sscanf(said.back().c_str(), "And %zu more changes.", &counted) == 1);
  const auto stands = [](const auto& change) { return change.turn == causes::Turn::gained; };
  const auto workup = std::count_if(difference.workup.begin(), difference.workup.end(), stands);
  CHECK(counted == difference.causes.size() + difference.questions.size() +
                       static_cast<std::size_t>(workup) + now.labs.size() - 10);
}

TEST_CASE("The strip says that the rules are others than then, whatever else changed",
          "[changes]") {
  auto now = typical_assessment();
  now.provenance.pack_id = "heavy-legs";
  now.provenance.pack_version = "0.1.0";
  auto then = earlier_day(now);
  then.provenance.pack_version = "0.0.9";
  CHECK(strip(then, now).back() ==
        "The rules changed too: heavy-legs 0.0.9 then, heavy-legs 0.1.0 now.");
}
