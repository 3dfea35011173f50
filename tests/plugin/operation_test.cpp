#include "plugin/operation.hpp"

#include "press/data.hpp"
#include "press/io.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using plugin::Request;
using plugin::Response;

namespace {
const Day today = std::chrono::year(2026) / 11 / 22;

/// The operation as a server has it, without the server.
class Server {
 public:
  Response post(std::string path, std::string body, std::vector<plugin::Header> headers = {},
                std::string query = {}) const {
    return call({.method = "POST",
                 .path = std::move(path),
                 .query = std::move(query),
                 .headers = std::move(headers),
                 .body = std::move(body),
                 .id = {},
                 .peer = {}});
  }
  Response call(Request request) const {
    const auto found = router_.find(request.method, request.path);
    REQUIRE(found.route != nullptr);
    const auto shared = std::make_shared<const Request>(std::move(request));
    return std::get<Response>(found.route->handler(shared, {}));
  }
  std::string example(const std::string& name) const {
    return press::read_file(press::find_data().value() + "/examples/" + name, press::input_limit)
        .value();
  }

 private:
  static std::shared_ptr<const plugin::Knowledge> knowledge() {
    static const auto loaded =
        std::make_shared<const plugin::Knowledge>(plugin::load_knowledge({}).value());
    return loaded;
  }
  plugin::Router router_{plugin::operation_routes(
      knowledge(), [] { return today; }, "https://legwork.example.org")};
};

const std::string operation = "/fhir/$heavy-legs-report";

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}
}  // namespace

TEST_CASE("the operation answers in the form that is asked for", "[operation]") {
  struct Row {
    std::string accept, query, type, begins;
  };
  const auto row = GENERATE(values<Row>({
      {"", "", "application/pdf", "%PDF-"},
      {"*/*", "", "application/pdf", "%PDF-"},
      {"application/json", "", "application/json", R"({"schemaVersion":)"},
      {"application/fhir+json", "", "application/fhir+json", "{\n  \"resourceType\": \"Bundle\""},
      {"text/html", "", "text/html; charset=utf-8", "<!DOCTYPE html>"},
      {"text/plain", "", "text/plain; charset=utf-8", ""},
      {"application/pdf", "_format=application/fhir+json", "application/fhir+json", "{"},
      {"", "_format=html", "text/html; charset=utf-8", "<!DOCTYPE html>"},
  }));
  CAPTURE(row.accept, row.query);
  const Server server;
  const auto response = server.post(operation, server.example("amlodipine-and-iron.json"),
                                    {{"accept", row.accept}}, row.query);
  CHECK(response.status == 200);
  CHECK(response.content_type == row.type);
  CHECK(response.body.starts_with(row.begins));
  CHECK(response.body.size() > 1000);
}

TEST_CASE("a form that is not made is refused with those that are", "[operation]") {
  const Server server;
  const auto response =
      server.post(operation, server.example("amlodipine-and-iron.json"), {{"Accept", "image/png"}});
  CHECK(response.status == 406);
  CHECK(holds(response.body, "application/pdf"));
}

TEST_CASE("charts come in every form that the command line reads", "[operation]") {
  const auto* name =
      GENERATE("amlodipine-and-iron.json", "diabetic-neuropathy.xml", "kidney-and-heart.ndjson");
  const Server server;
  const auto response =
      server.post(operation, server.example(name), {{"Accept", "application/json"}});
  CHECK(response.status == 200);
}

TEST_CASE("what the caller could not read is said in the report", "[operation]") {
  const Server server;
  const auto body = R"({"resourceType": "Parameters", "parameter": [
      {"name": "chart", "resource": )" +
                    server.example("amlodipine-and-iron.json") + R"(},
      {"name": "notSeen", "valueString": "laboratory results of other sites"}]})";
  const auto text = server.post(operation, body, {{"Accept", "text/plain"}});
  REQUIRE(text.status == 200);
  CHECK(holds(text.body, "not seen: laboratory results of other sites"));
}

TEST_CASE("the patient's page comes in the language that is asked for", "[operation]") {
  const Server server;
  const auto body = R"({"resourceType": "Parameters", "parameter": [
      {"name": "chart", "resource": )" +
                    server.example("amlodipine-and-iron.json") + R"(},
      {"name": "template", "valueCode": "patient"}, {"name": "language", "valueCode": "LANG"}]})";
  const auto in = [&](const std::string& language) {
    auto said = body;
    said.replace(said.find("LANG"), 4, language);
    return server.post(operation, said, {{"Accept", "text/html"}});
  };
  CHECK(holds(in("es").body, "lang=\"es\""));
  CHECK(holds(in("en").body, "lang=\"en\""));
  CHECK(in("../es").status == 422);
  CHECK(holds(in("fr").body, "patient.es"));
}

TEST_CASE("the wrong patient's chart is refused", "[operation]") {
  const Server server;
  const auto body = [&](const std::string& subject) {
    return R"({"resourceType": "Parameters", "parameter": [
      {"name": "subject", "valueReference": {"reference": ")" +
           subject + R"("}},
      {"name": "chart", "resource": )" +
           server.example("amlodipine-and-iron.json") + "}]}";
  };
  for (const auto* right :
       {"Patient/p1", "https://ehr.example.org/fhir/Patient/p1", "p1", "Patient/p1/_history/3"})
    CHECK(server.post(operation, body(right)).status == 200);
  for (const auto* wrong : {"Patient/p11", "Patient/P1", "Patient/"}) {
    const auto response = server.post(operation, body(wrong));
    CHECK(response.status == 422);
    CHECK_FALSE(holds(response.body, wrong));
    CHECK_FALSE(holds(response.body, "Brightwater"));
  }
}

TEST_CASE("a chart that cannot be read is refused and not quoted", "[operation]") {
  struct Row {
    std::string body;
    unsigned status;
    std::string says;
  };
  const auto row = GENERATE(values<Row>({
      {"", 422, "is empty"},
      {"Grandault", 400, ""},
      {R"({"resourceType": "Patient", "name": "Grandault")", 400, ""},
      {R"({"resourceType": "Bundle", "type": "collection"})", 422, "Patient"},
      {R"({"patient": "Grandault"})", 422, ""},
  }));
  CAPTURE(row.body);
  const auto response = Server().post(operation, row.body);
  CHECK(response.status == row.status);
  CHECK(response.content_type == "application/fhir+json");
  CHECK(holds(response.body, "OperationOutcome"));
  CHECK(holds(response.body, row.says));
  CHECK_FALSE(holds(response.body, "Grandault"));
}

TEST_CASE("the page's own door is closed to other sites", "[operation]") {
  const Server server;
  const auto chart = server.example("amlodipine-and-iron.json");
  const auto status = [&](std::vector<plugin::Header> headers) {
    return server.post("/app/report", chart, std::move(headers)).status;
  };
  CHECK(status({{"Sec-Fetch-Site", "same-origin"}}) == 200);
  CHECK(status({{"Origin", "https://legwork.example.org"}}) == 200);
  CHECK(status({}) == 200);
  CHECK(status({{"Sec-Fetch-Site", "cross-site"}}) == 403);
  CHECK(status({{"Sec-Fetch-Site", "same-site"}}) == 403);
  CHECK(status({{"Origin", "https://legwork.example"}}) == 403);
  CHECK(status({{"Origin", "null"}}) == 403);
}

TEST_CASE("the server says what it can do", "[operation]") {
  const Server server;
  const auto get = [&](const std::string& path) {
    Request request;
    request.method = "GET";
    request.path = path;
    return server.call(std::move(request)).body;
  };
  const auto capability = get("/fhir/metadata");
  CHECK(holds(capability, "\"CapabilityStatement\""));
  const std::string definition =
      "https://legwork.example.org/fhir/OperationDefinition/heavy-legs-report";
  CHECK(holds(capability, definition));
  const auto operation_definition = get("/fhir/OperationDefinition/heavy-legs-report");
  CHECK(holds(operation_definition, definition));
  CHECK(holds(operation_definition, "patient.es"));
}
