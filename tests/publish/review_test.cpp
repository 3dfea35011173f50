#include "publish/review.hpp"

#include "tests/causes/test_pack.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

using namespace legwork;
using namespace legwork::tests;

namespace {
const causes::Pack& heavy_legs() {
  static const causes::Pack pack = read(pack_files("packs/heavy-legs"));
  return pack;
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

/// The cough pack with one file changed.
causes::Pack cough_with(std::string_view file, std::string_view old, std::string_view now) {
  auto files = pack_files("tests/packs/cough");
  for (OwnedFile& one : files) {
    if (one.name == file) one.text.replace(one.text.find(old), old.size(), now);
  }
  return read(files);
}
}  // namespace

TEST_CASE("A review holds every id of the pack, as text and as a page", "[publish]") {
  const causes::Pack& pack = heavy_legs();
  const auto review = publish::review_of(pack);
  const std::string text = to_text(review);
  const std::string page = to_html(review);
  const auto check = [&](const auto& items, std::string_view kind) {
    for (const auto& item : items) {
      CAPTURE(kind, item.id);
      CHECK(holds(text, item.id));
      CHECK(holds(page, "id=\"" + std::string(kind) + '-' + item.id + '"'));
    }
  };
  check(pack.claims, "claim");
  check(pack.causes, "cause");
  check(pack.red_flags, "red-flag");
  check(pack.tests, "test");
  check(pack.questions, "question");
  check(pack.scores, "score");
  check(pack.criteria, "criterion");
  check(pack.concepts, "concept");
  check(pack.sources, "source");
  for (const auto& cause : pack.causes) {
    for (const auto& rule : cause.strong) CHECK(holds(page, "<code>" + rule.id + "</code>"));
  }
}

TEST_CASE("A rule stands in words, with its claim and its source", "[publish]") {
  const std::string text = to_text(publish::review_of(cough()));
  CHECK(holds(text, R"(
Strong rules: any yes makes it supported
  ├─ asthma-listed, weight 3
  │  │  Asthma may show as a cough alone. [the article: asthma-coughs]
  │  └─ on record: asthma
  └─ eosinophils-high, weight 3
     │  Eosinophils above 0.3 speak for asthma. [Guideline 2020: eosinophils-high]
     └─ Eosinophils above 0.3 10*9/L within 12 months
)"));
  CHECK(holds(text, "How far verified: from memory, not read: check before use in care"));
  CHECK(holds(text, "Rests on it: Asthma, Blood count"));
}

TEST_CASE("Text counts the codes that the page lists", "[publish]") {
  const auto review = publish::review_of(cough());
  CHECK(holds(to_text(review), "1 code in 1 system, 1 name"));
  CHECK_FALSE(holds(to_text(review), "29046"));
  CHECK(holds(to_html(review), "<code>29046</code>"));
  CHECK(holds(to_html(review), "and all that begin with it"));
}

TEST_CASE("Where codes are shown, the notices of their systems are", "[publish]") {
  for (const auto& shown :
       {to_text(publish::review_of(heavy_legs())), to_html(publish::review_of(heavy_legs()))}) {
    CHECK(holds(shown, "Regenstrief"));
    CHECK(holds(shown, "SNOMED®"));
  }
}

TEST_CASE("What a pack says cannot become markup", "[publish]") {
  const causes::Pack pack =
      cough_with("claims.xml", "Asthma may show as a cough alone.",
                 "a &lt;script&gt;alert(1)&lt;/script&gt; &amp; \"quoted\" 'words'");
  const std::string page = to_html(publish::review_of(pack));
  CHECK(holds(page,
              "a &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot; "
              "&#39;words&#39;"));
  CHECK_FALSE(holds(page, "alert(1)</script>"));
}

TEST_CASE("Only addresses of the web become links", "[publish]") {
  const auto with_url = [](const std::string& url) {
    return to_html(publish::review_of(
        cough_with("sources.xml", "verified=", "url=\"" + url + "\" verified=")));
  };
  CHECK(holds(with_url("https://doi.org/1?a=1&amp;b=2"),
              "<a href=\"https://doi.org/1?a=1&amp;b=2\" rel=\"noreferrer\">"));
  CHECK_FALSE(holds(with_url("javascript:alert(1)"), "href=\"javascript"));
}

TEST_CASE("A review as text keeps to a hundred columns", "[publish]") {
  std::istringstream lines(to_text(publish::review_of(heavy_legs())));
  for (std::string line; std::getline(lines, line);) {
    const auto width = std::count_if(line.begin(), line.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    });
    CAPTURE(line);
    const bool one_long_word = line.find("http") != line.npos;
    CHECK((width <= 100 || one_long_word));
  }
}
