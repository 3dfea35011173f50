#include "report/plain_text.hpp"

#include "base/wrap.hpp"
#include "tests/report/document_texts.hpp"
#include "tests/report/layout_fixture.hpp"
#include "tests/report/sample_assessment.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

using namespace legwork;
using namespace legwork::report;
using Catch::Matchers::Contains;

namespace {
Document document_of(const causes::Assessment& assessment) {
  return make_document(assessment, clinician_template());
}
}  // namespace

TEST_CASE("The text says all that the document says, and cuts no list", "[plain text]") {
  const auto assessment = GENERATE(
      values({empty_assessment, typical_assessment, alarming_assessment, crowded_assessment}))();
  const auto columns = GENERATE(std::size_t{40}, std::size_t{80});
  const auto xml = GENERATE(values({clinician_xml, extended_xml}))();
  const auto document = make_document(assessment, *read_template(xml, "template.xml"));
  const auto said = unspaced(to_text(document, columns));
  for (const auto& text : texts_of(document)) {
    CAPTURE(text);
    CHECK(said.find(unspaced(text)) != said.npos);
  }
}

TEST_CASE("No line is wider than was asked for", "[plain text]") {
  const auto width = GENERATE(std::size_t{40}, std::size_t{80}, std::size_t{200});
  std::istringstream lines(to_text(document_of(typical_assessment()), width));
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(columns(line) <= width);
    CHECK((line.empty() || line.back() != ' '));
  }
}

TEST_CASE("A cause stands with what speaks for it under it", "[plain text]") {
  CHECK_THAT(
      to_text(document_of(typical_assessment()), 100),
      Contains("* Low iron (evidence on file)\n"
               "    On file for it: ferritin 18 µg/L (03-Mar-2025); transferrin saturation 12 % "
               "(03-Mar-2025)\n"));
}

TEST_CASE("Red flags stand right after the patient, with a box where nothing was found",
          "[plain text]") {
  const auto text = to_text(document_of(typical_assessment()), 80);
  CHECK_THAT(text, Contains("Red flags: check today\n----------------------\n"));
  CHECK_THAT(text, Contains("[ ] Deep vein thrombosis."));
  CHECK(text.find("Red flags") < text.find("What stands out"));
  CHECK_THAT(to_text(document_of(alarming_assessment()), 80), Contains("! Deep vein thrombosis."));
}

TEST_CASE("What stands in a chart cannot steer the reader's terminal through a report",
          "[plain text]") {
  const auto text =
      to_text(document_of(named(typical_assessment(), "Elli\x1b[2Json", "\xC2\x9B")), 80);
  CHECK(text.find('\x1b') == text.npos);
  CHECK(text.find("\xC2\x9B") == text.npos);
}
