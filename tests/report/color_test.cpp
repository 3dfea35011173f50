#include "report/color.hpp"

#include <catch2/catch.hpp>

using namespace legwork::report;

TEST_CASE("Contrast is what WCAG says it is", "[color]") {
  CHECK(contrast({0, 0, 0}, {255, 255, 255}) == Approx(21));
  CHECK(contrast({0x77, 0x77, 0x77}, {255, 255, 255}) == Approx(4.48).epsilon(0.01));
}

TEST_CASE("Colors that red-green blindness confuses count as alike", "[color]") {
  const Color brown{0x7A, 0x4A, 0x00}, rust{0xA9, 0x3A, 0x0B}, teal{0x0B, 0x55, 0x63};
  CHECK(least_difference(brown, rust) < 20);
  CHECK(least_difference(teal, rust) > 40);
  CHECK(least_difference(teal, teal) == Approx(0));
  CHECK(least_difference(teal, rust) == Approx(least_difference(rust, teal)));
}
