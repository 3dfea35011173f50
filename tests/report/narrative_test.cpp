#include "report/narrative.hpp"

#include "tests/report/document_texts.hpp"
#include "tests/report/layout_fixture.hpp"
#include "tests/report/sample_assessment.hpp"

#include <catch2/catch.hpp>
#include <pugixml.hpp>

#include <set>

using namespace legwork;
using namespace legwork::report;

namespace {
/// Source: https://hl7.org/fhir/R4/narrative.html#xhtml
const std::set<std::string> allowed = {"div",   "p",     "ul", "ol", "li",    "dl",
                                       "dt",    "dd",    "br", "em", "span",  "strong",
                                       "table", "thead", "tr", "th", "tbody", "td"};
const std::set<std::string> allowed_attributes = {"xmlns", "lang",  "xml:lang", "dir",
                                                  "class", "scope", "colspan"};

void check_sound(const std::string& narrative) {
  pugi::xml_document file;
  REQUIRE(file.load_string(narrative.c_str()));
  CHECK(std::string(file.document_element().name()) == "div");
  for (const auto& found : file.select_nodes("//*")) {
    CHECK(allowed.contains(found.node().name()));
    for (const auto& attribute : found.node().attributes())
      CHECK(allowed_attributes.contains(attribute.name()));
  }
}

std::string words_in(const std::string& narrative) {
  pugi::xml_document file;
  file.load_string(narrative.c_str(), pugi::parse_default | pugi::parse_ws_pcdata);
  std::string words;
  for (const auto& found : file.select_nodes("//text()")) words += found.node().value();
  return unspaced(words);
}
}  // namespace

TEST_CASE("A section as a narrative says the same, in elements that FHIR allows", "[narrative]") {
  const auto assessment = GENERATE(
      values({empty_assessment, typical_assessment, alarming_assessment, crowded_assessment}))();
  const auto xml = GENERATE(values({clinician_xml, extended_xml}))();
  const auto document = make_document(assessment, *read_template(xml, "template.xml"));
  for (const auto& page : document.pages) {
    for (const auto& section : page) {
      const auto made = narrative(section, document.language);
      check_sound(made);
      const auto said = words_in(made);
      for (const auto& text : texts_of(section)) {
        CAPTURE(text);
        CHECK(said.find(unspaced(text)) != said.npos);
      }
    }
  }
}

TEST_CASE("The frame's narrative says whose report it is, and that it is a draft", "[narrative]") {
  auto assessment = named(typical_assessment(), "<b>Ellison", "Margaret");
  const auto made = frame_narrative(make_document(assessment, clinician_template()));
  check_sound(made);
  CHECK(words_in(made).find("<B>ELLISON,Margaret") != std::string::npos);
  CHECK(words_in(made).find("DRAFT") != std::string::npos);
}
