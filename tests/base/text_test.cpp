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
