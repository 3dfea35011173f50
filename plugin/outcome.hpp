#pragma once

#include "plugin/http.hpp"

#include <string_view>

namespace legwork::plugin {
/// A refusal with a body that helps: an OperationOutcome with one issue of severity error.
///
/// `code`: of http://hl7.org/fhir/issue-type, as "invalid", "required", "not-found"; see
/// issue_code. `diagnostics`: where, what is wrong, and what to do; UTF-8, no patient data, no part
/// of a token. Source: https://hl7.org/fhir/R4/operationoutcome.html
Response outcome(unsigned status, std::string_view code, std::string_view diagnostics);

/// The issue type that goes with a status where nothing more is known: 404 is "not-found".
std::string_view issue_code(unsigned status);

inline constexpr std::string_view fhir_json = "application/fhir+json";
}  // namespace legwork::plugin
