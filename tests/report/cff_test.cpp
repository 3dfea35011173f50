#include "report/cff.hpp"

#include "tests/report/font_files.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace legwork::report;

TEST_CASE("A font of named glyphs becomes one of CIDs, without its names", "[pdf]") {
  const std::string font(font_files().family.front().bytes);
  const std::string_view named = table_of(font, "CFF ");
  REQUIRE(named.find("uni0041") != named.npos);

  const auto keyed = with_identity_cids(named);
  REQUIRE(keyed);
  CHECK(keyed->size() < named.size());
  CHECK(keyed->find("uni0041") == keyed->npos);
  CHECK(keyed->find("AdobeIdentity") != keyed->npos);

  SECTION("and one of CIDs keeps its outlines when it is renumbered") {
    const auto again = with_identity_cids(*keyed);
    REQUIRE(again);
    const std::size_t charset = 5;  // bytes of the identity
    CHECK(again->size() == keyed->size() + charset);
  }
}

TEST_CASE("A damaged CFF table is refused, or read without harm", "[pdf]") {
  const std::string font(font_files().family.front().bytes);
  const std::string whole(table_of(font, "CFF "));
  for (std::size_t length = 0; length < whole.size(); length += length < 600 ? 1 : 20'011) {
    CAPTURE(length);
    CHECK_FALSE(with_identity_cids(std::string_view(whole).substr(0, length)));
  }
  for (std::size_t at = 0; at < 300; ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0xFF);
    with_identity_cids(damaged);
  }
}
