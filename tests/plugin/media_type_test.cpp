#include "plugin/media_type.hpp"

#include <array>
#include <catch2/catch.hpp>

using namespace legwork::plugin;

TEST_CASE("what is sent is what the Accept header wants most", "[plugin]") {
  static constexpr std::array<std::string_view, 4> offers = {
      "application/pdf", "application/fhir+json", "application/json", "text/html; charset=utf-8"};
  struct Row {
    std::string accept;
    std::string chosen;  // "" for none
  };
  const auto row = GENERATE(values<Row>({
      {"", "application/pdf"},
      {"*/*", "application/pdf"},
      {"application/json", "application/json"},
      {"APPLICATION/JSON", "application/json"},
      {"application/fhir+json; fhirVersion=4.0", "application/fhir+json"},
      {"text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"},
      {"application/pdf;q=0.5, application/json;q=0.9", "application/json"},
      {"application/*", "application/pdf"},
      {"application/*;q=0.9, application/pdf;q=0", "application/fhir+json"},
      {"text/*", "text/html; charset=utf-8"},
      {"image/png", ""},
      {"*/*;q=0", ""},
      {"application/json;q=none", ""},
      {",;,", ""},
  }));
  CAPTURE(row.accept);
  const auto chosen = choose(row.accept, offers);
  CHECK((chosen ? std::string(offers[*chosen]) : std::string()) == row.chosen);
}
