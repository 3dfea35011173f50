#include "press/base64url.hpp"

#include <catch2/catch.hpp>

using namespace legwork::press;

TEST_CASE("base64url has one reading for each text, and one text for each bytes", "[press]") {
  CHECK(decode_base64url("") == "");
  CHECK(decode_base64url("Zg") == "f");
  CHECK(decode_base64url("Zm8") == "fo");
  CHECK(decode_base64url("Zm9v") == "foo");
  CHECK(decode_base64url("-_-_") == "\xFB\xFF\xBF");
  const auto text = GENERATE(values<std::string>({"", "f", "fo", "foo", "\xFB\xFF\xBF", "\0\1"}));
  CHECK(decode_base64url(encode_base64url(text)) == text);
  const auto wrong = GENERATE(values<std::string>(
      {"Z", "Zm9vZ", "Zg==", "Zg=", "Zh", "Zm9", "+/+/", "Zm 9v", "Zm9v\n", "Zm9.", "Zm\xC3v"}));
  CAPTURE(wrong);
  CHECK_FALSE(decode_base64url(wrong));
}
