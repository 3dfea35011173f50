#include "base/sha1.hpp"

#include <catch2/catch.hpp>

#include <fmt/format.h>

using namespace legwork;

TEST_CASE("SHA-1 gives the digests of its own document", "[sha1]") {
  struct Row {
    std::string text, digest;
  };
  const auto row = GENERATE(
      values<Row>({// RFC 3174, 7.3
                   {"abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
                   {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                    "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
                   {std::string(1'000'000, 'a'), "34aa973cd4c4daa4f61eeb2bdbad27316534016f"},
                   // Around the end of a block, where the length no longer fits: sha1sum says so
                   {"", "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
                   {std::string(55, 'a'), "c1c8bbdc22796e28c0e15163d20899b65621d65a"},
                   {std::string(56, 'a'), "c2db330f6083854c99d4b5bfb6e8f29f201be699"},
                   {std::string(64, 'a'), "0098ba824b5c16427bd7a1122a5a442a25ec644d"}}));
  std::string digest;
  for (const char byte : sha1(row.text))
    digest += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  CHECK(digest == row.digest);
}

TEST_CASE("The same name has the same UUID, of version 5", "[sha1]") {
  // Python: uuid5(uuid5(NAMESPACE_URL, "https://legwork.example.org/fhir"), "Composition")
  CHECK(uuid_of("Composition") == "ac4498c0-b9dd-56d3-8fd5-701dd5407cfd");
  CHECK(uuid_of("Device") != uuid_of("Composition"));
}

TEST_CASE("Base 64 is that of RFC 4648", "[sha1]") {
  struct Row {
    std::string bytes, text;
  };
  const auto row = GENERATE(values<Row>({{"", ""},
                                         {"f", "Zg=="},
                                         {"fo", "Zm8="},
                                         {"foo", "Zm9v"},
                                         {"foob", "Zm9vYg=="},
                                         {"fooba", "Zm9vYmE="},
                                         {"foobar", "Zm9vYmFy"},
                                         {"\xFF\xFE\xFD", "//79"}}));
  CHECK(base64(row.bytes) == row.text);
  CHECK(from_base64(row.text) == row.bytes);
}
