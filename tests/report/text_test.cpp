#include "report/text.hpp"

#include "report/face.hpp"
#include "tests/report/font_files.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <string>
#include <vector>

using namespace legwork;
using namespace legwork::report;

namespace {
constexpr double hair = 0.002;  // points

Typesetter typesetter(std::string language = "en") {
  return Typesetter(fonts_for_every_script(), std::move(language));
}

std::vector<std::string> broken(Typesetter& setter, std::string text, double width) {
  const Span span{std::move(text), {}};
  std::vector<std::string> lines;
  for (const auto& line : setter.paragraph({&span, 1}, Length::pt(width))) {
    lines.push_back(line.text());
  }
  return lines;
}

/// What the glyphs advance, less the space kept at a soft end: what a reader's eye would measure.
double width_of_glyphs(const Line& line) {
  double sum = 0;
  for (const auto& run : line.runs) {
    for (const auto& glyph : run.glyphs)
      sum += run.face->thousandths(glyph.advance) / 1000 * run.style.size.pt();
  }
  return sum;
}

const std::string samples[] = {
    "Amlodipine 10 mg was started on 14-Jul-2026, seven weeks before the heaviness began.",
    "Chân nặng khi nghỉ ngơi, thuốc huyết áp; zażółć gęślą jaźń; Größe",
    "Patient: محمد بن عبد الله, born 12-Mar-1961, phone 555 0123",
    "ثقل الساقين أثناء الراحة 250 ملغ (RLS) منذ سبعة أسابيع",
    "רגליים כבדות במנוחה (RLS) 18 µg/L",
    "आराम करते समय पैरों में भारीपन",
    "ขาหนักขณะพักเป็นเวลาเจ็ดสัปดาห์",
    "Supercalifragilisticexpialidocious/and/a/path/that/goes/on/and/on 🦵🦵🦵"};
}  // namespace

TEST_CASE("A line is as wide as its glyphs are together", "[text]") {
  auto setter = typesetter();
  for (const auto& text : samples) {
    CAPTURE(text);
    const Line line = setter.line(text, {});
    CHECK(line.width.pt() == Approx(width_of_glyphs(line)).margin(hair));
    CHECK(line.width.pt() == Approx(setter.width(text, {}).pt()).margin(hair));
  }
}

TEST_CASE("No line of a paragraph is wider than asked, and none of its text is lost", "[text]") {
  const std::string language = GENERATE("en", "ar", "th");
  auto setter = typesetter(language);
  for (const auto& text : samples) {
    const std::string whole = setter.line(text, {}).text();
    for (double width = 50; width < 400; width += 35) {
      CAPTURE(text, width);
      const Span span{text, {}};
      std::string together;
      for (const auto& line : setter.paragraph({&span, 1}, Length::pt(width))) {
        CHECK(line.width.pt() <= width + hair);
        CHECK(line.width.pt() == Approx(width_of_glyphs(line)).margin(hair));
        together += line.text();
      }
      CHECK(together == whole);
    }
  }
}

TEST_CASE("A text that is as wide as its column stays on one line", "[text]") {
  auto setter = typesetter();
  for (const auto& text : samples) {
    CHECK(broken(setter, text, setter.width(text, {}).pt()).size() == 1);
  }
}

TEST_CASE("The space where a line was broken is kept for copying and not measured", "[text]") {
  auto setter = typesetter();
  const auto lines = broken(setter, "heavy legs", setter.width("heavy", {}).pt() + 1);
  REQUIRE(lines == std::vector<std::string>{"heavy ", "legs"});
  const Span span{"heavy legs", {}};
  const auto set = setter.paragraph({&span, 1}, setter.width("heavy", {}) + Length::pt(1));
  CHECK(set[0].width == setter.width("heavy", {}));
  CHECK(set[0].runs.back().glyphs.back().advance == 0);
}

TEST_CASE("Dates, ranges, units and hard spaces are not torn apart", "[text]") {
  const auto text = GENERATE(as<std::string>(), "2024-03-12", "12-Mar-2024", "3–5", "120/80",
                             "ug/L", "mL/min/1.73m2", "18\u00A0ug/L", "SMITH\u202FJohn");
  auto setter = typesetter();
  CAPTURE(text);
  const std::string sentence = "on " + text + " it was so";
  for (double width = setter.width(text, {}).pt() + hair; width < 120; width += 3) {
    bool whole = false;
    for (const auto& line : broken(setter, sentence, width)) {
      whole = whole || line.find(text) != line.npos;
    }
    CHECK(whole);
  }
}

TEST_CASE("A hyphen between letters is a place to break", "[text]") {
  auto setter = typesetter();
  CHECK(broken(setter, "low-dose", setter.width("low-d", {}).pt()) ==
        std::vector<std::string>{"low-", "dose"});
}

TEST_CASE("A new line in the text ends a line of a paragraph, and is a space in a line", "[text]") {
  auto setter = typesetter();
  CHECK(broken(setter, "one\ntwo\r\n\nfour\u2028five", 500) ==
        std::vector<std::string>{"one", "two", "", "four", "five"});
  CHECK(setter.line("one\ntwo", {}).text() == "one two");
  CHECK(broken(setter, "", 100) == std::vector<std::string>{""});
}

TEST_CASE("Spans keep their styles across a break", "[text]") {
  auto setter = typesetter();
  Style strong;
  strong.weight = Weight::bold;
  strong.size = Length::pt(12);
  const std::vector<Span> spans = {{"Ferritin 18 ", strong},
                                   {"is low, and was never repeated", {}}};
  const auto lines = setter.paragraph(spans, Length::pt(90));
  REQUIRE(lines.size() > 2);
  CHECK(lines[0].runs[0].style == strong);
  CHECK(lines[0].runs[0].text == "Ferritin 18 ");
  CHECK(lines[1].runs[0].style == Style());
  CHECK(lines[0].ascent > lines[0].descent);
}

TEST_CASE("Arabic among Latin runs from right to left, its numbers from left to right", "[text]") {
  auto setter = typesetter();
  const Line line = setter.line("dose ملغ 250 ثقل end", {});
  std::string visual;
  for (const auto& run : line.runs) {
    if (run.text != " ") visual += run.text + "|";
  }
  CHECK(visual == "dose |ثقل|250|ملغ| end|");
  CHECK(line.text() == "dose ملغ 250 ثقل end");
}

TEST_CASE("In a right-to-left language a line begins at the right", "[text]") {
  auto setter = typesetter("ar");
  const Line line = setter.line("ثقل RLS", {});
  CHECK(line.runs.front().text == "RLS");
  CHECK(line.runs.back().text == "ثقل");
  CHECK(line.runs.back().right_to_left);
  CHECK(line.text() == "ثقل RLS");
}

TEST_CASE("Letters of Arabic are joined", "[text]") {
  auto setter = typesetter();
  const double joined = setter.width("ثقل", {}).pt();
  const double apart =
      setter.width("ث", {}).pt() + setter.width("ق", {}).pt() + setter.width("ل", {}).pt();
  CHECK(joined < apart - 1);
}

TEST_CASE("A character that no font has is printed by its number and reported once", "[text]") {
  auto setter = typesetter();
  CHECK(setter.line("a 𠀀 b 𠀀\x07", {}).text() == "a [U+20000] b [U+20000][U+0007]");
  CHECK(setter.take_missing() == std::vector<std::string>{"U+0007", "U+20000"});
  CHECK(setter.take_missing().empty());
  setter.width("𠀀", {});
  CHECK(setter.take_missing() == std::vector<std::string>{"U+20000"});  // though it was remembered
}

TEST_CASE("A symbol that no font has is printed by its name, if that is short", "[text]") {
  auto setter = typesetter();
  CHECK(setter.line("🦵 hurts", {}).text() == "[leg] hurts");
  CHECK(setter.line("🫀", {}).text() == "[anatomical heart]");
}

TEST_CASE("A missing character in right-to-left text still reads from left to right", "[text]") {
  auto setter = typesetter("he");
  const Line line = setter.line("אב🦵גד", {});
  REQUIRE(line.runs.size() == 3);
  CHECK(line.runs[1].text == "[leg]");
  CHECK_FALSE(line.runs[1].right_to_left);
}

TEST_CASE("Malformed bytes are shown as U+FFFD and noted", "[text]") {
  auto setter = typesetter();
  CHECK(setter.line("x\xFF\xC0\xAFy\xE2\x82", {}).text() == "x\uFFFD\uFFFD\uFFFDy\uFFFD");
  CHECK(setter.take_missing() == std::vector<std::string>{"malformed UTF-8"});
}

TEST_CASE("No glyph is ever the font's sign for a missing one", "[text]") {
  auto setter = typesetter();
  std::string every;
  for (char32_t c = 1; c < 0x3100; c += 7) {
    if (c >= 0x800) every += static_cast<char>(0xE0 | c >> 12);
    every += static_cast<char>(c >= 0x800 ? 0x80 | (c >> 6 & 63) : c >= 0x80 ? 0xC0 | c >> 6 : c);
    if (c >= 0x80) every += static_cast<char>(0x80 | (c & 63));
    if (c % 5 == 0) every += ' ';
  }
  for (const auto& run : setter.line(every, {}).runs) {
    for (const auto& glyph : run.glyphs) CHECK(glyph.id != 0);
  }
}

TEST_CASE("Vietnamese prints alike whether it comes composed or in pieces", "[text]") {
  auto setter = typesetter();
  const Line composed = setter.line("Tiếng Việt", {});
  const Line pieces = setter.line("Tie\u0302\u0301ng Vie\u0323\u0302t", {});
  REQUIRE(pieces.runs.size() == 1);
  REQUIRE(composed.runs[0].glyphs.size() == pieces.runs[0].glyphs.size());
  for (std::size_t i = 0; i < composed.runs[0].glyphs.size(); ++i) {
    CHECK(composed.runs[0].glyphs[i].id == pieces.runs[0].glyphs[i].id);
  }
}

TEST_CASE("What is written is what is printed: no arrow for -> and no product for 10x20",
          "[text]") {
  auto setter = typesetter();
  CHECK(setter.line("->", {}).runs[0].glyphs.size() == 2);
  const auto id_of_x = setter.line("x", {}).runs[0].glyphs[0].id;
  CHECK(setter.line("10x20", {}).runs[0].glyphs[2].id == id_of_x);
}

TEST_CASE("Tabular figures are equally wide", "[text]") {
  auto setter = typesetter();
  Style tabular;
  tabular.tabular_figures = true;
  CHECK(setter.width("111.1", tabular) == setter.width("888.8", tabular));
  CHECK(setter.width("111.1", {}) != setter.width("888.8", {}));
}

TEST_CASE("Tracking widens a line by as much for each character", "[text]") {
  auto setter = typesetter();
  Style wide;
  wide.tracking = Length::pt(0.5);
  CHECK(setter.width("Heavy", wide).pt() == Approx(setter.width("Heavy", {}).pt() + 2.5));
}

TEST_CASE("A remembered word is the same as one that was never met", "[text]") {
  auto warm = typesetter();
  for (const auto& text : samples) warm.line(text, {});
  for (int i = 0; i < 30'000; ++i) warm.width("word" + std::to_string(i), {});  // past the memory
  for (const auto& text : samples) {
    CAPTURE(text);
    auto fresh = typesetter();
    const Line a = warm.line(text, {}), b = fresh.line(text, {});
    REQUIRE(a.runs.size() == b.runs.size());
    CHECK(a.width == b.width);
    for (std::size_t i = 0; i < a.runs.size(); ++i) {
      CHECK(a.runs[i].face == b.runs[i].face);
      CHECK(a.runs[i].text == b.runs[i].text);
      REQUIRE(a.runs[i].glyphs.size() == b.runs[i].glyphs.size());
      for (std::size_t k = 0; k < a.runs[i].glyphs.size(); ++k) {
        CHECK(a.runs[i].glyphs[k].id == b.runs[i].glyphs[k].id);
        CHECK(a.runs[i].glyphs[k].cluster == b.runs[i].glyphs[k].cluster);
      }
    }
  }
}

TEST_CASE("A word of a million letters is broken in linear time", "[text]") {
  auto setter = typesetter();
  const std::string endless(200'000, 'm');
  std::size_t letters = 0;
  for (const auto& line : broken(setter, endless, 200)) letters += line.size();
  CHECK(letters == endless.size());
}
