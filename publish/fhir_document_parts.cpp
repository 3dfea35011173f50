#include "publish/fhir_document_parts.hpp"

#include "base/sha1.hpp"
#include "publish/fhir_names.hpp"

#include <fmt/format.h>

namespace legwork::publish {
namespace {
using causes::WorkupItem;
using Code = WorkupItem::Code;

/// "urn:uuid:…" and the resource, its id put in: what nobody has stored has no other address.
DocumentEntry entry_of(const std::string& uuid, Json::Object body) {
  body.insert(body.begin() + 1, {"id", uuid});
  return {"urn:uuid:" + uuid, body};
}

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

Json::Array identifiers_of(const fhir::Patient& patient) {
  Json::Array identifiers;
  for (const auto& [label, value] : patient.identifiers)
    identifiers.push_back(Json::Object{{"type", Json::Object{{"text", label}}}, {"value", value}});
  return identifiers;
}
}  // namespace

std::string Naming::uuid(std::string_view part) const {
  return uuid_of(report_ + '|' + std::string(part));
}

Json reference_to(const std::string& url) { return Json::Object{{"reference", url}}; }

/// HL7's own example of a Composition is one; so is what US Core names first for a note that
/// answers a question about a patient.
/// Source: https://hl7.org/fhir/R4/composition-example.json.html
Json document_type() {
  return Json::Object{{"coding", Json::Array{Json::Object{{"system", "http://loinc.org"},
                                                          {"code", "11488-4"},
                                                          {"display", "Consult note"}}}}};
}

DocumentEntry device(const FiledReport& report, const Naming& naming) {
  const auto name = report.made_by + " " + report.version;
  return entry_of(naming.uuid("Device"),
                  {{"resourceType", "Device"},
                   {"text", narrative({name})},
                   {"deviceName", Json::Array{Json::Object{{"name", report.made_by},
                                                           {"type", "manufacturer-name"}}}},
                   {"version", Json::Array{Json::Object{{"value", report.version}}}}});
}

DocumentEntry patient(const fhir::Patient& patient, const Naming& naming) {
  auto text = patient.name_text;
  if (text.empty()) text = fmt::format("{} {}", patient.given, patient.family);
  Json::Object body{{"resourceType", "Patient"},
                    {"text", narrative({text, patient.birth ? iso(*patient.birth) : ""})},
                    {"identifier", identifiers_of(patient)},
                    {"name", Json::Array{Json::Object{{"text", text},
                                                      {"family", patient.family},
                                                      {"given", Json::Array{patient.given}}}}},
                    {"gender", patient.sex},
                    {"birthDate", patient.birth ? iso(*patient.birth) : ""}};
  if (patient.deceased_on)
    body.push_back({"deceasedDateTime", iso(*patient.deceased_on)});
  else if (patient.deceased)
    body.push_back({"deceasedBoolean", Json::flag(true)});
  return entry_of(naming.uuid("Patient"), std::move(body));
}

std::vector<DocumentEntry> proposals(const causes::Assessment& assessment,
                                     const std::string& patient_url, const std::string& device_url,
                                     const Naming& naming) {
  std::vector<DocumentEntry> made;
  for (const auto& item : assessment.workup) {
    if (item.status != causes::WorkupStatus::recommended) continue;
    std::vector<const Code*> codes;
    for (const auto& code : item.codes) codes.push_back(&code);
    if (codes.empty()) codes.push_back(nullptr);
    for (const auto* code : codes) {
      const auto part = "ServiceRequest|" + item.id + '|' + (code == nullptr ? "" : code->code);
      made.push_back(entry_of(naming.uuid(part),
                              {{"resourceType", "ServiceRequest"},
                               {"text", narrative({item.label, item.reason})},
                               {"status", "draft"},
                               {"intent", "proposal"},
                               {"priority", priority(item.urgency)},
                               {"code", code_of(item, code)},
                               {"subject", reference_to(patient_url)},
                               {"authoredOn", iso(assessment.as_of)},
                               {"requester", reference_to(device_url)},
                               {"reasonCode", Json::Array{Json::Object{{"text", item.reason}}}},
                               {"note", cautions_of(item)}}));
    }
  }
  return made;
}

DocumentEntry document_reference(const FiledReport& report, const causes::Assessment& assessment,
                                 const std::string& patient_url, const std::string& device_url,
                                 const Naming& naming) {
  const auto uuid = naming.uuid("DocumentReference");
  const Json attachment = Json::Object{
      {"contentType", "application/pdf"}, {"language", report.language},
      {"data", base64(report.pdf)},       {"size", Json::made(std::to_string(report.pdf.size()))},
      {"hash", base64(sha1(report.pdf))}, {"title", report.title},
      {"creation", iso(assessment.as_of)}};
  return entry_of(uuid, {{"resourceType", "DocumentReference"},
                         {"text", narrative({report.title, report.kind})},
                         {"masterIdentifier", Json::Object{{"system", "urn:ietf:rfc:3986"},
                                                           {"value", "urn:uuid:" + uuid}}},
                         {"status", "current"},
                         {"docStatus", "preliminary"},
                         {"type", document_type()},
                         {"subject", reference_to(patient_url)},
                         {"date", iso(assessment.as_of) + "T00:00:00Z"},
                         {"author", Json::Array{reference_to(device_url)}},
                         {"description", report.kind},
                         {"content", Json::Array{Json::Object{{"attachment", attachment}}}}});
}
}  // namespace legwork::publish
