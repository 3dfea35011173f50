#include "report/face.hpp"

#include "report/pdf.hpp"
#include "tests/report/font_files.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace legwork;
using namespace legwork::report;

namespace {
constexpr std::size_t regular = 0;

/// Does with a font whatever a report may do with it.
void exercise(const std::shared_ptr<const Fonts>& fonts) {
  Typesetter setter(fonts);
  Pages pages;
  pages.structure.push_back({"P", artifact, {}, {}, {}, {}});
  Page page{Length::pt(200), Length::pt(200), {}};
  const Span span{"Ferritin 18 ug/L fi Å ثقل 12-Mar-2024", {}};
  Length y;
  for (auto& line : setter.paragraph({&span, 1}, Length::pt(80))) {
    page.items.push_back(PlacedText{std::move(line), {Length::pt(10), y += Length::pt(12)}, 0, {}});
  }
  pages.pages.push_back(std::move(page));
  PdfWriter writer(fonts);
  const auto pdf = writer.write(pages, {"", "2026-11-22T00:00:00Z", "id"});
  if (!pdf) CHECK(pdf.error().kind == ErrorKind::malformed);
}
}  // namespace

TEST_CASE("load_fonts says why a font is of no use", "[text]") {
  FontFiles files = font_files();
  SECTION("text is not a font") {
    files.family[2] = std::string("Ferritin 18 ug/L");
    const auto fonts = load_fonts(files);
    REQUIRE_FALSE(fonts);
    CHECK(fonts.error().kind == ErrorKind::malformed);
    CHECK(fonts.error().where == "fonts.family[2]");
    CHECK(fonts.error().what == "not a font file");
  }
  SECTION("half a font is damaged") {
    files.fallback[1] = std::string(files.fallback[1].bytes.substr(0, 64));
    const auto fonts = load_fonts(files);
    REQUIRE_FALSE(fonts);
    CHECK(fonts.error().kind == ErrorKind::malformed);
    CHECK(fonts.error().where == "fonts.fallback[1]");
  }
  SECTION("an error names the file, where it is known") {
    files.fallback[1].name = "/usr/share/fonts/damaged.ttf";
    files.fallback[1].bytes = files.fallback[1].bytes.substr(0, 64);
    const auto fonts = load_fonts(files);
    REQUIRE_FALSE(fonts);
    CHECK(fonts.error().where == "/usr/share/fonts/damaged.ttf");
  }
  SECTION("a collection without the face that is meant") {
    files.fallback[1].index = 1;
    const auto fonts = load_fonts(files);
    REQUIRE_FALSE(fonts);
    CHECK(fonts.error().kind == ErrorKind::missing);
    CHECK(fonts.error().what == "the collection has no face 1");
  }
  SECTION("a weight without a font") {
    files.family.pop_back();
    const auto fonts = load_fonts(files);
    REQUIRE_FALSE(fonts);
    CHECK(fonts.error().kind == ErrorKind::missing);
    CHECK(fonts.error().what == "one font file for each weight is needed");
  }
  SECTION("a font that forbids embedding") {
    std::string font(files.family[regular].bytes);
    const auto os2 = static_cast<std::size_t>(table_of(font, "OS/2").data() - font.data());
    font[os2 + 9] = 2;
    files.family[regular] = font;
    const auto fonts = load_fonts(files);
    REQUIRE_FALSE(fonts);
    CHECK(fonts.error().kind == ErrorKind::unsupported);
    CHECK(fonts.error().what == "the font forbids embedding");
  }
  SECTION("a family without Latin") {
    files.family[regular] = files.fallback[1];
    const auto fonts = load_fonts(files);
    REQUIRE_FALSE(fonts);
    CHECK(fonts.error().what == "the font lacks basic Latin");
  }
}

TEST_CASE("A face knows how it must be embedded", "[text]") {
  const FontFiles files = font_files();
  const auto inter = Face::load(files.family[regular], "inter");
  const auto noto = Face::load(files.fallback[0], "noto");
  REQUIRE(inter);
  REQUIRE(noto);
  CHECK(inter->outlines == Outlines::cff);
  CHECK(noto->outlines == Outlines::true_type);
  CHECK(inter->name == "Inter-Regular");
  CHECK(inter->metrics.units_per_em == 2816);
  CHECK(inter->covers("e\u0302\u0301"));
  CHECK_FALSE(inter->covers("ثقل"));
}

TEST_CASE("A font cut off anywhere gives an error or a report, never a crash", "[text]") {
  const FontFiles whole = font_files();
  const std::size_t size = whole.family[regular].bytes.size();
  for (std::size_t length = 0; length < size; length += size / 60 + 1) {
    CAPTURE(length);
    FontFiles files = whole;
    for (FontFile* font : {&files.family[regular], &files.fallback[1]})
      *font = std::string(font->bytes.substr(0, length));
    if (const auto fonts = load_fonts(files)) exercise(*fonts);
  }
}

TEST_CASE("A font with flipped bits gives an error or a report, never a crash", "[text]") {
  const FontFiles whole = font_files();
  std::mt19937 random(7);  // NOLINT: the same damage every time
  for (int round = 0; round < 40; ++round) {
    CAPTURE(round);
    FontFiles files = whole;
    for (FontFile* file : {&files.family[regular], &files.fallback[1]}) {
      std::string font(file->bytes);
      const std::size_t reach = round % 2 == 0 ? 4096 : font.size();  // the directory, or anywhere
      for (int flip = 0; flip < 20; ++flip) {
        font[random() % reach] ^= static_cast<char>(1 << random() % 8);
      }
      *file = font;
    }
    if (const auto fonts = load_fonts(files)) exercise(*fonts);
  }
}
