#include "base/xml.hpp"

#include <catch2/catch.hpp>

using namespace legwork;

TEST_CASE("An element knows its line", "[base]") {
  const auto file = XmlFile::parse("a.xml", "<a>\n  <b id=' 1 '>text </b>\n\n  <c/>\n</a>");
  REQUIRE(file);
  const auto children = file->root().children();
  REQUIRE(children.size() == 2);
  CHECK(children[0].attribute("id") == "1");
  CHECK(children[0].text() == "text");
  CHECK_FALSE(children[0].attribute("nothing"));
  CHECK(children[1].where() == "a.xml:4");
}

TEST_CASE("A file that is no XML is refused with its line", "[base]") {
  const auto open = XmlFile::parse("a.xml", "<a>\n<b>\n</a>");
  REQUIRE_FALSE(open);
  CHECK(open.error().where == "a.xml:3");
  const auto entity = XmlFile::parse("a.xml", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>");
  REQUIRE_FALSE(entity);
  CHECK(entity.error().what == "a DOCTYPE is not allowed; delete it");
  CHECK_FALSE(XmlFile::parse("a.xml", ""));
}

TEST_CASE("Words are what stands between white space", "[base]") {
  CHECK(words(" a\n b\tc ") == std::vector<std::string_view>{"a", "b", "c"});
  CHECK(words("").empty());
}
