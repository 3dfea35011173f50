#include "causes/pack.hpp"

#include "tests/causes/test_pack.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::tests;

TEST_CASE("A pack says what is wrong with it, where, and what to do", "[causes]") {
  struct Row {
    std::string_view file, from, to, where, what;
  };
  const auto row = GENERATE(values<Row>({
      {"causes.xml", "</causes>", "", "causes.xml:48",
       "XML is not well-formed: Start-end tags mismatch"},
      {"causes.xml", "<causes>", "<!DOCTYPE causes><causes>", "causes.xml:2",
       "a DOCTYPE is not allowed; delete it"},
      {"causes.xml", "claims=\"ace-cough\"", "claims=\"ace-coughs\"", "causes.xml:3",
       "there is no claim 'ace-coughs'; define it or correct the id"},
      {"causes.xml", "<weak id=\"drug-taken\" claim=\"ace-cough\">", "<weak id=\"drug-taken\">",
       "causes.xml:5", "<weak> needs the attribute 'claim'"},
      {"causes.xml", "within=\"P6M\"", "within=\"6M\"", "causes.xml:4",
       "within=\"6M\" is not a period; write it like P6M, P3Y or P90D"},
      {"causes.xml", "above=\"0.3\"", "over=\"0.3\"", "causes.xml:24",
       "<observation> has no attribute 'over'; it may have: concept, below, at-most, above, "
       "at-least, below-upper, at-most-upper, above-upper, at-least-upper, below-lower, "
       "at-most-lower, above-lower, at-least-lower, per-year, over-age, unit, is, within, "
       "sustained, ask, test"},
      {"causes.xml", "concept=\"asthma\"", "concept=\"eosinophils\"", "causes.xml:22",
       "'eosinophils' is of the kind observation, which <condition> does not look at"},
      {"causes.xml", "<weak id=\"night\"", "<weak id=\"night\" colour=\"red\"", "causes.xml:26",
       "<weak> has no attribute 'colour'; it may have: id, claim, weight"},
      {"causes.xml", "id=\"drug-cough\" status=\"supported\"", "id=\"both\" status=\"supported\"",
       "cough", "'both' rests on itself; break the circle"},
      {"knowledge.xml", "unit=\"10*9/L\"", "unit=\"10^9/Liter\"", "knowledge.xml:11",
       "'10^9/Liter' is not a UCUM unit"},
      {"knowledge.xml", "system=\"snomed\"", "system=\"snowmed\"", "knowledge.xml:3",
       "there is no code system 'snowmed'; name it in <systems>"},
      {"knowledge.xml", "id=\"asthma\"", "id=\"cough\"", "knowledge.xml:4",
       "the concept 'cough' is defined twice; rename or delete one"},
      {"tests.xml", "urgency=\"same-day\"", "urgency=\"today\"", "tests.xml:10",
       "urgency=\"today\" is none of: emergency, same-day, soon, routine"},
      {"questions.xml", "<ask>Is there a cough?</ask>", "", "questions.xml:3",
       "a question needs its words in <ask>"},
      {"claims.xml", "</claims>", "<claim id='idle' source='article'>So.</claim></claims>",
       "claims.xml:6", "nothing uses 'idle'; name it in a rule, a cause or a test, or delete it"},
      {"tests.xml", "baseline=\"yes\"", "baseline=\"maybe\"", "tests.xml:8",
       "baseline=\"maybe\" is none of: no, yes"},
      {"causes.xml", "<decides tests=\"review\">", "<decides>", "causes.xml:3",
       "no test and no question could settle 'drug-cough'; name one in <decides tests=\"…\"> or in "
       "a criterion"},
      {"questions.xml", "</questions>",
       "<question id='idle' label='so' type='boolean'><ask>So?</ask></question></questions>",
       "questions.xml:7", "nothing uses 'idle'; ask it in a criterion, or delete it"},
      {"causes.xml", "above=\"0.3\" within", "above=\"0.3\" below=\"0.2\" within", "causes.xml:21",
       "no value of 'eosinophils' meets all the limits it is held against; swap or drop one"},
      {"causes.xml", "above=\"0.3\" within", "above=\"0.3\" below=\"0.3\" within", "causes.xml:21",
       "no value of 'eosinophils' meets all the limits it is held against; swap or drop one"},
      {"causes.xml", "<answer question=\"worse-at-night\" is=\"no\"/><observation",
       "<answer question=\"worse-at-night\"/><answer question=\"worse-at-night\" "
       "is=\"no\"/><observation",
       "causes.xml:21", "'worse-at-night' would have to be answered both yes and no; drop one"},
      {"causes.xml", "<answer question=\"worse-at-night\" is=\"no\"/><observation",
       "<sex is=\"male\"/><sex is=\"female\"/><observation", "causes.xml:21",
       "nobody is both female and male; drop one"},
      {"causes.xml", "<answer question=\"worse-at-night\" is=\"no\"/><observation",
       "<age below=\"18\"/><age at-least=\"65\"/><observation", "causes.xml:21",
       "nobody has such an age; swap the limits"},
      {"causes.xml", "<answer question=\"worse-at-night\" is=\"no\"/><observation",
       "<score id=\"cough-score\" at-least=\"3\"/><observation", "causes.xml:21",
       "the score 'cough-score' never gets that high; lower at-least"},
      {"causes.xml", "<cause id=\"drug-cough\" status=\"supported\"/>",
       "<cause id=\"drug-cough\"/>", "causes.xml:42",
       "no status of 'drug-cough' is named, so it is never met; name one"},
      {"causes.xml", "<weak id=\"night\"",
       "<rules-out id=\"low\" claim=\"asthma-coughs\"><observation concept=\"eosinophils\" "
       "at-most=\"0.4\" within=\"P12M\"/></rules-out><weak id=\"night\"",
       "causes.xml:21",
       "the bands of 'eosinophils' overlap: from 0.3 to 0.4 both 'eosinophils-high' speaks for the "
       "cause and 'low' rules it out; move one limit"},
      {"causes.xml", "<weak id=\"night\"",
       "<rules-out id=\"low\" claim=\"asthma-coughs\"><observation concept=\"eosinophils\" "
       "below=\"0.2\" within=\"P12M\"/></rules-out><weak id=\"night\"",
       "causes.xml:21",
       "the bands of 'eosinophils' leave a gap: what 0.2 to 0.3 means is not said; move a limit or "
       "add a rule"},
      {"causes.xml", "above=\"0.3\" within", "above=\"0.3\" unit=\"/uL\" within", "causes.xml:24",
       "the threshold is in /uL and 'eosinophils' in 10*9/L; write it in the concept's unit"},
      {"knowledge.xml", "id=\"leukocytes\"", "id=\"leukocytes\" is-a=\"ige\"", "knowledge.xml:19",
       "'ige' is in k[IU]/L and 'leukocytes', which is one, in 10*9/L: a threshold would have two "
       "units; give both the same"},
      {"causes.xml", "<would-change>Either becoming unlikely.</would-change>", "", "causes.xml:42",
       "a cause needs <would-change>: what result would change its status"},
      {"causes.xml", "step=\"rechallenge\" within=\"P30D\"", "step=\"rechallenge\"", "causes.xml:7",
       "<challenge> needs within=\"P60D\" or the like"},
      {"causes.xml", "effects=\"cough\" step", "effects=\"ige\" step", "causes.xml:7",
       "'ige' is no condition, and only those come and go"},
      {"causes.xml", " over-age=\"50\"", "", "causes.xml:31",
       "per-year needs over-age and one bound, which holds up to that age"},
      {"sources.xml", "reviewed=\"2026-11-22\"", "", "sources.xml:2",
       "<source> needs the attribute 'reviewed'"},
      {"sources.xml", "reviewed=\"2026-11-22\"", "reviewed=\"2026\"", "sources.xml:2",
       "reviewed must be a day, written like 2026-11-22"},
      {"sources.xml", "verified=\"memory\"", "verified=\"surely\"", "sources.xml:2",
       "verified=\"surely\" is none of: full, abstract, secondary, memory"},
      {"claims.xml", "source=\"guideline\" ", "", "claims.xml:5",
       "<claim> needs the attribute 'source'"},
      {"tests.xml", "<reason>No rays for a child.</reason>", "", "tests.xml:13",
       "<withheld> needs its <reason>: the reader asks why it is not done"},
      {"tests.xml", "burden=\"3\"", "burden=\"0\"", "tests.xml:8", "burden counts from 1"},
      {"knowledge.xml", "label=\"ACE inhibitor\"", "label=\"ACE inhibitor\" is-a=\"lisinopril\"",
       "knowledge.xml:5", "'ace-inhibitor' is wider than itself; break the circle of is-a"},
      {"pack.xml", "/Questionnaire/cough", "/cough", "pack.xml:4",
       "questionnaire=\"https://legwork.example.org/fhir/cough\" is no canonical; write it like "
       "https://hospital.example/fhir/Questionnaire/heavy-legs"},
      {"pack.xml", "adult-from=\"18\"", "adult-from=\"18\" released=\"soon\"", "pack.xml:4",
       "released=\"soon\" is no date; write it like 2026-11-22"},
  }));
  CAPTURE(row.file, row.from, row.to);
  const auto faults = faults_after(row.file, row.from, row.to);
  REQUIRE_FALSE(faults.empty());
  CHECK(faults[0].where == row.where);
  CHECK(faults[0].what == row.what);
}

TEST_CASE("A pack tells all its faults at once", "[causes]") {
  const auto faults =
      faults_after("causes.xml", "claim=\"asthma-coughs\"><condition concept=\"asthma\"/>",
                   "claim=\"none\"><condition concept=\"nothing\"/>");
  CHECK(faults.size() == 2);
}

TEST_CASE("A source is overdue when its last review is older than the pack allows", "[causes]") {
  const auto& pack = cough();
  CHECK(causes::overdue_sources(pack, day("2028-11-22")).empty());
  const auto overdue = causes::overdue_sources(pack, day("2028-11-23"));
  REQUIRE(overdue.size() == 1);
  CHECK(overdue[0].where == "sources.xml:2");
  CHECK(overdue[0].what ==
        "the source 'guideline' was last reviewed on 2026-11-22, which is too long ago; read it "
        "again, correct the claims and thresholds that name it, and set reviewed");
}

TEST_CASE("A concept counts for every wider one", "[causes]") {
  const auto& pack = cough();
  const auto wider = concept_id(pack, "ace-inhibitor");
  const auto narrower = concept_id(pack, "enalapril");
  CHECK(pack.concepts[wider].counts(narrower));
  CHECK(pack.concepts[wider].counts(wider));
  CHECK_FALSE(pack.concepts[narrower].counts(wider));
}
