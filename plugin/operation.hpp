#pragma once

#include "base/date.hpp"
#include "plugin/knowledge.hpp"
#include "plugin/router.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace legwork::plugin {
/// The day it is, where the server stands.
using Today = std::function<Day()>;

/// "heavy-legs-report": the operation's code for a pack.
std::string operation_code(const causes::Pack& pack);

/// The FHIR side: $heavy-legs-report, what it takes and gives, and what there is at all.
///
///     POST /fhir/$heavy-legs-report              Bundle or Parameters in (see read_ask); PDF, FHIR
///                                                document, assessment, HTML or text out, by Accept
///                                                or _format
///     POST /app/report                           the same for the page that this server sends: for
///                                                callers of the same origin only
///     GET  /fhir/metadata                        CapabilityStatement
///     GET  /fhir/OperationDefinition/{code}      OperationDefinition
///
/// `base_url`: as clients call this server.
/// Source: https://hl7.org/fhir/R4/operations.html, https://hl7.org/fhir/R4/http.html
std::vector<Route> operation_routes(std::shared_ptr<const Knowledge> knowledge, Today today,
                                    const std::string& base_url);
}  // namespace legwork::plugin
