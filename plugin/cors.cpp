#include "plugin/cors.hpp"

#include "plugin/outcome.hpp"

#include <algorithm>

namespace legwork::plugin {
namespace {
bool is_listed(std::span<const std::string> origins, const Request& request) {
  const auto* origin = request.header("Origin");
  return origin != nullptr && std::ranges::find(origins, *origin) != origins.end();
}
}  // namespace

void allow_origin(std::span<const std::string> origins, const Request& request,
                  Response& response) {
  response.headers.push_back({"Vary", "Origin"});
  if (!is_listed(origins, request)) return;
  response.headers.push_back({"Access-Control-Allow-Origin", *request.header("Origin")});
  response.headers.push_back({"Access-Control-Expose-Headers", "X-Request-Id, Retry-After"});
}

Response answer_options(std::span<const std::string> origins, const Found& found,
                        const Request& request) {
  Response response;
  response.status = 204;
  response.headers.push_back(
      {"Allow", found.any == nullptr ? "GET, HEAD, POST, OPTIONS" : found.allow});
  if (request.header("Access-Control-Request-Method") == nullptr) return response;
  if (found.any == nullptr || found.any->cors != Cors::listed || !is_listed(origins, request)) {
    auto refused = outcome(403, issue_code(403),
                           "pages of this origin may not call; its operator can list the origin "
                           "under cors-origins");
    refused.headers.push_back({"Vary", "Origin"});
    return refused;
  }
  allow_origin(origins, request, response);
  response.headers.push_back({"Access-Control-Allow-Methods", found.allow});
  response.headers.push_back({"Access-Control-Allow-Headers", "Authorization, Content-Type"});
  response.headers.push_back({"Access-Control-Max-Age", "600"});
  return response;
}
}  // namespace legwork::plugin
