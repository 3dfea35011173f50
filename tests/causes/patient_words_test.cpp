#include "causes/patient_words.hpp"

#include "tests/causes/test_pack.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::tests;

TEST_CASE("Words for the patient say what is wrong with them, where, and what to do", "[causes]") {
  struct Row {
    std::string_view file, from, to, where, what;
  };
  const auto row = GENERATE(values<Row>({
      {"patient.en.xml", "  <untold cause=\"both\" reason=\"told by its parts\"/>\n", "",
       "patient.en.xml:2",
       "the cause 'both' is neither told nor left untold; add <cause id=\"both\"> or <untold "
       "cause=\"both\" reason=\"…\"/>"},
      {"patient.en.xml", "<untold cause=\"both\"", "<untold cause=\"asthma-cough\"",
       "patient.en.xml:2", "the cause 'asthma-cough' is told or left untold 2 times; keep one"},
      {"patient.en.xml", " reason=\"told by its parts\"", "", "patient.en.xml:17",
       "<untold> needs the attribute 'reason'"},
      {"patient.en.xml", "<untold cause=\"both\"", "<untold cause=\"both\" test=\"x-ray\"",
       "patient.en.xml:17", "<untold> names one cause, test or question"},
      {"patient.en.xml", "<question id=\"coughs\">I cough.</question>", "", "patient.en.xml:2",
       "the question 'coughs' is neither told nor left untold; add <question id=\"coughs\"> or "
       "<untold question=\"coughs\" reason=\"…\"/>"},
      {"patient.en.xml", "id=\"asthma-cough\" icon=\"drop\"", "id=\"asthma-cough\" icon=\"lung\"",
       "patient.en.xml:12",
       "icon=\"lung\" is none of: drop, pill, legs, vein, bolt, water, question"},
      {"patient.en.xml", "<cause id=\"asthma-cough\" icon=\"drop\" claim=\"asthma-coughs\">",
       "<cause id=\"asthma-cough\" icon=\"drop\">", "patient.en.xml:12",
       "<cause> needs the attribute 'claim'"},
      {"patient.en.xml", "claims=\"ace-cough\" causes", "claims=\"ace-sneeze\" causes",
       "patient.en.xml:26", "there is no claim 'ace-sneeze'; define it or correct the id"},
      {"patient.en.xml", "kind=\"do\" claims=\"ace-cough\" causes", "kind=\"do\" causes",
       "patient.en.xml:26", "<advice> needs the attribute 'claims'"},
      {"patient.en.xml", "causes=\"drug-cough\"><head>", "><head>", "patient.en.xml:26",
       "{drug} needs causes=\"…\", which say whose drug it is"},
      {"patient.en.xml", "Your airways are tight.", "Your airways are {value}.",
       "patient.en.xml:13", "{value} cannot be filled in here; what can: {drug}"},
      {"patient.en.xml", "<head>A pill</head>", "<head>A {drug}</head>", "patient.en.xml:5",
       "{drug} cannot be filled in here; write it out"},
      {"patient.en.xml", "Normal ends at {high}", "Normal begins at {low}", "patient.en.xml:14",
       "{low} cannot be filled in here; what can: {value}, {high}"},
      {"patient.en.xml", "<lab id=\"eosinophils\"", "<lab id=\"asthma\"", "patient.en.xml:14",
       "'asthma' is of the kind condition, which <lab> does not look at"},
      {"patient.en.xml", "    <general>Tight airways can make you cough.</general>\n", "",
       "patient.en.xml:12",
       "<cause> needs <taken> or <general>: what its card says without a result"},
      {"patient.en.xml", "group=\"blood\" name", "group=\"urine\" name", "patient.en.xml:19",
       "there is no <group id=\"urine\"> above; define it or correct it"},
      {"patient.en.xml", "Tight airways can make you cough.",
       "When the airways of your chest are tight you may feel that you have to cough a lot.",
       "patient.en.xml:12",
       "a sentence of 18 words in 'cause asthma-cough: general'; split it, 15 are the most"},
      {"patient.en.xml", "  <today claim=\"asthma-coughs\">We do a test today.</today>\n", "",
       "patient.en.xml:2", "<patient> needs <today>"},
      {"patient.en.xml", "<red-flag id=\"blood\"", "<red-flag id=\"fever\"", "patient.en.xml:30",
       "there is no red flag 'fever'; define it or correct the id"},
      {"patient.fr.xml", "{interval} avant", "avant", "patient.fr.xml:2",
       "'cause drug-cough: started' differs from the words of 'en', which have placeholders: drug "
       "interval; this has placeholders: drug"},
      {"patient.fr.xml", "kind=\"avoid\"", "kind=\"do\"", "patient.fr.xml:2",
       "'advice rest' differs from the words of 'en', which have kind: avoid, topic: , claims: "
       "asthma-coughs, causes: , unless-causes: , unless-red-flags: blood; this has kind: do, "
       "topic: , claims: asthma-coughs, causes: , unless-causes: , unless-red-flags: blood"},
      {"patient.fr.xml", "<missing>Pas encore de radio.</missing>", "", "patient.fr.xml:2",
       "'test x-ray: missing' is in the words of 'en' and not here; add it"},
      {"patient.en.xml", "<missing>There is no x-ray yet.</missing>", "", "patient.fr.xml:2",
       "'test x-ray: missing' is here and not in the words of 'en'; add it there"},
      {"patient.fr.xml", "lang=\"fr\"", "lang=\"en\"", "patient.fr.xml:2",
       "the words for the patient in 'en' are here twice; join the files or correct lang"},
  }));
  CAPTURE(row.file, row.from, row.to);
  const auto faults = faults_after(row.file, row.from, row.to);
  REQUIRE_FALSE(faults.empty());
  CHECK(faults[0].where == row.where);
  CHECK(faults[0].what == row.what);
}

TEST_CASE("A claim that only the patient is told of counts as used", "[causes]") {
  const auto faults = faults_after("claims.xml", "</claims>",
                                   "<claim id='smoke' source='article'>Smoke.</claim></claims>");
  REQUIRE(faults.size() == 1);
  auto files = pack_files("tests/packs/cough");
  for (auto& file : files) {
    const auto put = [&](std::string_view from, std::string_view to) {
      const auto at = file.text.find(from);
      REQUIRE(at != std::string::npos);
      file.text.replace(at, from.size(), to);
    };
    if (file.name == "claims.xml")
      put("</claims>", "<claim id='smoke' source='article'>Smoke.</claim></claims>");
    if (file.name.starts_with("patient."))
      put("claims=\"asthma-coughs\" unless", "claims=\"smoke\" unless");
  }
  CHECK(read(files).claim("smoke") != nullptr);
}

TEST_CASE("A placeholder that is not given stays as it is", "[causes]") {
  CHECK(causes::filled("{a} and {b}, {a}.", {{"a", "1"}}) == "1 and {b}, 1.");
  CHECK(causes::filled("an { open brace", {{"a", "1"}}) == "an { open brace");
}

TEST_CASE("heavy-legs speaks to the patient in English and Spanish", "[causes]") {
  const auto pack = read(pack_files("packs/heavy-legs"));
  REQUIRE(pack.patient.size() == 2);
  REQUIRE(pack.patient_words("en") != nullptr);
  REQUIRE(pack.patient_words("es") != nullptr);
  CHECK(pack.patient_words("de") == nullptr);
  // "A medicine is never to be stopped on the sheet's word."
  const auto& first = pack.patient_words("en")->advice.front();
  CHECK(first.claims == std::vector<std::string>{"never-stop-alone"});
}
