#include "bulk/request.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::bulk;

namespace {
press::Address base(const std::string& text = "https://ehr.example.org/fhir/") {
  return *press::read_address(text, press::PlainHttp::never);
}
}  // namespace

TEST_CASE("an export is asked for at the endpoint of its level", "[bulk]") {
  Request request;
  CHECK(kick_off(request, base())->address.text() ==
        "https://ehr.example.org/fhir/Patient/$export");
  request.level = Level::system;
  CHECK(kick_off(request, base("https://ehr.example.org"))->address.text() ==
        "https://ehr.example.org/$export");
  request.level = Level::group;
  request.group = "cohort-1.a";
  const auto made = kick_off(request, base());
  REQUIRE(made);
  CHECK(made->address.text() == "https://ehr.example.org/fhir/Group/cohort-1.a/$export");
  CHECK(made->method == "GET");
  REQUIRE(made->headers.size() == 2);
  CHECK(made->headers[0].value == "application/fhir+json");
  CHECK(made->headers[1].value == "respond-async");
}

TEST_CASE("by GET the parameters stand in the address, encoded", "[bulk]") {
  Request request;
  request.types = {"Patient", "Condition"};
  request.since = "2026-01-02T03:04:05+01:00";
  request.type_filters = {"Observation?code=a|b&x=1", "Condition?y=2"};
  request.more = {{"_elements", "id,code"}};
  CHECK(kick_off(request, base())->address.query ==
        "_type=Patient%2CCondition&_since=2026-01-02T03%3A04%3A05%2B01%3A00"
        "&_typeFilter=Observation%3Fcode%3Da%7Cb%26x%3D1&_typeFilter=Condition%3Fy%3D2"
        "&_elements=id%2Ccode");
}

TEST_CASE("by POST each value is a parameter of its own", "[bulk]") {
  Request request;
  request.method = Method::post;
  request.types = {"Patient", "Condition"};
  request.since = "2026-01-02T03:04:05Z";
  request.patients = {"p1"};
  request.more = {{"_until", "2026-02-02T00:00:00Z"}, {"_elements", "id"}};
  const auto made = kick_off(request, base());
  REQUIRE(made);
  CHECK(made->method == "POST");
  CHECK(made->address.query.empty());
  CHECK(made->headers.back().value == "application/fhir+json");
  CHECK(boost::json::parse(made->body) == boost::json::parse(R"({"resourceType":"Parameters",
    "parameter":[{"name":"_type","valueString":"Patient"},{"name":"_type","valueString":"Condition"},
    {"name":"_since","valueInstant":"2026-01-02T03:04:05Z"},
    {"name":"patient","valueReference":{"reference":"Patient/p1"}},
    {"name":"_until","valueInstant":"2026-02-02T00:00:00Z"},{"name":"_elements","valueString":"id"}]})"));
}

TEST_CASE("what cannot be asked for is told by the option's name", "[bulk]") {
  struct Row {
    Request request;
    std::string where;
  };
  const auto row = GENERATE(values<Row>({
      {{.level = Level::group, .group = "../Patient"}, "--group"},
      {{.level = Level::group, .group = ""}, "--group"},
      {{.types = {"Condition?x"}}, "--type"},
      {{.since = "2026-01-02"}, "--since"},
      {{.method = Method::post, .patients = {"Patient/1"}}, "--patient"},
      {{.method = Method::get, .patients = {"1"}}, "--patient"},
  }));
  const auto made = kick_off(row.request, base());
  REQUIRE_FALSE(made);
  CHECK(made.error().where == row.where);
}

TEST_CASE("an instant has a day, a time to the second and an offset", "[bulk]") {
  for (const auto* good : {"2026-11-22T08:00:00Z", "2026-11-22T08:00:00.123456Z",
                           "2026-11-22T08:00:00+05:30", "2026-11-22T08:00:00.1-08:00"}) {
    CAPTURE(good);
    CHECK(is_instant(good));
  }
  for (const auto* bad : {"", "2026-11-22", "2026-11-22T08:00:00", "2026-11-22T08:00Z",
                          "2026-11-22T08:00:00.Z", "2026-11-22T08:00:00Zx", "out/export"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_instant(bad));
  }
}
