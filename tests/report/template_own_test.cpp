#include "tests/report/layout_fixture.hpp"
#include "tests/report/sample_assessment.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace legwork;
using namespace legwork::report;

namespace {
/// The shipped template with a section of a hospital's own before the notes.
std::string with_section(std::string_view section) {
  auto xml = clinician_xml();
  const auto at = xml.find("<section id=\"notes\"/>");
  REQUIRE(at != xml.npos);
  return xml.insert(at, section);
}

/// The sections that a section of a hospital's own becomes.
std::vector<Section> own(std::string_view section, const causes::Assessment& assessment) {
  auto form = read_template(with_section(section), "own.xml");
  if (!form) FAIL(form.error().front().where << ": " << form.error().front().what);
  const auto document = make_document(assessment, *form);
  std::vector<Section> found;
  for (const auto& page : document.pages)
    for (const auto& each : page)
      if (each.id == SectionId::own) found.push_back(each);
  return found;
}

std::string words(const Text& text) {
  std::string result;
  for (const auto& part : text) result += part.text;
  return result;
}
}  // namespace

TEST_CASE("A hospital's own section prints its words with the document's fields", "[template]") {
  const auto sections =
      own("<section><heading>Pathway of {date}</heading><note>local</note>"
          "<text tone=\"strong\">For {name}, born {born}.</text><text>Call 01632 960 "
          "118.</text></section>",
          typical_assessment());
  REQUIRE(sections.size() == 1);
  CHECK(sections[0].heading == "Pathway of 14-Mar-2025");
  CHECK(sections[0].note == "local");
  const auto& texts = std::get<Paragraphs>(sections[0].block).texts;
  REQUIRE(texts.size() == 2);
  CHECK(words(texts[0]) == "For ELLISON, Margaret, born 08-Aug-1962.");
  CHECK(texts[0][0].tone == Tone::strong);
}

TEST_CASE("A list repeats over the entries that its query chooses", "[template]") {
  const auto assessment = typical_assessment();
  const auto sections =
      own("<section><list signs=\"boxes\" limit=\"2\"><item>First</item>"
          "<repeat over=\"causes\" status=\"supported\">"
          "<item>{label}: {status}</item></repeat></list></section>",
          assessment);
  REQUIRE(sections.size() == 1);
  const auto& list = std::get<List>(sections[0].block);
  CHECK(list.signs == List::Signs::boxes);
  CHECK(sections[0].limit == 2);
  REQUIRE(list.items.size() > 2);
  CHECK(words(list.items[0]) == "First");
  CHECK(words(list.items[1]) == assessment.causes[0].label + ": evidence on file");
}

TEST_CASE("A table of results shows where they lie and how they went", "[template]") {
  const auto assessment = typical_assessment();
  const auto sections = own(
      "<section><table><column "
      "width=\"3\">Test</column><column>Where</column><column>Trend</column>"
      "<repeat over=\"results\" status=\"low\"><row><cell>{label} {value} {unit}</cell>"
      "<cell><figure kind=\"range\"/></cell><cell><figure kind=\"trend\"/></cell></row></repeat>"
      "</table></section>",
      assessment);
  REQUIRE(sections.size() == 1);
  const auto& table = std::get<Table>(sections[0].block);
  CHECK(table.columns[0].width == 3);
  REQUIRE_FALSE(table.rows.empty());
  CHECK(words(std::get<TextCell>(table.rows[0].cells[0]).text) == "Ferritin 18 µg/L");
  CHECK(std::get<RangeBar>(table.rows[0].cells[1]).value == 18);
  CHECK(std::get<Trend>(table.rows[0].cells[2]).values.size() >= 2);
}

TEST_CASE("What a condition asks for decides what is printed", "[template]") {
  const auto section =
      "<section><when some=\"red-flags\" status=\"present\"><text>Call now.</text></when>"
      "<when no=\"red-flags\" status=\"present\"><text>No hurry.</text></when></section>";
  const auto said = [&](const causes::Assessment& assessment) {
    return words(std::get<Paragraphs>(own(section, assessment).at(0).block).texts.at(0));
  };
  CHECK(said(typical_assessment()) == "No hurry.");
  CHECK(said(alarming_assessment()) == "Call now.");
}

TEST_CASE("A section of which nothing applies is not printed, its heading neither", "[template]") {
  CHECK(own("<section><heading>Alarm</heading><when some=\"red-flags\" status=\"present\">"
            "<text>Call now.</text></when><list><repeat over=\"causes\" id=\"no-such-cause\">"
            "<item>{label}</item></repeat></list></section>",
            typical_assessment())
            .empty());
}

TEST_CASE("Every collection fills every field that it promises", "[template]") {
  const auto assessment = alarming_assessment();
  for (const auto& kind : collection_kinds()) {
    CAPTURE(kind.name);
    std::string fields(kind.fields);
    for (std::size_t at = 0; (at = fields.find(' ', at)) != fields.npos; at += 3)
      fields.replace(at, 1, "}|{");
    const auto sections = own("<section><list><repeat over=\"" + std::string(kind.name) +
                                  "\"><item>{" + fields + "}</item></repeat></list></section>",
                              assessment);
    REQUIRE(sections.size() == 1);
    // Each field is filled by at least one entry
    const auto count = static_cast<std::size_t>(std::count(fields.begin(), fields.end(), '|')) + 1;
    std::vector<bool> filled(count, false);
    for (const auto& item : std::get<List>(sections[0].block).items) {
      const auto text = words(item);
      std::size_t at = 0;
      for (std::size_t i = 0; i < count; ++i) {
        const auto end = std::min(text.find('|', at), text.size());
        if (end > at) filled[i] = true;
        at = end + 1;
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      CAPTURE(i);
      CHECK(filled[i]);
    }
  }
}

TEST_CASE("A faulty element is refused with its line and the remedy", "[template]") {
  struct Row {
    std::string_view section, what;
  };
  const auto row = GENERATE(values<Row>({
      {"<section/>",
       "<section> has neither id nor elements; name one of legwork's sections by id, or write what "
       "yours holds"},
      {"<section id=\"workup\"><text>x</text></section>",
       "a section with an id is legwork's and holds nothing; leave the id out to write your own"},
      {"<section><para>x</para></section>",
       "<para> does not belong into a section; use text, list, table, figure, repeat, when"},
      {"<section>words</section>", "<section> holds words of its own; put them into an element"},
      {"<section><text/></section>", "<text> is empty; write its words, or remove it"},
      {"<section><text tone=\"loud\">x</text></section>",
       "tone 'loud' of <text> is not known here; use plain, strong, quiet, alarm"},
      {"<section><text size=\"9\">x</text></section>",
       "attribute 'size' of <text> is not known; it has tone"},
      {"<section><text>{label}</text></section>",
       "<text> has no placeholder '{label}'; it knows: born date name title"},
      {"<section><text>{name</text></section>",
       "<text> opens a brace that it does not close; close it"},
      {"<section><list><row/></list></section>",
       "<row> does not belong into a list; use item, repeat, when"},
      {"<section><repeat over=\"drugs\"><text>x</text></repeat></section>",
       "over=\"drugs\" names no collection; use causes, red-flags, questions, workup, results, "
       "medications"},
      {"<section><repeat over=\"causes\" status=\"likely\"><text>x</text></repeat></section>",
       "status 'likely' is not one of causes; use supported possible undetermined unlikely"},
      {"<section><repeat over=\"questions\" status=\"open\"><text>x</text></repeat></section>",
       "questions have no status; remove it"},
      {"<section><list limit=\"0\"><item>x</item></list></section>",
       "limit '0' is not a number from 1 on; correct or remove it"},
      {"<section><repeat over=\"causes\"><repeat over=\"workup\"><text>x</text></repeat></repeat>"
       "</section>",
       "<repeat> stands inside a <repeat>; close the outer one before"},
      {"<section><when status=\"present\"><text>x</text></when></section>",
       "<when> needs either some=\"…\" or no=\"…\"; name one collection"},
      {"<section><table><row><cell>x</cell></row></table></section>",
       "<table> has no <column>; name its columns first"},
      {"<section><table><column>a</column><row><cell>x</cell><cell>y</cell></row></table></"
       "section>",
       "<row> has 2 cells for 1 columns; write one for each"},
      {"<section><table><column width=\"0\">a</column><row><cell>x</cell></row></table></section>",
       "width of <column> is not between 0.1 and 100; it is in proportion to the other columns"},
      {"<section><table><column>a</column><row><cell><figure kind=\"range\"/></cell></row></table>"
       "</section>",
       "a range shows a result; put its row into <repeat over=\"results\">"},
      {"<section><figure kind=\"pie\"/></section>",
       "kind 'pie' of <figure> is not known here; use timeline"},
  }));
  CAPTURE(row.section);
  const auto form = read_template(with_section(row.section), "own.xml");
  REQUIRE_FALSE(form);
  CHECK(form.error().front().where == "own.xml:21");
  CHECK(form.error().front().what == row.what);
}
