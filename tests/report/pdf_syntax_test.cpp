#include "report/pdf_syntax.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace legwork;
using namespace legwork::report;

TEST_CASE("Numbers are short and never in an exponent's form", "[pdf]") {
  struct Row {
    double value;
    int decimals;
    std::string text;
  };
  const auto row = GENERATE(values<Row>({{0, 2, "0"},
                                         {-0.001, 2, "0"},
                                         {12.5, 2, "12.5"},
                                         {-12.05, 2, "-12.05"},
                                         {0.999, 2, "1"},
                                         {841.89, 2, "841.89"},
                                         {1e-9, 3, "0"},
                                         {0.0824, 3, "0.082"},
                                         {-7.6, 0, "-8"},
                                         {HUGE_VAL, 2, "0"},
                                         {std::nan(""), 2, "0"}}));
  std::string out;
  append_number(out, row.value, row.decimals);
  CHECK(out == row.text);
}

TEST_CASE("A glyph's code is two bytes, whatever these mean to a reader", "[pdf]") {
  const auto literal = [](unsigned code) {
    std::string out;
    append_literal16(out, code);
    return out;
  };
  CHECK(literal(0x4142) == "AB");
  CHECK(literal(0x0000) == std::string(2, '\0'));
  CHECK(literal(0x2829) == "\\(\\)");
  CHECK(literal(0x5C0D) == "\\\\\\r");
  CHECK(literal(0x0AFF) == "\n\xFF");
}

TEST_CASE("Strings and names can hold anything", "[pdf]") {
  CHECK(text_string("Hé🦵") == "<FEFF004800E9D83EDDB5>");
  CHECK(text_string("\xFF") == "<FEFFFFFD>");
  CHECK(byte_string("a)\\") == "<61295C>");
  CHECK(name("H1") == "/H1");
  CHECK(name("a b/#") == "/a#20b#2F#23");
  CHECK(rectangle({Length::pt(40), Length::pt(100), Length::pt(10), Length::pt(20)},
                  Length::pt(800)) == "[40 680 50 700]");
}
