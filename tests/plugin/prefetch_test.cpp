#include "plugin/prefetch.hpp"

#include "tests/plugin/cds_calls.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::tests;

// What may come under a key of the prefetch, and what the answer says of it.

namespace {
constexpr auto error_outcome =
    R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"timeout"}]})";

std::string detail(const plugin::Response& response) {
  std::string all;
  for (std::size_t i = 0; i < count(response.body, "cards"); ++i)
    all += at(response.body, "cards/" + std::to_string(i) + "/detail");
  return all;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// The list without its last brackets, with more behind.
std::string with(std::string set, std::string_view from, std::string_view to) {
  const auto at = set.find(from);
  REQUIRE(at != std::string::npos);
  return set.replace(at, from.size(), to);
}
}  // namespace

TEST_CASE("what was not seen of the chart is said on every card, and why", "[plugin]") {
  struct Row {
    std::string name, labs, said;
  };
  const auto labs = searchset("Observation");
  const auto entries = count(labs, "entry");
  const auto row = GENERATE_COPY(values<Row>({
      {"null", "null", "laboratory results (the EHR says that it has none)"},
      {"OperationOutcome", error_outcome,
       "laboratory results (the FHIR server answered with an error)"},
      {"Bundle of an OperationOutcome", searchset_of({error_outcome}),
       "laboratory results (the FHIR server answered with an error)"},
      {"an OperationOutcome among results",
       with(labs, R"("entry":[)",
            R"("entry":[{"search":{"mode":"outcome"},"resource":)" + std::string(error_outcome) +
                "},"),
       "laboratory results, in part (the FHIR server reported an error beside them)"},
      {"a first page",
       with(labs, R"("total":)", R"("link":[{"relation":"next","url":"https://x/2"}],"total":)"),
       "laboratory results, in part (only the first page was sent)"},
      {"fewer than its total", with(labs, R"("total":)", R"("total":9)"),
       "laboratory results, in part (" + std::to_string(entries) + " of 9" +
           std::to_string(entries) + " entries were sent)"},
      {"other data", searchset("Condition"),
       "laboratory results (other data were sent in its place)"},
      {"a string", R"("none")", "laboratory results (sent in a form that cannot be read)"},
      {"a list", "[]", "laboratory results (sent in a form that cannot be read)"},
      {"an empty object", "{}", "laboratory results (sent in a form that cannot be read)"},
  }));
  CAPTURE(row.name);
  CdsCall call;
  call.prefetch["labs"] = row.labs;
  const auto response = answer(cds_context(), call);
  REQUIRE(response.status == 200);
  REQUIRE(count(response.body, "cards") > 0);
  for (std::size_t i = 0; i < count(response.body, "cards"); ++i)
    CHECK(holds(at(response.body, "cards/" + std::to_string(i) + "/detail"), row.said));
  CHECK(empty_member(response.body).empty());
}

TEST_CASE("what was seen whole is not said to be unseen", "[plugin]") {
  CdsCall call;
  call.prefetch["statements"] = searchset_of({});
  const auto said = detail(answer(cds_context(), call));
  REQUIRE_FALSE(said.empty());
  CHECK_FALSE(holds(said, "Not seen"));
}

TEST_CASE("an absent key is not seen", "[plugin]") {
  CdsCall call;
  call.prefetch.erase("labs");
  CHECK(holds(detail(answer(cds_context(), call)), "laboratory results (not sent)"));
}

TEST_CASE("a warning beside the results is no lack", "[plugin]") {
  CdsCall call;
  call.prefetch["labs"] = with(searchset("Observation"), R"("entry":[)",
                               R"("entry":[{"resource":{"resourceType":"OperationOutcome",)"
                               R"("issue":[{"severity":"warning","code":"processing"}]}},)");
  CHECK_FALSE(holds(detail(answer(cds_context(), call)), "laboratory results"));
}

TEST_CASE("a key that stands twice is read twice", "[plugin]") {
  CdsCall call;
  call.prefetch["labs"] = searchset_of({}) + R"(,"labs":)" + searchset("Observation");
  const auto said = detail(answer(cds_context(), call));
  CHECK_FALSE(holds(said, "laboratory results"));
  CHECK(holds(said, "ferritin"));
}

TEST_CASE("a large prefetch is read to its end", "[plugin]") {
  CdsCall call;
  std::vector<std::string> many(
      4000, R"({"resourceType":"Observation","status":"final","code":)"
            R"({"text":"something else"},"subject":{"reference":"Patient/p1"}})");
  many.push_back(R"({"resourceType":"Observation","id":"last","status":"final","code":{"coding":)"
                 R"([{"system":"http://loinc.org","code":"2276-4"}]},"subject":{"reference":)"
                 R"("Patient/p1"},"effectiveDateTime":"2026-11-20","valueQuantity":{"value":9,)"
                 R"("unit":"ug/L","system":"http://unitsofmeasure.org","code":"ug/L"}})");
  call.prefetch["labs"] = searchset_of(many);
  CHECK(holds(detail(answer(cds_context(), call)), "Observation/last"));
}

TEST_CASE("data about another patient are refused or left out, never mixed in", "[plugin]") {
  CdsCall call;
  SECTION("another Patient under `patient`") {
    call.prefetch["patient"] = R"({"resourceType":"Patient","id":"p2"})";
    const auto response = answer(cds_context(), call);
    CHECK(response.status == 400);
    CHECK(holds(response.body, "prefetch.patient holds another patient than context.patientId"));
  }
  SECTION("a second `patient`") {
    call.prefetch["patient"] += R"(,"patient":{"resourceType":"Patient","id":"p2"})";
    CHECK(answer(cds_context(), call).status == 400);
  }
  SECTION("another Patient among the conditions") {
    call.prefetch["conditions"] = searchset_of({R"({"resourceType":"Patient","id":"p2"})"});
    CHECK(answer(cds_context(), call).status == 400);
  }
  SECTION("a token for another patient") {
    call.rest =
        R"(,"fhirServer":"https://x","fhirAuthorization":{"access_token":"t","patient":"p2"})";
    const auto response = answer(cds_context(), call);
    CHECK(response.status == 400);
    CHECK(holds(response.body, "fhirAuthorization.patient is another patient"));
  }
  SECTION("somebody else's drugs deny none of this patient's") {
    auto drugs = searchset("MedicationRequest");
    for (auto at = drugs.find("Patient/p1"); at != std::string::npos; at = drugs.find("Patient/p1"))
      drugs.replace(at, 10, "Patient/p2");
    call.prefetch["medications"] = drugs;
    const auto response = answer(cds_context(), call);
    CHECK(response.status == 200);
    CHECK_FALSE(holds(detail(response), "amlodipine"));
  }
}

TEST_CASE("without the patient or the conditions the answer is 412 and names them", "[plugin]") {
  struct Row {
    std::string key, value, said;
  };
  const auto row = GENERATE(values<Row>({
      {"patient", "", "prefetch.patient (not sent)"},
      {"patient", "null", "prefetch.patient (the EHR says that it has none)"},
      {"conditions", "", "prefetch.conditions (not sent)"},
      {"conditions", error_outcome, "prefetch.conditions (the FHIR server answered with an error)"},
  }));
  CAPTURE(row.key, row.value);
  CdsCall call;
  if (row.value.empty())
    call.prefetch.erase(row.key);
  else
    call.prefetch[row.key] = row.value;
  const auto response = answer(cds_context(), call);
  CHECK(response.status == 412);
  CHECK(at(response.body, "resourceType") == "OperationOutcome");
  CHECK(at(response.body, "issue/0/code") == "required");
  CHECK(holds(response.body, row.said));
}

TEST_CASE("an EHR that has no conditions is answered", "[plugin]") {
  CdsCall call;
  call.prefetch["conditions"] = "null";
  const auto response = answer(cds_context(), call);
  CHECK(response.status == 200);
}

TEST_CASE("a drug list that was not seen whole denies no drug", "[plugin]") {
  const auto status = [](const std::string& medications, const std::string& statements) {
    CdsCall call;
    call.prefetch["medications"] = medications;
    call.prefetch["statements"] = statements;
    const auto& service = *plugin::find_service("legwork-patient-view");
    const auto templates = plugin::prefetch_templates(*heavy_legs_pack());
    const auto body = call.body();
    const auto request = plugin::read_cds_request(body, body.size(), service);
    auto gathered =
        plugin::gather(plugin::judge(*request, templates).value(), {}, *request, templates);
    const auto chart =
        plugin::read_gathered(*gathered, *request, templates, heavy_legs_pack()->vocabulary);
    const auto assessment = causes::assess(*chart, *heavy_legs_pack(), {cds_context().today(), {}});
    for (const auto& cause : assessment.causes)
      if (cause.id == "corticosteroid") return cause.status;
    return causes::CauseStatus::supported;
  };
  using enum causes::CauseStatus;
  const auto all = searchset("MedicationRequest");
  const auto empty = searchset_of({});
  CHECK(status(all, "null") == unlikely);  // on the whole list there is none
  CHECK(status(with(all, R"("total":)", R"("total":9)"), "null") == undetermined);
  CHECK(status(all, with(empty, R"("total":0)", R"("total":5)")) == undetermined);
  CHECK(status(all, error_outcome) == undetermined);
  CHECK(status("null", all) == undetermined);
  CHECK(status(error_outcome, all) == undetermined);
  // An empty list says that nobody wrote a drug down, not that none is taken.
  CHECK(status(empty, "null") == undetermined);
}

TEST_CASE("what is missing is fetched with the token, and only what is missing", "[plugin]") {
  CdsCall call;
  call.rest =
      R"(,"fhirServer":"https://ehr.example.org/fhir","fhirAuthorization":{"access_token":"secret"})";
  call.prefetch.erase("conditions");
  call.prefetch["labs"] = error_outcome;
  call.prefetch["medications"] =
      with(searchset("MedicationRequest"), R"("total":)",
           R"("link":[{"relation":"next","url":"https://ehr.example.org/fhir?page=2"}],"total":)");
  auto context = cds_context();
  plugin::FetchPlan asked;
  context.fetch = [&](const plugin::FetchPlan& plan) {
    asked = plan;
    return std::vector<plugin::Obtained>{{"conditions", {searchset("Condition")}, ""},
                                         {"medications", {searchset_of({})}, ""},
                                         {"labs", {}, "no answer within 3 s"}};
  };
  const auto response = answer(context, call);
  REQUIRE(response.status == 200);
  CHECK(asked.fhir_server == "https://ehr.example.org/fhir");
  CHECK(asked.access_token == "secret");
  REQUIRE(asked.queries.size() == 3);
  CHECK(asked.queries[0].query == "https://ehr.example.org/fhir?page=2");
  CHECK(asked.queries[1].query.starts_with("Condition?patient=p1&"));
  CHECK(asked.queries[2].query.starts_with("Observation?patient=p1&code="));
  const auto said = detail(response);
  CHECK(holds(said, "laboratory results (no answer within 3 s)"));
  CHECK_FALSE(holds(said, "conditions ("));
  CHECK_FALSE(holds(said, "medication orders"));
  CHECK_FALSE(holds(response.body, "secret"));
}

TEST_CASE("what could not be fetched either ends in 412", "[plugin]") {
  CdsCall call;
  call.rest = R"(,"fhirServer":"https://ehr.example.org/fhir")";
  call.prefetch.erase("conditions");
  auto context = cds_context();
  context.fetch = [](const plugin::FetchPlan&) {
    return std::vector<plugin::Obtained>{
        {"conditions", {}, "the server is not one of this client's"}};
  };
  const auto response = answer(context, call);
  CHECK(response.status == 412);
  CHECK(holds(response.body, "prefetch.conditions (the server is not one of this client's)"));
}

TEST_CASE("somebody else's record that was fetched is refused", "[plugin]") {
  CdsCall call;
  call.rest = R"(,"fhirServer":"https://x","fhirAuthorization":{"access_token":"t"})";
  call.prefetch.erase("patient");
  auto context = cds_context();
  context.fetch = [](const plugin::FetchPlan&) {
    return std::vector<plugin::Obtained>{
        {"patient", {R"({"resourceType":"Patient","id":"p9"})"}, ""}};
  };
  CHECK(answer(context, call).status == 400);
}

TEST_CASE("no answer to a fault holds what the patient is called", "[plugin]") {
  CdsCall call;
  call.context = R"({"userId":"Practitioner/d1","patientId":"Brightwater-9"})";
  call.prefetch["conditions"] = R"({"resourceType":"Odalys"})";
  for (const std::string_view rest : {"", R"(,"hook":"Brightwater")", R"(,"context":"Odalys")"}) {
    call.rest = rest;
    const auto response = answer(cds_context(), call);
    CHECK(response.status >= 400);
    for (const std::string_view planted : {"Brightwater", "Odalys", "BW-204417"})
      CHECK_FALSE(holds(response.body, planted));
  }
}
