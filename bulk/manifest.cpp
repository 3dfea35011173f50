#include "bulk/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <utility>

namespace legwork::bulk {
namespace {
namespace json = boost::json;

struct NamedList {
  std::string_view name;
  List list;
};
/// As Bulk Data 2 to 4 call them.
constexpr std::array<NamedList, 4> lists{{{"output", List::output},
                                          {"deleted", List::deleted},
                                          {"error", List::error},
                                          {"outcome", List::error}}};

tl::unexpected<Error> refuse_manifest(ErrorKind kind, std::string what) {
  return refuse(kind, "the server's manifest", std::move(what));
}

Result<json::object> read_page(std::string_view page) {
  std::error_code error;
  auto value = json::parse(json::string_view(page.data(), page.size()), error);
  if (error || !value.is_object())
    return refuse_manifest(ErrorKind::malformed, "is no JSON object");
  return std::move(value.get_object());
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

const json::array* entries_of(const json::object& page, std::string_view list) {
  const auto* value = page.if_contains(list);
  return value != nullptr ? value->if_array() : nullptr;
}

/// Names are made of types, and types are the server's: only letters pass.
std::string stem_of(const json::object& entry, List list) {
  if (list == List::deleted) return "deleted";
  if (list == List::error) return "error";
  const auto type = text_of(entry, "type");
  const bool sound = !type.empty() && type.size() <= 64 && std::ranges::all_of(type, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
  return sound ? type : "output";
}

Access access_of(const json::object& page) {
  const auto* value = page.if_contains("requiresAccessToken");
  if (value == nullptr || !value->is_bool()) return Access::unsaid;
  return value->get_bool() ? Access::with_token : Access::open;
}

std::optional<std::uint64_t> count_of(const json::object& entry) {
  const auto* value = entry.if_contains("count");
  if (value == nullptr || !value->is_int64() || value->get_int64() < 0) return {};
  return static_cast<std::uint64_t>(value->get_int64());
}

/// Reads entries page by page, and numbers them by type.
class FileReader {
 public:
  FileReader(const press::Address& place, press::PlainHttp plain) : place_(place), plain_(plain) {}

  Result<ExportFile> read(const json::value& value, List list, Access access) {
    if (!value.is_object() || text_of(value.get_object(), "url").empty())
      return refuse_manifest(ErrorKind::malformed, "names a file without its address");
    const auto& entry = value.get_object();
    auto url = text_of(entry, "url");
    auto address = press::resolve(place_, url, plain_, press::HiddenPath::taken);
    if (!address)
      return refuse_manifest(address.error().kind,
                             "has an address that is not fetched: " + address.error().what);
    const auto stem = stem_of(entry, list);
    auto name = fmt::format("{}.{:04}.ndjson", stem, ++numbers_[stem]);
    return ExportFile{list,   std::move(name), std::move(url), std::move(*address),
                      access, count_of(entry)};
  }

 private:
  const press::Address& place_;
  press::PlainHttp plain_;
  std::map<std::string, unsigned> numbers_;
};

/// The entry as it stands in the folder.
void rename(json::object& entry, const ExportFile& file,
            const std::map<std::string, std::string>& names,
            const std::map<std::string, std::uint64_t>& lines) {
  entry["url"] = file.name;
  entry["serverUrl"] = file.url.substr(0, file.url.find_first_of("?#"));
  if (const auto next = names.find(text_of(entry, "continuesInFile")); next != names.end())
    entry["continuesInFile"] = next->second;
  if (const auto found = lines.find(file.name); found != lines.end())
    entry["lines"] = found->second;
}
}  // namespace

Result<std::string> next_page(std::string_view page) {
  const auto read = read_page(page);
  if (!read) return tl::unexpected(read.error());
  const auto* links = entries_of(*read, "link");
  if (links == nullptr) return std::string();
  for (const auto& link : *links)
    if (link.is_object() && text_of(link.get_object(), "relation") == "next")
      return text_of(link.get_object(), "url");
  return std::string();
}

Result<Manifest> read_manifest(std::span<const std::string> pages, const press::Address& place,
                               press::PlainHttp plain) {
  Manifest manifest;
  FileReader reader(place, plain);
  for (const auto& text : pages) {
    const auto page = read_page(text);
    if (!page) return tl::unexpected(page.error());
    if (manifest.transaction_time.empty())
      manifest.transaction_time = text_of(*page, "transactionTime");
    for (const auto& [name, list] : lists) {
      const auto* entries = entries_of(*page, name);
      if (entries == nullptr) continue;
      for (const auto& entry : *entries) {
        auto file = reader.read(entry, list, access_of(*page));
        if (!file) return tl::unexpected(file.error());
        manifest.files.push_back(std::move(*file));
      }
    }
  }
  if (manifest.transaction_time.empty())
    return refuse_manifest(ErrorKind::malformed, "has no transactionTime");
  return manifest;
}

std::string folder_manifest(std::span<const std::string> pages, const Manifest& manifest,
                            const std::map<std::string, std::uint64_t>& lines,
                            const std::string& since) {
  std::map<std::string, std::string> names;  // by the server's address
  for (const auto& file : manifest.files) names.emplace(file.url, file.name);
  json::object whole;
  std::size_t at = 0;
  for (const auto& text : pages) {
    auto page = *read_page(text);  // read before, when the manifest was
    for (const auto& [name, list] : lists) {
      const auto* entries = entries_of(page, name);
      if (entries == nullptr) continue;
      auto renamed = *entries;
      for (auto& entry : renamed) rename(entry.get_object(), manifest.files[at++], names, lines);
      if (auto* before = whole.if_contains(name); before != nullptr && before->is_array())
        std::ranges::move(renamed, std::back_inserter(before->get_array()));
      else
        whole[name] = std::move(renamed);
    }
    for (auto& [name, value] : page)
      if (name != "link" && !whole.contains(name)) whole[name] = std::move(value);
  }
  if (!since.empty()) whole["since"] = since;
  return json::serialize(whole) + "\n";
}
}  // namespace legwork::bulk
