#include "tests/fhir/sample.hpp"

#include <catch2/catch.hpp>

#include <simdjson.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

using namespace legwork;
using namespace legwork::fhir;
using namespace legwork::fhir::sample;

namespace {
const std::filesystem::path source = LEGWORK_SOURCE_DIR;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  if (!std::filesystem::exists(folder)) return found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) found.push_back(entry);
  std::sort(found.begin(), found.end());
  return found;
}

/// The entries of a Bundle, each as JSON.
std::vector<std::string> entries_of(const std::string& bundle_text) {
  simdjson::dom::parser parser;
  std::vector<std::string> entries;
  for (const auto entry : parser.parse(bundle_text)["entry"].get_array()) {
    entries.push_back(simdjson::to_string(entry));
  }
  return entries;
}

std::string bundle_of(const std::vector<std::string>& entries) {
  std::string text = R"({"resourceType":"Bundle","entry":[)";
  for (const std::string& entry : entries) text.append(&entry == &entries[0] ? "" : ",") += entry;
  return text + "]}";
}

/// A chart without the places of what has no id: they tell the order, and only the order.
Chart without_places(Chart chart) {
  for (Note& note : chart.notes) {
    if (note.reference.starts_with("Bundle.entry[")) note.reference = "Bundle.entry";
  }
  return chart;
}

void check_any_order(const std::string& text) {
  std::vector<std::string> entries = entries_of(text);
  const Chart expected = without_places(chart(bundle_of(entries)));
  std::mt19937 random(42);
  for (int round = 0; round < 5; ++round) {
    std::shuffle(entries.begin(), entries.end(), random);
    CHECK(without_places(chart(bundle_of(entries))) == expected);
  }
}
}  // namespace

TEST_CASE("the order of a Bundle's entries never changes the chart", "[fhir]") {
  check_any_order(text_of(source / "tests/fuzz/corpus/fhir_json/bundle.json"));
}

TEST_CASE("JSON and XML of the same resources give the same chart", "[fhir]") {
  const Chart from_json = chart(text_of(source / "tests/fuzz/corpus/fhir_json/bundle.json"));
  CHECK(from_json == chart(text_of(source / "tests/fuzz/corpus/fhir_xml/bundle.xml")));
  CHECK(from_json == chart(text_of(source / "tests/fuzz/corpus/fhir_json/bundle-pretty.json")));
  CHECK(from_json.medications.size() == 3);
  CHECK(from_json.measurements.size() == 3);
  CHECK(from_json.conditions.size() == 4);
  CHECK(from_json.procedures.size() == 1);
  CHECK(from_json.answers.size() == 2);
  CHECK(from_json.no_known_allergies);
}

TEST_CASE("real charts read the same in JSON, in XML and in any order", "[fhir]") {
  const auto xml_files = files_in(source / "../shared/data/charts-xml");
  if (xml_files.empty()) {
    WARN("skipped: ../shared/data is not here");
    return;
  }
  for (const auto& path : xml_files) {
    CAPTURE(path);
    const auto json = source / "../shared/data/charts" / path.filename().replace_extension(".json");
    const Chart from_json = chart(text_of(json));
    CHECK(from_json == chart(text_of(path)));
    CHECK_FALSE(from_json.measurements.empty());
    CHECK(from_json.resources_unreadable == 0);
    check_any_order(text_of(json));
  }
}

TEST_CASE("a chart cut short at any byte is malformed, and does no harm", "[fhir]") {
  const auto file = GENERATE(as<std::string>{}, "fhir_json/bundle.json",
                             "fhir_json/bundle-pretty.json", "fhir_xml/bundle.xml");
  const std::string text = text_of(source / "tests/fuzz/corpus" / file);
  std::size_t accepted = 0;
  for (std::size_t size = 0; size < text.size(); ++size) {
    const std::vector<char> cut(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size));
    const auto refused = read({cut.data(), cut.size()});  // no byte behind it may be touched
    accepted += refused.has_value();
    if (!refused && refused.error().kind != ErrorKind::malformed) {
      CAPTURE(size, refused.error().what);
      CHECK(refused.error().kind == ErrorKind::malformed);
    }
  }
  CHECK(accepted == 0);
}

TEST_CASE("what is nested deeper than FHIR ever is does no harm", "[fhir]") {
  const std::size_t deep = 1'000'000;
  const auto nested = [&](std::string_view open, std::string_view close) {
    std::string text;
    for (std::size_t i = 0; i < deep; ++i) text += open;
    for (std::size_t i = 0; i < deep; ++i) text += close;
    return text;
  };
  const auto what = [](const std::string& text) {
    const auto refused = read(text);
    return refused ? std::string("taken") : refused.error().what;
  };
  CHECK(what(std::string(deep, '[')) == "JSON is cut short");
  CHECK(what(nested("[", "]")) == "no FHIR resource in it");
  CHECK(what(R"({"resourceType":"Patient","name":)" + nested("{\"a\":[", "]}") + "}") ==
        "nested deeper than FHIR ever is");
  CHECK(what(R"({"resourceType":"Patient","id":"p","extension":)" + nested("[", "]") + "}") ==
        "taken");
  CHECK(what("<Patient><name>" + nested("<a>", "</a>") + "</name></Patient>") ==
        "nested deeper than FHIR ever is");
  CHECK(what("<Patient><id value='p'/>" + nested("<a>", "</a>") + "</Patient>") == "taken");
}

TEST_CASE("Bundles and Parameters inside each other come to an end", "[fhir]") {
  const std::size_t deep = GENERATE(10, 100'000);
  const bool json = GENERATE(true, false);
  const auto parameters = GENERATE(true, false);
  const std::string open =
      json ? (parameters ? R"({"resourceType":"Parameters","parameter":[{"resource":)"
                         : R"({"resourceType":"Bundle","entry":[{"resource":)")
           : (parameters ? "<Parameters><parameter><resource>" : "<Bundle><entry><resource>");
  const std::string close =
      json ? "}]}"
           : (parameters ? "</resource></parameter></Parameters>" : "</resource></entry></Bundle>");
  std::string text;
  for (std::size_t i = 0; i < deep; ++i) text += open;
  text += json ? R"({"resourceType":"Patient"})" : "<Patient/>";
  for (std::size_t i = 0; i < deep; ++i) text += close;
  const auto refused = read(text);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().what == "nested deeper than FHIR ever is");
}

TEST_CASE("a very long text is only a long text", "[fhir]") {
  const std::string words(20'000'000, 'x');
  const Chart made =
      chart(R"({"resourceType":"Patient","id":"p1","name":[{"family":")" + words + R"("}]})");
  CHECK(made.patient.family.size() == words.size());
}
