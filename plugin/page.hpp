#pragma once

#include "base/result.hpp"
#include "plugin/config.hpp"
#include "plugin/router.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace legwork::plugin {
/// One EHR that the page can be opened from.
struct PageEhr {
  std::string name;                  ///< of its [client.NAME]
  std::string iss;                   ///< base address of its FHIR server
  std::string client_id, scope;      ///< scope "": the least that the page needs
  std::vector<std::string> origins;  ///< of its sign-in, where that is not the FHIR server's
  std::vector<std::string> document_types = {"application/pdf"};  ///< it takes, preferred first
  std::size_t inline_bytes = 750'000;  ///< largest document inside a resource
};

/// The EHRs of a configuration: each FHIR server of a client that has a smart_client_id. What its
/// vendor takes as a document is not in a Config: the caller puts it in.
std::vector<PageEhr> page_ehrs(const Config& config);

/// What a browser may do on the page (Content-Security-Policy): run and style what this server
/// sends, call this server and the EHRs, be framed by `frame_ancestors`, and no more.
std::string page_policy(const std::vector<PageEhr>& ehrs,
                        const std::vector<std::string>& frame_ancestors);

/// The page that people see (docs/smart.md): read once, sent from memory.
///
///     GET /                          try-out: a file instead of an EHR
///     GET /launch, /app              where an EHR opens the app; where its sign-in leads back to
///     GET /app/config                what the page must know of this server's settings
///     GET /page/…, /examples/{name}  what the page consists of; invented patients to try
///     GET /openapi.json              what this server answers, for programs
///
/// `data`: the data folder (press::find_data).
/// Errors: missing, unavailable  files of the page cannot be read
Result<std::vector<Route>> page_routes(const std::string& data, const std::vector<PageEhr>& ehrs,
                                       const std::vector<std::string>& frame_ancestors);
}  // namespace legwork::plugin
