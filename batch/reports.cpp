#include "batch/reports.hpp"

#include "batch/archive.hpp"
#include "batch/parts.hpp"

#include <algorithm>
#include <functional>

namespace legwork::batch {
namespace {
std::uint64_t hash_of(std::string_view place) { return std::hash<std::string_view>()(place); }
}  // namespace

Result<Reports> Reports::open(const std::string& out, std::size_t shelves, Shelving shelving) {
  Reports reports;
  reports.folder_ = out + "/reports/";
  if (shelving == Shelving::files) return reports;
  auto archive = press::map_file(out + "/" + std::string(archive_name));
  if (!archive) return tl::unexpected(archive.error());
  reports.archive_ = std::move(*archive);
  const auto read = each_entry(out, shelves, [&](const ZipEntry& entry, std::uint64_t header_at) {
    reports.places_.push_back({hash_of(entry.name), header_at, entry.size});
  });
  if (!read) return tl::unexpected(read.error());
  std::ranges::sort(reports.places_, {}, &Place::hash);
  return reports;
}

Result<press::MappedFile> Reports::find(std::string_view name) const {
  const auto place = report_place(name);
  if (!archive_.owner) return press::map_file(folder_ + place);
  const auto same = std::ranges::equal_range(places_, hash_of(place), {}, &Place::hash);
  for (const auto& one : same) {
    const auto header = zip_header({place, one.size, 0}).size();
    const auto named = archive_.bytes.substr(one.header_at, header);
    if (named.ends_with(place))
      return press::MappedFile{archive_.owner,
                               archive_.bytes.substr(one.header_at + header, one.size)};
  }
  return refuse(ErrorKind::missing, folder_ + place, "is not in the archive");
}
}  // namespace legwork::batch
