#include "publish/fhir_proposals.hpp"

#include "base/sha1.hpp"
#include "publish/fhir_names.hpp"

namespace legwork::publish {
namespace {
using causes::WorkupItem;
using Code = WorkupItem::Code;

/// What one proposal asks for: the test by its code, or in words where it has none.
Json code_of(const WorkupItem& item, const Code* code) {
  if (code == nullptr) return Json::Object{{"text", item.label}};
  return Json::Object{
      {"coding", Json::Array{Json::Object{
                     {"system", code->system}, {"code", code->code}, {"display", code->display}}}},
      {"text", item.label}};
}

Json::Array cautions_of(const WorkupItem& item) {
  Json::Array notes;
  for (const auto& caution : item.cautions) notes.push_back(Json::Object{{"text", caution.text}});
  return notes;
}

Json::Object service_request(const WorkupItem& item, const Code* code, const ProposedFor& whom,
                             Day as_of) {
  Json::Array reasons;
  for (const auto& reason : whom.reasons) reasons.push_back(reference_to(reason));
  return {{"resourceType", "ServiceRequest"},
          {"status", "draft"},
          {"intent", "proposal"},
          {"priority", priority(item.urgency)},
          {"code", code_of(item, code)},
          {"subject", reference_to(whom.patient)},
          {"encounter", reference_to(whom.encounter)},
          {"authoredOn", iso(as_of)},
          {"requester", reference_to(whom.requester)},
          {"reasonCode", Json::Array{Json::Object{{"text", item.reason}}}},
          {"reasonReference", std::move(reasons)},
          {"note", cautions_of(item)}};
}

Json::Array list(Json::Object only) { return Json::Array{Json(std::move(only))}; }
}  // namespace

Json reference_to(const std::string& url) {
  return url.empty() ? Json("") : Json(Json::Object{{"reference", url}});
}

/// HL7's own example of a Composition is one; so is what US Core names first for a note that
/// answers a question about a patient.
/// Source: https://hl7.org/fhir/R4/composition-example.json.html
Json document_type() {
  return Json::Object{{"coding", Json::Array{Json::Object{{"system", "http://loinc.org"},
                                                          {"code", "11488-4"},
                                                          {"display", "Consult note"}}}}};
}

Json attachment(std::string_view pdf, const std::string& language, const std::string& title,
                Day created) {
  return Json::Object{{"contentType", "application/pdf"},
                      {"language", language},
                      {"data", base64(pdf)},
                      {"size", Json::made(std::to_string(pdf.size()))},
                      {"hash", base64(sha1(pdf))},
                      {"title", title},
                      {"creation", iso(created)}};
}

std::vector<Json::Object> service_requests(const WorkupItem& item, const ProposedFor& whom,
                                           Day as_of) {
  std::vector<Json::Object> made;
  for (const auto& code : item.codes) made.push_back(service_request(item, &code, whom, as_of));
  if (made.empty()) made.push_back(service_request(item, nullptr, whom, as_of));
  return made;
}

Json::Object document_reference(const ProposedReport& report, const ProposedFor& whom, Day as_of) {
  constexpr auto categories =
      "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category";
  return {
      {"resourceType", "DocumentReference"},
      {"masterIdentifier",
       Json::Object{{"system", "urn:ietf:rfc:3986"}, {"value", "urn:uuid:" + report.uuid}}},
      {"status", "current"},
      {"docStatus", "preliminary"},
      {"type", document_type()},
      {"category", list({{"coding", list({{"system", categories}, {"code", "clinical-note"}})}})},
      {"subject", reference_to(whom.patient)},
      {"date", iso(as_of) + "T00:00:00Z"},
      {"author", list({{"type", "Device"}, {"display", report.made_by}})},
      {"description", report.kind},
      {"content",
       list({{"attachment", attachment(report.pdf, report.language, report.title, as_of)}})},
      {"context", Json::Object{{"encounter", Json::Array{reference_to(whom.encounter)}}}}};
}
}  // namespace legwork::publish
