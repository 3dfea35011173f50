#pragma once

#include "causes/assessment.hpp"
#include "causes/pack.hpp"
#include "fhir/read.hpp"
#include "fhir/service_requests.hpp"
#include "plugin/cds_request.hpp"

#include <vector>

namespace legwork::plugin {
/// What is about to be ordered for the patient. It is no part of the chart: nothing of it is taken
/// or done.
struct Drafts {
  std::vector<fhir::Medication> drugs;
  std::vector<fhir::ServiceRequest> services;
};

/// The drafts of a call; of order-select those that are selected. Selections that name none of the
/// drafts (they may have no ids yet) select all. Drafts about somebody else are left out.
/// `patient`: the Patient resource.
Drafts read_drafts(const CdsRequest& request, const fhir::Input& patient,
                   const fhir::Vocabulary& vocabulary);

/// The tests among them whose result is on file.
std::vector<const causes::WorkupItem*> on_file(const std::vector<fhir::ServiceRequest>& services,
                                               const causes::Assessment& assessment,
                                               const causes::Pack& pack);
}  // namespace legwork::plugin
