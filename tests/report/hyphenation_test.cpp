#include "report/hyphenation.hpp"

#include "report/face.hpp"
#include "tests/report/font_files.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace legwork;
using namespace legwork::report;

namespace {
std::shared_ptr<const Hyphenation> patterns(const std::string& text, std::string language = "en") {
  auto kept = std::make_shared<const std::string>(text);
  return std::make_shared<const Hyphenation>(kept, *kept, std::move(language));
}

std::shared_ptr<const Hyphenation> of_debian(const std::string& name, std::string language) {
  return patterns(file_bytes("/usr/share/hyphen/hyph_" + name + ".dic"), std::move(language));
}

/// "ex-am-i-na-tion"
std::string divided(const Hyphenation& hyphenation, std::string word) {
  const auto places = hyphenation.places(word);
  for (auto place = places.rbegin(); place != places.rend(); ++place) word.insert(*place, "-");
  return word;
}

std::vector<Line> set(Typesetter& setter, const std::string& text, double width) {
  Style prose;
  prose.hyphenated = true;
  const Span span{text, prose};
  return setter.paragraph({&span, 1}, Length::pt(width));
}
}  // namespace

TEST_CASE("Words are divided as their language divides them", "[text]") {
  CHECK(divided(*of_debian("en_US", "en"), "examination") == "ex-am-i-na-tion");
  CHECK(divided(*of_debian("en_US", "en"), "(ultrasound),") == "(ul-tra-sound),");
  CHECK(divided(*of_debian("es_ES", "es"), "medicamentos") == "me-di-ca-men-tos");
  CHECK(divided(*of_debian("es_ES", "es"), "circulación") == "cir-cu-la-ción");
}

TEST_CASE("A dictionary in a charset of its own is understood", "[text]") {
  const auto german = of_debian("de_DE", "de");
  CHECK(divided(*german, "überprüfen") == "über-prü-fen");
  CHECK(divided(*german, "Untersuchung") == "Un-ter-su-chung");
  CHECK(divided(*german, "überprüfenα") == "überprüfenα");
}

TEST_CASE("Names, codes, short words and words with figures stay whole", "[text]") {
  const auto word = GENERATE(as<std::string>(), "Brightwater", "legwork", "ferrit", "B12deficiency",
                             "mmol/liter", "EXAMINATION", "exaMination", "x123456", "low-dose",
                             "www.examination.org", "18", "");
  CAPTURE(word);
  const auto english = of_debian("en_US", "en");
  if (word != "legwork") CHECK(english->places(word).empty());
  for (const auto place : english->places(word)) {
    CHECK(place >= 2);
    CHECK(place + 3 <= word.size());
  }
}

TEST_CASE("A damaged dictionary divides nothing", "[text]") {
  CHECK(patterns("")->places("examination").empty());
  CHECK(patterns("no-such-charset\na1b\n")->places("examination").empty());
  CHECK(patterns(std::string("UTF-8\n\0\1\2", 9))->places("examination").empty());
}

TEST_CASE("A word is divided only where its line would be left short, and copies whole", "[text]") {
  Typesetter setter(fonts_for_every_script(), "en");
  const auto lines_of = [&](double width) {
    std::vector<std::string> shown;
    for (const auto& line : set(setter, "a venous examination", width))
      shown.push_back(line.text());
    return shown;
  };
  const double short_line = setter.width("a venous", {}).pt();
  const double wide = setter.width("a venous examina-", {}).pt();
  CHECK(lines_of(wide) == std::vector<std::string>{"a venous ", "examination"});
  setter.hyphenate(of_debian("en_US", "en"));
  CHECK(lines_of(wide) == std::vector<std::string>{"a venous examination", ""});
  CHECK(lines_of(short_line / 0.7 - 0.1) == std::vector<std::string>{"a venous ", "examination"});
  const auto lines = set(setter, "a venous examination", wide);
  CHECK(lines[0].width.pt() <= wide + 0.002);
  CHECK(lines[1].width == setter.width("tion", {}));
  CHECK(lines[0].runs.back().glyphs.back().id == setter.line("-", {}).runs[0].glyphs[0].id);
}

TEST_CASE("Divided lines fit their width and lose no text", "[text]") {
  Typesetter setter(fonts_for_every_script(), "en");
  setter.hyphenate(of_debian("en_US", "en"));
  const std::string text =
      "compression stockings, ultrasonographic examination; medication reconciliation recommended";
  for (double width = 40; width < 250; width += 7) {
    std::string together;
    for (const auto& line : set(setter, text, width)) {
      CHECK(line.width.pt() <= width + 0.002);
      together += line.text();
    }
    CHECK(together == text);
  }
}

TEST_CASE("A soft hyphen shows where its line ends, and nowhere else", "[text]") {
  Typesetter setter(fonts_for_every_script(), "en");
  const auto lines = set(setter, "exami\u00ADnation", setter.width("examina", {}).pt());
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].width == setter.width("exami-", {}));
  CHECK(setter.width("exami\u00ADnation", {}) == setter.width("examination", {}));
}
