#include "publish/fhir_json.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using publish::Json;

TEST_CASE("JSON for FHIR keeps the order of members and leaves out what is empty", "[publish]") {
  const Json value = Json::Object{{"id", "x"},
                                  {"title", ""},
                                  {"experimental", Json::flag(false)},
                                  {"items", Json::Array{}},
                                  {"code", Json::Object{{"text", ""}}},
                                  {"at", Json::Array{"one", "", "two"}}};
  CHECK(publish::to_text(value) ==
        "{\n"
        "  \"id\": \"x\",\n"
        "  \"experimental\": false,\n"
        "  \"at\": [\n"
        "    \"one\",\n"
        "    \"two\"\n"
        "  ]\n"
        "}\n");
}

TEST_CASE("JSON for FHIR escapes what a pack may say", "[publish]") {
  CHECK(publish::to_text(Json("\"≤ 5\"\n\\ \x01")) == "\"\\\"≤ 5\\\"\\n\\\\ \\u0001\"\n");
}

TEST_CASE("JSON that is made already is written as it stands", "[publish]") {
  const Json value = Json::Object{{"size", Json::made("12")}, {"none", Json::made("")}};
  CHECK(publish::to_text(value) == "{\n  \"size\": 12\n}\n");
}
