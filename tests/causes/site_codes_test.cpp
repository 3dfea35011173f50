#include "causes/site_codes.hpp"

#include "tests/causes/test_pack.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::tests;
using fhir::MatchedBy;

namespace {
constexpr std::string_view local = "urn:oid:1.2.3.4";

/// What is wrong with a map, a line each.
std::string faults(const std::string& csv) {
  causes::Pack pack = cough();
  const auto added = causes::add_site_codes(pack, {"site.csv", csv});
  std::string text;
  if (!added) {
    for (const Error& error : added.error()) text += error.where + ": " + error.what + '\n';
  }
  return text;
}

causes::Pack with_map(const std::string& csv) {
  causes::Pack pack = cough();
  const auto added = causes::add_site_codes(pack, {"site.csv", csv});
  INFO(faults(csv));
  REQUIRE(added);
  return pack;
}

std::vector<fhir::Vocabulary::Meaning> meanings(const causes::Pack& pack, std::string_view system,
                                                std::string_view code) {
  std::vector<fhir::Vocabulary::Meaning> found;
  pack.vocabulary.find_code(pack.vocabulary.system(system), code, found);
  return found;
}
}  // namespace

TEST_CASE("A site's code means the concept that its map says", "[site-codes]") {
  const auto pack = with_map(
      "System, Code, Concept, Route, Note\r\n"
      "# drugs\r\n"
      "urn:oid:1.2.3.4,M-77,lisinopril,systemic,\"10 mg, tablets\"\r\n"
      "urn:oid:1.2.3.4,007,eosinophils,,\r\n");
  const auto drug = meanings(pack, local, "M-77");
  REQUIRE(drug.size() == 1);
  CHECK(drug[0].id == concept_id(pack, "lisinopril"));
  CHECK(drug[0].kind == fhir::Kind::medication);
  CHECK(drug[0].route == fhir::Medication::Route::systemic);
  CHECK(drug[0].matched_by == MatchedBy::site_code);
  CHECK(meanings(pack, local, "007").at(0).kind == fhir::Kind::observation);
  CHECK(meanings(pack, local, "7").empty());
  CHECK(meanings(pack, "urn:oid:9", "M-77").empty());
}

TEST_CASE("A combination is mapped in one row", "[site-codes]") {
  const auto pack = with_map("code,system,concept\nX1,urn:oid:1.2.3.4,steroid  enalapril\n");
  CHECK(meanings(pack, local, "X1").size() == 2);
}

TEST_CASE("A row without a concept says nothing yet", "[site-codes]") {
  const auto pack =
      with_map("system,code,concept,kind,display,count\n,,,medication,Something,4\nurn:x,1,,,,1\n");
  CHECK(pack.vocabulary.system("urn:x") == 0);
}

TEST_CASE("A site may say again what the pack says", "[site-codes]") {
  const auto pack = with_map(
      "system,code,concept\nhttps://loinc.org/,711-2,eosinophils\nhttps://loinc.org/"
      ",711-2,eosinophils\n");
  const auto found = meanings(pack, "http://loinc.org", "711-2");
  REQUIRE(found.size() == 1);
  CHECK(found[0].matched_by == MatchedBy::code);
}

TEST_CASE("A site may add the route to a code of the pack", "[site-codes]") {
  const auto pack = with_map(
      "system,code,concept,route\nhttp://www.nlm.nih.gov/research/umls/"
      "rxnorm,29046,lisinopril,local\n");
  CHECK(meanings(pack, "http://www.nlm.nih.gov/research/umls/rxnorm", "29046").size() == 2);
}

TEST_CASE("Every fault of a map is named with its line and remedy", "[site-codes]") {
  struct Row {
    std::string rows, says;
  };
  const auto row = GENERATE(values<Row>({
      {"urn:x,1,lisinopryl,",
       "site.csv:2: the pack has no concept 'lisinopryl'; did you mean lisinopril?\n"},
      {"urn:x,1,Chest X-ray,",
       "site.csv:2: the pack has no concept 'Chest', nor one of a like name; take one of its "
       "concepts\n"
       "site.csv:2: the pack has no concept 'X-ray', nor one of a like name; take one of its "
       "concepts\n"},
      {"urn:x,1,qqqqqqqqqq,",
       "site.csv:2: the pack has no concept 'qqqqqqqqqq', nor one of a like name; take one of its "
       "concepts\n"},
      {" ,1,asthma,",
       "site.csv:2: the system is blank; write the system that the chart sends with this code\n"},
      {"urn:x,,asthma,", "site.csv:2: the code is empty; write the code, or delete the row\n"},
      {"urn:x,4.27E+17,asthma,",
       "site.csv:2: '4.27E+17' is a number that a spreadsheet has shortened; write the whole code, "
       "in a column of the format text\n"},
      {"urn:x,1,asthma",
       "site.csv:2: has 3 values where the header names 4 columns; put a value that holds a comma "
       "in quotes\n"},
      {"urn:x,1,asthma,\n# again\nurn:x,1,cough,",
       "site.csv:4: line 2 maps the code '1' to 'asthma'; delete one of the two, or write both "
       "concepts into one row, with a space between, if the code means both\n"},
      {"urn:x,1,lisinopril,local\nurn:x,1,lisinopril,systemic",
       "site.csv:3: line 2 says another route for the code '1'; delete one\n"},
      {"urn:x,1,lisinopril asthma,",
       "site.csv:2: the concepts are of different kinds; a code has one kind: leave one out\n"},
      {"urn:x,1,ige eosinophils,",
       "site.csv:2: a value belongs to one observation; leave one concept out\n"},
      {"urn:x,1,lisinopril,oral",
       "site.csv:2: the route 'oral' is none of: systemic, local; leave it empty where the code "
       "does not tell\n"},
      {"urn:x,1,asthma,local", "site.csv:2: only a medication has a route; leave it empty\n"},
      {"http://loinc.org,711-2,ige,",
       "site.csv:2: the pack itself reads the code '711-2' as 'eosinophils'; delete the row, or "
       "have the pack corrected\n"},
      {"http://loinc.org,36643-5,chest-x-ray cough,",
       "site.csv:2: the concepts are of different kinds; a code has one kind: leave one out\n"},
      {"http://www.nlm.nih.gov/research/umls/rxnorm,29046,lisinopril enalapril,",
       "site.csv:2: the pack itself reads the code '29046' as 'lisinopril'; delete the row, or "
       "have "
       "the pack corrected\n"},
      {"http://hl7.org/fhir/sid/icd-10-cm,J45.9,cough,",
       "site.csv:2: the pack itself reads the code 'J45.9' as 'asthma'; delete the row, or have "
       "the "
       "pack corrected\n"},
      {"urn:x,1,\"asthma\"x,\nurn:x,2,nothing-like-it,\n\"urn:y,3,asthma,",
       "site.csv:2: text follows a closing quote; double the quotes inside the value\n"
       "site.csv:3: the pack has no concept 'nothing-like-it', nor one of a like name; take one of "
       "its concepts\n"
       "site.csv:4: a quote is opened and never closed; close it, or delete it\n"},
  }));
  CAPTURE(row.rows);
  CHECK(faults("system,code,concept,route\n" + row.rows) == row.says);
}

TEST_CASE("What is no map is refused by its header, which is not quoted", "[site-codes]") {
  const std::string begin = "begin the file with the line system,code,concept";
  struct Row {
    std::string csv, says;
  };
  const auto row = GENERATE_COPY(values<Row>({
      {"", "site.csv:1: has no header; " + begin + "\n"},
      {"# only this\n", "site.csv:1: has no header; " + begin + "\n"},
      {"system,code\nurn:x,1\n",
       "site.csv:1: the header has no column concept; " + begin + ", with commas between\n"},
      {"system;code;concept\n", "site.csv:1: the header has no column system, code, concept; " +
                                    begin + ", with commas between\n"},
      {"{\"resourceType\":\"Patient\"}",
       "site.csv:1: a quote stands inside a value; put the value in quotes and double the quote\n"},
      {"\xFF\xFEs\0y\0", "site.csv:1: holds bytes that are not UTF-8; save the file as UTF-8\n"},
      {"system,code,concept,rout\n",
       "site.csv:1: a map has no column 'rout'; it may have: system, code, concept, route, kind, "
       "display, count, note\n"},
      {"system,code,concept,code\n", "site.csv:1: the column 'code' stands twice; delete one\n"},
  }));
  CHECK(faults(row.csv) == row.says);
}

TEST_CASE("A map with a fault leaves the pack as it was", "[site-codes]") {
  causes::Pack pack = cough();
  CHECK_FALSE(causes::add_site_codes(
      pack, {"site.csv", "system,code,concept\nurn:x,1,asthma\nurn:x,2,none\n"}));
  CHECK(pack.vocabulary.system("urn:x") == 0);
}

TEST_CASE("More systems than fit are a fault, not a failure", "[site-codes]") {
  std::string csv = "system,code,concept\n";
  for (int i = 0; i < 300; ++i) csv += "urn:x:" + std::to_string(i) + ",1,asthma\n";
  CHECK(faults(csv).find("there are more code systems than fit; leave out those of rare codes") !=
        std::string::npos);
}

TEST_CASE("Evidence that rests on a site's code says so", "[site-codes]") {
  auto chart = empty_chart();
  chart.medication_entries = 1;
  chart.conditions = {cough_since("2026-06-01")};
  const auto by = [&](MatchedBy how) {
    auto drug = taking("lisinopril", "2026-05-01");
    drug.matched_by = how;
    chart.medications = {drug};
    return cause(assessed(chart), "drug-cough").evidence.at(0).text;
  };
  const auto plain = by(MatchedBy::code);
  CHECK(by(MatchedBy::site_code) == plain + " (by the site's code map)");
  CHECK(by(MatchedBy::name) == plain + " (recognized by name)");
}
