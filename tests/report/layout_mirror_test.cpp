#include "report/layout_mirror.hpp"

#include "report/layout.hpp"
#include "report/layout_look.hpp"  // pt
#include "tests/report/layout_fixture.hpp"
#include "tests/report/sample_assessment.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <string>

using namespace legwork;
using namespace legwork::report;

namespace {
constexpr double margin = 40, hair = 0.01;  // points
constexpr double overhang = 1;  // of the title, whose first letter has room on its own side

/// A text of the template in words that nobody wrote: what is to be filled in, amid Arabic.
std::string invented(std::string_view words) {
  std::string text = "عبارة";
  for (std::size_t at = words.find('{'); at != words.npos; at = words.find('{', at + 1)) {
    const auto end = words.find('}', at);
    (text += " ").append(words.substr(at, end - at + 1));
  }
  return text + " ما";
}

/// The shipped template as if it were Arabic.
std::string arabic_xml() {
  std::string xml = clinician_xml();
  xml.replace(xml.find("lang=\"en\""), 9, "lang=\"ar\"");
  for (auto at = xml.find("<text "); at != xml.npos; at = xml.find("<text ", at + 1)) {
    const auto begin = xml.find('>', at) + 1, end = xml.find("</text>", at);
    const auto is_list = xml.substr(at, begin - at).find("months") != xml.npos;  // of twelve words
    if (xml[begin - 2] == '/' || is_list) continue;
    const auto words = xml.substr(begin, end - begin);
    if (words.find_first_not_of(" \n") != words.npos)
      xml.replace(begin, end - begin, invented(words));
  }
  return xml;
}

Pages arabic_pages(const causes::Assessment& assessment) {
  const auto form = read_template(arabic_xml(), "arabic.xml");
  REQUIRE(form);
  Typesetter typesetter(test_fonts(), form->language);
  return lay_out(make_document(assessment, *form), typesetter);
}

std::vector<const PlacedText*> texts(const Page& page) {
  std::vector<const PlacedText*> found;
  for (const auto& item : page.items)
    if (const auto* text = std::get_if<PlacedText>(&item)) found.push_back(text);
  return found;
}

double right_end(const PlacedText& text) { return (text.baseline.x + text.line.width).pt(); }
}  // namespace

TEST_CASE("In a right-to-left language lines begin at the right margin and stay on the page",
          "[layout]") {
  for (const auto& assessment : {typical_assessment(), crowded_assessment(), empty_assessment()}) {
    for (const auto& page : arabic_pages(assessment).pages) {
      const double width = page.width.pt();
      std::size_t flush_right = 0, flush_left = 0;
      for (const auto* text : texts(page)) {
        CAPTURE(text->line.text());
        CHECK(text->baseline.x.pt() >= margin - hair);
        CHECK(right_end(*text) <= width - margin + overhang);
        if (std::abs(right_end(*text) - (width - margin)) < hair) ++flush_right;
        if (std::abs(text->baseline.x.pt() - margin) < hair) ++flush_left;
      }
      CHECK(flush_right > 3 * flush_left);
    }
  }
}

TEST_CASE("A page turned around twice is the page as it was", "[layout]") {
  const Pages before = pages_of(typical_assessment(), Paper::a4);
  Pages after = before;
  mirror(after);
  const auto& text = *texts(before.pages[0]).front();
  CHECK(right_end(*texts(after.pages[0]).front()) ==
        Approx((before.pages[0].width - text.baseline.x).pt()));
  mirror(after);
  for (std::size_t page = 0; page < before.pages.size(); ++page) {
    const auto a = texts(before.pages[page]), b = texts(after.pages[page]);
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
      CHECK(a[i]->baseline.x.pt() == Approx(b[i]->baseline.x.pt()));
  }
}
