#include "causes/wording.hpp"

#include "tests/causes/test_pack.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::tests;
using namespace legwork::causes;

namespace {
/// The cough pack with one more criterion, named "asked-for-here".
Pack cough_with(std::string_view criterion) {
  auto files = pack_files("tests/packs/cough");
  files.push_back({"more.xml", "<criteria><criterion id=\"asked-for-here\">" +
                                   std::string(criterion) + "</criterion></criteria>"});
  return read(files);
}

std::string said(std::string_view criterion) {
  const Pack pack = cough_with(criterion);
  return in_words(pack.criteria.back().criterion, pack);
}
}  // namespace

TEST_CASE("A leaf is said as a clinician reads it", "[causes]") {
  struct Row {
    std::string_view criterion, words;
  };
  const auto row = GENERATE(values<Row>({
      {R"(<medication concept="ace-inhibitor"/>)", "ACE inhibitor taken"},
      {R"(<medication concept="ace-inhibitor" use="ever"/>)", "ACE inhibitor taken now or earlier"},
      {R"(<medication concept="ace-inhibitor" use="stopped"/>)", "ACE inhibitor stopped"},
      {R"(<medication concept="ace-inhibitor" use="stopped" within="P30D"/>)",
       "ACE inhibitor stopped within 30 days"},
      {R"(<medication concept="ace-inhibitor" start="before-onset" within="P6M"/>)",
       "ACE inhibitor taken, started or raised in the 6 months before the onset"},
      {R"(<medication concept="ace-inhibitor" start="after-onset"/>)",
       "ACE inhibitor taken, all of it started after the onset"},
      {R"(<medication concept="steroid" route="any"/>)",
       "steroid taken (by any route, local use too)"},
      {R"(<observation concept="eosinophils" at-most="0.3" within="P12M"/>)",
       "Eosinophils at most 0.3 10*9/L within 12 months"},
      {R"(<observation concept="eosinophils" above="0.25" below="1000000"/>)",
       "Eosinophils below 1000000 10*9/L and above 0.25 10*9/L"},
      {R"(<observation concept="eosinophils" above-upper="10" within="P6M"/>)",
       "Eosinophils above 10 times the laboratory's upper limit within 6 months"},
      {R"(<observation concept="eosinophils" at-least-upper="1"/>)",
       "Eosinophils at least the laboratory's upper limit"},
      {R"(<observation concept="eosinophils" below-lower="1"/>)",
       "Eosinophils below the laboratory's lower limit"},
      {R"(<observation concept="eosinophils" below-lower="0.5"/>)",
       "Eosinophils below 0.5 times the laboratory's lower limit"},
      {R"(<observation concept="eosinophils" above="0.3" within="P12M" sustained="P90D"/>)",
       "Eosinophils above 0.3 10*9/L within 12 months, in two results at least 90 days apart"},
      {R"(<observation concept="eosinophils" within="P3Y"/>)",
       "Eosinophils measured within 3 years"},
      {R"(<observation concept="sputum" is="present"/>)", "Sputum culture: present"},
      {R"(<observation concept="sputum" is="absent" within="P2W"/>)",
       "Sputum culture: absent within 2 weeks"},
      {R"(<condition concept="asthma"/>)", "on record: asthma"},
      {R"(<condition concept="asthma" status="any"/>)", "on record: asthma (also resolved)"},
      {R"(<condition concept="cough" within="P14D" side="one" certainty="suspected"/>)",
       "on record: cough within 2 weeks, on one side only (also suspected)"},
      {R"(<procedure concept="chest-x-ray" within="P24M"/>)", "chest x-ray done within 2 years"},
      {R"(<answer question="worse-at-night"/>)", "worse at night: yes"},
      {R"(<answer question="worse-at-night" is="no"/>)", "worse at night: no"},
      {R"(<age at-least="65"/>)", "age at least 65"},
      {R"(<age below="18"/>)", "age below 18"},
      {R"(<sex is="female"/>)", "female sex"},
      {R"(<sex is="male"/>)", "male sex"},
      {R"(<deceased/>)", "the record says that the patient has died"},
      {R"(<cause id="asthma-cough" status="supported possible"/>)",
       "cause 'Asthma' is supported or possible"},
      {R"(<red-flag id="blood" status="not-recorded"/>)",
       "red flag 'Blood in the sputum' is not recorded"},
      {R"(<score id="cough-score" at-least="2"/>)", "Cough score at least 2"},
  }));
  CAPTURE(row.criterion);
  CHECK(said(row.criterion) == row.words);
}

TEST_CASE("What combines criteria is said by its label, what has a name by its name", "[causes]") {
  const std::string leaf = R"(<answer question="coughs"/>)";
  CHECK(said("<all>" + leaf + "</all>") == "all of");
  CHECK(said("<any>" + leaf + "</any>") == "any of");
  CHECK(said("<not>" + leaf + "</not>") == "not");
  CHECK(said("<at-least n=\"2\">" + leaf + leaf + leaf + "</at-least>") == "at least 2 of");
  const Pack pack = cough_with(leaf);
  CHECK(in_words({Use{0}, {}}, pack) == "asked for here");
}

TEST_CASE("A rule's period is quoted, never rounded", "[causes]") {
  struct Row {
    std::string_view period, words;
  };
  const auto row = GENERATE(values<Row>({{"P1D", "1 day"},
                                         {"P7D", "7 days"},
                                         {"P14D", "2 weeks"},
                                         {"P90D", "90 days"},
                                         {"P1M", "1 month"},
                                         {"P12M", "12 months"},
                                         {"P1Y", "12 months"},
                                         {"P18M", "18 months"},
                                         {"P2Y", "2 years"},
                                         {"P30M", "30 months"},
                                         {"P36M", "3 years"},
                                         {"P1M15D", "1 month and 15 days"}}));
  CAPTURE(row.period);
  CHECK(in_words(parse_period(row.period).value(), cough().phrases) == row.words);
}

TEST_CASE("The words are the pack's: another language is another file", "[causes]") {
  auto files = pack_files("tests/packs/cough");
  for (OwnedFile& file : files) {
    if (file.name != "phrases.en.xml") continue;
    const std::string_view english = "{text} within {period}";
    file.text.replace(file.text.find(english), english.size(), "{text}, höchstens {period} alt");
  }
  const Pack pack = read(files);
  const Criterion recent{ProcedureQuery{concept_id(pack, "chest-x-ray"), Period{6, 0}}, {}};
  CHECK(in_words(recent, pack) == "chest x-ray done, höchstens 6 months alt");
}

TEST_CASE("Every rule of the heavy-legs pack has words", "[causes]") {
  const Pack pack = read(pack_files("packs/heavy-legs"));
  const std::string none = pack.phrases.say(PhraseId::criterion_other, {});
  const auto check = [&](const auto& self, const Criterion& criterion) -> void {
    const std::string words = in_words(criterion, pack);
    CAPTURE(words);
    CHECK(words != none);
    std::visit(
        [&](const auto& node) {
          if constexpr (requires { node.of; }) {
            for (const Criterion& child : node.of) self(self, child);
          }
        },
        criterion.node);
  };
  for (const NamedCriterion& named : pack.criteria) check(check, named.criterion);
  for (const Cause& cause : pack.causes) {
    for (const auto* rules :
         {&cause.strong, &cause.weak, &cause.against, &cause.caps, &cause.rules_out}) {
      for (const Rule& rule : *rules) check(check, rule.criterion);
    }
    if (cause.decides) check(check, *cause.decides);
  }
  for (const RedFlag& flag : pack.red_flags) {
    for (const auto* rules : {&flag.present, &flag.possible, &flag.absent}) {
      for (const Rule& rule : *rules) check(check, rule.criterion);
    }
  }
}
