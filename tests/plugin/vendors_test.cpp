#include "plugin/vendors.hpp"
#include "press/data.hpp"
#include "press/io.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

using namespace legwork;
using namespace legwork::plugin;

namespace {
std::string data() { return press::find_data().value(); }

std::string refusal(std::string_view json) {
  const auto vendor = read_vendor(json, "x.json");
  return vendor ? std::string() : vendor.error().what;
}
}  // namespace

TEST_CASE("every vendor's file can be read, and gives a source for all that it says", "[plugin]") {
  static constexpr std::string_view endings[] = {".json"};
  const auto files = press::files_in(data() + "/vendors", endings);
  REQUIRE(files);
  CHECK(files->size() >= 7);
  for (const std::string& file : *files) {
    CAPTURE(file);
    const auto vendor = load_vendor(data(), std::filesystem::path(file).stem().string());
    if (!vendor) FAIL(vendor.error().where << ": " << vendor.error().what);
    // Larger inline attachments break FHIR's limit of 1 MB for a string.
    CHECK(vendor->inline_bytes <= 786'432);
    CHECK(vendor->inline_bytes > 100'000);
  }
}

TEST_CASE("the vendors that are named in the manual are there", "[plugin]") {
  for (const char* const name :
       {"epic", "oracle", "athena", "medplum", "hapi", "openemr", "generic", ""}) {
    CAPTURE(name);
    CHECK(load_vendor(data(), name));
  }
  CHECK_FALSE(load_vendor(data(), "no-such"));
  CHECK_FALSE(load_vendor(data(), "../vendors/epic"));
}

TEST_CASE("a document goes to a vendor in a form that it takes", "[plugin]") {
  const auto first = [](const char* name) {
    return load_vendor(data(), name)->document_types.front();
  };
  CHECK(first("oracle") == "application/pdf");
  CHECK(first("athena") == "text/rtf");
  const auto athena = load_vendor(data(), "athena")->document_types;
  CHECK(std::ranges::find(athena, "application/pdf") == athena.end());
}

TEST_CASE("a vendor's file that is wrong is refused with what is wrong", "[plugin]") {
  CHECK(refusal("[]") == "not a JSON object");
  CHECK(refusal("{") == "not a JSON object");
  CHECK(refusal(R"({"documentTypes":["text/plain"],"sources":{"documentTypes":"x"}})") ==
        "name is absent");
  CHECK(refusal(R"({"name":"X"})") == "documentTypes is absent");
  CHECK(refusal(R"({"name":"X","documentTypes":["text/plain"]})") ==
        "sources says nothing about documentTypes");
  CHECK(refusal(R"({"name":"X","mostCont":5})") == "mostCont is not a member of a vendor's file");
  CHECK(refusal(R"({"name":"X","medications":"guess"})") ==
        "medications is none of include, search, read");
  CHECK(refusal(R"({"name":"X","mostCount":"5"})") == "mostCount is not a number");
  CHECK(refusal(R"({"name":7})") == "name is not a text");
  CHECK(
      refusal(
          R"({"name":"X","documentTypes":["text/plain"],"sources":{"documentTypes":"x"},"unverified":["headers"]})") ==
      "unverified names headers, which is not in the file");
}

TEST_CASE("a query is made to fit the vendor, and is not asked where it cannot fit", "[plugin]") {
  Vendor vendor;
  vendor.name = "X";
  vendor.medications = MedicationAccess::include;
  vendor.most_count = 100;
  vendor.needs = {{"Observation", {"category", "code"}}};
  struct Row {
    std::string query, fitted;
  };
  const auto row = GENERATE(values<Row>({
      {"Patient/1", "Patient/1"},
      {"Condition?patient=1&_count=200", "Condition?patient=1&_count=100"},
      {"Condition?patient=1&_count=50", "Condition?patient=1&_count=50"},
      {"Condition?patient=1", "Condition?patient=1"},
      {"MedicationRequest?patient=1",
       "MedicationRequest?patient=1&_include=MedicationRequest:medication"},
      {"MedicationRequest?patient=1&_include=x", "MedicationRequest?patient=1&_include=x"},
      {"Observation?patient=1&category=laboratory", "Observation?patient=1&category=laboratory"},
      {"Observation?patient=1&code:in=x", "Observation?patient=1&code:in=x"},
      {"Observation?patient=1&categoryx=laboratory", ""},
      {"Observation?patient=1", ""},
  }));
  CAPTURE(row.query);
  const auto query = fitted(vendor, row.query);
  CHECK(query.value_or("") == row.fitted);
  if (!query) CHECK(query.error().what == "X takes this search only with one of category, code");
}
