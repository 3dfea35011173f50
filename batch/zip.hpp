#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// A ZIP archive as text: files as they are, one after the other, each behind a header, and at the
// end a directory that says where each begins. What stands before the directory may be put together
// from pieces that were made apart, since a header tells nothing of its place.
// Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT

namespace legwork::batch {
/// A file in an archive: below 4 GB, stored as it is, and of no day: the same reports make the same
/// archive.
struct ZipEntry {
  std::string name;  ///< ASCII, "3f/3f9a….pdf"
  std::uint32_t size = 0;
  std::uint32_t crc = 0;
};

ZipEntry zip_entry(std::string name, std::string_view bytes);

/// What stands before the bytes of a file.
std::string zip_header(const ZipEntry& entry);
/// Where the bytes end that begin with such a header, counted from its first byte.
std::uint64_t zip_extent(const ZipEntry& entry);

/// A file's line of the directory. `header_at`: of its header, in the archive.
std::string zip_directory_line(const ZipEntry& entry, std::uint64_t header_at);

/// The directory as a whole.
struct ZipDirectory {
  std::uint64_t entries = 0;
  std::uint64_t at = 0, size = 0;  ///< in the archive
};
/// What ends an archive. Only where a number is too large for the old form does it use ZIP64.
std::string zip_end(const ZipDirectory& directory);
}  // namespace legwork::batch
