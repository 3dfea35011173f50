#pragma once

#include "base/result.hpp"
#include "plugin/config.hpp"
#include "plugin/router.hpp"

#include <string>
#include <vector>

namespace legwork::plugin {
/// The page that runs in a browser, and what it asks the server for:
///
///     GET /              try it out: drop a chart, see the report
///     GET /launch        where an EHR opens it (SMART App Launch)
///     GET /app           where it works, after the launch
///     GET /page/...      its scripts, words and look
///     GET /app/config    which EHRs may open it, and what each wants
///     GET /examples/...  invented patients, for the try-out
///     GET /openapi.json  what this server answers, for programs
///
/// `data`: folder that legwork brings along. A browser is told to fetch from this server and the
/// configured EHRs alone, and to show the page in frames of the configured sites only.
///
/// Errors: missing, malformed  a file of the page, or of a client's vendor, is not there or not
/// sound
Result<std::vector<Route>> page_routes(const Config& config, const std::string& data);
}  // namespace legwork::plugin
