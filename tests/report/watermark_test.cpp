#include "report/watermark.hpp"

#include "report/layout_look.hpp"
#include "report/pdf.hpp"
#include "report/template.hpp"
#include "tests/report/layout_fixture.hpp"
#include "tests/report/programs.hpp"
#include "tests/report/sample_assessment.hpp"
#include "tests/report/sample_pages.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace legwork;
using namespace legwork::report;

namespace {
PlacedPath mark(std::string_view word, Paper paper = Paper::a4) {
  Typesetter typesetter(test_fonts());
  const auto width = paper == Paper::a4 ? Length::mm(210) : Length::pt(612);
  const auto height = paper == Paper::a4 ? Length::mm(297) : Length::pt(792);
  return watermark(word, width, height, typesetter);
}

struct Extent {
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
};

Extent extent(const PlacedPath& path) {
  Extent all;
  for (const auto& step : path.steps) {
    if (step.kind == PlacedPath::Step::Kind::close) continue;
    const std::size_t points = step.kind == PlacedPath::Step::Kind::curve ? 3 : 1;
    for (std::size_t i = 0; i < points; ++i) {
      const double x = step.points[i].x.pt(), y = step.points[i].y.pt();
      all = {std::min(all.left, x), std::min(all.top, y), std::max(all.right, x),
             std::max(all.bottom, y)};
    }
  }
  return all;
}

std::string draft_pdf() {
  PdfWriter writer(test_fonts());
  auto pdf = writer.write(pages_of(typical_assessment()), sample_options());
  if (!pdf) FAIL(pdf.error().what);
  return *pdf;
}
}  // namespace

TEST_CASE("A watermark stands in the middle of its page, large, whatever the word", "[watermark]") {
  const auto paper = GENERATE(Paper::a4, Paper::letter);
  const std::string word = GENERATE("DRAFT", "BORRADOR", "مسودة", "प्रारूप", "I");
  CAPTURE(word);
  const auto path = mark(word, paper);
  REQUIRE_FALSE(path.steps.empty());
  const auto all = extent(path);
  const double width = paper == Paper::a4 ? 595.28 : 612,
               height = paper == Paper::a4 ? 841.89 : 792;
  CHECK(all.left > 20);
  CHECK(all.top > 20);
  CHECK(all.right < width - 20);
  CHECK(all.bottom < height - 20);
  CHECK((all.left + all.right) / 2 == Approx(width / 2).margin(45));
  CHECK((all.top + all.bottom) / 2 == Approx(height / 2).margin(45));
  CHECK(all.bottom - all.top > 80);
}

TEST_CASE("An empty word leaves the page clean", "[watermark]") {
  CHECK(mark("").steps.empty());
  PdfWriter writer(test_fonts());
  auto pages = pages_of(typical_assessment());
  pages.watermark = {};
  const auto pdf = writer.write(pages, sample_options());
  REQUIRE(pdf);
  CHECK_FALSE(contains(*pdf, "/XObject"));
}

TEST_CASE("The watermark is stored once, and read by nobody", "[watermark]") {
  const auto pdf = draft_pdf();
  CHECK(count(pdf, "/Subtype /Form") == 1);
  const auto copied = run("pdftotext", "-enc UTF-8 " + own_file("draft.pdf", pdf) + " -");
  if (!copied) return;
  CHECK(contains(copied->output, "DRAFT – not yet reviewed"));
  CHECK(count(copied->output, "DRAFT") == 1);  // the words at the title
}

TEST_CASE("The watermark lies under the text of each page", "[watermark]") {
  const auto name = own_file("draft.pdf", draft_pdf());
  for (const char* page : {"1", "2"}) {
    const auto drawn = run("pdftoppm", std::string("-r 72 -aa no -aaVector no -f ") + page +
                                           " -l " + page + " " + name);
    if (!drawn) return;
    const std::string tint = {'\xF1', '\xF4', '\xF5'};
    CHECK(count(drawn->output, tint) > 2000);
    CHECK(count(drawn->output, std::string("\x15\x21\x2B")) > 500);  // ink, not dimmed
  }
}

TEST_CASE("Every text reads over the watermark", "[watermark]") {
  for (const auto& page : pages_of(crowded_assessment()).pages)
    for (const auto& item : page.items) {
      const auto* text = std::get_if<PlacedText>(&item);
      if (text == nullptr) continue;
      for (const auto& run_of_text : text->line.runs) {
        const auto rgb = run_of_text.style.color;
        const Color color{static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8),
                          static_cast<std::uint8_t>(rgb)};
        if (color == Color{255, 255, 255}) continue;  // on a panel of its own
        CAPTURE(text->line.text());
        CHECK(contrast(color, watermark_color) >= 4.5);
      }
    }
}
