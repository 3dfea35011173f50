#include "plugin/cards.hpp"

#include "plugin/markdown.hpp"
#include "tests/plugin/cds_calls.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace legwork;
using namespace legwork::tests;

namespace {
bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string card(std::size_t index, std::string_view member) {
  return "cards/" + std::to_string(index) + "/" + std::string(member);
}

std::string condition(std::string_view id, std::string_view snomed, std::string_view more = "") {
  return R"({"resourceType":"Condition","id":")" + std::string(id) +
         R"(","clinicalStatus":{"coding":[{"code":"active"}]},"subject":{"reference":"Patient/p1"},)"
         R"("recordedDate":"2026-11-20","code":{"coding":[{"system":"http://snomed.info/sct","code":")" +
         std::string(snomed) + R"("}]})" + std::string(more) + "}";
}

CdsCall with_conditions(const std::vector<std::string>& conditions) {
  CdsCall call;
  call.prefetch["conditions"] = searchset_of(conditions);
  return call;
}

plugin::CdsContext full_context() {
  auto context = cds_context();
  context.base_url = "https://legwork.example.org";
  context.launch_url = [](const plugin::Caller&) {
    return std::string("https://legwork.example.org/launch");
  };
  context.print = [](const causes::Assessment&) -> Result<plugin::Summary> {
    return plugin::Summary{"en", "Heavy legs", "Summary", "%PDF-1.7", "legwork 0.1.0"};
  };
  return context;
}

/// What Inferno and the specification ask of each card.
void check_card(const std::string& body, std::size_t index) {
  CAPTURE(index);
  const auto get = [&](std::string_view member) { return at(body, card(index, member)); };
  CHECK_FALSE(get("summary").empty());
  CHECK(plugin::length(get("summary")) < 140);
  CHECK(std::set<std::string>{"info", "warning", "critical"}.contains(get("indicator")));
  CHECK(get("uuid").size() == 36);
  CHECK_FALSE(get("source/label").empty());
  CHECK(get("source/url") == "https://legwork.example.org/basis");
  CHECK(get("source/topic/system") ==
        "https://legwork.example.org/fhir/CodeSystem/heavy-legs-concern");
  CHECK_FALSE(get("source/topic/code").empty());
  CHECK_FALSE(get("source/topic/display").empty());
  REQUIRE(count(body, card(index, "overrideReasons")) >= 4);
  for (std::size_t i = 0; i < count(body, card(index, "overrideReasons")); ++i)
    for (const std::string member : {"/code", "/system", "/display"})
      CHECK_FALSE(get("overrideReasons/" + std::to_string(i) + member).empty());
  CHECK(get("links/0/type") == "smart");
  CHECK(get("links/0/url") == "https://legwork.example.org/launch");
  CHECK(get("links/0/appContext").starts_with("concern="));
  CHECK_FALSE(get("links/0/label").empty());
  const auto suggestions = count(body, card(index, "suggestions"));
  CHECK((suggestions > 0) == (get("selectionBehavior") == "any"));
  for (std::size_t i = 0; i < suggestions; ++i) {
    const auto suggestion = "suggestions/" + std::to_string(i);
    CHECK_FALSE(get(suggestion + "/label").empty());
    CHECK(get(suggestion + "/uuid").size() == 36);
    REQUIRE(count(body, card(index, suggestion + "/actions")) > 0);
    CHECK(get(suggestion + "/actions/0/type") == "create");
    CHECK_FALSE(get(suggestion + "/actions/0/description").empty());
    CHECK_FALSE(get(suggestion + "/actions/0/resource/resourceType").empty());
    CHECK(get(suggestion + "/actions/0/resource/subject/reference") == "Patient/p1");
  }
}
}  // namespace

TEST_CASE("cards keep to the specification and to Inferno's checks", "[plugin]") {
  const auto response = answer(full_context(), CdsCall());
  REQUIRE(response.status == 200);
  CHECK(response.content_type == "application/json");
  REQUIRE(count(response.body, "cards") == 2);
  for (std::size_t i = 0; i < 2; ++i) check_card(response.body, i);
  CHECK(empty_member(response.body).empty());
  CHECK(at(response.body, card(0, "source/topic/code")) == "drug-cause");
  CHECK(at(response.body, card(1, "source/topic/code")) == "work-up");
}

TEST_CASE("without addresses of its own legwork links nowhere", "[plugin]") {
  const auto response = answer(cds_context(), CdsCall());
  CHECK(at(response.body, card(0, "source/url")).empty());
  CHECK(at(response.body, card(0, "links")).empty());
  CHECK_FALSE(holds(at(response.body, card(0, "detail")), "](/"));
  CHECK(empty_member(response.body).empty());
}

TEST_CASE("where no complaint and no red flag is on record there is no card", "[plugin]") {
  const auto response = answer(full_context(), with_conditions({condition("c", "38341003")}));
  CHECK(response.status == 200);
  CHECK(response.body == R"({"cards":[]})");
}

TEST_CASE("nobody is reminded of somebody who has died", "[plugin]") {
  CdsCall call;
  call.prefetch["patient"] = R"({"resourceType":"Patient","id":"p1","deceasedBoolean":true})";
  CHECK(answer(full_context(), call).body == R"({"cards":[]})");
}

TEST_CASE("a red flag that is present is critical, one that is possible a warning", "[plugin]") {
  const auto indicator = [](const std::string& conditions) {
    const auto response = answer(full_context(), with_conditions({conditions}));
    CHECK(at(response.body, card(0, "source/topic/code")) == "red-flags");
    check_card(response.body, 0);
    return at(response.body, card(0, "indicator"));
  };
  const auto swollen = [&](std::string_view date) {
    auto text = condition("leg", "R22.42");  // localized swelling of the left leg
    text.replace(text.find("http://snomed.info/sct"), 22, "http://hl7.org/fhir/sid/icd-10-cm");
    return text.replace(text.find("2026-11-20"), 10, date);
  };
  CHECK(indicator(swollen("2026-11-20")) == "critical");
  CHECK(indicator(swollen("2026-05-20")) == "warning");
}

TEST_CASE("the evidence stands on the card, with value, unit, date and reference", "[plugin]") {
  const auto response = answer(full_context(), CdsCall());
  const auto drug = at(response.body, card(0, "detail"));
  CHECK(holds(drug, "amlodipine 10 mg"));
  CHECK(holds(drug, "MedicationRequest/amlodipine-10"));
  CHECK(holds(drug, "Never stop a drug without its prescriber."));
  const auto workup = at(response.body, card(1, "detail"));
  CHECK(holds(workup, "**Complaint**"));
  CHECK(holds(workup, "Condition/heavy-legs"));
  CHECK(holds(workup, "ug/L"));
  CHECK(holds(workup, "**Basis:**"));
  CHECK(holds(workup, "no output is learnt from data"));
  CHECK(holds(workup, "(https://legwork.example.org/basis)"));
}

TEST_CASE("suggestions are drafts of coded orders, for this patient, encounter and reason",
          "[plugin]") {
  const auto response = answer(full_context(), CdsCall());
  bool ordered = false, filed = false;
  for (std::size_t i = 0; i < count(response.body, card(1, "suggestions")); ++i) {
    const auto resource = "suggestions/" + std::to_string(i) + "/actions/0/resource";
    const auto get = [&](const std::string& member) {
      return at(response.body, card(1, resource + member));
    };
    if (get("/resourceType") == "ServiceRequest") {
      ordered = true;
      CHECK(get("/status") == "draft");
      CHECK(get("/intent") == "proposal");
      CHECK(get("/id").empty());
      CHECK(get("/encounter/reference") == "Encounter/e1");
      CHECK(get("/requester/reference") == "Practitioner/d1");
      CHECK(get("/reasonReference/0/reference") == "Condition/heavy-legs");
      CHECK_FALSE(get("/reasonCode/0/text").empty());
      CHECK(get("/code/coding/0/system") == "http://loinc.org");
    } else {
      filed = true;
      CHECK(get("/resourceType") == "DocumentReference");
      CHECK(get("/content/0/attachment/contentType") == "application/pdf");
      CHECK(get("/content/0/attachment/data") == "JVBERi0xLjc=");
      CHECK(get("/category/0/coding/0/code") == "clinical-note");
      CHECK(get("/context/encounter/0/reference") == "Encounter/e1");
    }
  }
  CHECK(ordered);
  CHECK(filed);
}

TEST_CASE("pages that are too large to be sent inline are not offered, and the card says so",
          "[plugin]") {
  auto context = full_context();
  context.print = [](const causes::Assessment&) -> Result<plugin::Summary> {
    return plugin::Summary{"en", "t", "k", std::string(plugin::largest_inline_pdf + 1, 'x'), "l"};
  };
  const auto response = answer(context, CdsCall());
  CHECK_FALSE(holds(response.body, "DocumentReference"));
  CHECK(holds(at(response.body, card(1, "detail")), "too much for it to be filed"));
}

TEST_CASE("pages that cannot be printed cost the suggestion, not the card", "[plugin]") {
  auto context = full_context();
  std::vector<Error> reported;
  context.report = [&](const Error& error) { reported.push_back(error); };
  context.print = [](const causes::Assessment&) -> Result<plugin::Summary> {
    return refuse(ErrorKind::unavailable, "fonts", "are gone");
  };
  const auto response = answer(context, CdsCall());
  CHECK(count(response.body, "cards") == 2);
  CHECK(reported.size() == 1);
}

TEST_CASE("the same call has the same answer, another patient's cards other ids", "[plugin]") {
  const auto uuid = [](const plugin::Caller& caller) {
    auto routes = plugin::cds_routes(full_context());
    const CdsCall call;
    return at(answer(routes, "POST", "/cds-services/" + call.service, call.body(), caller).body,
              "cards/0/uuid");
  };
  CHECK(uuid({"north", ""}) == uuid({"north", ""}));
  CHECK(uuid({"north", ""}) != uuid({"south", ""}));
  CHECK(answer(full_context(), CdsCall()).body == answer(full_context(), CdsCall()).body);
}

TEST_CASE("what a chart calls things cannot make Markdown, a link or HTML", "[plugin]") {
  CHECK(plugin::escape_markdown("<b onclick=x>[a](http://b) *c* `d`\n# e") ==
        R"(\<b onclick=x\>\[a\](http\://b) \*c\* \`d\` \# e)");
  CHECK(plugin::escape_markdown("- item") == R"(\- item)");
  CHECK(plugin::escape_markdown("12. item") == R"(12\. item)");
  CHECK(plugin::escape_markdown("www.evil.example a@b") == R"(www\.evil.example a\@b)");
  CHECK(plugin::escape_markdown("10*3/uL") == R"(10\*3/uL)");
  CHECK(plugin::escape_markdown("a\x01\x7f"
                                "b") == "a b");
  CHECK(plugin::escape_markdown("Nguyễn 18.5 ug/L") == "Nguyễn 18.5 ug/L");
}

TEST_CASE("a summary is cut at a word and counted in characters", "[plugin]") {
  CHECK(plugin::length("Nguyễn") == 6);
  CHECK(plugin::length("🦵") == 2);  // as JavaScript counts
  CHECK(plugin::cut_at_word("short", 10) == "short");
  CHECK(plugin::cut_at_word("one two, three", 10) == "one two …");
  CHECK(plugin::length(plugin::cut_at_word(std::string(300, 'x'), 139)) <= 139);
}
