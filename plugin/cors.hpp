#pragma once

#include "plugin/http.hpp"
#include "plugin/router.hpp"

#include <span>
#include <string>

namespace legwork::plugin {
/// The answer to OPTIONS: the methods there are, and, for a browser that asks before it lets a page
/// of a listed origin call, that it may.
/// Source: https://cds-hooks.hl7.org/2.0/#cors; https://fetch.spec.whatwg.org/#http-cors-protocol
Response answer_options(std::span<const std::string> origins, const Found& found,
                        const Request& request);

/// Lets a page of a listed origin read the response. Never "*": what is said depends on who asks.
void allow_origin(std::span<const std::string> origins, const Request& request, Response& response);
}  // namespace legwork::plugin
