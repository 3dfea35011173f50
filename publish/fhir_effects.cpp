#include "publish/fhir_names.hpp"
#include "publish/fhir_parts.hpp"

#include <algorithm>

namespace legwork::publish {
namespace {
using causes::Cause;
using causes::Concept;
using causes::ConceptId;
using causes::Criterion;
using causes::MedicationQuery;
using causes::Pack;

constexpr std::string_view type = "ClinicalUseDefinition";

/// The drugs that a cause is made of: those whose being taken decides it, and nothing else does.
std::vector<ConceptId> drugs_of(const Cause& cause) {
  if (!cause.decides) return {};
  std::vector<Criterion> alternatives{*cause.decides};
  if (const auto* any = std::get_if<causes::Any>(&cause.decides->node)) alternatives = any->of;
  std::vector<ConceptId> drugs;
  for (const Criterion& alternative : alternatives) {
    const auto* query = std::get_if<MedicationQuery>(&alternative.node);
    if (query == nullptr) return {};
    drugs.push_back(query->id);
  }
  return drugs;
}

/// The complaint, by the codes that the pack knows it by.
Json complaint(const Pack& pack) {
  Json::Array codings;
  for (const ConceptId id : pack.complaint.onset_concepts) {
    for (const Concept::Code& code : pack.concepts[id].codes) {
      if (code.prefix) continue;
      codings.push_back(Json::Object{{"system", code.system}, {"code", code.code}});
    }
  }
  return Json::Object{{"coding", codings}, {"text", pack.provenance.pack_title}};
}

Json medication(const Concept& drug) {
  return Json::Object{{"resourceType", "Medication"},
                      {"id", fhir_id(drug.id)},
                      {"code", Json::Object{{"text", drug.label}}}};
}

Resource effect(const Pack& pack, const Cause& cause, const std::vector<ConceptId>& drugs) {
  const std::string id = id_in(pack, cause.id);
  std::vector<std::string> told{cause.label + ": " + pack.provenance.pack_title};
  for (const std::string& claim : cause.claims) {
    const auto text = pack.claim_text(claim);
    told.push_back(text.text + " (" + text.source + ')');
  }
  Json::Array contained, subjects;
  for (const ConceptId drug : drugs) {
    const Concept& of = pack.concepts[drug];
    contained.push_back(medication(of));
    subjects.push_back(Json::Object{{"reference", '#' + fhir_id(of.id)}, {"display", of.label}});
    const std::string codes = value_set_of(pack, drug, Codes::main);
    if (!codes.empty()) told.push_back(of.label + ": any code of " + codes);
  }
  const Json status = Json::Object{
      {"coding", Json::Array{Json::Object{{"system", "http://hl7.org/fhir/publication-status"},
                                          {"code", "draft"}}}}};
  Json::Object body{
      {"resourceType", std::string(type)},
      {"id", id},
      {"text", narrative(told)},
      {"contained", contained},
      {"type", "undesirable-effect"},
      {"subject", subjects},
      {"status", status},
      {"library", Json::Array{canonical(pack, "Library", fhir_id(pack.provenance.pack_id))}},
      {"undesirableEffect",
       Json::Object{{"symptomConditionEffect", Json::Object{{"concept", complaint(pack)}}}}}};
  return {std::string(type), id, url_of(pack, type, id), std::move(body)};
}
}  // namespace

std::vector<Resource> drug_effects(const Pack& pack) {
  std::vector<Resource> made;
  for (const Cause& cause : pack.causes) {
    const auto drugs = drugs_of(cause);
    if (!drugs.empty()) made.push_back(effect(pack, cause, drugs));
  }
  return made;
}
}  // namespace legwork::publish
