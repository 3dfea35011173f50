#pragma once

#include "base/result.hpp"
#include "batch/file.hpp"
#include "batch/zip.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

// Reports in one archive: each shelf's with their headers are a part, and what the directory says
// of them another.

namespace legwork::batch {
inline constexpr std::string_view archive_name = "reports.zip";

/// What the directory says of a report, on a line.
std::string line_of(const ZipEntry& entry);

/// The reports of all shelves, in the order of the archive, with the place of each one's header.
/// Errors: unavailable  a part cannot be read
Result<void> each_entry(
    const std::string& out, std::size_t shelves,
    const std::function<void(const ZipEntry& entry, std::uint64_t header_at)>& use);

/// Writes the directory and the end, to a file that holds the reports of all shelves.
/// Errors: unavailable  the system refuses
Result<void> write_directory(const std::string& out, std::size_t shelves, const File& file,
                             std::uint64_t at);
}  // namespace legwork::batch
