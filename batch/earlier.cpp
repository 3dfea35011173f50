#include "batch/earlier.hpp"

#include "base/digest.hpp"
#include "batch/output.hpp"
#include "press/io.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>

namespace legwork::batch {
namespace {
namespace json = boost::json;

/// Whom an assessment of ours is about: a quote within a text has a backslash before it, so that
/// nothing else looks like this.
std::string_view patient_of(std::string_view line) {
  static constexpr std::string_view name = R"("patient":{"reference":")";
  const auto at = line.find(name);
  if (at == line.npos) return {};
  line.remove_prefix(at + name.size());
  return line.substr(0, line.find('"'));
}

std::uint64_t hash_of(std::string_view patient) { return std::hash<std::string_view>{}(patient); }
}  // namespace

Result<Earlier> Earlier::open(const std::string& folder, Day as_of) {
  if (!is_complete(folder))
    return refuse(ErrorKind::missing, folder, "holds no finished run; name the folder of one");
  const auto path = folder + "/manifest.json";
  const auto manifest = press::read_file(path, std::size_t{256} << 20);
  if (!manifest) return tl::unexpected(manifest.error());
  std::error_code error;
  const auto value = json::parse(*manifest, error);
  const auto* day = error || !value.is_object() ? nullptr : value.get_object().if_contains("asOf");
  if (day == nullptr || !day->is_string())
    return refuse(ErrorKind::malformed, path, "is not the manifest of a run");
  if (std::string_view(day->get_string()) > iso(as_of))
    return refuse(ErrorKind::unsupported, path,
                  fmt::format("is of {}, after {}; give a later --as-of",
                              std::string_view(day->get_string()), iso(as_of)));

  Earlier earlier;
  const auto assessments = folder + "/assessments.ndjson";
  const auto size = std::filesystem::file_size(assessments, error);
  earlier.digest_ = sha256(fmt::format("{}{}", *manifest, error ? 0 : size));
  if (!error && size == 0) return earlier;
  auto file = press::map_file(assessments);
  if (!file) return tl::unexpected(file.error());
  earlier.file_ = std::move(*file);
  const auto text = earlier.file_.bytes;
  for (std::uint64_t at = 0; at < text.size();) {
    const auto line = earlier.line_at(at);
    earlier.places_.push_back({hash_of(patient_of(line)), at});
    at += line.size() + 1;
  }
  std::ranges::sort(earlier.places_, {}, &Place::hash);
  return earlier;
}

std::string_view Earlier::line_at(std::uint64_t at) const {
  const auto rest = file_.bytes.substr(at);
  return rest.substr(0, rest.find('\n'));
}

std::optional<std::string_view> Earlier::find(std::string_view patient) const {
  const auto found = std::ranges::equal_range(places_, hash_of(patient), {}, &Place::hash);
  for (const auto& place : found)
    if (const auto line = line_at(place.at); patient_of(line) == patient) return line;
  return {};
}
}  // namespace legwork::batch
