#include "plugin/fhir_client.hpp"
#include "plugin/fhir_page.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

using namespace legwork;
using namespace legwork::plugin;
using namespace legwork::press;
using namespace std::chrono_literals;

namespace {
const std::string root = "https://ehr.example.org/fhir";

/// A FHIR server as a list of pages, that remembers what it was asked.
struct Ehr {
  std::map<std::string, std::vector<Fetched>> pages;  ///< by address; the last answer stays
  std::vector<std::string> asked;
  std::size_t most_at_a_time = 0;
  bool token_left = false;  ///< the token went to another server

  void has(const std::string& path, std::string body, unsigned status = 200,
           std::optional<std::chrono::seconds> retry_after = {}) {
    pages[root + "/" + path].push_back(
        {status, "application/fhir+json", {}, retry_after, std::move(body)});
  }
  FetchAll fetch() {
    return [this](std::span<const Outgoing> requests, const Patience&) {
      most_at_a_time = std::max(most_at_a_time, requests.size());
      std::vector<Result<Fetched>> answers;
      for (const Outgoing& request : requests) answers.push_back(answer(request));
      return answers;
    };
  }
  Result<Fetched> answer(const Outgoing& request) {
    const std::string url = request.address.text();
    asked.push_back(url);
    const bool has_token = std::ranges::any_of(
        request.headers, [](const Header& h) { return h.value == "Bearer secret"; });
    token_left = token_left || (has_token && !url.starts_with(root + "/"));
    const auto page = pages.find(url);
    if (page == pages.end()) return Fetched{404, {}, {}, {}, {}};
    Fetched said = page->second.front();
    if (page->second.size() > 1) page->second.erase(page->second.begin());
    if (said.body.size() > request.most_bytes) {
      return refuse(ErrorKind::unavailable, "ehr.example.org",
                    "the answer is larger than it may be");
    }
    return said;
  }
};

FhirServer server() { return {read_address(root, PlainHttp::never).value(), "secret", {}}; }

std::string bundle(const std::string& entries, const std::string& next = {}) {
  const std::string link =
      next.empty() ? "" : fmt::format(R"("link":[{{"relation":"next","url":"{}"}}],)", next);
  return fmt::format(R"({{"resourceType":"Bundle","type":"searchset",{}"entry":[{}]}})", link,
                     entries);
}

std::string entry(const std::string& resource) { return R"({"resource":)" + resource + "}"; }

Patience patience() { return {std::chrono::steady_clock::now() + 30s, {}}; }

std::vector<Obtained> chart_of(Ehr& ehr, const std::vector<FhirQuery>& queries,
                               FetchBounds bounds = {}) {
  return fetch_chart(server(), queries, bounds, patience(), ehr.fetch());
}

const FhirQuery conditions{"conditions", "Condition?patient=1"};
}  // namespace

TEST_CASE("what a call did not bring along is fetched, each by its key", "[plugin]") {
  Ehr ehr;
  ehr.has("Patient/1", R"({"resourceType":"Patient","id":"1"})");
  ehr.has("Condition?patient=1", bundle(""));
  const auto all = chart_of(ehr, {{"patient", "Patient/1"}, conditions});
  REQUIRE(all.size() == 2);
  CHECK(all[0].key == "patient");
  CHECK(all[0].texts == std::vector<std::string>{R"({"resourceType":"Patient","id":"1"})"});
  CHECK(all[0].not_seen.empty());
  CHECK(all[1].key == "conditions");
  CHECK(all[1].texts == std::vector<std::string>{bundle("")});
  CHECK(ehr.most_at_a_time == 2);
}

TEST_CASE("all pages of a search are fetched, however the next is named", "[plugin]") {
  Ehr ehr;
  ehr.has("Condition?patient=1", bundle("", root + "/Condition?page=2"));
  ehr.has("Condition?page=2", bundle("", "?page=3"));
  ehr.has("Condition?page=3", bundle("", "/fhir/Condition?page=4"));
  ehr.has("Condition?page=4", bundle(""));
  const auto all = chart_of(ehr, {conditions});
  CHECK(all[0].texts.size() == 4);
  CHECK(all[0].not_seen.empty());
}

TEST_CASE("a page that a prefetch left out is fetched from where the prefetch says it is",
          "[plugin]") {
  Ehr ehr;
  ehr.has("Condition?page=2", bundle(""));
  const auto all = chart_of(ehr, {{"conditions", root + "/Condition?page=2"}});
  CHECK(all[0].texts.size() == 1);
  CHECK(all[0].not_seen.empty());
  const auto other =
      chart_of(ehr, {{"conditions", "https://evil.example.org/fhir/Condition?page=2"}});
  CHECK(other[0].texts.empty());
  CHECK(other[0].not_seen == "not asked for: it is not on the FHIR server of this call");
  CHECK_FALSE(ehr.token_left);
}

TEST_CASE("a next page elsewhere is not asked for, and never gets the token", "[plugin]") {
  const auto next = GENERATE(values<std::string>({
      "https://evil.example.org/fhir/Condition?page=2",
      "//evil.example.org/fhir/Condition?page=2",
      "http://ehr.example.org/fhir/Condition?page=2",
      "https://ehr.example.org:8443/fhir/Condition?page=2",
      "https://ehr.example.org/admin?page=2",
      "https://ehr.example.org/fhir/../admin",
      "https://ehr.example.org/fhir/%2e%2e/admin",
      "https://x@evil.example.org/fhir",
      "file:///etc/passwd",
      "gopher://127.0.0.1:6379/",
  }));
  CAPTURE(next);
  Ehr ehr;
  ehr.has("Condition?patient=1", bundle("", next));
  const auto all = chart_of(ehr, {conditions});
  CHECK(all[0].texts.size() == 1);
  CHECK(all[0].not_seen ==
        "its next page is not on the FHIR server of this call, and was not asked for");
  CHECK(ehr.asked.size() == 1);
  CHECK_FALSE(ehr.token_left);
}

TEST_CASE("pages that lead in a circle, or never end, are left", "[plugin]") {
  Ehr ehr;
  ehr.has("Condition?patient=1", bundle("", root + "/Condition?page=2"));
  ehr.has("Condition?page=2", bundle("", root + "/Condition?patient=1"));
  const auto circle = chart_of(ehr, {conditions});
  CHECK(circle[0].texts.size() == 2);
  CHECK(circle[0].not_seen == "its pages lead in a circle");

  Ehr endless;
  endless.has("Condition?patient=1", bundle("", root + "/Condition?page=0"));
  for (int at = 0; at < 50; ++at) {
    endless.has(fmt::format("Condition?page={}", at),
                bundle("", fmt::format("{}/Condition?page={}", root, at + 1)));
  }
  const auto cut = chart_of(endless, {conditions});
  CHECK(cut[0].texts.size() == 20);
  CHECK(cut[0].not_seen == "it has more than 20 pages");
}

TEST_CASE("one call fetches no more than it may, and says what is missing", "[plugin]") {
  Ehr ehr;
  for (const char* const type : {"Condition", "Procedure", "Observation"}) {
    ehr.has(fmt::format("{}?patient=1", type), bundle(entry(R"({"resourceType":"Basic"})")));
  }
  const std::vector<FhirQuery> queries{
      {"a", "Condition?patient=1"}, {"b", "Procedure?patient=1"}, {"c", "Observation?patient=1"}};
  FetchBounds bounds;
  bounds.requests = 2;
  const auto few = chart_of(ehr, queries, bounds);
  CHECK(few[0].not_seen.empty());
  CHECK(few[1].not_seen.empty());
  CHECK(few[2].not_seen == "the call has fetched as much as it may");
  bounds = {};
  bounds.bytes = 20;
  const auto small = chart_of(ehr, queries, bounds);
  CHECK(small[0].not_seen == "the FHIR server was asked, but: the answer is larger than it may be");
}

TEST_CASE("what the server refuses is not seen, and is never taken for nothing found", "[plugin]") {
  struct Row {
    unsigned status;
    std::string body, why;
  };
  const auto row = GENERATE(values<Row>({
      {401, "", "the access token is not accepted (401)"},
      {403, "", "the access token does not allow it (403)"},
      {404, "", "the FHIR server does not have it (404)"},
      {410, "", "the FHIR server does not have it (410)"},
      {429, "", "the FHIR server has too much to do (429)"},
      {400, "", "the FHIR server refused the request (400)"},
      {500, "", "the FHIR server failed (500)"},
      {302, "", "the FHIR server sends elsewhere (302), which is not followed"},
      {200, "", "the FHIR server's answer cannot be read: it is not a JSON object"},
      {200, "<html>Planted</html>",
       "the FHIR server's answer cannot be read: it is not a JSON object"},
      {200, R"({"resourceType":"Bundle","entry":[)",
       "the FHIR server's answer cannot be read: it is not a JSON object"},
      {200, R"({"entry":[]})", "the FHIR server's answer cannot be read: it is no FHIR resource"},
      {200, R"({"resourceType":"OperationOutcome","issue":[{"severity":"error"}]})",
       "the FHIR server answered with a problem instead of data"},
      {200, R"({"resourceType":"Patient","id":"Planted"})",
       "the FHIR server answered with something else than was asked for"},
  }));
  CAPTURE(row.status, row.body);
  Ehr ehr;
  ehr.has("Condition?patient=1", row.body, row.status);
  const auto all = chart_of(ehr, {conditions});
  CHECK(all[0].texts.empty());
  CHECK(all[0].not_seen == row.why);
}

TEST_CASE("a page that holds a problem is kept, and marked as perhaps not whole", "[plugin]") {
  struct Row {
    std::string severity;
    bool is_whole;
  };
  const auto row = GENERATE(
      values<Row>({{"error", false}, {"fatal", false}, {"warning", true}, {"information", true}}));
  Ehr ehr;
  ehr.has("Condition?patient=1",
          bundle(entry(
              fmt::format(R"({{"resourceType":"OperationOutcome","issue":[{{"severity":"{}"}}]}})",
                          row.severity))));
  const auto all = chart_of(ehr, {conditions});
  CHECK(all[0].texts.size() == 1);
  CHECK(all[0].not_seen.empty() == row.is_whole);
}

TEST_CASE("a server that is busy is asked again when it says, if there is time", "[plugin]") {
  Ehr ehr;
  const auto status = GENERATE(429U, 503U);
  ehr.has("Condition?patient=1", "", status, 0s);
  ehr.has("Condition?patient=1", bundle(""));
  CHECK(chart_of(ehr, {conditions})[0].not_seen.empty());
  CHECK(ehr.asked.size() == 2);

  Ehr always;
  always.has("Condition?patient=1", "", status, 0s);
  CHECK_FALSE(chart_of(always, {conditions})[0].not_seen.empty());
  CHECK(always.asked.size() == 3);

  Ehr later;
  later.has("Condition?patient=1", "", status, 7200s);
  CHECK_FALSE(chart_of(later, {conditions})[0].not_seen.empty());
  CHECK(later.asked.size() == 1);
}

TEST_CASE("a query cannot leave the FHIR server, nor a token break out of its header", "[plugin]") {
  Ehr ehr;
  for (const char* const query :
       {"../admin", "Condition/../../admin", "//evil.example.org/x", "a b",
        "Patient/1\r\nHost: evil.example.org", "Patient/%2e%2e/x"}) {
    CAPTURE(query);
    const auto all = chart_of(ehr, {{"x", query}});
    CHECK_FALSE(all[0].not_seen.empty());
    for (const auto& url : ehr.asked) CHECK(url.starts_with(root + "/"));
  }
  auto other = server();
  other.token = "secret\r\nX-Admin: 1";
  ehr.asked.clear();
  const auto all = fetch_chart(other, std::vector{conditions}, {}, patience(), ehr.fetch());
  CHECK(all[0].not_seen == "the access token cannot be sent");
  CHECK(ehr.asked.empty());
}

TEST_CASE("a query that the vendor would not take is not asked, and said so", "[plugin]") {
  Ehr ehr;
  auto epic = server();
  epic.vendor.name = "Epic";
  epic.vendor.needs = {{"Observation", {"category", "code"}}};
  const auto all = fetch_chart(epic, std::vector<FhirQuery>{{"symptoms", "Observation?patient=1"}},
                               {}, patience(), ehr.fetch());
  CHECK(all[0].not_seen == "Epic takes this search only with one of category, code");
  CHECK(ehr.asked.empty());
}

TEST_CASE("only a FHIR server that is listed for the client is asked", "[plugin]") {
  Config config;
  config.listen = "0.0.0.0:8443";
  ClientConfig north;
  north.name = "north";
  north.fhir_servers = {"https://ehr.example.org/fhir/"};
  ClientConfig south;
  south.name = "south";
  south.fhir_servers = {"https://south.example.org/fhir"};
  config.clients = {north, south};
  struct Row {
    std::string fhir_server;
    bool allowed;
  };
  const auto row = GENERATE(values<Row>({
      {"https://ehr.example.org/fhir", true},
      {"https://ehr.example.org/fhir/", true},
      {"https://ehr.example.org/fhir//", false},
      {"https://south.example.org/fhir", false},
      {"https://ehr.example.org/fhir/other", false},
      {"https://ehr.example.org/fhir?x=https://ehr.example.org/fhir", false},
      {"https://ehr.example.org/", false},
      {"https://ehr.example.org.evil.example.org/fhir", false},
      {"https://ehr.example.org@evil.example.org/fhir", false},
      {"http://ehr.example.org/fhir", false},
      {"http://127.0.0.1/fhir", false},
      {"http://169.254.169.254/latest/meta-data", false},
      {"file:///etc/passwd", false},
      {"", false},
  }));
  CAPTURE(row.fhir_server);
  const auto address = allowed_server(config, {"north", ""}, row.fhir_server);
  CHECK(address.has_value() == row.allowed);
  if (address) CHECK(address->text() == root);
  if (!address) CHECK(address.error().where == "fhirServer");
  CHECK_FALSE(allowed_server(config, {"", ""}, row.fhir_server));
}

TEST_CASE("without configured clients only this machine is asked", "[plugin]") {
  const Config config;
  CHECK(allowed_server(config, {}, "http://127.0.0.1:8090/fhir"));
  CHECK(allowed_server(config, {}, "http://localhost:8090/fhir/"));
  CHECK_FALSE(allowed_server(config, {}, "http://10.0.0.7/fhir"));
  CHECK_FALSE(allowed_server(config, {}, "https://ehr.example.org/fhir"));
}

TEST_CASE("drugs that orders only refer to are named where they are not supplied", "[plugin]") {
  const auto order = [](const std::string& reference) {
    return entry(fmt::format(
        R"({{"resourceType":"MedicationRequest","medicationReference":{{"reference":"{}"}}}})",
        reference));
  };
  const std::string orders = bundle(
      order("Medication/a") + "," + order("Medication/a") + "," + order("Medication/b/_history/2") +
      "," + order(root + "/Medication/c") + "," + order("Medication/held") + "," +
      order("#inside") + "," + order("urn:uuid:0c1f") + "," +
      order("https://other.example.org/fhir/Medication/x") + "," + order("Medication/../Patient") +
      "," + order("Medication/a?x=1") + "," + order("Medication/..") + "," +
      entry(
          R"({"resourceType":"MedicationStatement","medication":{"reference":{"reference":"Medication/r5"}}})"));
  const std::string held = entry(R"({"resourceType":"Medication","id":"held"})");
  const std::string single =
      R"({"resourceType":"MedicationRequest","medicationReference":{"reference":"Medication/s"}})";
  const std::string more = bundle(held);
  const std::vector<std::string_view> texts{orders, more, single, "not JSON"};
  CHECK(missing_medications(texts, server().base) ==
        std::vector<std::string>{"a", "b", "c", "r5", "s"});
}

TEST_CASE("drugs that orders refer to are fetched in the vendor's way", "[plugin]") {
  const auto drug = [](const std::string& id) {
    return fmt::format(R"({{"resourceType":"Medication","id":"{}"}})", id);
  };
  Ehr ehr;
  ehr.has("Medication?_id=a,b,c&_count=20", bundle(entry(drug("a"))));
  for (const char* const id : {"a", "b"}) ehr.has(fmt::format("Medication/{}", id), drug(id));
  const std::vector<std::string> ids{"a", "b", "c"};
  auto ehr_server = server();

  ehr_server.vendor.medications = MedicationAccess::search;
  const auto searched = fetch_medications(ehr_server, ids, {}, patience(), ehr.fetch());
  CHECK(searched.texts.size() == 2);
  CHECK(searched.not_seen ==
        "1 of 3 drugs that orders refer to: the FHIR server does not have it (404)");
  CHECK(ehr.asked == std::vector<std::string>{root + "/Medication?_id=a,b,c&_count=20",
                                              root + "/Medication/b", root + "/Medication/c"});

  ehr.asked.clear();
  ehr_server.vendor.medications = MedicationAccess::read;
  const auto read = fetch_medications(ehr_server, std::vector<std::string>{"a", "b"}, {},
                                      patience(), ehr.fetch());
  CHECK(read.not_seen.empty());
  CHECK(ehr.asked == std::vector<std::string>{root + "/Medication/a", root + "/Medication/b"});
}

TEST_CASE("many drugs are fetched in bounded batches", "[plugin]") {
  Ehr ehr;
  std::vector<std::string> ids;
  for (int at = 0; at < 120; ++at) ids.push_back("m" + std::to_string(at));
  auto ehr_server = server();
  ehr_server.vendor.medications = MedicationAccess::read;
  FetchBounds bounds;
  bounds.requests = 1000;
  const auto all = fetch_medications(ehr_server, ids, bounds, patience(), ehr.fetch());
  CHECK(ehr.asked.size() == 100);
  CHECK(all.not_seen ==
        "120 of 120 drugs that orders refer to: the FHIR server does not have it (404)");
}
