#include "press/fhir_form.hpp"

#include "fhir/originals.hpp"
#include "publish/fhir_document.hpp"
#include "report/arrangement.hpp"
#include "report/narrative.hpp"

#include <set>

namespace legwork::press {
namespace {
using causes::Assessment;
using report::SectionId;
using References = std::set<std::string>;

void add(References& references, const std::vector<causes::Evidence>& evidence) {
  for (const auto& piece : evidence) references.insert(piece.reference);
}

/// The chart's entries that a section rests on.
References references_behind(SectionId section, const Assessment& assessment) {
  References found;
  switch (section) {
    case SectionId::patient:
      found.insert(assessment.patient.reference);
      break;
    case SectionId::red_flags:
      for (const auto& flag : assessment.red_flags) add(found, flag.evidence);
      break;
    case SectionId::causes:
    case SectionId::found:
      for (const auto& cause : assessment.causes) add(found, cause.evidence);
      add(found, assessment.complaint.evidence);
      break;
    case SectionId::results:
      for (const auto& lab : assessment.labs)
        for (const auto& point : lab.points) found.insert(point.reference);
      break;
    case SectionId::medications:
      for (const auto& line : assessment.medications)
        found.insert(line.references.begin(), line.references.end());
      break;
    case SectionId::workup:
      for (const auto& item : assessment.workup)
        if (item.last_done) found.insert(item.last_done->reference);
      break;
    case SectionId::stands_out:  // what it says, `causes` says with all of its evidence
    case SectionId::changes:
    case SectionId::first_steps:
    case SectionId::questions:
    case SectionId::notes:
    case SectionId::basis:
    case SectionId::sign_off:
    case SectionId::own:
    case SectionId::message:
    case SectionId::next:
    case SectionId::until_then:
    case SectionId::help:
    case SectionId::tell:
    case SectionId::ask:
      break;
  }
  found.erase("");
  return found;
}

/// Lines to sign on are for paper: who attests a FHIR document is named in it.
std::vector<publish::DocumentSection> sections_of(const Assessment& assessment,
                                                  const report::Document& document) {
  std::vector<publish::DocumentSection> sections;
  for (const auto* section : report::arranged(document)) {
    if (section->id == SectionId::sign_off) continue;
    sections.push_back(
        {report::heading_of(*section), report::narrative(*section, document.language),
         references_behind(section->id, assessment), section->id == SectionId::workup});
  }
  return sections;
}
}  // namespace

std::string to_fhir(const Assessment& assessment, const report::Document& document, std::string pdf,
                    std::span<const fhir::Input> inputs) {
  publish::FiledReport filed;
  filed.language = document.language;
  filed.title = document.title;
  filed.kind = document.subject;
  filed.narrative = report::frame_narrative(document);
  filed.sections = sections_of(assessment, document);
  filed.pdf = std::move(pdf);
  filed.made_by = "legwork";
  filed.version = LEGWORK_VERSION;

  References wanted = {assessment.patient.reference};
  for (const auto& section : filed.sections)
    wanted.insert(section.references.begin(), section.references.end());
  return publish::to_text(
      publish::document_bundle(assessment, filed, fhir::find_originals(inputs, wanted)));
}
}  // namespace legwork::press
