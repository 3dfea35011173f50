#include "causes/compare.hpp"

#include "causes/compare_packs.hpp"
#include "causes/json.hpp"
#include "tests/causes/test_pack.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::causes;
using namespace legwork::tests;

namespace {
Assessment with_cause(std::optional<CauseStatus> status) {
  Assessment assessment;
  if (status) {
    assessment.causes.emplace_back();
    assessment.causes[0].id = "low-iron";
    assessment.causes[0].label = "Low iron";
    assessment.causes[0].status = *status;
  }
  return assessment;
}

Assessment with_item(std::optional<WorkupStatus> status, Urgency urgency) {
  Assessment assessment;
  if (status) {
    assessment.workup.emplace_back();
    assessment.workup[0].id = "ferritin";
    assessment.workup[0].status = *status;
    assessment.workup[0].urgency = urgency;
  }
  return assessment;
}

/// "gained cough", "changed asthma-cough" …: what became of which line.
template <class State>
std::string turns(const std::vector<Change<State>>& changes) {
  std::string text;
  for (const auto& change : changes) {
    if (!text.empty()) text += ", ";
    text += std::string(word(change.turn)) + ' ' + change.id;
  }
  return text;
}
}  // namespace

TEST_CASE("An assessment does not differ from itself", "[compare]") {
  auto chart = empty_chart();
  chart.conditions = {cough_since("2026-06-01")};
  CHECK(compare(assessed(chart), assessed(chart)).empty());
  CHECK(compare(Assessment{}, Assessment{}).empty());
}

TEST_CASE(
    "A cause is gained where it comes to be supported or possible, lost where it ceases to be",
    "[compare]") {
  using enum CauseStatus;
  struct Row {
    std::optional<CauseStatus> was, is;
    std::string says;
  };
  const auto row = GENERATE(values<Row>({
      {supported, supported, ""},
      {undetermined, possible, "gained low-iron"},
      {unlikely, supported, "gained low-iron"},
      {{}, possible, "gained low-iron"},
      {possible, unlikely, "lost low-iron"},
      {supported, undetermined, "lost low-iron"},
      {supported, {}, "lost low-iron"},
      {possible, supported, "changed low-iron"},
      {undetermined, unlikely, "changed low-iron"},
      {{}, undetermined, "changed low-iron"},
      {unlikely, {}, "changed low-iron"},
  }));
  CAPTURE(row.says);
  const auto difference = compare(with_cause(row.was), with_cause(row.is));
  CHECK(turns(difference.causes) == row.says);
  if (row.says.empty()) return;
  CHECK(difference.causes[0].was == row.was);
  CHECK(difference.causes[0].is == row.is);
  CHECK(difference.causes[0].label == "Low iron");
}

TEST_CASE("An item of work-up is gained where it comes to be recommended", "[compare]") {
  using enum WorkupStatus;
  struct Row {
    std::optional<WorkupStatus> was;
    Urgency was_urgent;
    std::optional<WorkupStatus> is;
    Urgency is_urgent;
    std::string says;
  };
  const auto row = GENERATE(values<Row>({
      {on_file, Urgency::routine, recommended, Urgency::routine, "gained ferritin"},
      {{}, Urgency::routine, recommended, Urgency::soon, "gained ferritin"},
      {recommended, Urgency::soon, not_needed, Urgency::routine, "lost ferritin"},
      {recommended, Urgency::routine, recommended, Urgency::same_day, "changed ferritin"},
      {on_file, Urgency::routine, not_needed, Urgency::routine, "changed ferritin"},
      // How urgent it would be is of no interest where it need not be done.
      {on_file, Urgency::routine, on_file, Urgency::same_day, ""},
  }));
  CAPTURE(row.says);
  const auto difference =
      compare(with_item(row.was, row.was_urgent), with_item(row.is, row.is_urgent));
  CHECK(turns(difference.workup) == row.says);
}

TEST_CASE("Red flags and questions are gained and lost", "[compare]") {
  Assessment old, now;
  old.red_flags.resize(2);
  old.red_flags[0].id = "dvt";
  old.red_flags[1].id = "gone";
  old.red_flags[1].status = RedFlagStatus::present;
  now.red_flags.resize(1);
  now.red_flags[0].id = "dvt";
  now.red_flags[0].status = RedFlagStatus::possible;
  old.questions.resize(2);
  old.questions[0].id = "swelling";
  old.questions[1].id = "urge";
  now.questions.resize(2);
  now.questions[0].id = "urge";
  now.questions[1].id = "pain";
  const auto difference = compare(old, now);
  CHECK(turns(difference.red_flags) == "gained dvt, lost gone");
  CHECK(turns(difference.questions) == "gained pain, lost swelling");
  CHECK_FALSE(difference.empty());
}

TEST_CASE("Comparing backwards turns gains into losses", "[compare]") {
  auto chart = empty_chart();
  chart.conditions = {cough_since("2026-06-01")};
  const auto before = assessed(chart);
  chart.medication_entries = 1;
  chart.medications = {taking("lisinopril", "2026-05-01")};
  const auto after = assessed(chart);
  const auto forth = compare(before, after), back = compare(after, before);
  REQUIRE_FALSE(forth.empty());
  REQUIRE(forth.causes.size() == back.causes.size());
  for (const auto& change : forth.causes) {
    const auto other = std::find_if(back.causes.begin(), back.causes.end(),
                                    [&](const auto& one) { return one.id == change.id; });
    REQUIRE(other != back.causes.end());
    CHECK(other->was == change.is);
    CHECK(other->is == change.was);
    CHECK((change.turn == Turn::gained) == (other->turn == Turn::lost));
  }
}

TEST_CASE("Packs differ in the ids and thresholds that one of them has", "[compare]") {
  CHECK(compare(cough(), cough()).empty());
  auto files = without_patient_words(pack_files("tests/packs/cough"));
  for (auto& file : files) {
    const auto replace = [&](std::string_view from, std::string_view to) {
      if (const auto at = file.text.find(from); at != file.text.npos) {
        file.text.replace(at, from.size(), to);
      }
    };
    replace(R"(<observation concept="eosinophils" above="0.3" within="P12M"/>
    </strong>)",
            R"(<observation concept="eosinophils" above="0.5" within="P12M"/>
    </strong>)");
    replace(R"(<red-flag id="blood")", R"(<red-flag id="hemoptysis")");
  }
  const auto difference = compare(cough(), read(files));
  CHECK(difference.thresholds.added ==
        std::vector<std::string>{
            "asthma-cough/eosinophils-high: Eosinophils above 0.5 10*9/L within 12 months"});
  CHECK(difference.thresholds.removed ==
        std::vector<std::string>{
            "asthma-cough/eosinophils-high: Eosinophils above 0.3 10*9/L within 12 months"});
  CHECK(difference.red_flags.added == std::vector<std::string>{"hemoptysis"});
  CHECK(difference.red_flags.removed == std::vector<std::string>{"blood"});
  CHECK(difference.claims.added.empty());
}
