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
  if (!form) FAIL(form.error().where << ": " << form.error().what);
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

Pages pages_of(const causes::Assessment& assessment, Paper paper, const causes::Since* since) {
  Typesetter typesetter(test_fonts(), "en");
  return lay_out(make_document(assessment, clinician_template(paper), since), typesetter);
}
}  // namespace legwork::report
