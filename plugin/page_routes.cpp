#include "plugin/page_routes.hpp"

#include "plugin/address.hpp"
#include "plugin/static_files.hpp"
#include "plugin/vendors.hpp"
#include "publish/fhir_json.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <set>

namespace legwork::plugin {
namespace {
namespace fs = std::filesystem;
using publish::Json;

/// What an EHR takes as a document: the first of its types that legwork makes.
Json document_rules(const Vendor& vendor) {
  static constexpr std::array<std::string_view, 3> made = {"application/pdf", "text/plain",
                                                           "text/html"};
  const auto type = std::ranges::find_first_of(vendor.document_types, made);
  return Json::Object{
      {"contentType", type == vendor.document_types.end() ? "" : *type},
      {"inlineLimit",
       vendor.inline_bytes > 0 ? Json::made(std::to_string(vendor.inline_bytes)) : Json("")}};
}

/// The EHRs that may open the page, one for each FHIR server.
Result<Json> ehrs(const Config& config, const std::string& data) {
  Json::Array all;
  for (const auto& client : config.clients) {
    if (client.smart_client_id.empty()) continue;
    const auto vendor = load_vendor(data, client.vendor);
    if (!vendor) return tl::unexpected(vendor.error());
    for (const auto& server : client.fhir_servers)
      all.push_back(Json::Object{{"name", client.name},
                                 {"iss", server},
                                 {"clientId", client.smart_client_id},
                                 {"scope", client.smart_scope},
                                 {"document", document_rules(*vendor)}});
  }
  return Json(std::move(all));
}

/// The invented patients in a folder, by name.
std::vector<std::string> examples_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".json") names.push_back(entry.path().filename().native());
  std::ranges::sort(names);
  return names;
}

std::string config_json(const Json& clients, const std::vector<std::string>& examples) {
  Json::Array names(examples.begin(), examples.end());
  const auto listed = clients.empty() ? std::string("[]") : publish::to_text(clients);
  return publish::to_text(Json::Object{{"clients", Json::made(listed)},
                                       {"tryout", Json::flag(true)},
                                       {"languages", Json::Array{"en", "es"}},
                                       {"examples", std::move(names)}});
}

std::string origin_of(std::string_view address) {
  const auto scheme = address.find("://");
  return std::string(address.substr(0, address.find('/', scheme + 3)));
}

/// Scripts and looks of this server alone; data from it and the EHRs.
/// Source: https://www.w3.org/TR/CSP3/
std::string content_security_policy(const Config& config) {
  std::set<std::string> reached(config.page_origins.begin(), config.page_origins.end());
  for (const auto& client : config.clients)
    for (const auto& server : client.fhir_servers) reached.insert(origin_of(server));
  const auto frames = config.frame_ancestors.empty()
                          ? std::string("'self'")
                          : fmt::format("'self' {}", fmt::join(config.frame_ancestors, " "));
  return fmt::format(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
      "connect-src 'self' {}; frame-src blob:; base-uri 'none'; form-action 'none'; "
      "frame-ancestors {}",
      fmt::join(reached, " "), frames);
}

Route config_route(std::string body) {
  Route route;
  route.name = "page-config";
  route.method = "GET";
  route.pattern = "/app/config";
  route.access = Access::open;
  route.runs = Runs::at_once;
  route.handler = [body = std::move(body)](const auto&, const Caller&) -> Answer {
    return Response{200, "application/json", body, {}};
  };
  return route;
}

/// Beside packs and templates where legwork is installed; among its sources where it is built.
std::string page_folder(const std::string& data) {
  const auto installed = fs::path(data) / "page";
  std::error_code ignored;
  return (fs::is_directory(installed, ignored) ? installed : fs::path(data) / "plugin/page")
      .native();
}
}  // namespace

Result<std::vector<Route>> page_routes(const Config& config, const std::string& data) {
  const auto clients = ehrs(config, data);
  if (!clients) return tl::unexpected(clients.error());
  const std::vector<Header> headers = {{"Content-Security-Policy", content_security_policy(config)},
                                       {"Referrer-Policy", "no-referrer"}};
  auto page = static_routes({.name = "page",
                             .folder = page_folder(data),
                             .prefix = "/page",
                             .pages = {{"/", "index.html"},
                                       {"/launch", "launch.html"},
                                       {"/app", "app.html"},
                                       {"/openapi.json", "openapi.json"}},
                             .headers = headers});
  if (!page) return page;
  const auto folder = fs::path(data) / "examples";
  auto examples = static_routes({.name = "example",
                                 .folder = folder.native(),
                                 .prefix = "/examples",
                                 .pages = {},
                                 .headers = headers});
  if (!examples) return examples;
  std::ranges::move(*examples, std::back_inserter(*page));
  page->push_back(config_route(config_json(*clients, examples_in(folder))));
  return page;
}
}  // namespace legwork::plugin
