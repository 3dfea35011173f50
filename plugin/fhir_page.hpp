#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace legwork::plugin {
/// What a FHIR server, or a prefetch, sent, as far as one must know it to ask for the rest.
struct FhirPage {
  std::string type;  ///< "Bundle", "Patient", "OperationOutcome"
  std::string next;  ///< the address of a Bundle's next page, as it is written; "" for none
  bool reports_error = false;  ///< an OperationOutcome in it says that something failed
  /// Medications that orders and statements name: "Medication/m1", or an absolute address. In the
  /// order of the text, each once; none that is contained.
  std::vector<std::string> named_medications;
  /// Medications that stand in it, by type and id, and by their fullUrl.
  std::vector<std::string> held_medications;
};

/// Errors: malformed  not JSON, or no FHIR resource
/// `where` is "answer"; nothing is quoted.
Result<FhirPage> read_fhir_page(std::string_view json);
}  // namespace legwork::plugin
