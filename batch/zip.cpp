#include "batch/zip.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace legwork::batch {
namespace {
constexpr std::uint16_t plain = 10, with_zip64 = 45;  // versions that a reader must know
constexpr std::uint16_t unix_file = 3 << 8 | with_zip64;
constexpr std::uint32_t rights = 0100644U << 16U;
constexpr std::uint16_t first_day = 1 << 5 | 1;  // 1980-01-01: the format knows none before
constexpr auto most16 = std::numeric_limits<std::uint16_t>::max();
constexpr auto most32 = std::numeric_limits<std::uint32_t>::max();

/// Bytes of a record, the least significant first.
class Bytes {
 public:
  Bytes& u16(std::uint64_t value) { return number(value, 2); }
  Bytes& u32(std::uint64_t value) { return number(value, 4); }
  Bytes& u64(std::uint64_t value) { return number(value, 8); }
  Bytes& text(std::string_view bytes) {
    out_ += bytes;
    return *this;
  }
  std::string take() { return std::move(out_); }

 private:
  Bytes& number(std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) out_ += static_cast<char>(value >> 8 * i & 0xFF);
    return *this;
  }
  std::string out_;
};

/// What header and directory say alike: method and flags, time, and size.
void describe(Bytes& bytes, const ZipEntry& entry, std::uint16_t version) {
  constexpr std::uint16_t no_flags = 0, stored = 0, midnight = 0;
  bytes.u16(version).u16(no_flags).u16(stored).u16(midnight).u16(first_day);
  bytes.u32(entry.crc).u32(entry.size).u32(entry.size).u16(entry.name.size());
}
}  // namespace

ZipEntry zip_entry(std::string name, std::string_view bytes) {
  const auto crc = ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  return {std::move(name), static_cast<std::uint32_t>(bytes.size()),
          static_cast<std::uint32_t>(crc)};
}

std::string zip_header(const ZipEntry& entry) {
  Bytes bytes;
  bytes.u32(0x04034b50);
  describe(bytes, entry, plain);
  return bytes.u16(0).text(entry.name).take();
}

std::uint64_t zip_extent(const ZipEntry& entry) {
  constexpr std::uint64_t fixed = 30;
  return fixed + entry.name.size() + entry.size;
}

std::string zip_directory_line(const ZipEntry& entry, std::uint64_t header_at) {
  const bool far = header_at >= most32;
  Bytes bytes;
  bytes.u32(0x02014b50).u16(unix_file);
  describe(bytes, entry, far ? with_zip64 : plain);
  constexpr std::uint16_t id = 1, extra = 12;
  bytes.u16(far ? extra : 0).u16(0).u16(0).u16(0).u32(rights);
  bytes.u32(far ? most32 : header_at).text(entry.name);
  if (far) bytes.u16(id).u16(8).u64(header_at);
  return bytes.take();
}

std::string zip_end(const ZipDirectory& directory) {
  const auto& [entries, at, size] = directory;
  Bytes bytes;
  if (entries >= most16 || at >= most32 || size >= most32) {
    constexpr std::uint64_t rest = 44;
    bytes.u32(0x06064b50).u64(rest).u16(unix_file).u16(with_zip64).u32(0).u32(0);
    bytes.u64(entries).u64(entries).u64(size).u64(at);
    bytes.u32(0x07064b50).u32(0).u64(at + size).u32(1);
  }
  const auto shown = std::min<std::uint64_t>(entries, most16);
  bytes.u32(0x06054b50).u16(0).u16(0).u16(shown).u16(shown);
  bytes.u32(std::min<std::uint64_t>(size, most32)).u32(std::min<std::uint64_t>(at, most32));
  return bytes.u16(0).take();
}
}  // namespace legwork::batch
