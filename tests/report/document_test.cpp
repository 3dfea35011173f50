#include "report/document.hpp"

#include "report/document_words.hpp"
#include "tests/report/layout_fixture.hpp"
#include "tests/report/sample_assessment.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace legwork;
using namespace legwork::report;

namespace {
const Section& section(const Document& document, SectionId id) {
  for (const auto& page : document.pages)
    for (const auto& one : page)
      if (one.id == id) return one;
  FAIL("no such section");
  return document.pages[0].front();
}

std::string words(const report::Text& text) {
  std::string joined;
  for (const auto& part : text) joined += part.text;
  return joined;
}

DateSpan date(const char* text) { return *parse_date(text); }
}  // namespace

TEST_CASE("A date is printed as exactly as it is known", "[document]") {
  const auto form = clinician_template();
  CHECK(date_words(form.wording, date("2025-03-03")) == "03-Mar-2025");
  CHECK(date_words(form.wording, date("2025-03")) == "Mar-2025");
  CHECK(date_words(form.wording, date("2025-12")) == "Dec-2025");
  CHECK(date_words(form.wording, date("2025")) == "2025");
  CHECK(date_words(form.wording, {date("2025-03-03").first, date("2025-04-09").first}) ==
        "03-Mar-2025 to 09-Apr-2025");
}

TEST_CASE("An age is told in the unit that people would use", "[document]") {
  const auto form = clinician_template();
  const auto today = date("2025-03-14").first;
  struct Row {
    const char *taken, *age;
  };
  const auto row = GENERATE(values<Row>({{"2025-03-14", "today"},
                                         {"2025-03-13", "1 day ago"},
                                         {"2025-03-03", "11 days ago"},
                                         {"2025-01-27", "6 weeks ago"},
                                         {"2024-03-14", "11 months ago"},
                                         {"2021-03-14", "4 years ago"},
                                         {"2021", "about 3 years ago"},
                                         {"2025-03-15", "dated in the future: check"}}));
  CHECK(age_words(form.wording, date(row.taken), today) == row.age);
}

TEST_CASE("What a source says leads to where it can be read, if the pack knows where",
          "[document]") {
  auto assessment = typical_assessment();
  REQUIRE_FALSE(assessment.causes.front().claims.empty());
  const auto claim = assessment.causes.front().claims.front();
  const auto link = [&] {
    const auto document = make_document(assessment, clinician_template());
    const auto& table = std::get<Table>(section(document, SectionId::causes).block);
    return std::get<TextCell>(table.rows.front().cells.back()).text.back().link;
  };
  assessment.claims = {{claim, "A guideline", "https://example.org/guideline", "full"}};
  CHECK(link() == "https://example.org/guideline");
  assessment.claims.front().url = "javascript:alert(1)";
  CHECK(link().empty());
  assessment.claims.clear();
  CHECK(link().empty());
}

TEST_CASE("Units in evidence are printed as people write them", "[document]") {
  const std::string space = "\u00A0";
  CHECK(units_printed("Ferritin 18" + space + "ug/L") == "Ferritin 18" + space + "µg/L");
  CHECK(units_printed("eGFR 34" + space + "mL/min/{1.73_m2}; low") ==
        "eGFR 34" + space + "mL/min/1.73" + space + "m²; low");
  CHECK(units_printed("platelets 90" + space + "10*9/L, then 80" + space + "10*9/L") ==
        "platelets 90" + space + "10⁹/L, then 80" + space + "10⁹/L");
  CHECK(units_printed("amlodipine 10 mg, begun 3/2025") == "amlodipine 10 mg, begun 3/2025");
  CHECK(units_printed("").empty());
}

TEST_CASE("A unit is printed as people write it", "[document]") {
  CHECK(unit_words("ug/L") == "µg/L");
  CHECK(unit_words("umol/L") == "µmol/L");
  CHECK(unit_words("10*9/L") == "10⁹/L");
  CHECK(unit_words("mL/min/{1.73_m2}") == "mL/min/1.73\u00A0m²");
  CHECK(unit_words("[IU]/L") == "IU/L");
  CHECK(unit_words("U/L") == "U/L");
  CHECK(unit_words("%") == "%");
}

TEST_CASE("A number never parts from its unit", "[document]") {
  CHECK(with_unit("18", "µg/L") == "18\u00A0µg/L");
  CHECK(with_unit("positive", "") == "positive");
}

TEST_CASE("A name is printed surname first, in capitals, in any script", "[document]") {
  const auto form = clinician_template();
  const auto name = [&](std::string family, std::string given) {
    fhir::Patient patient;
    patient.family = std::move(family);
    patient.given = std::move(given);
    return surname_first(form.wording, "en", patient);
  };
  CHECK(name("Ellison", "Margaret Ann") == "ELLISON, Margaret Ann");
  CHECK(name("Łukasiewicz", "Jan") == "ŁUKASIEWICZ, Jan");
  CHECK(name("الميلاد", "عمر") == "الميلاد, عمر");
  CHECK(name("", "Margaret") == "Margaret");
  CHECK(name("", "") == "Name not recorded");
}

TEST_CASE("A name without parts is printed as the record has it", "[document]") {
  fhir::Patient patient;
  patient.name_text = "Margaret Ellison";
  CHECK(surname_first(clinician_template().wording, "en", patient) == "Margaret Ellison");
}

TEST_CASE("The three kinds of absence are told apart", "[document]") {
  const auto document = make_document(empty_assessment(), clinician_template());
  const auto& facts = std::get<Facts>(section(document, SectionId::patient).block).facts;
  CHECK(facts.back().value == "None recorded");
  CHECK(std::get<Absence>(section(document, SectionId::results).block).sentence ==
        "No such result on file.");
  const auto causes = make_document(typical_assessment(), clinician_template());
  const auto& table = std::get<Table>(section(causes, SectionId::causes).block);
  CHECK(words(std::get<TextCell>(table.rows[3].cells[0]).below) == "not assessed");
}

TEST_CASE("A list of medicines of which none matters is not the same as no list", "[document]") {
  auto assessment = empty_assessment();
  assessment.medication_entries = 7;
  const auto document = make_document(assessment, clinician_template());
  CHECK(std::get<Absence>(section(document, SectionId::medications).block).sentence ==
        "7 entries on the medication list; none of them bears on the question.");
}

TEST_CASE("A medicine is dated against the onset", "[document]") {
  const auto document = make_document(typical_assessment(), clinician_template());
  const auto& timeline = std::get<Timeline>(section(document, SectionId::medications).block);
  const auto& amlodipine = timeline.lanes[0];
  CHECK(words(amlodipine.name) == "amlodipine 10 mg");
  CHECK(amlodipine.below == "since 09-Dec-2024, 7 weeks before onset");
  CHECK(amlodipine.from < *timeline.onset);
  CHECK(amlodipine.to == 1);
  CHECK(amlodipine.alternative ==
        "amlodipine 10 mg, calcium channel blocker, since 09-Dec-2024, 7 weeks before onset. "
        "Can be a cause of: Calcium channel blocker.");
}

TEST_CASE(
    "The axis of the medicines runs from half a year before the onset to the day of the report",
    "[document]") {
  const auto document = make_document(typical_assessment(), clinician_template());
  const auto& timeline = std::get<Timeline>(section(document, SectionId::medications).block);
  CHECK(timeline.ticks.front().text == "Aug");
  CHECK(timeline.ticks.front().year == "2024");
  CHECK(timeline.ticks.back().text == "Mar");
  CHECK(*timeline.onset == Approx(184.0 / (184 + 46)));
  const auto& long_before = timeline.lanes[2];
  CHECK(long_before.began_earlier);
  CHECK(long_before.from == 0);
}

TEST_CASE("Without an onset nothing is said to come before or after it", "[document]") {
  auto assessment = typical_assessment();
  assessment.complaint.onset.reset();
  const auto document = make_document(assessment, clinician_template());
  const auto& timeline = std::get<Timeline>(section(document, SectionId::medications).block);
  CHECK_FALSE(timeline.onset);
  CHECK(timeline.onset_label == "Onset not recorded: before or after it is not known");
  CHECK(timeline.lanes[0].below == "since 09-Dec-2024");
}

TEST_CASE("A flagged result stands before those in range, so that it is not cut first",
          "[document]") {
  auto assessment = typical_assessment();
  std::reverse(assessment.labs.begin(), assessment.labs.end());
  const auto document = make_document(assessment, clinician_template());
  const auto& table = std::get<Table>(section(document, SectionId::results).block);
  CHECK(table.rows[0].name == "eGFR");
  CHECK(table.rows[1].name == "Transferrin saturation");
  CHECK(table.rows[2].name == "Ferritin");
  CHECK(table.rows[3].name == "Potassium");
}

TEST_CASE("A test that is too old is to be repeated, not missing", "[document]") {
  auto assessment = typical_assessment();
  assessment.causes[3].unknown = {"ferritin", "duplex-ultrasound"};
  const auto document = make_document(assessment, clinician_template());
  const auto& table = std::get<Table>(section(document, SectionId::causes).block);
  CHECK(words(std::get<TextCell>(table.rows[3].cells[2]).text) ==
        "Not on file: Duplex ultrasound of the leg veins. Repeat: Iron panel with CRP.");
}

TEST_CASE("A number that the record holds twice identifies once", "[document]") {
  auto assessment = typical_assessment();
  assessment.patient.identifiers = {{"MRN", "17"}, {"", "17"}, {"", "18"}};
  const auto document = make_document(assessment, clinician_template());
  const auto& facts = std::get<Facts>(section(document, SectionId::patient).block).facts;
  REQUIRE(facts.size() == 6);
  CHECK(facts[3].label == "MRN");
  CHECK(facts[3].value == "17");
  CHECK(facts[4].label == "Number");
  CHECK(facts[4].value == "18");
}

TEST_CASE("A number is printed with the digits that count", "[document]") {
  CHECK(number_words(3.9) == "3.9");
  CHECK(number_words(61.88) == "61.9");
  CHECK(number_words(114.92) == "115");
  CHECK(number_words(1450) == "1450");
  CHECK(number_words(0.0345) == "0.0345");
}

TEST_CASE("A result that speaks for a cause stands first, flagged or not", "[document]") {
  auto assessment = typical_assessment();
  assessment.causes[0].evidence[0].reference = "Observation/b12";
  const auto document = make_document(assessment, clinician_template());
  const auto& table = std::get<Table>(section(document, SectionId::results).block);
  CHECK(table.rows[0].name == "Vitamin B12");
  CHECK(table.rows[1].name == "Ferritin");
}

TEST_CASE("A test that is on file is not said to be missing", "[document]") {
  auto assessment = typical_assessment();
  assessment.causes[3].unknown = {"kidney-function", "duplex-ultrasound"};
  const auto document = make_document(assessment, clinician_template());
  const auto& table = std::get<Table>(section(document, SectionId::causes).block);
  CHECK(words(std::get<TextCell>(table.rows[3].cells[2]).text) ==
        "Not on file: Duplex ultrasound of the leg veins.");
}

TEST_CASE("At most three findings stand out, supported causes first", "[document]") {
  const auto document = make_document(crowded_assessment(), clinician_template());
  const auto& items = std::get<Statements>(section(document, SectionId::stands_out).block).items;
  REQUIRE(items.size() == 3);
  CHECK(words(items[0].headline) == "Low iron");
  CHECK(words(items[1].headline) == "Calcium channel blocker");
}

TEST_CASE("Red flags that were found come first and have nothing to tick", "[document]") {
  auto assessment = typical_assessment();
  assessment.red_flags[1].status = causes::RedFlagStatus::possible;
  const auto document = make_document(assessment, clinician_template());
  const auto& callout = std::get<Callout>(section(document, SectionId::red_flags).block);
  CHECK_FALSE(callout.alarm);
  CHECK(callout.items[0].found);
  CHECK(words(callout.items[0].text).starts_with("Heart failure"));
  CHECK_FALSE(callout.items[1].found);
}

TEST_CASE("Work-up on file is listed with its result and not asked for again", "[document]") {
  const auto document = make_document(typical_assessment(), clinician_template());
  const auto& workup = section(document, SectionId::workup);
  for (const auto& row : std::get<Table>(workup.block).rows) CHECK(row.name != "Kidney function");
  CHECK(words(workup.tail) ==
        "On file, not repeated: Kidney function 71\u00A0mL/min/1.73\u00A0m² (03-Mar-2025)");
}

TEST_CASE("A claim is printed with its source and its id", "[document]") {
  const auto document = make_document(typical_assessment(), clinician_template());
  const auto& table = std::get<Table>(section(document, SectionId::causes).block);
  CHECK(words(std::get<TextCell>(table.rows[2].cells[3]).text) ==
        "An urge to move that comes at rest and eases with movement. AASM 2025, rls-rest");
}
