#include "bulk/run.hpp"

#include "press/io.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace legwork::bulk {
namespace {
namespace json = boost::json;

constexpr std::size_t largest_manifest = std::size_t{256} << 20;

/// Whether an OperationOutcome tells of an error, and not of something worth knowing. What cannot
/// be read might.
bool tells_of_error(std::string_view line) {
  std::error_code error;
  const auto value = json::parse(json::string_view(line.data(), line.size()), error);
  const auto* object = error ? nullptr : value.if_object();
  const auto* issues = object == nullptr ? nullptr : object->if_contains("issue");
  if (issues == nullptr || !issues->is_array()) return true;
  return std::ranges::any_of(issues->get_array(), [](const json::value& issue) {
    const auto* severity = issue.is_object() ? issue.get_object().if_contains("severity") : nullptr;
    return severity == nullptr ||
           (*severity != "warning" && *severity != "information" && *severity != "success");
  });
}

Result<bool> any_error(const std::string& path) {
  const auto text = press::read_file(path, largest_manifest);
  if (!text) return tl::unexpected(text.error());
  for (std::string_view rest = *text; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size() - 1);
    const auto line = rest.substr(0, end + 1);
    rest.remove_prefix(end + 1);
    if (line.find_first_not_of(" \t\r\n") != line.npos && tells_of_error(line)) return true;
  }
  return false;
}

/// The names of a list's files; those alone that have a member, where one is named.
std::vector<std::string> names_in(const json::object& manifest, std::string_view list,
                                  std::string_view member = "url") {
  std::vector<std::string> names;
  const auto* entries = manifest.if_contains(list);
  if (entries == nullptr || !entries->is_array()) return names;
  for (const auto& entry : entries->get_array()) {
    const auto* object = entry.if_object();
    const auto* url = object == nullptr ? nullptr : object->if_contains("url");
    if (url != nullptr && url->is_string() && object->contains(member))
      names.emplace_back(url->get_string());
  }
  return names;
}
}  // namespace

Result<Summary> summary_of(const std::string& folder) {
  const auto path = folder + "/manifest.json";
  const auto text = press::read_file(path, largest_manifest);
  if (!text) return tl::unexpected(text.error());
  std::error_code error;
  const auto value = json::parse(*text, error);
  if (error || !value.is_object())
    return refuse(ErrorKind::malformed, path, "is no JSON object; fetch the export again");
  const auto& manifest = value.get_object();
  Summary summary;
  if (const auto* time = manifest.if_contains("transactionTime"); time != nullptr)
    if (time->is_string()) summary.transaction_time = std::string(time->get_string());
  for (const auto* list : {"output", "deleted", "error", "outcome"}) {
    summary.files += names_in(manifest, list).size();
    std::ranges::move(names_in(manifest, list, "lines"), std::back_inserter(summary.miscounted));
  }
  for (const auto* list : {"error", "outcome"})
    for (auto& name : names_in(manifest, list)) {
      const auto found = any_error(folder + "/" + name);
      if (!found) return tl::unexpected(found.error());
      if (*found) summary.errors.push_back(std::move(name));
    }
  return summary;
}
}  // namespace legwork::bulk
