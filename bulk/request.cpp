#include "bulk/request.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/json.hpp>

namespace legwork::bulk {
namespace {
namespace json = boost::json;

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Source: https://hl7.org/fhir/R4/datatypes.html#id
bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return is_letter(c) || is_digit(c) || c == '-' || c == '.';
  });
}

bool is_type(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, is_letter);
}

/// Whether the text has the pattern's characters, where 0 stands for any digit.
bool fits(std::string_view text, std::string_view pattern) {
  return std::ranges::equal(text, pattern,
                            [](char c, char p) { return p == '0' ? is_digit(c) : c == p; });
}

Result<void> check(const Request& request) {
  if (request.level == Level::group && !is_id(request.group))
    return refuse(ErrorKind::malformed, "--group", "is no FHIR id");
  if (!std::ranges::all_of(request.types, is_type))
    return refuse(ErrorKind::malformed, "--type", "is no FHIR type, such as Condition");
  if (!request.since.empty() && !is_instant(request.since))
    return refuse(ErrorKind::malformed, "--since",
                  "is neither an instant, such as 2026-11-22T08:00:00Z, nor the folder of an "
                  "earlier download");
  if (!std::ranges::all_of(request.patients, is_id))
    return refuse(ErrorKind::malformed, "--patient", "is no FHIR id");
  if (!request.patients.empty() && request.method == Method::get)
    return refuse(ErrorKind::malformed, "--patient",
                  "can be asked for by --method post only: an address is logged on its way");
  return {};
}

std::string path_of(const Request& request) {
  switch (request.level) {
    case Level::patients:
      return "/Patient/$export";
    case Level::group:
      return fmt::format("/Group/{}/$export", request.group);
    case Level::system:
      break;
  }
  return "/$export";
}

std::string query_of(const Request& request) {
  std::vector<std::string> parts;
  if (!request.types.empty())
    parts.push_back("_type=" +
                    press::percent_encoded(fmt::format("{}", fmt::join(request.types, ","))));
  if (!request.since.empty()) parts.push_back("_since=" + press::percent_encoded(request.since));
  for (const auto& filter : request.type_filters)
    parts.push_back("_typeFilter=" + press::percent_encoded(filter));
  for (const auto& [name, value] : request.more)
    parts.push_back(press::percent_encoded(name) + "=" + press::percent_encoded(value));
  return fmt::format("{}", fmt::join(parts, "&"));
}

std::string parameters_of(const Request& request) {
  json::array parts;
  const auto add = [&](std::string_view name, std::string_view type, json::value value) {
    parts.push_back(json::object{{"name", name}, {type, std::move(value)}});
  };
  for (const auto& type : request.types) add("_type", "valueString", json::string(type));
  if (!request.since.empty()) add("_since", "valueInstant", json::string(request.since));
  for (const auto& filter : request.type_filters)
    add("_typeFilter", "valueString", json::string(filter));
  for (const auto& id : request.patients)
    add("patient", "valueReference", json::object{{"reference", "Patient/" + id}});
  for (const auto& [name, value] : request.more)
    add(name, is_instant(value) ? "valueInstant" : "valueString", json::string(value));
  return json::serialize(json::object{{"resourceType", "Parameters"}, {"parameter", parts}});
}
}  // namespace

bool is_instant(std::string_view text) {
  constexpr std::string_view seconds = "0000-00-00T00:00:00";
  if (text.size() <= seconds.size() || !fits(text.substr(0, seconds.size()), seconds)) return false;
  text.remove_prefix(seconds.size());
  if (text.front() == '.') {
    const auto end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    if (end == 1) return false;
    text.remove_prefix(end);
  }
  return text == "Z" || fits(text, "+00:00") || fits(text, "-00:00");
}

Result<press::Outgoing> kick_off(const Request& request, const press::Address& base) {
  if (const auto checked = check(request); !checked) return tl::unexpected(checked.error());
  press::Outgoing made{base, {{"Accept", "application/fhir+json"}, {"Prefer", "respond-async"}}};
  made.address.path = std::string(press::without_last_slash(base.path)) + path_of(request);
  if (request.method == Method::get) {
    made.address.query = query_of(request);
  } else {
    made.method = "POST";
    made.headers.push_back({"Content-Type", "application/fhir+json"});
    made.body = parameters_of(request);
  }
  return made;
}
}  // namespace legwork::bulk
