#include "fhir/datatypes.hpp"
#include "fhir/facts.hpp"

// Source: https://hl7.org/fhir/R4/operationoutcome.html

namespace legwork::fhir {
namespace {
constexpr Wanted elements[] = {"issue"};

/// What a server could not deliver is unknown, not absent.
void read_outcome(const Element& outcome, Reading& reading) {
  for (const Element issue : outcome.each("issue")) {
    const std::string_view severity = issue.text("severity");
    if (severity == "information" || severity == "success") continue;
    reading.facts.warnings.emplace_back("the server reported a problem; data may be missing");
    return;
  }
}
}  // namespace

constexpr Rule outcome_rule{"OperationOutcome", elements, read_outcome};
}  // namespace legwork::fhir
