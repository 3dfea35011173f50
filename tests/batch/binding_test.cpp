#include "batch/binding.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <vector>

using namespace legwork;
using namespace legwork::batch;

// Real reports are bound, and looked at, in whole runs: tests/app/batch_print.py.

namespace {
const Binding about{"Heavy legs", "en", "legwork 1", "2026-11-22T00:00:00Z"};

/// A tagged PDF of one page, which has a font.
std::string one_page(std::string_view font) {
  const std::vector<std::string> objects = {
      "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 4 0 R/MarkInfo<</Marked true>>>>",
      "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/StructParents 0/Resources<</Font<</F1 7 0 "
      "R>>>>>>",
      "<</Type/StructTreeRoot/K 5 0 R/ParentTree 6 0 R>>",
      "<</S/Document/P 4 0 R/Pg 3 0 R/K[0]>>",
      "<</Nums[0[5 0 R]]>>",
      fmt::format("<</Type/Font/BaseFont/{}>>", font),
  };
  std::string pdf = "%PDF-1.4\n", places = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    places += fmt::format("{:010} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  return pdf + fmt::format("xref\n0 8\n{}trailer<</Root 1 0 R/Size 8>>\nstartxref\n{}\n%%EOF\n",
                           places, pdf.size());
}

std::string bind(const std::vector<Sheaf>& sheaves) {
  const auto bound = bind_reports(sheaves, about);
  REQUIRE(bound);
  return *bound;
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++found;
  return found;
}
}  // namespace

TEST_CASE("two patients never share a sheet: an odd report is followed by a blank page",
          "[binding]") {
  const auto pdf = bind({{one_page("A"), "one"}, {one_page("A"), "two"}});
  CHECK(count(pdf, "/Type /Page\n") + count(pdf, "/Type /Page ") == 4);
  CHECK(count(pdf, "/StructParents") == 2);  // a blank page has nothing to find
  CHECK(count(pdf, "/Nums [ 0 << /P (1-) /S /D >> 2 << /P (2-) /S /D >> ]") == 1);
}

TEST_CASE("a font that several reports have stands in the file once", "[binding]") {
  CHECK(count(bind({{one_page("A"), "one"}, {one_page("A"), "two"}}), "/BaseFont") == 1);
  CHECK(count(bind({{one_page("A"), "one"}, {one_page("B"), "two"}}), "/BaseFont") == 2);
}

TEST_CASE("the same reports are bound to the same bytes", "[binding]") {
  const std::vector<Sheaf> sheaves = {{one_page("A"), "one"}, {one_page("B"), "two"}};
  CHECK(bind(sheaves) == bind(sheaves));
  CHECK(bind(sheaves) != bind({sheaves[1], sheaves[0]}));
}

TEST_CASE("what is no report is not bound, and the error holds nothing of it", "[binding]") {
  const auto torn = one_page("A").substr(0, 200);
  for (const auto& text : {std::string("%PDF-1.4 Brightwater"), torn}) {
    const auto bound =
        bind_reports(std::vector<Sheaf>{{one_page("A"), "one"}, {text, "Brightwater"}}, about);
    REQUIRE_FALSE(bound);
    CHECK(bound.error().kind == ErrorKind::malformed);
    CHECK(bound.error().where == "report 2");
    CHECK(bound.error().what.find("Brightwater") == std::string::npos);
  }
}
