#pragma once

#include "base/result.hpp"
#include "plugin/config.hpp"
#include "plugin/fhir_client.hpp"
#include "plugin/http.hpp"
#include "press/fetch.hpp"

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::plugin {
/// What one call needs and was not sent.
struct FetchPlan {
  Caller caller;
  std::string fhir_server;             ///< as the request names it
  std::string access_token;            ///< lives as long as this call; may be ""
  std::vector<FhirQuery> queries;      ///< by key of the prefetch
  std::vector<std::string_view> sent;  ///< what was sent: Medications that it names may be missing
};

/// Asks the EHR's FHIR server. It may wait: called where that is allowed. Says of each query that
/// it could not have all of why. Medications that nobody sent come under "medication resources".
using FetchMissing = std::function<std::vector<Obtained>(const FetchPlan&)>;

/// Fetches from the FHIR servers that each client may name, in the way of its vendor (vendors/ of
/// the folder `data`). Errors: as load_vendor
Result<FetchMissing> make_fetch_missing(const Config& config, const std::string& data,
                                        press::FetchAll fetch, std::stop_token stop);
}  // namespace legwork::plugin
