#include "tests/fhir/sample.hpp"

#include <catch2/catch.hpp>

namespace legwork::fhir::sample {
Result<Chart> read(std::string_view text) {
  const Input input{"chart.json", text};
  return read_chart({&input, 1}, vocabulary());
}

Chart chart(std::string_view text) {
  auto read_text = read(text);
  if (!read_text) FAIL(read_text.error().where << ": " << read_text.error().what);
  return *read_text;
}

std::string bundle(std::initializer_list<std::string_view> resources) {
  std::string made =
      R"({"resourceType":"Bundle","type":"collection","entry":[)"
      R"({"resource":{"resourceType":"Patient","id":"p1","birthDate":"1964-03-09"}})";
  for (const std::string_view resource : resources) {
    made += R"(,{"resource":)";
    made += resource;
    made += "}";
  }
  return made + "]}";
}

Chart chart_with(std::initializer_list<std::string_view> resources) {
  return chart(bundle(resources));
}

std::string notes_on(const Chart& chart, std::string_view reference) {
  std::string texts;
  for (const Note& note : chart.notes) {
    if (note.reference != reference) continue;
    if (!texts.empty()) texts += "; ";
    texts += note.text;
  }
  return texts;
}
}  // namespace legwork::fhir::sample
