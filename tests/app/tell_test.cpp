#include "app/tell.hpp"

#include <catch2/catch.hpp>

using namespace legwork::app;

TEST_CASE("printable text cannot steer a terminal", "[tell]") {
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
