#include "publish/fhir_export.hpp"

#include "tests/publish/exported.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace legwork;
using namespace legwork::tests;
using publish::Json;

namespace {
using Route = fhir::Medication::Route;

/// "system code" of each code and each filter's value that a set lists itself.
std::set<std::string> codes_in(const Json& value_set) {
  std::set<std::string> found;
  for (const Json& include : value_set.find("compose")->find("include")->values()) {
    const std::string system = text_of(include, "system");
    for (const auto* list : {"concept", "filter"}) {
      const Json* items = include.find(list);
      if (items == nullptr) continue;
      for (const Json& item : items->values()) {
        const bool prefix = std::string(list) == "filter";
        found.insert(system + ' ' + text_of(item, prefix ? "value" : "code") + (prefix ? "…" : ""));
      }
    }
  }
  return found;
}

/// The cough pack with one more concept, "extra", that has these codes.
causes::Pack with_codes(const std::string& codes) {
  auto files = pack_files("tests/packs/cough");
  replace(files, "knowledge.xml", "</concepts>",
          "<concept id=\"extra\" kind=\"medication\" label=\"extra\" is-a=\"steroid\">" + codes +
              "</concept></concepts>");
  return read(files);
}

std::string compose(const causes::Pack& pack, const std::string& id) {
  return publish::to_text(*find(exported(pack), "ValueSet", id).body.find("compose"));
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}
}  // namespace

TEST_CASE("Every concept that has codes is a value set of exactly these", "[publish]") {
  const auto& pack = heavy_legs();
  const auto made = exported(pack);
  std::size_t sets = 0;
  for (const auto& of : pack.concepts) {
    for (const bool local : {false, true}) {
      std::set<std::string> expected;
      for (const auto& code : of.codes) {
        if ((code.route == Route::local) != local) continue;
        // What is no code of its own is found by how codes begin.
        const bool by_text = code.prefix && (code.code.size() == 2 || code.code.size() == 6) &&
                             code.code.find('.') == std::string::npos;
        expected.insert(code.system + ' ' + (by_text ? '^' + code.code + ".*" : code.code) +
                        (code.prefix ? "…" : ""));
      }
      if (expected.empty()) continue;
      CAPTURE(of.id, local);
      CHECK(
          codes_in(find(made, "ValueSet", "heavy-legs-" + of.id + (local ? ".local" : "")).body) ==
          expected);
      ++sets;
    }
  }
  CHECK(sets > 300);
}

TEST_CASE("A wider concept includes the sets of those directly below it", "[publish]") {
  const auto& pack = heavy_legs();
  const std::string base = "https://legwork.example.org/fhir/ValueSet/heavy-legs-";
  const std::string version = '|' + pack.provenance.pack_version;
  const std::string blockers = compose(pack, "heavy-legs-calcium-channel-blocker");
  CHECK(holds(blockers, base + "dihydropyridine" + version));
  CHECK_FALSE(holds(blockers, base + "amlodipine" + version));
  CHECK(holds(compose(pack, "heavy-legs-dihydropyridine"), base + "amlodipine" + version));
  CHECK(holds(compose(pack, "heavy-legs-diuretic"),
              base + "potassium-losing-diuretic" + version));  // no code of its own

  const auto made = exported(cough());
  CHECK(holds(compose(cough(), "cough-ace-inhibitor"), "ValueSet/cough-lisinopril|1.2.3"));
  for (const auto* resource : all(made, "ValueSet")) CHECK(resource->id != "cough-enalapril");
}

TEST_CASE("Codes of gels and inhalers stand apart from those of systemic use", "[publish]") {
  const auto pack = with_codes(
      "<codes system=\"rxnorm\">1</codes><codes system=\"rxnorm\" route=\"local\">2</codes>"
      "<codes system=\"rxnorm\" route=\"systemic\">3</codes>");
  const std::string counts = compose(pack, "cough-extra");
  const std::string local = compose(pack, "cough-extra.local");
  CHECK(holds(counts, "\"1\""));
  CHECK(holds(counts, "\"3\""));
  CHECK_FALSE(holds(counts, "\"2\""));
  CHECK(holds(local, "\"2\""));
  CHECK_FALSE(holds(local, "\"1\""));
  CHECK(holds(compose(pack, "cough-steroid.local"), "ValueSet/cough-extra.local|1.2.3"));
  CHECK_FALSE(holds(compose(pack, "cough-steroid"), "cough-extra.local"));
}

TEST_CASE("A prefix is a filter: by what is below a code, or by how codes begin", "[publish]") {
  struct Row {
    std::string_view system, prefix, property, op, value;
  };
  const auto row = GENERATE(values<Row>({
      {"atc", "C08", "concept", "is-a", "C08"},
      {"atc", "C08CA", "concept", "is-a", "C08CA"},
      {"atc", "C08CA01", "concept", "is-a", "C08CA01"},
      {"atc", "C09AA1", "code", "regex", "^C09AA1.*"},  // between two levels
      {"icd10", "I83", "concept", "is-a", "I83"},
      {"icd10cm", "I87.2", "concept", "is-a", "I87.2"},
      {"icd10cm", "C5", "code", "regex", "^C5.*"},         // between chapter and category
      {"snomed", "12.3", "code", "regex", "^12\\\\.3.*"},  // codes say nothing about their place
  }));
  CAPTURE(row.system, row.prefix);
  const auto pack = with_codes("<prefix system=\"" + std::string(row.system) + "\">" +
                               std::string(row.prefix) + "</prefix>");
  const std::string text = compose(pack, "cough-extra");
  CHECK(holds(text, "\"property\": \"" + std::string(row.property) + '"'));
  CHECK(holds(text, "\"op\": \"" + std::string(row.op) + '"'));
  CHECK(holds(text, "\"value\": \"" + std::string(row.value) + '"'));
}

TEST_CASE("A set that holds a system's codes holds the notice that the system asks for",
          "[publish]") {
  const auto made = exported(heavy_legs());
  const auto notice = [&](const std::string& type, const std::string& id) {
    return text_of(find(made, type, id).body, "copyright");
  };
  CHECK(holds(notice("ValueSet", "heavy-legs-ferritin"), "LOINC is copyright"));
  CHECK_FALSE(holds(notice("ValueSet", "heavy-legs-ferritin"), "SNOMED"));
  CHECK(holds(notice("ValueSet", "heavy-legs-leg-swelling"), "SNOMED International"));
  CHECK(holds(notice("ActivityDefinition", "heavy-legs-ferritin"), "LOINC is copyright"));
  CHECK(notice("ActivityDefinition", "heavy-legs-leg-examination").empty());
}
