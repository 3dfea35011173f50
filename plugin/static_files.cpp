#include "plugin/static_files.hpp"

#include "base/digest.hpp"
#include "press/io.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <system_error>

namespace legwork::plugin {
namespace {
namespace fs = std::filesystem;

constexpr std::size_t file_limit = std::size_t{8} << 20;

struct Kind {
  std::string_view ending, type;
};
constexpr std::array<Kind, 9> kinds = {{{".html", "text/html; charset=utf-8"},
                                        {".js", "text/javascript; charset=utf-8"},
                                        {".mjs", "text/javascript; charset=utf-8"},
                                        {".css", "text/css; charset=utf-8"},
                                        {".json", "application/json"},
                                        {".svg", "image/svg+xml"},
                                        {".png", "image/png"},
                                        {".woff2", "font/woff2"},
                                        {".txt", "text/plain; charset=utf-8"}}};

/// The names of the files of a folder, as "vendor/fhir-client.js".
Result<std::vector<std::string>> names_in(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> names;
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error))
    if (entry->is_regular_file(error) && !type_of_file(entry->path().native()).empty())
      names.push_back(entry->path().lexically_relative(folder).generic_string());
  if (error)
    return refuse(ErrorKind::missing, folder, "cannot be read; install legwork's share folder");
  std::ranges::sort(names);
  return names;
}

std::string address_of(const StaticFiles& files, const std::string& name) {
  for (const auto& [address, file] : files.pages)
    if (file == name) return address;
  return files.prefix + "/" + name;
}

bool has_etag(const Request& request, std::string_view etag) {
  const auto* seen = request.header("If-None-Match");
  return seen != nullptr && (*seen == "*" || seen->find(etag) != std::string::npos);
}

Route route_of(const StaticFiles& files, const std::string& name, std::string text) {
  const auto etag = "\"" + sha256(text).substr(0, 32) + "\"";
  auto whole = std::make_shared<Response>(
      Response{200, std::string(type_of_file(name)), std::move(text), files.headers});
  whole->headers.push_back({"ETag", etag});
  whole->headers.push_back({"Cache-Control", "no-cache"});
  whole->headers.push_back({"Referrer-Policy", "no-referrer"});
  Route route;
  route.name = files.name;
  route.method = "GET";
  route.pattern = address_of(files, name);
  route.access = Access::open;
  // Ready in memory: no thread is needed, and no count kept. One opening of the page asks for
  // thirty files, and a hospital may have one address.
  route.runs = Runs::at_once;
  route.handler = [whole, etag](const std::shared_ptr<const Request>& request, const Caller&) {
    if (!has_etag(*request, etag)) return *whole;
    return Response{304, "", "", whole->headers};
  };
  return route;
}
}  // namespace

std::string_view type_of_file(std::string_view name) {
  const auto* const kind =
      std::ranges::find_if(kinds, [&](const Kind& one) { return name.ends_with(one.ending); });
  return kind == kinds.end() ? "" : kind->type;
}

Result<std::vector<Route>> static_routes(const StaticFiles& files) {
  const auto names = names_in(files.folder);
  if (!names) return tl::unexpected(names.error());
  for (const auto& [address, name] : files.pages)
    if (!std::ranges::binary_search(*names, name))
      return refuse(ErrorKind::missing, files.folder, "holds no " + name);
  std::vector<Route> routes;
  for (const auto& name : *names) {
    auto text = press::read_file((fs::path(files.folder) / name).native(), file_limit);
    if (!text) return tl::unexpected(text.error());
    routes.push_back(route_of(files, name, std::move(*text)));
  }
  return routes;
}
}  // namespace legwork::plugin
