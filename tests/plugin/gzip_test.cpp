#include "plugin/gzip.hpp"

#include <catch2/catch.hpp>

using namespace legwork::plugin;

TEST_CASE("what was packed is unpacked to the same bytes", "[plugin]") {
  const std::string text = std::string(100'000, 'a') + "end";
  CHECK(gzip(text).size() < text.size() / 100);
  CHECK(gunzip(gzip(text), text.size()) == text);
  CHECK(gunzip(gzip(""), 0) == std::string());
}

TEST_CASE("unpacking stops at the limit", "[plugin]") {
  const auto packed = gzip(std::string(1 << 20, 'a'));
  CHECK(gunzip(packed, (1 << 20) - 1).error() == UnpackError::too_large);
  CHECK(gunzip(packed, 1).error() == UnpackError::too_large);
}

TEST_CASE("a stream that is cut, changed or followed by more is damaged", "[plugin]") {
  const auto packed = gzip("a body of some length, a body of some length");
  CHECK(gunzip("", 100).error() == UnpackError::damaged);
  CHECK(gunzip(packed + "x", 100).error() == UnpackError::damaged);
  for (std::size_t end = 1; end < packed.size(); ++end)
    CHECK(gunzip(packed.substr(0, end), 100).error() == UnpackError::damaged);
  auto changed = packed;
  changed[changed.size() - 6] ^= 1;  // its checksum
  CHECK(gunzip(changed, 100).error() == UnpackError::damaged);
}

TEST_CASE("gzip is sent to those who take it", "[plugin]") {
  CHECK(accepts_gzip("gzip"));
  CHECK(accepts_gzip("deflate, gzip;q=0.5, br"));
  CHECK(accepts_gzip("*"));
  CHECK_FALSE(accepts_gzip(""));
  CHECK_FALSE(accepts_gzip("br"));
  CHECK_FALSE(accepts_gzip("gzip;q=0"));
  CHECK_FALSE(accepts_gzip("gzip; q=0.000"));
}
