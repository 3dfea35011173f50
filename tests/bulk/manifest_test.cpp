#include "bulk/manifest.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::bulk;
namespace json = boost::json;

namespace {
using Pages = std::vector<std::string>;

Result<Manifest> read(const Pages& pages) {
  const auto job =
      press::read_address("https://ehr.example.org/fhir/job/1", press::PlainHttp::never);
  return read_manifest(pages, *job, press::PlainHttp::never);
}

const Pages two_pages{
    R"({"transactionTime":"2026-11-20T08:00:00Z","requiresAccessToken":true,"request":"r",
        "output":[{"type":"Condition","url":"https://store.example.org/a?sig=secret","count":3,
                   "continuesInFile":"https://store.example.org/c"},
                  {"type":"Patient","url":"../files/b"}],
        "link":[{"relation":"self","url":"x"},{"relation":"next","url":"1?page=2"}]})",
    R"({"transactionTime":"2026-11-20T08:00:00Z","requiresAccessToken":false,
        "output":[{"type":"Condition","url":"https://store.example.org/c","count":7}],
        "deleted":[{"type":"Bundle","url":"https://store.example.org/d"}],
        "error":[{"type":"OperationOutcome","url":"https://store.example.org/e"}]})"};
}  // namespace

TEST_CASE("files are called by type and number, over all pages of the manifest", "[bulk]") {
  const auto manifest = read(two_pages);
  REQUIRE(manifest);
  CHECK(manifest->transaction_time == "2026-11-20T08:00:00Z");
  std::vector<std::string> names;
  for (const auto& file : manifest->files) names.push_back(file.name);
  CHECK(names == std::vector<std::string>{"Condition.0001.ndjson", "Patient.0001.ndjson",
                                          "Condition.0002.ndjson", "deleted.0001.ndjson",
                                          "error.0001.ndjson"});
  CHECK(manifest->files[0].count == 3);
  CHECK_FALSE(manifest->files[1].count);
  CHECK(manifest->files[1].address.text() == "https://ehr.example.org/fhir/files/b");
}

TEST_CASE("each page says for its own files whether they are fetched with the token", "[bulk]") {
  const auto manifest = read(two_pages);
  REQUIRE(manifest);
  CHECK(manifest->files[0].access == Access::with_token);
  CHECK(manifest->files[2].access == Access::open);
  const auto unsaid = read({R"({"transactionTime":"t","requiresAccessToken":"true","output":[
      {"type":"Patient","url":"https://ehr.example.org/a"}]})"});
  REQUIRE(unsaid);
  CHECK(unsaid->files[0].access == Access::unsaid);
}

TEST_CASE("the folder's manifest is one page, with our names and no keys in addresses", "[bulk]") {
  const auto manifest = read(two_pages);
  REQUIRE(manifest);
  const auto text = folder_manifest(two_pages, *manifest, {{"Condition.0001.ndjson", 2}}, {});
  CHECK(json::parse(text) == json::parse(R"({
    "output":[{"type":"Condition","url":"Condition.0001.ndjson","count":3,"lines":2,
               "continuesInFile":"Condition.0002.ndjson","serverUrl":"https://store.example.org/a"},
              {"type":"Patient","url":"Patient.0001.ndjson","serverUrl":"../files/b"},
              {"type":"Condition","url":"Condition.0002.ndjson","count":7,
               "serverUrl":"https://store.example.org/c"}],
    "deleted":[{"type":"Bundle","url":"deleted.0001.ndjson","serverUrl":"https://store.example.org/d"}],
    "error":[{"type":"OperationOutcome","url":"error.0001.ndjson","serverUrl":"https://store.example.org/e"}],
    "transactionTime":"2026-11-20T08:00:00Z","requiresAccessToken":true,"request":"r"})"));
}

TEST_CASE("Bulk Data 4's outcome is an error file, and its other members stay", "[bulk]") {
  const Pages page{
      R"({"transactionTime":"t","manifestType":"m","extension":[{"url":"urn:x"}],
          "outcome":[{"url":"https://ehr.example.org/o"}]})"};
  const auto manifest = read(page);
  REQUIRE(manifest);
  CHECK(manifest->files[0].list == List::error);
  const auto written = json::parse(folder_manifest(page, *manifest, {}, "2026-11-01T00:00:00Z"));
  CHECK(written.at("since") == "2026-11-01T00:00:00Z");
  CHECK(written.at("extension").is_array());
  CHECK(written.at("outcome").at(0).at("url") == "error.0001.ndjson");
}

TEST_CASE("a type makes no path", "[bulk]") {
  const auto type = GENERATE(values<std::string>({"../../etc", "", "Patient/x", "a.b"}));
  const auto manifest =
      read({R"({"transactionTime":"t","output":[{"type":")" + type + R"(","url":"/f"}]})"});
  REQUIRE(manifest);
  CHECK(manifest->files[0].name == "output.0001.ndjson");
}

TEST_CASE("the next page is the link of that relation", "[bulk]") {
  CHECK(next_page(two_pages[0]) == "1?page=2");
  CHECK(next_page(two_pages[1]) == "");
  CHECK(next_page(R"({"link":[7,{"relation":"next"}]})") == "");
  CHECK_FALSE(next_page("<html>"));
}

TEST_CASE("a manifest that cannot be followed is refused, without what it quotes", "[bulk]") {
  struct Row {
    std::string page;
    ErrorKind kind;
    std::string what;
  };
  const auto row = GENERATE(values<Row>({
      {"[]", ErrorKind::malformed, "is no JSON object"},
      {"{}", ErrorKind::malformed, "has no transactionTime"},
      {R"({"transactionTime":"t","output":[{"type":"Patient"}]})", ErrorKind::malformed,
       "names a file without its address"},
      {R"({"transactionTime":"t","output":[3]})", ErrorKind::malformed,
       "names a file without its address"},
      {R"({"transactionTime":"t","output":[{"url":"http://ehr.example.org/Brightwater"}]})",
       ErrorKind::unsupported, "has an address that is not fetched: it is not https"},
  }));
  const auto manifest = read({row.page});
  REQUIRE_FALSE(manifest);
  CHECK(manifest.error().kind == row.kind);
  CHECK(manifest.error().what == row.what);
}
