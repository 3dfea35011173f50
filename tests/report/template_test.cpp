#include "report/template.hpp"

#include "tests/report/layout_fixture.hpp"
#include "tests/report/sample_assessment.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::report;

namespace {
/// The shipped template with one thing changed.
std::string with(std::string_view from, std::string_view to) {
  auto xml = clinician_xml();
  const auto at = xml.find(from);
  REQUIRE(at != xml.npos);
  return xml.replace(at, from.size(), to);
}

std::vector<Error> faults(const std::string& xml) {
  const auto form = read_template(xml, "clinician.xml");
  REQUIRE_FALSE(form);
  return form.error();
}

Error fault(const std::string& xml) { return faults(xml).front(); }
}  // namespace

TEST_CASE("The shipped template is sound", "[template]") {
  const auto form = clinician_template();
  CHECK(form.language == "en");
  CHECK(form.pages[0].front().id == SectionId::patient);
  for (const auto& [key, placeholders] : wording_keys(form.kind)) {
    CAPTURE(key);
    CHECK(form.wording.has(key));
  }
}

TEST_CASE("A faulty template is refused with its line and the remedy", "[template]") {
  struct Row {
    std::string_view from, to, where, what;
  };
  const auto row = GENERATE(values<Row>({
      {"<section id=\"stands-out\"/>", "<section id=\"standsout\"/>", "clinician.xml:10",
       "section 'standsout' is not known; use one of patient, red-flags, stands-out, changes, "
       "first-steps, causes, results, medications, questions, workup, notes, basis, sign-off"},
      {"<section id=\"notes\"/>", "<section id=\"causes\"/>", "clinician.xml:21",
       "section 'causes' stands twice; remove one"},
      {"<section id=\"basis\"/>", "", "clinician.xml:4",
       "section 'basis' is left out, and no document may be without it; add <section "
       "id=\"basis\"/>"},
      {"<section id=\"red-flags\"/>", "", "clinician.xml:4",
       "section 'red-flags' is left out, and no document may be without it; "
       "add <section id=\"red-flags\"/>"},
      {"<section id=\"patient\"/>", "", "clinician.xml:4",
       "section 'patient' is left out, and no document may be without it; "
       "add <section id=\"patient\"/>"},
      {"kind=\"clinician\"", "kind=\"poster\"", "clinician.xml:4",
       "kind 'poster' is not made by this version; write kind=\"clinician\" or kind=\"patient\""},
      {"paper=\"A4\"", "paper=\"A5\"", "clinician.xml:4",
       "paper 'A5' is not known; write \"A4\" or \"Letter\""},
      {"#0B5563", "teal", "clinician.xml:5", "color 'teal' is not a color; write it as #RRGGBB"},
      {"#0B5563", "#8FC7D1", "clinician.xml:5",
       "color #8FC7D1 is too light to read over the watermark (contrast 1.7); "
       "choose a darker color with at least 4.5"},
      {"signal=", "picture=\"x.png\" signal=", "clinician.xml:5",
       "attribute 'picture' of <brand> is not known; use name, department, address, logo, color, "
       "signal"},
      {"signal=", "logo=\"../x.png\" signal=", "clinician.xml:5",
       "logo '../x.png' is in another folder; put the picture beside the template and name the "
       "file alone"},
      {"<text key=\"subject\">", "<text key=\"subjekt\">", "clinician.xml:27",
       "text key 'subjekt' is not known; correct the spelling or remove it"},
      {"<text key=\"subject\">Clinician summary</text>", "", "clinician.xml:4",
       "text 'subject' is absent; add <text key=\"subject\">…</text>"},
      {"Clinician summary</text>", "</text>", "clinician.xml:27",
       "text 'subject' is empty; write its words"},
      {"as of {date}", "as of {day}", "clinician.xml:29",
       "text 'record.as-of' has no placeholder '{day}'; it knows: date"},
      {"as of {date}", "as of {date", "clinician.xml:29",
       "text 'record.as-of' opens a brace that it does not close; close it"},
      {"Jan Feb ", "Jan ", "clinician.xml:38",
       "months are not twelve words; write the twelve names with one space between"},
      {"<section id=\"notes\"/>", "<section id=\"notes\" limit=\"none\"/>", "clinician.xml:21",
       "limit 'none' is not a number from 1 on; correct or remove it"},
      {"<!-- Page frame -->", "<page/>", "clinician.xml:26",
       "a <page> too many; this kind of document has at most 2, merge its sections into them"},
      {"#A93A0B", "#0B4A63", "clinician.xml:5",
       "color and signal look alike to some eyes (difference 7 of the 20 needed); choose two that "
       "differ more, as by leaving signal at #A93A0B"},
      {"<page>", "<footer><item>x</item></footer><page>", "clinician.xml:8",
       "<footer> holds only <text>…</text>"},
      {"<page>", "<header><text>{label}</text></header><page>", "clinician.xml:8",
       "<text> has no placeholder '{label}'; it knows: born date name title"},
      {"</document>", "", "clinician.xml:225",
       "not well-formed XML (Start-end tags mismatch); correct the markup here"},
  }));
  CAPTURE(row.to);
  const auto error = fault(with(row.from, row.to));
  CHECK(error.where == row.where);
  CHECK(error.what == row.what);
}

TEST_CASE("The red flags cannot be moved below the causes or to the second page", "[template]") {
  const auto without = with("<section id=\"red-flags\"/>", "");
  const auto moved = [&](std::string_view behind) {
    auto xml = without;
    return xml.insert(xml.find(behind) + behind.size(), "<section id=\"red-flags\"/>");
  };
  const auto expected =
      "section 'red-flags' stands below the causes or on the second page; "
      "move it above them on the first";
  CHECK(fault(moved("<section id=\"causes\"/>")).what == expected);
  CHECK(fault(moved("<section id=\"results\"/>")).what == expected);
}

TEST_CASE("The compact template says what the long one says", "[template]") {
  const auto compact = read_template(compact_xml(), "compact.xml");
  REQUIRE(compact);
  CHECK(compact->pages.size() == 1);
  const auto form = clinician_template();
  for (const auto& [key, placeholders] : wording_keys(form.kind)) {
    CAPTURE(key);
    CHECK(compact->wording[key] == form.wording[key]);
    CHECK(compact->wording.entry(key).one == form.wording.entry(key).one);
  }
}

TEST_CASE("Everything that is wrong is said at once, in the order of the file", "[template]") {
  auto xml = with("paper=\"A4\"", "paper=\"A5\"");
  xml.replace(xml.find("#0B5563"), 7, "teal");
  xml.replace(xml.find("id=\"notes\""), 10, "id=\"note\"");
  std::string lines;
  for (const auto& error : faults(xml)) lines += error.where + " ";
  CHECK(lines == "clinician.xml:4 clinician.xml:5 clinician.xml:21 ");
}

TEST_CASE("A section shows no more entries than its limit, and counts the others", "[template]") {
  const auto xml = with("<section id=\"causes\"/>", "<section id=\"causes\" limit=\"1\"/>");
  const auto assessment = typical_assessment();
  const auto pages = pages_with(xml, assessment);
  std::string said;
  for (const auto& item : pages.pages[0].items)
    if (const auto* text = std::get_if<PlacedText>(&item))
      if (text->line.text().starts_with("And ")) said += text->line.text().substr(0, 12) + "|";
  CHECK(said == "And " + std::to_string(assessment.causes.size() - 1) + " more: |");
}
