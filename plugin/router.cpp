#include "plugin/router.hpp"

#include <algorithm>
#include <optional>

namespace legwork::plugin {
namespace {
int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus : std::uint8_t { as_is, is_space };

/// Percent signs resolved; nothing where that gives no text.
std::optional<std::string> decoded(std::string_view text, Plus plus) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '+' && plus == Plus::is_space) c = ' ';
    if (c == '%') {
      if (text.size() - i < 3) return std::nullopt;
      const int high = hex(text[i + 1]);
      const int low = hex(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (c == '\0') return std::nullopt;
    result += c;
  }
  return result;
}

/// Takes the first segment off a path that begins with "/".
std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  const auto end = std::min(path.find('/'), path.size());
  const auto first = path.substr(0, end);
  path.remove_prefix(end);
  return first;
}

bool is_variable(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}');
}

bool fits(std::string_view pattern, std::string_view path) {
  while (!pattern.empty()) {
    if (path.empty()) return false;
    const auto expected = take_segment(pattern);
    const auto got = take_segment(path);
    if (is_variable(expected) ? got.empty() : decoded(got, Plus::as_is) != expected) return false;
  }
  return path.empty();
}

/// "/a/" as "/a"; "/" stays.
std::string_view without_last_slash(std::string_view path) {
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path;
}
}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {}

Found Router::find(std::string_view method, std::string_view path) const {
  Found found;
  if (!path.starts_with('/')) return found;
  path = without_last_slash(path);
  const auto allow = [&](std::string_view name) {
    if (!found.allow.empty()) found.allow += ", ";
    found.allow += name;
  };
  for (const auto& route : routes_) {
    if (!fits(route.pattern, path)) continue;
    if (found.any == nullptr) found.any = &route;
    if (route.method == method || (route.method == "GET" && method == "HEAD")) {
      found.route = &route;
      return found;
    }
    allow(route.method);
    if (route.method == "GET") allow("HEAD");
  }
  if (found.any != nullptr) allow("OPTIONS");
  return found;
}

std::string segment(std::string_view path, std::size_t index) {
  for (; path.starts_with('/'); --index) {
    const auto first = take_segment(path);
    if (index == 0) return decoded(first, Plus::as_is).value_or("");
  }
  return "";
}

std::string parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const auto equals = std::min(pair.find('='), pair.size());
    if (decoded(pair.substr(0, equals), Plus::is_space) != name) continue;
    return decoded(pair.substr(std::min(equals + 1, pair.size())), Plus::is_space).value_or("");
  }
  return "";
}
}  // namespace legwork::plugin
