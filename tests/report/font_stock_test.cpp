#include "report/font_stock.hpp"

#include "tests/report/font_files.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::report;

namespace {
std::uint32_t glyph_of(std::string_view character, Weight weight) {
  Typesetter typesetter(fonts_for_every_script());
  Style style;
  style.weight = weight;
  return typesetter.line(character, style).runs.front().glyphs.front().id;
}
}  // namespace

TEST_CASE("Each glyph of a face has one part, and English needs only the first", "[pdf]") {
  const Face& face = fonts_for_every_script()->family(Weight::regular);
  StockedFace stocked(face, StockedFace::Parts::latin);
  Typesetter typesetter(fonts_for_every_script());
  Style tabular;
  tabular.tabular_figures = true;
  const std::string english =
      "Ferritin ≤ 18 µg/L → “low” – 12-Mar-2024 (10×) 4.5·10⁹/L 50 % fi ffl -> •…";
  for (const auto& style : {Style(), tabular}) {
    for (const auto& run : typesetter.line(english, style).runs) {
      for (const auto& glyph : run.glyphs) CHECK(stocked.place_of(glyph.id).part == 0);
    }
  }
  constexpr auto weight = Weight::regular;
  CHECK(stocked.place_of(glyph_of("ß", weight)).part == 1);
  CHECK(stocked.place_of(glyph_of("ő", weight)).part == 1);
  CHECK(stocked.place_of(glyph_of("ợ", weight)).part == StockedFace::no_part);
  CHECK(stocked.place_of(0).part == StockedFace::no_part);
  CHECK(stocked.place_of(0xFFFF).part == StockedFace::no_part);
}

TEST_CASE("Figures and signs of equal width are read as what they stand for", "[pdf]") {
  const Face& face = fonts_for_every_script()->family(Weight::regular);
  StockedFace stocked(face, StockedFace::Parts::latin);
  Deflater deflater;
  const auto part = stocked.part(0, deflater);
  REQUIRE(part);
  Typesetter typesetter(fonts_for_every_script());
  Style tabular;
  tabular.tabular_figures = true;
  for (const auto& style : {Style(), tabular}) {
    const std::string signs = "0123456789.5,6:7-8+9/1%(2)";
    const auto run = typesetter.line(signs, style).runs.front();
    REQUIRE(run.glyphs.size() == signs.size());
    for (std::size_t i = 0; i < signs.size(); ++i) {
      CHECK((*part)->texts[stocked.place_of(run.glyphs[i].id).index] == signs.substr(i, 1));
    }
  }
}

TEST_CASE("A cut is the same whenever it is made, and holds what was asked for", "[pdf]") {
  constexpr auto weight = Weight::bold;
  const Face& face = fonts_for_every_script()->family(weight);
  Deflater deflater;
  const std::vector<std::uint32_t> glyphs = {glyph_of("A", weight), glyph_of("B", weight)};
  const auto first = cut(face, glyphs, deflater);
  cut(face, {glyph_of("z", weight)}, deflater);
  const auto second = cut(face, glyphs, deflater);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->program == second->program);
  CHECK(first->name == second->name);
  CHECK(first->glyphs == std::vector<std::uint32_t>{0, glyphs[0], glyphs[1]});
  CHECK(first->codes == std::vector<std::uint16_t>{0, 1, 2});
  CHECK(first->widths[1] == Approx(face.advance(glyphs[0])).margin(0.01));
  CHECK(first->cid_set == "\xE0");
  CHECK(first->program_size < 3000);
}
