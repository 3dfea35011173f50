#include "base/wrap.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using Lines = std::vector<std::string>;

TEST_CASE("Text is broken at spaces, and by characters rather than bytes", "[base]") {
  CHECK(wrap("one two three", 7) == Lines{"one two", "three"});
  CHECK(wrap(" as it\n   stands in a file ", 40) == Lines{"as it stands in a file"});
  CHECK(wrap("ödème ödème", 11) == Lines{"ödème ödème"});
  CHECK(wrap("ödème ödème", 10) == Lines{"ödème", "ödème"});
  CHECK(columns("└─ ✓") == 4);
}

TEST_CASE("A word longer than the line stays whole, and nothing is still a line", "[base]") {
  CHECK(wrap("a https://doi.org/10.1000/1 b", 8) == Lines{"a", "https://doi.org/10.1000/1", "b"});
  CHECK(wrap("", 8) == Lines{""});
}
