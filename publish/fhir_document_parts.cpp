#include "publish/fhir_document_parts.hpp"

#include "base/sha1.hpp"
#include "publish/fhir_names.hpp"
#include "publish/fhir_proposals.hpp"

#include <fmt/format.h>

namespace legwork::publish {
namespace {
/// "urn:uuid:…" and the resource, its id put in: what nobody has stored has no other address.
DocumentEntry entry_of(const std::string& uuid, Json::Object body) {
  body.insert(body.begin() + 1, {"id", uuid});
  return {"urn:uuid:" + uuid, body};
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
    auto requests = service_requests(item, {patient_url, device_url, {}, {}}, assessment.as_of);
    for (std::size_t i = 0; i < requests.size(); ++i) {
      const auto code = item.codes.empty() ? std::string() : item.codes[i].code;
      auto& body = requests[i];
      body.insert(body.begin() + 1, {"text", narrative({item.label, item.reason})});
      made.push_back(
          entry_of(naming.uuid("ServiceRequest|" + item.id + '|' + code), std::move(body)));
    }
  }
  return made;
}

DocumentEntry document_reference(const FiledReport& report, const causes::Assessment& assessment,
                                 const std::string& patient_url, const std::string& device_url,
                                 const Naming& naming) {
  const auto uuid = naming.uuid("DocumentReference");
  return entry_of(
      uuid,
      {{"resourceType", "DocumentReference"},
       {"text", narrative({report.title, report.kind})},
       {"masterIdentifier",
        Json::Object{{"system", "urn:ietf:rfc:3986"}, {"value", "urn:uuid:" + uuid}}},
       {"status", "current"},
       {"docStatus", "preliminary"},
       {"type", document_type()},
       {"subject", reference_to(patient_url)},
       {"date", iso(assessment.as_of) + "T00:00:00Z"},
       {"author", Json::Array{reference_to(device_url)}},
       {"description", report.kind},
       {"content",
        Json::Array{Json::Object{{"attachment", attachment(report.pdf, report.language,
                                                           report.title, assessment.as_of)}}}}});
}
}  // namespace legwork::publish
