#pragma once

#include "causes/assessment.hpp"
#include "publish/fhir_json.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Resources that are offered to another system, which makes them its own when somebody agrees.
/// They have no id: who stores them gives them one.
namespace legwork::publish {
/// Whom and what it is for, as references of the system that it is offered to. Any but the patient
/// may be "".
struct ProposedFor {
  std::string patient, requester, encounter;
  std::vector<std::string> reasons;  ///< the Conditions behind it
};

/// An item of work-up as drafts of orders: one for each of its codes, or one in words.
std::vector<Json::Object> service_requests(const causes::WorkupItem& item, const ProposedFor& whom,
                                           Day as_of);

/// A report to be filed: its PDF, and how it is called.
struct ProposedReport {
  std::string language, title, kind;  ///< "en", "Heavy legs when lying down", "Clinician summary"
  std::string_view pdf;
  std::string made_by;  ///< "legwork 0.1.0"
  std::string uuid;     ///< of this report: filed twice it is known to be the same
};

/// The PDF as a clinical note, in the way of US Core, for somebody to file and sign.
/// Source: https://hl7.org/fhir/us/core/clinical-notes.html
Json::Object document_reference(const ProposedReport& report, const ProposedFor& whom, Day as_of);

/// What kind of document the report is.
Json document_type();
/// The PDF, with its size and hash.
Json attachment(std::string_view pdf, const std::string& language, const std::string& title,
                Day created);
Json reference_to(const std::string& url);
}  // namespace legwork::publish
