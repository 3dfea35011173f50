#include "causes/explain.hpp"

#include "causes/json.hpp"
#include "fhir/read.hpp"
#include "tests/causes/test_pack.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

using namespace legwork;
using namespace legwork::tests;
using namespace legwork::causes;

namespace {
const AssessOptions today{day("2026-11-22"), {}};

Explained explained(const fhir::Chart& chart, std::string_view id, const Pack& pack = cough()) {
  const auto found = explain(chart, pack, today, id);
  REQUIRE(found);
  return *found;
}

const Explained& rule(const Explained& finding, std::string_view id) {
  const auto found = std::find_if(finding.children.begin(), finding.children.end(),
                                  [&](const Explained& child) { return child.id == id; });
  REQUIRE(found != finding.children.end());
  return *found;
}

std::vector<std::string> decided(const Explained& finding) {
  std::vector<std::string> ids;
  for (const Explained& child : finding.children) {
    if (child.decided) ids.push_back(child.id);
  }
  return ids;
}

void walk(const Explained& node, const std::function<void(const Explained&)>& visit) {
  visit(node);
  for (const Explained& child : node.children) walk(child, visit);
}

/// Whether a leaf under the rule shows the evidence, or another cause that lends it.
bool stands_in(const Explained& rule, const Evidence& wanted) {
  bool there = false;
  walk(rule, [&](const Explained& node) {
    const bool lends = node.kind == Explained::Kind::criterion && !node.status.empty();
    there = there || lends ||
            std::any_of(node.evidence.begin(), node.evidence.end(), [&](const Evidence& piece) {
              return piece.reference == wanted.reference && piece.text == wanted.text;
            });
  });
  return there;
}

fhir::Chart read_example(const std::filesystem::path& path, const Pack& pack) {
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const fhir::Input input{path.filename().string(), text};
  auto chart = fhir::read_chart({&input, 1}, pack.vocabulary);
  REQUIRE(chart);
  return *chart;
}

std::vector<std::filesystem::path> examples() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(LEGWORK_SOURCE_DIR "/examples")) {
    const auto ending = entry.path().extension();
    if (ending == ".json" || ending == ".xml" || ending == ".ndjson") found.push_back(entry);
  }
  std::sort(found.begin(), found.end());
  REQUIRE(found.size() >= 8);
  return found;
}
}  // namespace

TEST_CASE("A drug in time decides, and its entry stands at the leaf", "[causes]") {
  fhir::Chart chart = empty_chart();
  chart.medication_entries = 1;
  chart.medications = {taking("lisinopril", "2026-07-14")};
  chart.conditions = {cough_since("2026-09-01")};
  const Explained found = explained(chart, "drug-cough");
  CHECK(found.status == "supported");
  CHECK(decided(found) == std::vector<std::string>{"drug-in-time"});

  const Explained& in_time = rule(found, "drug-in-time");
  CHECK(in_time.rule == RuleKind::strong);
  CHECK(in_time.claim->text == "ACE inhibitors make some people cough.");
  CHECK(in_time.claim->source == "article");
  const Explained& leaf = in_time.children.at(0);
  CHECK(leaf.words == "ACE inhibitor taken, started or raised in the 6 months before the onset");
  CHECK(leaf.truth == Truth::yes);
  REQUIRE(leaf.evidence.size() == 1);
  CHECK(leaf.evidence[0].reference == "m1");
  CHECK(leaf.evidence[0].date == span("2026-07-14"));
  CHECK(leaf.evidence[0].text == "lisinopril, started 7 weeks before onset");
  CHECK(rule(found, "drug-too-late").truth == Truth::no);
}

TEST_CASE("What caps a cause decides together with what supports it", "[causes]") {
  auto files = without_patient_words(pack_files("tests/packs/cough"));
  files.push_back({"more.xml", R"(<causes><cause id="capped" label="Capped" claims="ace-cough">
    <strong id="listed" claim="asthma-coughs"><condition concept="asthma"/></strong>
    <caps id="taken" claim="ace-cough"><medication concept="ace-inhibitor"/></caps>
    <decides tests="review"><condition concept="asthma"/></decides>
    <would-change>Nothing.</would-change></cause></causes>)"});
  const Pack pack = read(files);
  fhir::Chart chart = empty_chart();
  chart.medication_entries = 1;
  chart.medications = {taking("lisinopril", "2026-07-14")};
  chart.conditions = {cough_since("2026-09-01")};
  chart.conditions[0].id = concept_id(pack, "asthma");
  const Explained found = explained(chart, "capped", pack);
  CHECK(found.status == "possible");
  CHECK(decided(found) == std::vector<std::string>{"listed", "taken"});
}

TEST_CASE("A cause is unlikely by a no of what decides it, unless a rule ruled it out",
          "[causes]") {
  fhir::Chart chart = empty_chart();
  chart.measurements = {measured("eosinophils", 0.05, "10*9/L", "2026-11-01")};
  CHECK(decided(explained(chart, "asthma-cough")) == std::vector<std::string>{"decides"});
  chart.answers = {answered("worse-at-night", false)};
  CHECK(decided(explained(chart, "asthma-cough")) == std::vector<std::string>{"not-at-night"});
}

TEST_CASE("An unknown leaf names what would tell, by id and label", "[causes]") {
  const Explained found = explained(empty_chart(), "asthma-cough");
  CHECK(found.status == "undetermined");
  CHECK(decided(found).empty());
  const Explained& leaf = rule(found, "eosinophils-high").children.at(0);
  CHECK(leaf.truth == Truth::unknown);
  REQUIRE(leaf.unknown.size() == 1);
  CHECK(leaf.unknown[0].id == "blood-count");
  CHECK(leaf.unknown[0].label == "Blood count");
  CHECK(rule(found, "night").children.at(0).unknown.at(0).label == "worse at night");
}

TEST_CASE("Another cause is named with its status, a score unfolded with its items", "[causes]") {
  auto files = without_patient_words(pack_files("tests/packs/cough"));
  files.push_back({"more.xml", R"(
    <causes><cause id="scored" label="Scored" claims="ace-cough">
      <weak id="high" claim="ace-cough">
        <all><score id="cough-score" at-least="2"/><use criterion="at-night"/></all>
      </weak>
      <decides tests="review"><use criterion="at-night"/></decides>
      <would-change>Nothing.</would-change>
    </cause></causes>)"});
  files.push_back({"named.xml", R"(<criteria><criterion id="at-night">
      <answer question="worse-at-night"/></criterion></criteria>)"});
  const Pack pack = read(files);
  const Explained found = explained(empty_chart(), "scored", pack);
  const Explained& both = rule(found, "high").children.at(0);
  CHECK(both.words == "all of");
  const Explained& asked = both.children.at(0);
  CHECK(asked.words == "Cough score at least 2");
  CHECK(asked.truth == Truth::unknown);
  const Explained& score = asked.children.at(0);
  CHECK(score.kind == Explained::Kind::score);
  CHECK(score.status == "-2 to 2");
  REQUIRE(score.children.size() == 3);
  CHECK(score.children[1].words == "another reason");
  CHECK(score.children[1].weight == -2);
  const Explained& named = both.children.at(1);
  CHECK(named.words == "at night");
  CHECK(named.children.at(0).words == "worse at night: yes");

  const Explained combined = explained(empty_chart(), "both");
  const Explained& other = rule(combined, "both-supported").children.at(0).children.at(1);
  CHECK(other.words == "cause 'Asthma' is supported");
  CHECK(other.status == "undetermined");
  CHECK(other.children.empty());
}

TEST_CASE("What the pack does not name cannot be explained", "[causes]") {
  CHECK_FALSE(explain(empty_chart(), cough(), today, "gout"));
  CHECK(explainable(cough()) ==
        std::vector<std::string>{"drug-cough", "asthma-cough", "both", "blood"});
}

TEST_CASE("An explanation comes to what assess found, for all findings of all examples",
          "[causes]") {
  const Pack pack = read(pack_files("packs/heavy-legs"));
  for (const auto& path : examples()) {
    const fhir::Chart chart = read_example(path, pack);
    const Assessment assessment = assess(chart, pack, today);
    const auto compare = [&](const auto& finding, std::string_view open) {
      CAPTURE(path.filename().string(), finding.id);
      const Explained found = explained(chart, finding.id, pack);
      CHECK(found.status == word(finding.status));
      CHECK(decided(found).empty() == (found.status == open));
      for (const Evidence& wanted : finding.evidence) {
        CAPTURE(wanted.text);
        CHECK(stands_in(rule(found, wanted.rule), wanted));
      }
    };
    for (const CauseFinding& finding : assessment.causes) compare(finding, "undetermined");
    for (const RedFlagFinding& finding : assessment.red_flags) compare(finding, "not-recorded");
  }
}
