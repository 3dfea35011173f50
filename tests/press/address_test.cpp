#include "press/address.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::press;

TEST_CASE("an address is read as the library that fetches it reads it", "[press]") {
  const auto address = read_address("HTTPS://EHR.Example.org:443/fhir/./r4/../r4/Patient?a=1&b=%2F",
                                    PlainHttp::never);
  REQUIRE(address);
  CHECK(address->host == "ehr.example.org");
  CHECK(address->path == "/fhir/r4/Patient");
  CHECK(address->query == "a=1&b=%2F");
  CHECK(address->text() == "https://ehr.example.org/fhir/r4/Patient?a=1&b=%2F");
  CHECK(read_address("https://ehr.example.org:8443", PlainHttp::never)->text() ==
        "https://ehr.example.org:8443/");
}

TEST_CASE("an address that may mean two things, or is not https, is refused", "[press]") {
  struct Row {
    std::string text, what;
  };
  const auto row = GENERATE(values<Row>({
      {"", "it is not an absolute web address"},
      {"ehr.example.org/fhir", "it is not an absolute web address"},
      {"//ehr.example.org/fhir", "it is not an absolute web address"},
      {"/etc/passwd", "it is not an absolute web address"},
      {"https://ehr.example.org/a b", "it is not an absolute web address"},
      {"https://ehr.example.org/a\r\nHost: x", "it is not an absolute web address"},
      {"https://ehr.example.org\\@evil.example.org/", "it is not an absolute web address"},
      {"https://ehr.example.org@evil.example.org/", "it names a user"},
      {"https://u:p@ehr.example.org/", "it names a user"},
      {"https://ehr.example.org/fhir#x", "it has a fragment"},
      {"https://ehr.example.org/fhir/%2e%2e/admin", "its path hides a dot or a slash"},
      {"https://ehr.example.org/fhir/..%2Fadmin", "its path hides a dot or a slash"},
      {"https://ehr.example.org/fhir/..%5Cadmin", "its path hides a dot or a slash"},
      {"http://ehr.example.org/fhir", "it is not https"},
      {"ftp://ehr.example.org/fhir", "it is not https"},
      {"file:///etc/passwd", "it has no host"},
      {"gopher://127.0.0.1:6379/x", "it is not https"},
  }));
  CAPTURE(row.text);
  for (const auto plain : {PlainHttp::never, PlainHttp::to_loopback}) {
    const auto address = read_address(row.text, plain);
    REQUIRE_FALSE(address);
    CHECK(address.error().what == row.what);
  }
}

TEST_CASE("plain http is for this machine alone, however it is written", "[press]") {
  for (const char* const here :
       {"http://127.0.0.1:8080/fhir", "http://localhost/fhir", "http://[::1]:8080/fhir",
        "http://127.8.9.10/", "http://0x7f.1/"}) {
    CAPTURE(here);
    CHECK(read_address(here, PlainHttp::to_loopback));
    CHECK_FALSE(read_address(here, PlainHttp::never));
  }
  for (const char* const elsewhere :
       {"http://127.0.0.1.evil.example.org/", "http://127.example.org/",
        "http://localhost.evil.example.org/", "http://10.0.0.1/", "http://169.254.169.254/latest/",
        "http://0.0.0.0/", "http://[::ffff:10.0.0.1]/"}) {
    CAPTURE(elsewhere);
    CHECK_FALSE(read_address(elsewhere, PlainHttp::to_loopback));
  }
}

TEST_CASE("a page is followed on the same server, below its base address", "[press]") {
  const auto base = read_address("https://ehr.example.org/fhir/r4/", PlainHttp::never);
  const auto page =
      read_address("https://ehr.example.org/fhir/r4/Condition?patient=1", PlainHttp::never);
  REQUIRE((base && page));
  struct Row {
    std::string next;
    bool below;
  };
  const auto row = GENERATE(values<Row>({
      {"https://ehr.example.org/fhir/r4/Condition?page=2", true},
      {"https://ehr.example.org/fhir/r4?_getpages=1", true},
      {"?page=2", true},
      {"Condition?page=2", true},
      {"/fhir/r4/Condition?page=2", true},
      {"https://ehr.example.org:443/fhir/r4/x", true},
      {"https://evil.example.org/fhir/r4/Condition?page=2", false},
      {"https://ehr.example.org.evil.example.org/fhir/r4/", false},
      {"https://ehr.example.org:8443/fhir/r4/Condition", false},
      {"http://ehr.example.org/fhir/r4/Condition", false},
      {"//evil.example.org/fhir/r4/Condition", false},
      {"https://ehr.example.org/fhir/r4evil/Condition", false},
      {"https://ehr.example.org/fhir/r4/../admin", false},
      {"../../admin", false},
      {"/admin", false},
      {"", false},
  }));
  CAPTURE(row.next);
  const auto next = resolve(*page, row.next, PlainHttp::never);
  CHECK((next && is_below(*next, *base)) == row.below);
}

TEST_CASE("a path may hide a slash only where somebody says so", "[press]") {
  const std::string text = "https://store.example.org/o/job%2FPatient.ndjson?sig=a%2Fb";
  CHECK_FALSE(read_address(text, PlainHttp::never));
  const auto taken = read_address(text, PlainHttp::never, HiddenPath::taken);
  REQUIRE(taken);
  CHECK(taken->text() == text);
  CHECK(resolve(*taken, "x%2Fy", PlainHttp::never, HiddenPath::taken)->path == "/o/x%2Fy");
}

TEST_CASE("a value for a query is encoded so that nothing in it steers", "[press]") {
  CHECK(percent_encoded("a-Z_0.9~") == "a-Z_0.9~");
  CHECK(percent_encoded("a b&c=d+e/%?#,:\xC3\xA9") == "a%20b%26c%3Dd%2Be%2F%25%3F%23%2C%3A%C3%A9");
}
