#include "batch/reports.hpp"

#include "batch/archive.hpp"
#include "batch/file.hpp"
#include "batch/parts.hpp"
#include "press/io.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace legwork::batch {
namespace {
constexpr std::size_t largest = std::size_t{1} << 30;

std::uint64_t hash_of(std::string_view place) { return std::hash<std::string_view>()(place); }
}  // namespace

Result<Reports> Reports::open(const std::string& out, std::size_t shelves, Shelving shelving) {
  Reports reports;
  reports.out_ = out;
  reports.shelving_ = shelving;
  if (shelving == Shelving::files) return reports;
  const auto read = each_entry(out, shelves, [&](const ZipEntry& entry, std::uint64_t header_at) {
    reports.places_.push_back({hash_of(entry.name), header_at, entry.size});
  });
  if (!read) return tl::unexpected(read.error());
  std::ranges::sort(reports.places_, {}, &Place::hash);
  return reports;
}

Result<std::string> Reports::find(std::string_view name) const {
  const auto place = report_place(name);
  if (shelving_ == Shelving::archive) return find_in_archive(place);
  return press::read_file(out_ + "/reports/" + place, largest);
}

Result<std::string> Reports::find_in_archive(std::string_view place) const {
  const auto path = out_ + "/" + std::string(archive_name);
  const File archive(path, O_RDONLY);
  for (const auto& one : std::ranges::equal_range(places_, hash_of(place), {}, &Place::hash)) {
    const auto header = zip_header({std::string(place), one.size, 0}).size();
    std::string bytes(header + one.size, '\0');
    if (!archive.seek(one.header_at) || !archive.read(bytes.data(), bytes.size()))
      return refuse(ErrorKind::unavailable, path, "cannot be read");
    if (std::string_view(bytes).substr(0, header).ends_with(place)) return bytes.substr(header);
  }
  return refuse(ErrorKind::missing, path, fmt::format("does not hold {}", place));
}
}  // namespace legwork::batch
