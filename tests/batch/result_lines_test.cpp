#include "batch/result_lines.hpp"

#include <catch2/catch.hpp>

using namespace legwork::batch;

namespace {
PatientResult reported() {
  PatientResult result;
  result.fate = Fate::reported;
  result.name = "3f9a";
  result.pdf = std::string("%PDF-1.4\n\0\xff", 11);
  result.assessment = R"({"value":1.50,"text":"a\"b"})";
  result.row = "0\t\"x\"";
  result.document = "{\"id\":\"d\"}\n";
  result.orders = "{\"id\":\"1\"}\n{\"id\":\"2\"}\n";
  return result;
}
}  // namespace

TEST_CASE("what came of a patient is read back as it was, numbers and all", "[result lines]") {
  const auto result = reported();
  const auto line = result_line("Patient/p1", result);
  CHECK(line.find('\n') == line.size() - 1);
  ResultReader reader;
  const auto read = reader.read(line);
  REQUIRE(read);
  CHECK(read->kind == ResultLine::Kind::patient);
  CHECK(read->key == "Patient/p1");
  CHECK(read->result.fate == Fate::reported);
  CHECK(read->result.name == result.name);
  CHECK(read->result.pdf == result.pdf);
  CHECK(read->result.assessment == result.assessment);
  CHECK(read->result.row == result.row);
  CHECK(read->result.document == result.document);
  CHECK(read->result.orders == result.orders);
}

TEST_CASE("who is rejected is told with the reason, and nothing else", "[result lines]") {
  PatientResult result;
  result.why = "there is no Patient";
  CHECK(result_line("Patient/p1", result) ==
        "{\"key\":\"Patient/p1\",\"fate\":\"rejected\",\"why\":\"there is no Patient\"}\n");
}

TEST_CASE("what records counted is handed on as it is", "[result lines]") {
  ResultReader reader;
  const auto read = reader.read(handed_on_line("lines", R"({"read":12})"));
  REQUIRE(read);
  CHECK(read->kind == ResultLine::Kind::lines);
  CHECK(read->json == R"({"read":12})");
}

TEST_CASE("what no worker wrote, or not to its end, is no result", "[result lines]") {
  ResultReader reader;
  const auto line = result_line("Patient/p1", reported());
  for (std::size_t size = 0; size + 1 < line.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(reader.read(std::string_view(line).substr(0, size)));
  }
  CHECK_FALSE(reader.read("[]"));
  CHECK_FALSE(reader.read("{}"));
  CHECK_FALSE(reader.read(R"({"key":"Patient/p1","fate":"cured"})"));
  CHECK_FALSE(reader.read(R"({"key":"Patient/p1","fate":"reported","pdf":"?"})"));
  CHECK_FALSE(reader.read(R"({"lines":{}} {"lines":{}})"));
}
