#include "publish/fhir_document.hpp"

#include "base/sha1.hpp"
#include "causes/json.hpp"
#include "publish/fhir_document_parts.hpp"
#include "publish/fhir_proposals.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace legwork::publish {
namespace {
/// Where a resource stood; what came without an address gets one under which the relative
/// references of its neighbors find it, and what has no id a UUID.
std::string url_of(const fhir::Original& original, const Naming& naming) {
  const auto address = original.full_url.substr(0, original.full_url.find("/_history/"));
  const bool is_address = address.starts_with("urn:") || address.starts_with("http://") ||
                          address.starts_with("https://");
  if (is_address) return address;
  if (!original.id.empty()) return "https://legwork.example.org/fhir/" + original.reference;
  return "urn:uuid:" + naming.uuid(original.reference);
}

/// "Observation" of "Observation/o9"; "" of "Bundle.entry[7]".
std::string type_in(const std::string& reference) {
  const auto slash = reference.find('/');
  const bool names_a_type = slash != reference.npos && reference[0] >= 'A' && reference[0] <= 'Z';
  return names_a_type ? reference.substr(0, slash) : "";
}

/// A document while it is put together: what a section refers to goes in, once.
class Document {
 public:
  Document(const causes::Assessment& assessment, const FiledReport& report,
           const std::vector<fhir::Original>& originals)
      : assessment_(assessment),
        report_(report),
        naming_(base64(sha1(report.pdf)) + base64(sha1(causes::to_json(assessment)))) {
    for (const auto& original : originals) {
      originals_.emplace(original.reference, &original);
      if (!original.full_url.empty()) originals_.emplace(original.full_url, &original);
    }
  }

  Json make() &&;

 private:
  std::string add(DocumentEntry entry);
  std::string add_original(const fhir::Original& original);
  void add_people();
  Json section(const DocumentSection& section);
  Json::Array entries_behind(const DocumentSection& section);
  Json printed_report();
  DocumentEntry composition(Json::Array sections) const;

  const causes::Assessment& assessment_;
  const FiledReport& report_;
  Naming naming_;
  std::map<std::string, const fhir::Original*> originals_;
  std::string patient_url_, device_url_;
  std::vector<DocumentEntry> entries_;  // but for the Composition, which comes first
  std::set<std::string> urls_;          // of these
};

/// Adds what is not there yet; says where it is.
std::string Document::add(DocumentEntry entry) {
  auto url = entry.url;
  if (urls_.insert(url).second) entries_.push_back(std::move(entry));
  return url;
}

/// With the drug that it names by reference.
std::string Document::add_original(const fhir::Original& original) {
  const auto url = add({url_of(original, naming_), Json::made(original.json)});
  const auto drug = originals_.find(original.drug);
  if (drug != originals_.end() && drug->second != &original)
    add({url_of(*drug->second, naming_), Json::made(drug->second->json)});
  return url;
}

void Document::add_people() {
  const auto patient = originals_.find(assessment_.patient.reference);
  patient_url_ = patient == originals_.end() ? add(publish::patient(assessment_.patient, naming_))
                                             : add_original(*patient->second);
  device_url_ = add(device(report_, naming_));
}

/// What could not be copied is named, but not referred to: a document holds all it refers to.
Json::Array Document::entries_behind(const DocumentSection& section) {
  Json::Array references;
  for (const auto& reference : section.references) {
    if (reference.empty()) continue;
    if (reference == assessment_.patient.reference) {
      references.push_back(reference_to(patient_url_));
    } else if (const auto found = originals_.find(reference); found != originals_.end()) {
      references.push_back(reference_to(add_original(*found->second)));
    } else {
      references.push_back(Json::Object{{"type", type_in(reference)}, {"display", reference}});
    }
  }
  if (section.holds_workup)
    for (auto& proposal : proposals(assessment_, patient_url_, device_url_, naming_))
      references.push_back(reference_to(add(std::move(proposal))));
  return references;
}

Json Document::section(const DocumentSection& section) {
  const Json narrative = section.narrative.empty()
                             ? Json("")
                             : Json::Object{{"status", "generated"}, {"div", section.narrative}};
  return Json::Object{
      {"title", section.title}, {"text", narrative}, {"entry", entries_behind(section)}};
}

Json Document::printed_report() {
  const auto url =
      add(document_reference(report_, assessment_, patient_url_, device_url_, naming_));
  return Json::Object{{"title", report_.kind + " (PDF)"},
                      {"entry", Json::Array{reference_to(url)}}};
}

DocumentEntry Document::composition(Json::Array sections) const {
  const auto uuid = naming_.uuid("Composition");
  return {"urn:uuid:" + uuid,
          Json::Object{{"resourceType", "Composition"},
                       {"id", uuid},
                       {"language", report_.language},
                       {"text", Json::Object{{"status", "generated"}, {"div", report_.narrative}}},
                       {"status", "preliminary"},  // until somebody has read it and signs
                       {"type", document_type()},
                       {"subject", reference_to(patient_url_)},
                       {"date", iso(assessment_.as_of)},
                       {"author", Json::Array{reference_to(device_url_)}},
                       {"title", fmt::format("{}: {}", report_.kind, report_.title)},
                       {"section", std::move(sections)}}};
}

Json Document::make() && {
  add_people();
  Json::Array sections;
  for (const auto& one : report_.sections)
    if (!one.narrative.empty() || !one.references.empty()) sections.push_back(section(one));
  sections.push_back(printed_report());
  entries_.insert(entries_.begin(), composition(std::move(sections)));
  Json::Array entries;
  for (auto& [url, resource] : entries_)
    entries.push_back(Json::Object{{"fullUrl", url}, {"resource", std::move(resource)}});
  return Json::Object{{"resourceType", "Bundle"},
                      {"identifier", Json::Object{{"system", "urn:ietf:rfc:3986"},
                                                  {"value", "urn:uuid:" + naming_.uuid("Bundle")}}},
                      {"type", "document"},
                      {"timestamp", iso(assessment_.as_of) + "T00:00:00Z"},
                      {"entry", std::move(entries)}};
}
}  // namespace

Json document_bundle(const causes::Assessment& assessment, const FiledReport& report,
                     const std::vector<fhir::Original>& originals) {
  return Document(assessment, report, originals).make();
}
}  // namespace legwork::publish
