#include "plugin/order_reading.hpp"

#include "causes/orders.hpp"

#include <algorithm>

namespace legwork::plugin {
namespace {
using fhir::Medication;

/// Whether a selection names a draft: "MedicationRequest/m1", or its address.
bool names(std::string_view selection, std::string_view reference) {
  if (reference.empty() || !selection.ends_with(reference)) return false;
  const auto before = selection.size() - reference.size();
  return before == 0 || selection[before - 1] == '/';
}

void keep_selected(const CdsRequest& request, Drafts& drafts) {
  const auto is_selected = [&](const auto& draft) {
    return std::ranges::any_of(request.selections, [&](const std::string& selection) {
      return names(selection, draft.reference);
    });
  };
  const bool any = std::ranges::any_of(drafts.drugs, is_selected) ||
                   std::ranges::any_of(drafts.services, is_selected);
  if (!any) return;
  std::erase_if(drafts.drugs, [&](const auto& draft) { return !is_selected(draft); });
  std::erase_if(drafts.services, [&](const auto& draft) { return !is_selected(draft); });
}

bool is_about_another(const fhir::ServiceRequest& draft, const CdsRequest& request) {
  const std::string_view subject = draft.subject;
  return !subject.empty() && subject.substr(subject.rfind('/') + 1) != request.patient;
}

bool orders_any_of(const std::vector<fhir::ServiceRequest>& services, const causes::Test& test,
                   const causes::Pack& pack) {
  return std::ranges::any_of(services, [&](const fhir::ServiceRequest& service) {
    std::vector<causes::OrderedCode> codes;
    for (const auto& [system, code] : service.codes) codes.push_back({system, code});
    return causes::orders_test(codes, service.text, test, pack);
  });
}
}  // namespace

Drafts read_drafts(const CdsRequest& request, const fhir::Input& patient,
                   const fhir::Vocabulary& vocabulary) {
  Drafts drafts;
  if (request.draft_orders.empty()) return drafts;
  const fhir::Input inputs[] = {patient, {"context.draftOrders", request.draft_orders}};
  // A Bundle that cannot be read holds no order that could be remarked on.
  if (auto read = fhir::read_chart(inputs, vocabulary)) {
    drafts.drugs = std::move(read->medications);
    std::erase_if(drafts.drugs, [](const Medication& draft) {
      return draft.use == Medication::Use::not_taken || draft.use == Medication::Use::stopped;
    });
  }
  drafts.services = fhir::read_service_requests(request.draft_orders);
  std::erase_if(drafts.services,
                [&](const auto& draft) { return is_about_another(draft, request); });
  keep_selected(request, drafts);
  return drafts;
}

std::vector<const causes::WorkupItem*> on_file(const std::vector<fhir::ServiceRequest>& services,
                                               const causes::Assessment& assessment,
                                               const causes::Pack& pack) {
  std::vector<const causes::WorkupItem*> found;
  for (const causes::WorkupItem& item : assessment.workup) {
    if (item.status != causes::WorkupStatus::on_file) continue;
    const auto test = std::ranges::find(pack.tests, item.id, &causes::Test::id);
    if (test != pack.tests.end() && orders_any_of(services, *test, pack)) found.push_back(&item);
  }
  return found;
}
}  // namespace legwork::plugin
