#include "plugin/page.hpp"

#include "press/io.hpp"
#include "publish/fhir_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <set>
#include <span>
#include <utility>

namespace legwork::plugin {
namespace {
using publish::Json;

constexpr std::size_t file_limit = std::size_t{4} << 20;

struct Kind {
  std::string_view ending, content_type;
};
constexpr Kind kinds[] = {{".html", "text/html; charset=utf-8"},
                          {".js", "text/javascript; charset=utf-8"},
                          {".css", "text/css; charset=utf-8"},
                          {".json", "application/json"},
                          {".svg", "image/svg+xml"}};

std::string_view content_type_of(std::string_view name) {
  const auto kind =
      std::ranges::find_if(kinds, [&](const Kind& one) { return name.ends_with(one.ending); });
  return kind == std::end(kinds) ? "" : kind->content_type;
}

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

struct Sent {
  std::string pattern;  ///< of its address
  std::string content_type, body;
};

Route standing(Sent sent, const std::string& policy) {
  Response response;
  response.content_type = std::move(sent.content_type);
  response.body = std::move(sent.body);
  response.headers = {{"Content-Security-Policy", policy},
                      {"Referrer-Policy", "no-referrer"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Cross-Origin-Resource-Policy", "same-origin"},
                      {"Cache-Control", "no-store"}};
  Route route;
  route.name = "page";
  route.method = "GET";
  route.pattern = std::move(sent.pattern);
  route.access = Access::open;
  // Copied where it is sent: what handlers give away they do not keep.
  route.handler = [kept = std::make_shared<const Response>(std::move(response))](
                      const auto&, const Caller&) -> Answer { return *kept; };
  route.runs = Runs::at_once;
  return route;
}

/// The files of a folder that a browser can use, under an address.
Result<std::vector<Sent>> read_folder(const std::filesystem::path& folder,
                                      const std::string& address,
                                      std::span<const std::string_view> endings) {
  const auto names = press::files_in(folder.native(), endings);
  if (!names) return tl::unexpected(names.error());
  std::vector<Sent> files;
  for (const auto& path : *names) {
    auto text = press::read_file(path, file_limit);
    if (!text) return tl::unexpected(text.error());
    const auto name = std::filesystem::path(path).filename().native();
    files.push_back({address + name, std::string(content_type_of(name)), std::move(*text)});
  }
  return files;
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
  static constexpr std::string_view page_endings[] = {".html", ".js", ".css", ".json", ".svg"};
  static constexpr std::string_view chart_endings[] = {".json"};
  const auto folder = page_folder(data);
  auto files = read_folder(folder, "/page/", page_endings);
  if (!files) return tl::unexpected(files.error());
  auto vendored = read_folder(folder / "vendor", "/page/vendor/", page_endings);
  if (!vendored) return tl::unexpected(vendored.error());
  std::ranges::move(*vendored, std::back_inserter(*files));

  std::vector<std::string> examples;
  if (auto charts =
          read_folder(std::filesystem::path(data) / "examples", "/examples/", chart_endings)) {
    for (auto& chart : *charts) {
      examples.push_back(chart.pattern.substr(std::string_view("/examples/").size()));
      files->push_back(std::move(chart));
    }
  }  // without them the page offers none
  files->push_back({"/app/config", "application/json", page_config(ehrs, examples)});

  static constexpr std::pair<std::string_view, std::string_view> pages[] = {
      {"/page/index.html", "/"}, {"/page/launch.html", "/launch"}, {"/page/app.html", "/app"}};
  const auto policy = page_policy(ehrs, frame_ancestors);
  std::vector<Route> routes;
  for (auto& file : *files) {
    const auto page = std::ranges::find(pages, file.pattern,
                                        &std::pair<std::string_view, std::string_view>::first);
    if (page != std::end(pages)) file.pattern = page->second;
    routes.push_back(standing(std::move(file), policy));
  }
  return routes;
}
}  // namespace legwork::plugin
