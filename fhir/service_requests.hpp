#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace legwork::fhir {
/// A ServiceRequest that is no fact of the chart: somebody is about to order it.
struct ServiceRequest {
  std::string reference;  ///< "ServiceRequest/s1"; "" where it has no id
  std::string subject;    ///< as sent; "" where none is named
  std::vector<std::pair<std::string, std::string>>
      codes;         ///< system and code; the system may be ""
  std::string text;  ///< code.text, or the first display; may be ""
};

/// The ServiceRequests of a Bundle of drafts. Drafts are unfinished: what cannot be read is passed
/// over, and a text that is not JSON has none.
std::vector<ServiceRequest> read_service_requests(std::string_view json);
}  // namespace legwork::fhir
