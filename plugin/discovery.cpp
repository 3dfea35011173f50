#include "plugin/discovery.hpp"

#include "publish/fhir_json.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace legwork::plugin {
namespace {
using causes::Concept;
using causes::Pack;
using publish::Json;

constexpr std::string_view patient = "patient={{context.patientId}}";

/// Codes of LOINC and SNOMED CT look like nothing else, so the system is left out: a server that
/// writes it in its own way ("http://loinc") still finds them, and the query is a third as long.
bool is_searched_by(std::string_view system) {
  return system == "http://loinc.org" || system == "http://snomed.info/sct";
}

template <class Wanted>
std::string codes_of(const Pack& pack, Wanted wanted) {
  std::set<std::string_view> codes;
  for (const Concept& about : pack.concepts) {
    if (!wanted(about)) continue;
    for (const auto& code : about.codes)
      if (!code.prefix && is_searched_by(code.system)) codes.insert(code.code);
  }
  return fmt::format("{}", fmt::join(codes, ","));
}

/// A pack without such codes asks for all of them.
std::string coded(const std::string& codes) { return codes.empty() ? "" : "&code=" + codes; }
}  // namespace

const std::array<CdsService, hook_count>& cds_services() {
  static constexpr std::array<CdsService, hook_count> services{{
      {Hook::patient_view, "legwork-patient-view", "patient-view", "when a chart is opened",
       "Where the chart records the complaint or a red flag: what it holds for and against each "
       "cause, what it cannot tell, and **which work-up would tell**. Otherwise no card.",
       false},
      {Hook::encounter_start, "legwork-encounter-start", "encounter-start",
       "when an encounter starts", "The cards of `legwork-patient-view`, when an encounter starts.",
       true},
      {Hook::order_select, "legwork-order-select", "order-select", "while orders are selected",
       "A drug is selected that can make what the chart **records** worse; or a test whose result "
       "is **on file**.",
       false},
      {Hook::order_sign, "legwork-order-sign", "order-sign", "before orders are signed",
       "A drug is about to be signed that can make what the chart **records** worse; or a test "
       "whose result is **on file**.",
       false},
  }};
  return services;
}

const CdsService* find_service(std::string_view id) {
  const auto& services = cds_services();
  const auto* const found = std::ranges::find(services, id, &CdsService::id);
  return found == services.end() ? nullptr : found;
}

std::vector<PrefetchTemplate> prefetch_templates(const Pack& pack) {
  using fhir::Kind;
  const auto labs = codes_of(
      pack, [](const Concept& about) { return about.kind == Kind::observation && about.lab; });
  const auto symptoms = codes_of(pack, [](const Concept& about) {
    return about.kind == Kind::condition || (about.kind == Kind::observation && !about.lab);
  });
  const auto imaging =
      codes_of(pack, [](const Concept& about) { return about.kind == Kind::procedure; });
  return {
      {"patient", "Patient", "the patient", "Patient/{{context.patientId}}"},
      {"medications", "MedicationRequest", "medication orders",
       fmt::format("MedicationRequest?{}&_sort=-authoredon&_count=500", patient)},
      {"statements", "MedicationStatement", "medication statements",
       fmt::format("MedicationStatement?{}&_sort=-effective&_count=500", patient)},
      {"conditions", "Condition", "conditions",
       fmt::format("Condition?{}&_sort=-recorded-date&_count=500", patient)},
      {"labs", "Observation", "laboratory results",
       fmt::format("Observation?{}{}&_sort=-date&_count=500", patient, coded(labs))},
      {"symptoms", "Observation", "recorded symptoms and signs",
       fmt::format("Observation?{}{}&_sort=-date&_count=200", patient, coded(symptoms))},
      {"answers", "QuestionnaireResponse", "answers to the questions",
       fmt::format("QuestionnaireResponse?{}&questionnaire={}&_sort=-authored&_count=20", patient,
                   pack.questionnaire)},
      {"imaging", "DiagnosticReport", "imaging reports",
       fmt::format("DiagnosticReport?{}{}&_sort=-date&_count=50", patient, coded(imaging))},
      {"procedures", "Procedure", "procedures",
       fmt::format("Procedure?{}&_sort=-date&_count=200", patient)},
  };
}

std::string discovery(std::string_view pack_title, const std::vector<PrefetchTemplate>& templates) {
  Json::Object prefetch;
  for (const auto& one : templates) prefetch.push_back({std::string(one.key), one.query});
  Json::Array services;
  for (const auto& service : cds_services()) {
    services.push_back(Json::Object{
        {"hook", std::string(service.hook_name)},
        {"title", fmt::format("{}: {}", pack_title, service.title)},
        {"description", std::string(service.description)},
        {"id", std::string(service.id)},
        {"prefetch", prefetch},
        {"usageRequirements",
         "Send `patient` and `conditions`, or let legwork read them from the FHIR server; whatever "
         "else is not sent is named on the card as not seen."}});
  }
  return publish::to_line(Json::Object{{"services", std::move(services)}});
}
}  // namespace legwork::plugin
