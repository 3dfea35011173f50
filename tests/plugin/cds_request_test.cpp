#include "plugin/cds_request.hpp"

#include "tests/plugin/cds_calls.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::tests;

namespace {
Result<plugin::CdsRequest> read(std::string_view body,
                                std::string_view service = "legwork-patient-view") {
  return plugin::read_cds_request(body, body.size(), *plugin::find_service(service));
}

constexpr std::string_view good =
    R"({"hookInstance":"i","hook":"patient-view","context":{"userId":"Practitioner/1","patientId":"p1"}})";
}  // namespace

TEST_CASE("a request says where it is at fault and what to do", "[plugin]") {
  struct Row {
    std::string body, where, what;
  };
  const auto row = GENERATE(values<Row>({
      {"", "body", "is not well-formed JSON in UTF-8; send the whole request"},
      {"[]", "body", "is no JSON object; send the request of CDS Hooks as one"},
      {"\"x\"", "body", "is no JSON object; send the request of CDS Hooks as one"},
      {R"({"hook":"patient-view")", "body",
       "is not well-formed JSON in UTF-8; send the whole request"},
      {"{\"hook\":\"\xff\"}", "body", "is not well-formed JSON in UTF-8; send the whole request"},
      {std::string(good) + "{}", "body",
       "is not well-formed JSON in UTF-8; send the whole request"},
      {"{}", "hook", "is missing; send the hook that this service is for"},
      {R"({"hook":7})", "hook", "must be a string"},
      {R"({"hook":"patient-view"})", "hookInstance", "is missing; send a UUID"},
      {R"({"hook":"patient-view","hookInstance":null})", "hookInstance", "is missing; send a UUID"},
      {R"({"hook":"patient-view","hookInstance":"i"})", "context",
       "is missing; send the context of the hook"},
      {R"({"hook":"patient-view","hookInstance":"i","context":[]})", "context",
       "must be an object"},
      {R"({"hook":"patient-view","hookInstance":"i","context":{}})", "context.patientId",
       "is missing; send the patient's id"},
      {R"({"hook":"patient-view","hookInstance":"i","context":{"patientId":"p"}})",
       "context.userId", "is missing; send who the user is"},
      {R"({"hook":"patient-view","hookInstance":"i","context":{"patientId":"p","patientId":"q"}})",
       "context.patientId", "stands twice; send it once"},
      {R"({"hook":"order-sign","hookInstance":"i","context":{"patientId":"p","userId":"u"}})",
       "hook",
       "is not 'patient-view', which this service is for; call the service of the hook, GET "
       "/cds-services lists them"},
  }));
  CAPTURE(row.body);
  const auto request = read(row.body);
  REQUIRE_FALSE(request);
  CHECK(request.error().where == row.where);
  CHECK(request.error().what == row.what);
}

TEST_CASE("each hook has its own required context", "[plugin]") {
  const auto missing = [](std::string_view hook, std::string_view service) {
    const auto body = R"({"hook":")" + std::string(hook) +
                      R"(","hookInstance":"i","context":{"userId":"u","patientId":"p"}})";
    const auto request = read(body, service);
    return request ? std::string() : request.error().where;
  };
  CHECK(missing("patient-view", "legwork-patient-view").empty());
  CHECK(missing("encounter-start", "legwork-encounter-start") == "context.encounterId");
  CHECK(missing("order-select", "legwork-order-select") == "context.draftOrders");
  CHECK(missing("order-sign", "legwork-order-sign") == "context.draftOrders");
}

TEST_CASE("members of CDS Hooks 1.1, 2.0 and 3.0, unknown ones and extensions are all taken",
          "[plugin]") {
  const auto request = read(R"({
    "extension": {"com.example": {"hook": "x"}}, "version": "3.0.0",
    "hook": "patient-view", "hookInstance": "i", "user": "Practitioner/old",
    "fhirServer": "https:\/\/ehr.example.org\/fhir\/",
    "fhirAuthorization": {"token_type": "Bearer", "expires_in": 300, "scope": "x", "subject": "s",
                          "access_token": "t", "patient": "p1"},
    "context": {"userId": "PractitionerRole\/9", "patientId": "Patient\/p1", "extension": {}},
    "prefetch": {"patient": null, "labs" : { "resourceType" : "Bundle", "total": 3,
        "link": [{"relation": "self", "url": "a"}, {"relation": "next", "url": "b"}],
        "entry": [{"resource": {"id": "o", "resourceType": "Observation"}}, {}] }  , "other": 7}})");
  REQUIRE(request);
  CHECK(request->patient == "p1");
  CHECK(request->user == "PractitionerRole/9");
  CHECK(request->fhir_server == "https://ehr.example.org/fhir/");
  CHECK(request->access_token == "t");
  CHECK(request->token_patient == "p1");
  REQUIRE(request->prefetch.size() == 3);
  CHECK(request->prefetch[0].kind == plugin::Prefetched::Kind::null);
  const auto& labs = request->prefetch[1];
  CHECK(labs.kind == plugin::Prefetched::Kind::bundle);
  CHECK(labs.json.front() == '{');
  CHECK(labs.json.back() == '}');
  CHECK(labs.total == 3);
  CHECK(labs.entries == 1);
  CHECK(labs.next == "b");
  CHECK(labs.types == std::vector<std::string>{"Observation"});
  CHECK(request->prefetch[2].kind == plugin::Prefetched::Kind::unreadable);
}

TEST_CASE("a body is read in place where there is room behind it, with the same result",
          "[plugin]") {
  std::string body = CdsCall().body();
  body.reserve(body.size() + 4096);
  const auto& service = *plugin::find_service("legwork-patient-view");
  const auto in_place = plugin::read_cds_request(body, body.capacity(), service);
  const auto copied = plugin::read_cds_request(body, body.size(), service);
  REQUIRE(in_place);
  REQUIRE(copied);
  REQUIRE(in_place->prefetch.size() == copied->prefetch.size());
  for (std::size_t i = 0; i < copied->prefetch.size(); ++i) {
    CHECK(in_place->prefetch[i].json.data() == copied->prefetch[i].json.data());
    CHECK(in_place->prefetch[i].json.size() == copied->prefetch[i].json.size());
  }
}

TEST_CASE("an authorization without a token, and one that is null, are no fault", "[plugin]") {
  for (const std::string_view given : {R"({"token_type":"Bearer"})", "null"}) {
    const auto body = R"({"hook":"patient-view","hookInstance":"i","fhirAuthorization":)" +
                      std::string(given) + R"(,"context":{"userId":"u","patientId":"p"}})";
    const auto request = read(body);
    REQUIRE(request);
    CHECK(request->access_token.empty());
  }
}
