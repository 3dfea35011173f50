#include "batch/export_manifest.hpp"

#include "press/io.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>

namespace legwork::batch {
namespace {
namespace json = boost::json;

constexpr std::size_t manifest_limit = std::size_t{256} << 20;

/// "Condition_3.ndjson" of "https://ehr.example.org/bulk/Condition_3.ndjson?sig=…".
std::string_view last_part(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  while (url.ends_with('/')) url.remove_suffix(1);
  return url.substr(url.rfind('/') + 1);  // npos + 1 is 0
}

/// The name that a server gave it, whatever folder it is kept in and however it is packed.
std::string_view plain_name(const InputFile& file) {
  std::string_view name = last_part(file.name);
  for (const std::string_view ending : {".gz", ".zst"})
    if (name.ends_with(ending)) name.remove_suffix(ending.size());
  return name;
}

struct Named {
  std::string name;
  InputFile* file;  // null where it is not there
  std::optional<std::uint64_t> count;
};

std::vector<Named> files_of(const json::object& manifest, std::string_view list,
                            std::vector<InputFile>& files) {
  std::vector<Named> named;
  const auto* entries = manifest.if_contains(list);
  if (entries == nullptr || !entries->is_array()) return named;
  for (const auto& entry : entries->get_array()) {
    const auto* url = entry.is_object() ? entry.get_object().if_contains("url") : nullptr;
    if (url == nullptr || !url->is_string()) continue;
    const auto part = last_part(url->get_string());
    Named one{std::string(part), nullptr, {}};
    const auto* count = entry.get_object().if_contains("count");
    if (count != nullptr && count->is_int64() && count->get_int64() >= 0)
      one.count = static_cast<std::uint64_t>(count->get_int64());
    for (auto& file : files)
      if (plain_name(file) == part || last_part(file.name) == part) one.file = &file;
    named.push_back(std::move(one));
  }
  return named;
}

/// As the server repeats what it was asked for; or `since`, as fetch-export writes it.
bool tells_changes_only(const json::object& manifest) {
  const auto* request = manifest.if_contains("request");
  const bool is_asked =
      request != nullptr && request->is_string() &&
      std::string_view(request->get_string()).find("_since=") != json::string::npos;
  return is_asked || manifest.contains("since");
}
}  // namespace

Result<ExportManifest> read_export_manifest(const std::string& folder,
                                            std::vector<InputFile>& files) {
  ExportManifest result;
  const auto path = folder + "/manifest.json";
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return result;
  const auto text = press::read_file(path, manifest_limit);
  if (!text) return tl::unexpected(text.error());
  const auto value = json::parse(*text, error);
  if (error || !value.is_object())
    return refuse(ErrorKind::malformed, path,
                  "is no JSON object, so nobody knows what it says was deleted; export it again");
  const auto& manifest = value.get_object();
  if (const auto* time = manifest.if_contains("transactionTime"); time != nullptr)
    if (time->is_string()) result.transaction_time = std::string(time->get_string());

  if (tells_changes_only(manifest))
    return refuse(ErrorKind::unsupported, path,
                  "is of an export of what changed since a day; a report needs whole charts, so "
                  "export without _since");
  const auto outputs = files_of(manifest, "output", files);
  const bool named_alike =
      std::ranges::any_of(outputs, [](const Named& one) { return one.file != nullptr; });
  for (const auto& one : outputs) {
    if (one.file == nullptr && named_alike) result.missing.push_back(one.name);
    if (one.file != nullptr && one.count)
      result.promises.push_back({static_cast<std::size_t>(one.file - files.data()), *one.count});
  }
  for (const auto& one : files_of(manifest, "deleted", files))
    if (one.file != nullptr)
      one.file->holds = Holds::deletions;
    else
      result.missing.push_back(one.name);
  for (const auto* list : {"error", "outcome"})  // as Bulk Data 2 and 4 call it
    for (const auto& one : files_of(manifest, list, files)) {
      result.error_files.push_back(one.name);
      if (one.file != nullptr)
        one.file->holds = Holds::errors;
      else
        result.missing.push_back(one.name);
    }
  return result;
}
}  // namespace legwork::batch
