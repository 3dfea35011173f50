#include "tests/fhir/sample.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::fhir;
using namespace legwork::fhir::sample;

namespace {
Condition read_condition(std::string_view elements) {
  const Chart made = chart_with({fmt::format(
      R"({{"resourceType":"Condition","id":"c1","code":{{"text":"deep vein thrombosis"}}{}{}}})",
      elements.empty() ? "" : ",", elements)});
  REQUIRE(made.conditions.size() == 1);
  return made.conditions[0];
}

std::string coded(std::string_view code) {
  return fmt::format(R"({{"coding":[{{"system":"x","code":"{}"}}]}})", code);
}
}  // namespace

TEST_CASE("the clinical status says whether a condition is active", "[fhir]") {
  using enum Condition::Clinical;
  struct Row {
    std::string_view status;
    Condition::Clinical clinical;
  };
  const auto row = GENERATE(values<Row>({{"active", active},
                                         {"recurrence", active},
                                         {"relapse", active},
                                         {"inactive", inactive},
                                         {"remission", inactive},
                                         {"resolved", inactive},
                                         {"odd", unstated}}));
  CAPTURE(row.status);
  CHECK(read_condition(fmt::format(R"("clinicalStatus":{})", coded(row.status))).clinical ==
        row.clinical);
  CHECK(read_condition(fmt::format(R"("clinicalStatus":"{}")", row.status)).clinical ==
        row.clinical);
}

TEST_CASE("a condition without a status is neither active nor past", "[fhir]") {
  CHECK(read_condition("").clinical == Condition::Clinical::unstated);
  CHECK(read_condition("").certainty == Condition::Certainty::confirmed);
}

TEST_CASE("an abatement is kept as its date: whether it has come is for the day to tell",
          "[fhir]") {
  const Condition made = read_condition(
      fmt::format(R"("clinicalStatus":{},"abatementDateTime":"2025-02")", coded("active")));
  CHECK(made.clinical == Condition::Clinical::active);
  CHECK(iso(*made.abatement) == "2025-02");
}

TEST_CASE("a question mark in a diagnosis is a doubt", "[fhir]") {
  const auto certainty = [](std::string_view text) {
    const Chart made = chart_with(
        {fmt::format(R"({{"resourceType":"Condition","id":"c1","code":{{"text":"{}"}}}})", text)});
    REQUIRE(made.conditions.size() == 1);
    return made.conditions[0].certainty;
  };
  CHECK(certainty("?deep vein thrombosis") == Condition::Certainty::suspected);
  CHECK(certainty("deep vein thrombosis?") == Condition::Certainty::suspected);
  CHECK(certainty("deep vein thrombosis") == Condition::Certainty::confirmed);
}

TEST_CASE("the verification status says how sure a condition is", "[fhir]") {
  using enum Condition::Certainty;
  struct Row {
    std::string_view status;
    Condition::Certainty certainty;
  };
  const auto row = GENERATE(values<Row>({{"confirmed", confirmed},
                                         {"unconfirmed", suspected},
                                         {"provisional", suspected},
                                         {"differential", suspected},
                                         {"refuted", refuted}}));
  CAPTURE(row.status);
  CHECK(read_condition(fmt::format(R"("verificationStatus":{})", coded(row.status))).certainty ==
        row.certainty);
}

TEST_CASE("a condition in error is left out with a note", "[fhir]") {
  const Chart made = chart_with({fmt::format(
      R"({{"resourceType":"Condition","id":"c1","code":{{"text":"leg edema"}},"verificationStatus":{}}})",
      coded("entered-in-error"))});
  CHECK(made.conditions.empty());
  CHECK(notes_on(made, "Condition/c1") == "entered in error; left out");
}

TEST_CASE("onset and record dates are read in all their types", "[fhir]") {
  CHECK(iso(*read_condition(R"("onsetDateTime":"2026-09-01")").onset) == "2026-09-01");
  CHECK(iso(*read_condition(R"("onsetPeriod":{"start":"2026-08","end":"2026-09"})").onset) ==
        "2026-08");
  CHECK(iso(*read_condition(R"("onsetString":"2019")").onset) == "2019");
  CHECK_FALSE(read_condition(R"("onsetString":"childhood")").onset);
  CHECK_FALSE(read_condition(R"("onsetAge":{"value":12})").onset);
  CHECK(iso(*read_condition(R"("recordedDate":"2026-09-02")").recorded) == "2026-09-02");
  CHECK(iso(*read_condition(R"("assertedDate":"2026-09-02")").recorded) == "2026-09-02");
}

TEST_CASE("the side comes from the code, the body site or the name, and is never guessed",
          "[fhir]") {
  using enum Condition::Side;
  const auto side = [](std::string_view code, std::string_view site) {
    const Chart made = chart_with(
        {fmt::format(R"({{"resourceType":"Condition","id":"c1","code":{}{}}})", code,
                     site.empty() ? "" : fmt::format(R"(,"bodySite":[{{"text":"{}"}}])", site))});
    REQUIRE(made.conditions.size() == 1);
    return made.conditions[0].side;
  };
  const std::string_view icd =
      R"({"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"I82.401"}]})";
  CHECK(side(icd, "left leg") == right);
  CHECK(side(R"({"text":"leg edema"})", "Left lower leg") == left);
  CHECK(side(R"({"text":"leg edema"})", "left leg, right leg") == both);
  CHECK(side(R"({"text":"bilateral leg edema"})", "") == both);
  CHECK(side(R"({"text":"right leg edema"})", "") == right);
  CHECK(side(R"({"text":"leg edema"})", "") == unstated);
  CHECK(side(R"({"text":"leg edema, bright red"})", "") == unstated);
}

TEST_CASE("somebody else's illness and a denied one are not the patient's", "[fhir]") {
  const auto resource = GENERATE(
      as<std::string>{},
      R"({"resourceType":"FamilyMemberHistory","condition":[{"code":{"text":"leg edema"}}]})",
      R"({"resourceType":"Condition","id":"c","code":{"text":"Family history of deep vein thrombosis"}})",
      R"({"resourceType":"Condition","id":"c","code":{"text":"Denies leg edema"}})",
      R"({"resourceType":"ServiceRequest","id":"s","reasonCode":[{"text":"leg edema"}]})");
  CAPTURE(resource);
  CHECK(chart_with({resource}).conditions.empty());
}

TEST_CASE("a visit's reason is an active condition of its day", "[fhir]") {
  const auto visit = [](std::string_view status) {
    return chart_with({fmt::format(
        R"({{"resourceType":"Encounter","id":"e1","status":"{}","period":{{"start":"2026-10-01T09:00:00Z"}},
            "reasonCode":[{{"text":"leg edema"}},{{"text":"cough"}}]}})",
        status)});
  };
  const Chart made = visit("finished");
  REQUIRE(made.conditions.size() == 1);
  CHECK(made.conditions[0].origin == Condition::Origin::encounter);
  CHECK(made.conditions[0].clinical == Condition::Clinical::active);
  CHECK(iso(*made.conditions[0].recorded) == "2026-10-01");
  CHECK(visit("planned").conditions.empty());
  CHECK(visit("cancelled").conditions.empty());
  CHECK(visit("entered-in-error").conditions.empty());
}

TEST_CASE("what was done counts, what was only ordered does not", "[fhir]") {
  struct Row {
    std::string_view resource;
    bool done;
  };
  const auto row = GENERATE(values<Row>({
      {R"({"resourceType":"Procedure","id":"p","status":"completed","code":{"text":"Venous duplex"},"performedDateTime":"2026-01-02"})",
       true},
      {R"({"resourceType":"Procedure","id":"p","status":"completed","code":{"text":"Venous duplex"},"performedPeriod":{"start":"2026-01-02","end":"2026-01-02"}})",
       true},
      {R"({"resourceType":"Procedure","id":"p","status":"not-done","code":{"text":"Venous duplex"}})",
       false},
      {R"({"resourceType":"Procedure","id":"p","status":"completed","notDone":true,"code":{"text":"Venous duplex"}})",
       false},
      {R"({"resourceType":"Procedure","id":"p","status":"preparation","code":{"text":"Venous duplex"}})",
       false},
      {R"({"resourceType":"ServiceRequest","id":"p","status":"active","code":{"text":"Venous duplex"}})",
       false},
      {R"({"resourceType":"DiagnosticReport","id":"p","status":"final","effectiveDateTime":"2026-01-02","code":{"coding":[{"system":"http://snomed.info/sct","code":"448761000"}]}})",
       true},
      {R"({"resourceType":"DiagnosticReport","id":"p","status":"registered","code":{"text":"Venous duplex"}})",
       false},
      {R"({"resourceType":"ImagingStudy","id":"p","status":"available","started":"2026-01-02","procedureCode":[{"text":"Venous duplex"}]})",
       true},
      {R"({"resourceType":"ImagingStudy","id":"p","status":"available","started":"2026-01-02","description":"VENOUS DUPLEX"})",
       true},
      {R"({"resourceType":"ImagingStudy","id":"p","status":"cancelled","description":"Venous duplex"})",
       false},
  }));
  CAPTURE(row.resource);
  const Chart made = chart_with({row.resource});
  REQUIRE(made.procedures.size() == (row.done ? 1u : 0u));
  if (!row.done) return;
  CHECK(made.procedures[0].id == duplex);
  CHECK(iso(*made.procedures[0].date) == "2026-01-02");
}

TEST_CASE("a report's coded conclusion is a finding, suspected until the report is final",
          "[fhir]") {
  const auto report = [](std::string_view status) {
    return chart_with({fmt::format(
        R"({{"resourceType":"DiagnosticReport","id":"r","status":"{}","issued":"2026-01-03T00:00:00Z",
            "code":{{"text":"Venous duplex"}},"conclusion":"Reflux.",
            "conclusionCode":[{{"coding":[{{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"I87.2"}}]}}]}})",
        status)});
  };
  const Chart final_report = report("final");
  REQUIRE(final_report.conditions.size() == 1);
  CHECK(final_report.conditions[0].origin == Condition::Origin::report);
  CHECK(final_report.conditions[0].certainty == Condition::Certainty::confirmed);
  CHECK(final_report.procedures.at(0).conclusion == "Reflux.");
  CHECK(iso(*final_report.procedures[0].date) == "2026-01-03");
  CHECK(report("preliminary").conditions.at(0).certainty == Condition::Certainty::suspected);
}

TEST_CASE("answers to the pack's questions are read, wherever they are nested", "[fhir]") {
  const Chart made =
      chart_with({R"({"resourceType":"QuestionnaireResponse","id":"q","status":"completed",
      "questionnaire":"https://legwork.example.org/fhir/Questionnaire/small|2","authored":"2026-11-20",
      "item":[{"linkId":"group","item":[{"linkId":"swelling","answer":[{"valueBoolean":false,
          "item":[{"linkId":"onset-date","answer":[{"valueDate":"2026-09"}]}]}]}]},
        {"linkId":"shoe-size","answer":[{"valueInteger":40}]}]})"});
  REQUIRE(made.answers.size() == 2);
  CHECK(made.answers[0].question == "swelling");
  CHECK(std::get<bool>(made.answers[0].value) == false);
  CHECK(made.answers[1].question == "onset-date");
  CHECK(iso(std::get<DateSpan>(made.answers[1].value)) == "2026-09");
  CHECK(iso(*made.answers[1].date) == "2026-11-20");
}

TEST_CASE("an answer's type decides its value; yes and no are the pack's words", "[fhir]") {
  using Value = decltype(Answer::value);
  struct Row {
    std::string_view answer;
    std::optional<Value> value;
  };
  const auto row = GENERATE(values<Row>({
      {R"({"valueBoolean":true})", true},
      {R"({"valueDecimal":1.5})", 1.5},
      {R"({"valueInteger":2})", 2.0},
      {R"({"valueString":"yes"})", true},
      {R"({"valueString":"sometimes"})", "sometimes"},
      {R"({"valueCoding":{"system":"http://snomed.info/sct","code":"2667000"}})", false},
      {R"({"valueCoding":{"code":"maybe","display":"Perhaps"}})", "Perhaps"},
      {R"({"valueDateTime":"2026-09-01T10:00:00Z"})", DateSpan::on(*[] {
         return std::optional(std::chrono::sys_days(std::chrono::year(2026) / 9 / 1));
       }())},
      {R"({"valueAttachment":{}})", std::nullopt},
      {R"({})", std::nullopt},
  }));
  CAPTURE(row.answer);
  const Chart made = chart_with({fmt::format(
      R"({{"resourceType":"QuestionnaireResponse","id":"q","item":[{{"linkId":"swelling","answer":[{}]}}]}})",
      row.answer)});
  REQUIRE(made.answers.size() == (row.value ? 1u : 0u));
  if (row.value) CHECK(made.answers[0].value == *row.value);
}

TEST_CASE("answers to another questionnaire do not count", "[fhir]") {
  CHECK(
      chart_with(
          {R"({"resourceType":"QuestionnaireResponse","id":"q","questionnaire":"https://x/Questionnaire/y",
      "item":[{"linkId":"swelling","answer":[{"valueBoolean":true}]}]})"})
          .answers.empty());
}
