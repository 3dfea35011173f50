#include "tests/fhir/sample.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::fhir;
using namespace legwork::fhir::sample;
using Comparator = Quantity::Comparator;
using Absent = Measurement::Absent;

namespace {
/// A ferritin with these elements.
std::string iron(std::string_view elements) {
  return fmt::format(
      R"({{"resourceType":"Observation","id":"o1","status":"final",)"
      R"("code":{{"coding":[{{"system":"http://loinc.org","code":"2276-4"}}]}},{}}})",
      elements);
}

/// A SNOMED finding with these elements.
std::string leg_edema(std::string_view elements) {
  return fmt::format(
      R"({{"resourceType":"Observation","id":"o1","status":"final",)"
      R"("code":{{"coding":[{{"system":"http://snomed.info/sct","code":"102572006"}}]}}{}}})",
      elements);
}

Measurement only(const Chart& chart) {
  REQUIRE(chart.measurements.size() == 1);
  return chart.measurements[0];
}
Quantity number(double value, std::string unit, Comparator comparator = Comparator::equal) {
  return {value, comparator, std::nullopt, std::move(unit), false};
}
}  // namespace

TEST_CASE("a value is read in whichever type it was sent", "[fhir]") {
  struct Row {
    std::string_view elements;
    decltype(Measurement::value) value;
  };
  const auto row = GENERATE(values<Row>({
      {R"("valueQuantity":{"value":18,"unit":"ug/L"})", number(18, "ug/L")},
      {R"("valueQuantity":{"value":1.8e1,"unit":"micrograms","system":"http://unitsofmeasure.org","code":"ug/L"})",
       Quantity{18, Comparator::equal, {}, "ug/L", true}},
      {R"("valueQuantity":{"value":18,"code":"ug/L"})", number(18, "ug/L")},
      {R"("valueQuantity":{"value":18})", number(18, "")},
      {R"("valueQuantity":{"value":5,"comparator":"<","unit":"ug/L"})",
       number(5, "ug/L", Comparator::less)},
      {R"("valueQuantity":{"unit":"ug/L"})", Absent{}},
      {R"("valueInteger":18)", number(18, "")},
      {R"("valueBoolean":true)", true},
      {R"("valueString":"18 ug/L")", number(18, "ug/L")},
      {R"("valueString":"<5")", number(5, "", Comparator::less)},
      {R"("valueString":"<= 5 ng/mL")", number(5, "ng/mL", Comparator::less_or_equal)},
      {"\"valueString\":\"\u2265 5 \u00B5g/L\"",
       number(5, "\u00B5g/L", Comparator::greater_or_equal)},
      {R"("valueString":"4.5 10*3/uL")", number(4.5, "10*3/uL")},
      {R"("valueString":"negative")", false},
      {R"("valueString":"HAEMOLYSED")", "HAEMOLYSED"},
      {R"("valueString":"1:160")", "1:160"},
      {R"("valueString":"120/80")", "120/80"},
      {R"("valueString":"12,3 ug/L")", "12,3 ug/L"},
      {R"("valueString":"2+")", "2+"},
      {R"("valueString":"18 ug/L, low")", "18 ug/L, low"},
      {R"("valueString":"infinite")", "infinite"},
      {R"("valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"52101004"}]})",
       true},
      {R"("valueCodeableConcept":{"text":"Negative"})", false},
      {R"("valueCodeableConcept":{"text":"see note"})", "see note"},
      {R"("valueRange":{"low":{"value":10,"unit":"ug/L"},"high":{"value":20,"unit":"ug/L"}})",
       Quantity{10, Comparator::equal, 20, "ug/L", false}},
      {R"("valueRange":{"high":{"value":20,"unit":"ug/L"}})",
       number(20, "ug/L", Comparator::less_or_equal)},
      {R"("valueRatio":{"numerator":{"value":60,"unit":"mg"},"denominator":{"value":2,"unit":"g"}})",
       number(30, "mg/g")},
      {R"("valueRatio":{"numerator":{"value":1},"denominator":{"value":160}})", "1:160"},
      {R"("dataAbsentReason":{"coding":[{"code":"not-performed"}]})", Absent{"not-performed"}},
      {R"("valueSampledData":{"data":"1 2 3"})", Absent{}},
      {R"("note":[{"text":"no value at all"}])", Absent{}},
  }));
  CAPTURE(row.elements);
  const Measurement made = only(chart_with({iron(row.elements)}));
  CHECK(made.value == row.value);
  CHECK(made.id == ferritin);
}

TEST_CASE("a number as text in a Quantity is damage, not a number", "[fhir]") {
  const auto value = GENERATE(as<std::string>{}, R"("18")", R"("eighteen")", "true", "{}", "1e999");
  CAPTURE(value);
  const Chart made = chart_with({iron(fmt::format(R"("valueQuantity":{{"value":{}}})", value))});
  CHECK(made.measurements.empty());
  CHECK(notes_on(made, "Observation/o1") == "valueQuantity.value is not a number; left out");
}

TEST_CASE("the status of an observation decides whether it counts", "[fhir]") {
  struct Row {
    std::string status;
    bool counts, preliminary;
    std::string_view note;
  };
  const auto row = GENERATE(values<Row>({
      {"final", true, false, ""},
      {"amended", true, false, ""},
      {"corrected", true, false, ""},
      {"unknown", true, false, ""},
      {"preliminary", true, true, ""},
      {"registered", false, false, ""},
      {"cancelled", false, false, ""},
      {"entered-in-error", false, false, "entered in error; left out"},
  }));
  CAPTURE(row.status);
  const Chart made = chart_with({fmt::format(
      R"({{"resourceType":"Observation","id":"o1","status":"{}","code":{{"text":"Ferritin"}},"valueInteger":18}})",
      row.status)});
  CHECK(made.measurements.size() == (row.counts ? 1u : 0u));
  CHECK(notes_on(made, "Observation/o1") == row.note);
  if (row.counts) {
    CHECK(only(made).preliminary == row.preliminary);
    CHECK(only(made).matched_by == MatchedBy::name);
  }
}

TEST_CASE("the date is when the sample was taken, and when reported only for want of it",
          "[fhir]") {
  struct Row {
    std::string_view elements, date;
  };
  const auto row = GENERATE(values<Row>({
      {R"("effectiveDateTime":"2026-10-30T23:30:00+09:00","issued":"2026-11-02T10:00:00Z")",
       "2026-10-30"},
      {R"("effectiveInstant":"2026-10-30T23:30:00.123Z")", "2026-10-30"},
      {R"("effectivePeriod":{"start":"2026-10-29","end":"2026-10-30"})", "2026-10-29/2026-10-30"},
      {R"("effectivePeriod":{"start":"2026-10-29"})", "2026-10-29"},
      {R"("effectiveDateTime":"2026")", "2026"},
      {R"("issued":"2026-11-02T10:00:00Z")", "2026-11-02"},
  }));
  CAPTURE(row.elements);
  const Measurement made =
      only(chart_with({iron(fmt::format(R"({},"valueInteger":1)", row.elements))}));
  REQUIRE(made.date);
  CHECK(iso(*made.date) == row.date);
}

TEST_CASE("components have their own codes and values, and share the date", "[fhir]") {
  const Chart made =
      chart_with({R"({"resourceType":"Observation","id":"bp","effectiveDateTime":"2026-10-30",
      "code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},
      "component":[
        {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":120,"unit":"mm[Hg]"}},
        {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":80}}]})"});
  const Measurement systolic_pressure = only(made);
  CHECK(systolic_pressure.id == systolic);
  CHECK(iso(*systolic_pressure.date) == "2026-10-30");
  CHECK(systolic_pressure.reference == "Observation/bp");
}

TEST_CASE("a panel that only holds others is no measurement", "[fhir]") {
  CHECK(chart_with({iron(R"("hasMember":[{"reference":"Observation/x"}])")}).measurements.empty());
  CHECK(chart_with({iron(R"("component":[{"code":{"text":"x"}}])")}).measurements.empty());
}

TEST_CASE("several codes for one thing give one measurement", "[fhir]") {
  const Chart made = chart_with({R"({"resourceType":"Observation","id":"o1","valueInteger":18,
      "code":{"coding":[{"system":"urn:oid:1.2.3","code":"FERR"},{"system":"http://loinc.org","code":"2276-4"},
                        {"system":"http://loinc.org/","code":"2276-4"}],"text":"Ferritin"}})"});
  CHECK(only(made).matched_by == MatchedBy::code);
}

TEST_CASE("the laboratory's range counts where it is for everybody and in the value's unit",
          "[fhir]") {
  struct Row {
    std::string_view ranges;
    std::optional<Measurement::Limits> limits;
  };
  const auto row = GENERATE(values<Row>({
      {R"([{"low":{"value":15,"unit":"ug/L"},"high":{"value":150,"unit":"ug/L"}}])",
       Measurement::Limits{15, 150}},
      {R"([{"high":{"value":150}}])", Measurement::Limits{std::nullopt, 150}},
      {R"([{"appliesTo":[{"text":"pregnant"}],"low":{"value":5}},{"low":{"value":15}}])",
       Measurement::Limits{15, std::nullopt}},
      {R"([{"type":{"coding":[{"code":"treatment"}]},"low":{"value":50}}])", std::nullopt},
      {R"([{"low":{"value":15,"unit":"ng/dL"}}])", std::nullopt},
      {R"([{"text":"15 to 150"}])", std::nullopt},
  }));
  CAPTURE(row.ranges);
  const Measurement made = only(chart_with({iron(fmt::format(
      R"("valueQuantity":{{"value":18,"unit":"ug/L"}},"referenceRange":{})", row.ranges))}));
  CHECK(made.limits == row.limits);
}

TEST_CASE("the interpretation is kept as sent, in R4's list or STU3's single concept", "[fhir]") {
  const auto shape =
      GENERATE(as<std::string>{}, R"([{"coding":[{"code":"L"}]}])", R"({"coding":[{"code":"L"}]})");
  CHECK(only(chart_with({iron(R"("valueInteger":1,"interpretation":)" + shape)})).interpretation ==
        "L");
}

TEST_CASE("a finding as the code is a condition: there, denied, or not said", "[fhir]") {
  struct Row {
    std::string_view elements;
    std::optional<Condition::Certainty> certainty;
  };
  using enum Condition::Certainty;
  const auto row = GENERATE(values<Row>({
      {"", confirmed},
      {R"(,"valueBoolean":true)", confirmed},
      {R"(,"valueString":"yes")", confirmed},
      {R"(,"valueBoolean":false)", refuted},
      {R"(,"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"2667000"}]})",
       refuted},
      {R"(,"valueString":"see note")", std::nullopt},
      {R"(,"valueQuantity":{"value":2})", std::nullopt},
      {R"(,"dataAbsentReason":{"coding":[{"code":"asked-declined"}]})", std::nullopt},
  }));
  CAPTURE(row.elements);
  const Chart made = chart_with({leg_edema(row.elements)});
  REQUIRE(made.conditions.size() == (row.certainty ? 1u : 0u));
  if (!row.certainty) return;
  CHECK(made.conditions[0].id == edema);
  CHECK(made.conditions[0].certainty == *row.certainty);
  CHECK(made.conditions[0].origin == Condition::Origin::observation);
}

TEST_CASE("a finding known by name only needs an outspoken yes or no", "[fhir]") {
  const auto read = [](std::string_view value) {
    return chart_with({fmt::format(
        R"({{"resourceType":"Observation","id":"o1","code":{{"text":"Leg edema score"}}{}}})",
        value)});
  };
  CHECK(read("").conditions.empty());
  CHECK(read(R"(,"valueInteger":0)").conditions.empty());
  CHECK(read(R"(,"valueBoolean":true)").conditions.size() == 1);
}

TEST_CASE("a finding as the value is a condition, unless it is somebody else's", "[fhir]") {
  const auto read = [](std::string_view code) {
    return chart_with({fmt::format(
        R"({{"resourceType":"Observation","id":"o1","status":"preliminary","effectiveDateTime":"2026-10-30",
            "code":{{"text":"{}"}},"valueCodeableConcept":{{"coding":[{{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"I82.401"}}]}}}})",
        code)});
  };
  const Chart found = read("Physical finding");
  REQUIRE(found.conditions.size() == 1);
  CHECK(found.conditions[0].id == thrombosis);
  CHECK(found.conditions[0].side == Condition::Side::right);
  CHECK(found.conditions[0].certainty == Condition::Certainty::suspected);
  CHECK(iso(*found.conditions[0].recorded) == "2026-10-30");
  CHECK(read("Family history of disease").conditions.empty());
}

TEST_CASE("observations contained in a report are read", "[fhir]") {
  const Chart made = chart_with(
      {R"({"resourceType":"DiagnosticReport","id":"r1","status":"final","code":{"text":"labs"},
      "contained":[{"resourceType":"Observation","id":"o1","status":"final","effectiveDateTime":"2026-10-30",
          "code":{"coding":[{"system":"http://loinc.org","code":"2276-4"}]},"valueInteger":18},
        {"resourceType":"Observation","id":"o2","status":"entered-in-error",
          "code":{"coding":[{"system":"http://loinc.org","code":"2276-4"}]},"valueInteger":9}]})"});
  CHECK(only(made).reference == "DiagnosticReport/r1#o1");
}

TEST_CASE("A site's own code is told from the pack's, which goes before it", "[observation]") {
  Vocabulary made = vocabulary();
  const SystemId site = made.add_system("urn:x");
  made.add_code(site, "F",
                {.id = ferritin, .kind = Kind::observation, .matched_by = MatchedBy::site_code});
  made.add_code(site, "H",
                {.id = hemoglobin, .kind = Kind::observation, .matched_by = MatchedBy::site_code});
  const auto by = [&](std::string_view codings) {
    const std::string text = bundle(
        {R"({"resourceType":"Observation","id":"o","status":"final","code":{"text":"ferritin","coding":[)" +
         std::string(codings) + R"(]},"valueQuantity":{"value":18,"unit":"ug/L"}})"});
    const Input input{"chart.json", text};
    std::vector<std::pair<ConceptId, MatchedBy>> found;
    const auto read = read_chart({&input, 1}, made);
    for (const auto& one : read->measurements) {
      found.emplace_back(one.id, one.matched_by);
    }
    return found;
  };
  using Found = std::vector<std::pair<ConceptId, MatchedBy>>;
  const std::string loinc_code = R"({"system":"http://loinc.org","code":"2276-4"})";
  CHECK(by(R"({"system":"urn:x","code":"F"})") == Found{{ferritin, MatchedBy::site_code}});
  CHECK(by(R"({"system":"urn:x","code":"F"},)" + loinc_code) == Found{{ferritin, MatchedBy::code}});
  CHECK(by(R"({"system":"urn:x","code":"H"},)" + loinc_code) ==
        Found{{ferritin, MatchedBy::code}, {hemoglobin, MatchedBy::site_code}});
  CHECK(by("") == Found{{ferritin, MatchedBy::name}});
}
