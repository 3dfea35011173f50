#pragma once

#include "base/result.hpp"
#include "plugin/config.hpp"
#include "plugin/vendors.hpp"
#include "press/address.hpp"
#include "press/fetch.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Fetches from the EHR's FHIR server what a call did not bring along.
// Source: https://cds-hooks.hl7.org/2.0/#fhir-resource-access, https://hl7.org/fhir/R4/http.html

namespace legwork::plugin {
/// The FHIR server of one call, and the right to read there. The token lives as long as the call:
/// it is sent to this server alone, and neither kept nor logged.
struct FhirServer {
  press::Address base;
  std::string token;  ///< fhirAuthorization.access_token; "": the server is open
  Vendor vendor;
};

/// The FHIR server that a call names, if its client may name it: one of its fhir_servers, a slash
/// at the end aside. Where no client is configured (a try-out on loopback): any on loopback.
/// Errors: malformed    no address
///         unsupported  not listed for this client: answer 403
Result<press::Address> allowed_server(const Config& config, const Caller& caller,
                                      std::string_view fhir_server);

/// One thing to fetch.
struct FhirQuery {
  std::string key;    ///< of the prefetch template: "conditions"
  std::string query;  ///< "Condition?patient=123", "Patient/123"; or the address of a further page
};

/// What came of it. Texts are FHIR JSON, one a page.
struct Obtained {
  std::string key;
  std::vector<std::string> texts;
  std::string not_seen;  ///< why not all of it is there, in one clause; "": it is
};

/// How much one call may fetch.
struct FetchBounds {
  unsigned pages_of_a_query = 20;
  unsigned requests = 100;
  std::size_t bytes = std::size_t{32} << 20;  ///< of all answers
};

/// Fetches each query with all its pages; several at a time. A next page is fetched from the same
/// server and below its base address, or not at all. An answer of 429 or 503 is waited for if its
/// Retry-After fits into the time. The same order as the queries.
std::vector<Obtained> fetch_chart(const FhirServer& server, std::span<const FhirQuery> queries,
                                  const FetchBounds& bounds, const press::Patience& patience,
                                  const press::FetchAll& fetch);

/// The Medications that these texts name and do not hold, by id: "m1". Only those of this server.
std::vector<std::string> missing_medications(std::span<const std::string_view> texts,
                                             const press::Address& base);

/// Fetches those Medications, in the vendor's way; `key` of the answer is "medication resources".
Obtained fetch_medications(const FhirServer& server, std::span<const std::string> ids,
                           const FetchBounds& bounds, const press::Patience& patience,
                           const press::FetchAll& fetch);
}  // namespace legwork::plugin
