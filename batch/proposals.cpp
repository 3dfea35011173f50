#include "batch/proposals.hpp"

#include "base/sha1.hpp"
#include "publish/fhir_proposals.hpp"

#include <fmt/format.h>

namespace legwork::batch {
namespace {
/// On one line, with an id behind its type.
std::string line_of(publish::Json::Object resource, std::string id) {
  resource.insert(resource.begin() + 1, {"id", publish::Json(std::move(id))});
  return publish::to_line(publish::Json(std::move(resource))) + "\n";
}

publish::ProposedFor whom(const causes::Assessment& assessment) {
  publish::ProposedFor patient;
  patient.patient = assessment.patient.reference;
  return patient;
}
}  // namespace

std::string document_line(const causes::Assessment& assessment, const MadeReport& report) {
  const publish::ProposedReport proposed{
      report.language,
      assessment.provenance.complaint_title,
      "Clinician summary",
      report.pdf,
      "legwork " LEGWORK_VERSION,
      uuid_of(fmt::format("batch|{}|{}", report.name, iso(assessment.as_of)))};
  return line_of(publish::document_reference(proposed, whom(assessment), assessment.as_of),
                 "legwork-" + report.name);
}

std::string order_lines(const causes::Assessment& assessment, std::string_view report) {
  std::string lines;
  std::size_t number = 0;
  for (const auto& item : assessment.workup) {
    if (item.status != causes::WorkupStatus::recommended) continue;
    for (auto& order : publish::service_requests(item, whom(assessment), assessment.as_of))
      lines += line_of(std::move(order), fmt::format("legwork-{}-{}", report, ++number));
  }
  return lines;
}
}  // namespace legwork::batch
