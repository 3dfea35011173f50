#pragma once

#include "base/result.hpp"
#include "plugin/router.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace legwork::plugin {
/// Files that are sent as they are.
struct StaticFiles {
  std::string name;    ///< of their routes, in logs: "page"
  std::string folder;  ///< read once, with the folders in it
  std::string prefix;  ///< of their addresses: "/page" gives "/page/app.js"
  /// Addresses of their own: {"/launch", "launch.html"}. Such a file has no other.
  std::vector<std::pair<std::string, std::string>> pages;
  std::vector<Header> headers;  ///< for each: a Content-Security-Policy
};

/// One route for each file of a kind that browsers know: a fixed set, so that no path leads to any
/// other file. They are sent with an ETag, so that a browser asks each time and seldom gets the
/// bytes. Errors: missing      no such folder, or a page is not in it
///         unavailable  the system refuses
Result<std::vector<Route>> static_routes(const StaticFiles& files);

/// "text/html; charset=utf-8" of "launch.html"; "" for a kind that is not sent.
std::string_view type_of_file(std::string_view name);
}  // namespace legwork::plugin
