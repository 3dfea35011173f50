#include "plugin/page.hpp"

#include "plugin/static_files.hpp"
#include "press/io.hpp"
#include "publish/fhir_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <utility>

namespace legwork::plugin {
namespace {
using publish::Json;

/// "https://ehr.example.org" of "https://ehr.example.org/fhir".
std::string origin_of(std::string_view url) {
  const auto host = url.find("://");
  if (host == std::string_view::npos) return {};
  return std::string(url.substr(0, url.find('/', host + 3)));
}

/// Whether an address can stand in a policy: it would end at one of these, and another begin.
bool is_plain(std::string_view origin) {
  return !origin.empty() && origin.find_first_of(" ;,'\"\r\n\t") == std::string_view::npos;
}

std::string listed(const std::set<std::string>& origins) {
  std::string text;
  for (const auto& origin : origins) text += " " + origin;
  return text;
}

/// What the page must know. Nothing in it is secret: anybody can ask for it.
std::string page_config(const std::vector<PageEhr>& ehrs,
                        const std::vector<std::string>& examples) {
  Json::Array clients;
  for (const auto& ehr : ehrs) {
    Json::Array origins, types;
    for (const auto& origin : ehr.origins) origins.emplace_back(origin);
    for (const auto& type : ehr.document_types) types.emplace_back(type);
    clients.push_back(Json::Object{
        {"name", ehr.name},
        {"iss", ehr.iss},
        {"clientId", ehr.client_id},
        {"scope", ehr.scope},
        {"origins", std::move(origins)},
        {"document", Json::Object{{"contentTypes", std::move(types)},
                                  {"inlineLimit", Json::made(std::to_string(ehr.inline_bytes))}}}});
  }
  Json::Array names;
  for (const auto& name : examples) names.emplace_back(name);
  return publish::to_text(Json::Object{{"clients", std::move(clients)},
                                       {"tryout", Json::flag(true)},
                                       {"languages", Json::Array{"en", "es"}},
                                       {"examples", std::move(names)}});
}

Route config_route(std::string body) {
  Route route;
  route.name = "page-config";
  route.method = "GET";
  route.pattern = "/app/config";
  route.access = Access::open;
  route.runs = Runs::at_once;
  route.handler = [body = std::move(body)](const auto&, const Caller&) -> Answer {
    return Response{200, "application/json", body, {{"Cache-Control", "no-store"}}};
  };
  return route;
}

/// The invented patients of a folder, by name; without them the page offers none.
std::vector<std::string> examples_in(const std::filesystem::path& folder) {
  static constexpr std::string_view charts[] = {".json"};
  std::vector<std::string> names;
  if (const auto files = press::files_in(folder.native(), charts))
    for (const auto& file : *files) names.push_back(std::filesystem::path(file).filename());
  return names;
}

/// data/page where legwork is installed, data/plugin/page in its source tree.
std::filesystem::path page_folder(const std::filesystem::path& data) {
  std::error_code error;
  const auto installed = data / "page";
  return std::filesystem::is_directory(installed, error) ? installed : data / "plugin/page";
}
}  // namespace

std::vector<PageEhr> page_ehrs(const Config& config) {
  std::vector<PageEhr> ehrs;
  for (const auto& client : config.clients) {
    if (client.smart_client_id.empty()) continue;
    for (const auto& server : client.fhir_servers)
      ehrs.push_back({.name = client.name,
                      .iss = server,
                      .client_id = client.smart_client_id,
                      .scope = client.smart_scope,
                      .origins = client.smart_origins});
  }
  return ehrs;
}

std::string page_policy(const std::vector<PageEhr>& ehrs,
                        const std::vector<std::string>& frame_ancestors) {
  std::set<std::string> called, framing;
  const auto add = [](std::set<std::string>& to, const std::string& origin) {
    if (is_plain(origin)) to.insert(origin);
  };
  for (const auto& ehr : ehrs) {
    add(called, origin_of(ehr.iss));
    for (const auto& origin : ehr.origins) add(called, origin_of(origin));
  }
  for (const auto& site : frame_ancestors) add(framing, site);
  return fmt::format(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
      "connect-src 'self'{}; frame-src blob:; base-uri 'none'; form-action 'none'; "
      "frame-ancestors{}",
      listed(called), framing.empty() ? " 'none'" : listed(framing));
}

Result<std::vector<Route>> page_routes(const std::string& data, const std::vector<PageEhr>& ehrs,
                                       const std::vector<std::string>& frame_ancestors) {
  const std::vector<Header> headers = {
      {"Content-Security-Policy", page_policy(ehrs, frame_ancestors)},
      {"Cross-Origin-Resource-Policy", "same-origin"}};
  auto routes = static_routes({.name = "page",
                               .folder = page_folder(data).native(),
                               .prefix = "/page",
                               .pages = {{"/", "index.html"},
                                         {"/launch", "launch.html"},
                                         {"/app", "app.html"},
                                         {"/openapi.json", "openapi.json"}},
                               .headers = headers});
  if (!routes) return routes;
  const auto charts = std::filesystem::path(data) / "examples";
  const auto examples = examples_in(charts);
  if (!examples.empty()) {
    auto invented = static_routes({.name = "example",
                                   .folder = charts.native(),
                                   .prefix = "/examples",
                                   .pages = {},
                                   .headers = headers});
    if (!invented) return invented;
    std::ranges::move(*invented, std::back_inserter(*routes));
  }
  routes->push_back(config_route(page_config(ehrs, examples)));
  return routes;
}
}  // namespace legwork::plugin
