#include "report/layout_look.hpp"
#include "report/pdf.hpp"
#include "report/watermark.hpp"
#include "tests/report/layout_fixture.hpp"
#include "tests/report/programs.hpp"
#include "tests/report/sample_assessment.hpp"
#include "tests/report/sample_pages.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

using namespace legwork;
using namespace legwork::report;

namespace {
const std::string assessment_json = "{\"patient\":\"näme\"}\n" + std::string(70'000, ' ') + "\n";

PdfOptions options_of(Profile profile) {
  auto options = sample_options();
  options.profile = profile;
  if (profile == Profile::archive_data)
    options.attachments = {{"z.txt", "text/plain", "Last by name", {}, "z"},
                           {"assessment.json", "application/json", "What the pages show",
                            Attachment::Relationship::data, assessment_json}};
  return options;
}

std::string pdf_of(const Pages& pages, Profile profile) {
  PdfWriter writer(test_fonts());
  auto pdf = writer.write(pages, options_of(profile));
  if (!pdf) FAIL(pdf.error().where << ": " << pdf.error().what);
  return *pdf;
}

/// The typical report, as a file that `make test-peers` finds too.
std::string report_file(Profile profile) {
  static const Pages pages = pages_of(typical_assessment());
  constexpr const char* names[] = {"archive.pdf", "archive-data.pdf", "form.pdf"};
  return own_file(names[static_cast<std::size_t>(profile)], pdf_of(pages, profile));
}

std::vector<PlacedField> fields_of(const Pages& pages) {
  std::vector<PlacedField> fields;
  for (const auto& page : pages.pages)
    for (const auto& item : page.items)
      if (const auto* field = std::get_if<PlacedField>(&item)) fields.push_back(*field);
  return fields;
}

std::string text_of(const std::string& file) {
  const auto copied = run("pdftotext", "-enc UTF-8 " + file + " -");
  return copied ? copied->output : "";
}
}  // namespace

TEST_CASE("Every profile is sound, and gives the same bytes twice", "[profiles]") {
  const auto profile = GENERATE(Profile::archive, Profile::archive_data, Profile::form);
  const Pages pages = pages_of(typical_assessment());
  CHECK(pdf_of(pages, profile) == pdf_of(pages, profile));
  const auto checked = run("qpdf", "--check " + report_file(profile));
  if (!checked) return;
  INFO(checked->output);
  CHECK(checked->status == 0);
}

TEST_CASE("Every profile says the same to who copies its text", "[profiles]") {
  const auto archive = text_of(report_file(Profile::archive));
  CHECK(text_of(report_file(Profile::archive_data)) == archive);
  CHECK(text_of(report_file(Profile::form)) == archive);
}

TEST_CASE("A file with data is PDF/A-3a, and gives the data back byte for byte", "[profiles]") {
  const auto pdf = pdf_of(pages_of(empty_assessment()), Profile::archive_data);
  CHECK(pdf.substr(0, 8) == "%PDF-1.7");
  CHECK(contains(pdf, "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"));
  CHECK(contains(pdf, "/AFRelationship /Data"));
  CHECK(contains(pdf, "/Subtype /application#2Fjson"));
  CHECK(contains(pdf, "/Params <</Size " + std::to_string(assessment_json.size()) + " /ModDate "));
  CHECK(pdf.find("<FEFF0061007300730065") < pdf.find("<FEFF007A"));

  const auto listed = run("pdfdetach", "-list " + report_file(Profile::archive_data));
  if (!listed) return;
  CHECK(listed->output == "2 embedded files\n1: assessment.json\n2: z.txt\n");
  const auto out = own_file("detached.json", "");
  run("pdfdetach", "-save 1 -o " + out + " " + report_file(Profile::archive_data));
  std::ifstream stream(out, std::ios::binary);
  CHECK(std::string(std::istreambuf_iterator<char>(stream), {}) == assessment_json);
}

TEST_CASE("PDF/A-1 takes no attachments, and says so", "[profiles]") {
  auto options = options_of(Profile::archive_data);
  options.profile = GENERATE(Profile::archive, Profile::form);
  PdfWriter writer(test_fonts());
  const auto refused = writer.write(pages_of(empty_assessment()), options);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::unsupported);
  CHECK(refused.error().what == "only archive_data carries attachments: PDF/A-1 forbids them");
}

TEST_CASE("Each open question and red flag has a box, named after it and saying it", "[profiles]") {
  const auto assessment = typical_assessment();
  const auto fields = fields_of(pages_of(assessment));
  std::set<std::string> names;
  for (const auto& field : fields) {
    CAPTURE(field.name);
    CHECK(names.insert(field.name).second);
    CHECK(field.node != artifact);
    CHECK_FALSE(field.tooltip.empty());
  }
  for (const auto& question : assessment.questions) {
    const auto name = "question-" + question.id;
    CAPTURE(name);
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const PlacedField& f) { return f.name == name; });
    REQUIRE(field != fields.end());
    CHECK(field->tooltip == question.text);
  }
  for (const auto& flag : assessment.red_flags) CHECK(names.count("red-flag-" + flag.id) == 1);
}

TEST_CASE("The boxes of a form can be ticked; elsewhere they are only drawn", "[profiles]") {
  const Pages pages = pages_of(typical_assessment());
  const auto form = pdf_of(pages, Profile::form), archive = pdf_of(pages, Profile::archive);
  const auto boxes = fields_of(pages).size();
  REQUIRE(boxes > 5);
  CHECK(count(form, "/Subtype /Widget") == boxes);
  CHECK(count(form, "/S /Form") == boxes);
  CHECK(count(form, "/AP <</N <</Off ") == boxes);
  CHECK(count(form, "/F 4") >= boxes);
  CHECK(count(form, "/Subtype /Form") == 2 + 1);  // one look, ticked and not; the watermark
  CHECK_FALSE(contains(form, "/NeedAppearances"));
  CHECK(count(archive, "/Widget") + count(archive, "/AcroForm") + count(archive, "/S /Form") == 0);

  const auto read = run("qpdf", "--json=2 --json-key=acroform " + report_file(Profile::form));
  if (!read) return;
  CHECK(count(read->output, "\"ischeckbox\": true") == boxes);
  CHECK(count(read->output, "\"quadding\"") == boxes);
  CHECK(contains(read->output, "\"fullname\": \"red-flag-deep-vein-thrombosis\""));
}

TEST_CASE("A box stands before its question in the structure", "[profiles]") {
  const auto tree = run("pdfinfo", "-struct-text " + report_file(Profile::form));
  if (!tree) return;
  const auto form = tree->output.find("  Form\n");
  REQUIRE(form != std::string::npos);
  const auto line = tree->output.substr(form, 200);
  INFO(line);
  CHECK(contains(line, "Object "));
  CHECK(line.find('"') > line.find("Object "));
}

TEST_CASE("Two boxes of one name stay two, and a full stop parts no name", "[profiles]") {
  Pages pages = sample_pages_of_boxes({"a.b", "a-b", "a.b"});
  const auto pdf = pdf_of(pages, Profile::form);
  for (const char* name : {"/T <FEFF0061002D0062> ", "/T <FEFF0061002D006200200032> ",
                           "/T <FEFF0061002D006200200033> "})
    CHECK(count(pdf, name) == 1);
}
