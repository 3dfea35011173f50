#include "base/text.hpp"

#include <catch2/catch.hpp>

using namespace legwork;

TEST_CASE("Folding keeps words and forgets case and punctuation", "[base]") {
  CHECK(fold("  Voltaren(R)  1% Gel ") == "voltaren r 1 gel");
  CHECK(fold("Co-Amilozide 2.5/25 MG") == "co amilozide 2.5 25 mg");
  CHECK(fold("œdème") == "œdème");
  CHECK(fold("--") == "");
}

TEST_CASE("Trimming takes white space off both ends only", "[base]") {
  CHECK(trim(" \t a b \r\n") == "a b");
  CHECK(trim(" \n").empty());
}

TEST_CASE("Escaped text ends no element and no attribute", "[base]") {
  CHECK(escape_markup("<b a=\"1\" c='2'>&amp;") ==
        "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
  CHECK(escape_markup("Święta, 5 µg") == "Święta, 5 µg");
}

TEST_CASE("Printable text cannot steer a terminal", "[base]") {
  struct Row {
    std::string text, shown;
  };
  const auto row = GENERATE(values<Row>({
      {"chart.json", "chart.json"},
      {"Đào نهى 𝒜", "Đào نهى 𝒜"},
      {"\x1b[31mred", "�[31mred"},
      {"two\nlines", "two�lines"},
      {"tab\tdel\x7f", "tab�del�"},
      {"c1 \xC2\x9B", "c1 �"},                    // CSI as one character
      {"\xA0 nbsp \xC2\xA0", "� nbsp \xC2\xA0"},  // a lone continuation byte; a real no-break space
      {"cut \xE2\x82", "cut ��"},
      {"overlong \xC0\xAF", "overlong ��"},
      {"surrogate \xED\xA0\x80", "surrogate ���"},
      {"beyond \xF4\x90\x80\x80", "beyond ����"},
  }));
  CAPTURE(row.shown);
  CHECK(printable(row.text) == row.shown);
}
