#include "plugin/parameters.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using plugin::Ask;

namespace {
const Day asked_on = std::chrono::year(2026) / 11 / 22;

Result<Ask> read(std::string_view body) {
  Ask ask;
  ask.as_of = asked_on;
  return plugin::read_ask(body, ask);
}
}  // namespace

TEST_CASE("a body that is no Parameters is the chart itself", "[parameters]") {
  const auto* body = GENERATE(R"({"resourceType":"Bundle"})", "<Bundle/>", "[1]", "{ not JSON",
                              "{\"resourceType\":\"Patient\"}\n{\"resourceType\":\"Condition\"}");
  const auto ask = read(body);
  REQUIRE(ask);
  REQUIRE(ask->inputs.size() == 1);
  CHECK(ask->inputs[0].text == body);
  CHECK(ask->as_of == asked_on);
}

TEST_CASE("Parameters say whose chart, which day and which page are meant", "[parameters]") {
  const std::string body = R"( {"parameter": [
    {"name": "subject", "valueReference": {"type": "Patient", "reference": "Patient/p1"}},
    {"name": "chart", "resource": {"resourceType": "Bundle", "type": "collection"}},
    {"resource": {"resourceType": "QuestionnaireResponse"}, "name": "answers"},
    {"name": "asOf", "valueDate": "2026-10-01"},
    {"name": "onset", "valueDate": "2026-09"},
    {"name": "template", "valueCode": "patient"},
    {"name": "language", "valueCode": "es"},
    {"name": "notSeen", "valueString": " laboratory results "},
    {"name": "notSeen", "valueString": "procedures"}],
    "resourceType": "Parameters"})";
  const auto ask = read(body);
  REQUIRE(ask);
  CHECK(ask->subject == "Patient/p1");
  REQUIRE(ask->inputs.size() == 2);
  CHECK(ask->inputs[0].text == R"({"resourceType": "Bundle", "type": "collection"})");
  CHECK(ask->inputs[0].text.data() > body.data());  // a view, no copy
  CHECK(ask->inputs[0].text.data() < body.data() + body.size());
  CHECK(ask->inputs[1].name == "Parameters.parameter[2]");
  CHECK(ask->as_of == Day(std::chrono::year(2026) / 10 / 1));
  CHECK(iso(ask->onset.value()) == "2026-09");
  CHECK(ask->layout == "patient");
  CHECK(ask->language == "es");
  CHECK(ask->not_seen == std::vector<std::string>{"laboratory results", "procedures"});
}

TEST_CASE("Parameters that cannot be meant are refused with what to do", "[parameters]") {
  struct Row {
    std::string_view body;
    ErrorKind kind;
    std::string where, what;
  };
  const auto row = GENERATE(values<Row>({
      {"", ErrorKind::missing, "body", "is empty; send a Bundle, or Parameters with one"},
      {" \n", ErrorKind::missing, "body", "is empty; send a Bundle, or Parameters with one"},
      {"<?xml version=\"1.0\"?><!-- x --><Parameters xmlns=\"http://hl7.org/fhir\"/>",
       ErrorKind::unsupported, "body",
       "is Parameters as XML; send them as JSON, or the Bundle alone as XML"},
      {R"({"resourceType":"Parameters"})", ErrorKind::missing, "Parameters",
       "holds no parameter; add one named chart"},
      {R"({"resourceType":"Parameters","parameter":{}})", ErrorKind::malformed, "Parameters",
       "parameter is no list; send a FHIR R4 Parameters resource as JSON"},
      {R"({"resourceType":"Parameters","parameter":[]})", ErrorKind::missing, "Parameters",
       "holds no chart; add a parameter named chart"},
      {R"({"resourceType":"Parameters","parameter":[{"name":"chart","valueString":"x"}]})",
       ErrorKind::malformed, "Parameters.parameter[0]", "holds no resource; put the chart into it"},
      {R"({"resourceType":"Parameters","parameter":[{"name":7}]})", ErrorKind::malformed,
       "Parameters", "parameter[0] cannot be read; send a FHIR R4 Parameters resource as JSON"},
      {R"({"resourceType":"Parameters","parameter":[{"name":"Grandault"}]})",
       ErrorKind::unsupported, "Parameters.parameter[0]",
       "is not known here; use chart, subject, answers, asOf, onset, template, language or "
       "notSeen"},
      {R"({"resourceType":"Parameters","parameter":[{"name":"subject","valueReference":{}}]})",
       ErrorKind::malformed, "Parameters.parameter[0]",
       "holds no value; fill it in, or leave it out"},
      {R"({"resourceType":"Parameters","parameter":[{"name":"asOf","valueDate":"2026"}]})",
       ErrorKind::malformed, "Parameters.parameter[0]", "is no day; write it as 2026-11-22"},
      {R"({"resourceType":"Parameters","parameter":[{"name":"onset","valueDate":"soon"}]})",
       ErrorKind::malformed, "Parameters.parameter[0]", "is no date; write it as 2026-11-22"},
      {R"({"resourceType":"Parameters","parameter":[{"name":"chart","resource":{}},
          {"name":"onset","valueDate":"2027"}]})",
       ErrorKind::malformed, "Parameters", "onset lies after asOf; mend one of them"},
      {R"({"resourceType":"Parameters","parameter":[{"name":"chart","resource":{})",
       ErrorKind::malformed, "Parameters",
       "parameter[0] cannot be read; send a FHIR R4 Parameters resource as JSON"},
  }));
  CAPTURE(row.body);
  const auto ask = read(row.body);
  REQUIRE_FALSE(ask);
  CHECK(ask.error().kind == row.kind);
  CHECK(ask.error().where == row.where);
  CHECK(ask.error().what == row.what);
}
