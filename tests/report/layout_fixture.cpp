#include "tests/report/layout_fixture.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

namespace legwork::report {
namespace {
std::string file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  INFO(path);
  REQUIRE(stream);
  return {std::istreambuf_iterator<char>(stream), {}};
}
}  // namespace

std::string clinician_xml() { return file(LEGWORK_SOURCE "/templates/clinician.xml"); }

Template clinician_template(Paper paper) {
  auto form = read_template(clinician_xml(), "clinician.xml");
  if (!form) FAIL(form.error().front().where << ": " << form.error().front().what);
  form->paper = paper;
  return *form;
}

std::shared_ptr<const Fonts> test_fonts() {
  static const auto fonts = [] {
    FontFiles files;
    for (const char* name : {"Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold",
                             "Inter-Italic", "InterDisplay-Bold"})
      files.family.push_back(file(std::string("/usr/share/fonts/opentype/inter/") + name + ".otf"));
    for (const char* name : {"NotoSansArabic-Regular", "NotoSansDevanagari-Regular"})
      files.fallback.push_back(
          file(std::string("/usr/share/fonts/truetype/noto/") + name + ".ttf"));
    auto loaded = load_fonts(std::move(files));
    REQUIRE(loaded);
    return *loaded;
  }();
  return fonts;
}

std::string compact_xml() { return file(LEGWORK_SOURCE "/templates/compact.xml"); }

std::string extended_xml() {
  auto xml = clinician_xml();
  const auto put = [&](std::string_view before, std::string_view what) {
    const auto at = xml.find(before);
    REQUIRE(at != xml.npos);
    xml.insert(at, what);
  };
  put("<page>",
      "<header><text>Confidential: for {name}, born {born}</text><text>Copy 1</text></header>"
      "<footer><text>Made on {date}</text><text>Northbridge Hospitals, 14 Quay "
      "Street</text></footer>");
  put("<section id=\"causes\"/>",
      "<section><heading>Pathway</heading><note>local</note><text>Ring the vascular laboratory."
      "</text><list signs=\"numbers\"><repeat over=\"causes\"><item>{label}: {evidence}</item>"
      "</repeat></list></section>");
  put("<section id=\"notes\"/>",
      "<section><heading>Overview</heading><table><column width=\"2\">Test</column>"
      "<column>Where</column><column>Trend</column><repeat over=\"results\"><row>"
      "<cell>{label} {value} {unit}</cell><cell><figure kind=\"range\"/></cell>"
      "<cell><figure kind=\"trend\"/></cell></row></repeat></table><figure kind=\"timeline\"/>"
      "<list signs=\"boxes\"><repeat over=\"questions\"><item>{text}</item></repeat></list>"
      "</section>");
  return xml;
}

Pages pages_with(const std::string& xml, const causes::Assessment& assessment) {
  const auto form = read_template(xml, "template.xml");
  if (!form) FAIL(form.error().front().where << ": " << form.error().front().what);
  Typesetter typesetter(test_fonts(), form->language);
  return lay_out(make_document(assessment, *form), typesetter);
}

Pages pages_of(const causes::Assessment& assessment, Paper paper, const causes::Since* since) {
  Typesetter typesetter(test_fonts(), "en");
  return lay_out(make_document(assessment, clinician_template(paper), since), typesetter);
}
}  // namespace legwork::report
