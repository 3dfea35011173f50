#include "batch/archive.hpp"

#include "batch/parts.hpp"
#include "press/mapped_file.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>

namespace legwork::batch {
namespace {
template <class Number>
Number number(std::string_view digits) {
  Number value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// Up to the sign, which goes with it.
std::string_view cut(std::string_view& text, char sign) {
  const auto end = text.find(sign);
  const auto first = text.substr(0, end);
  text.remove_prefix(first.size() + 1);
  return first;
}
}  // namespace

std::string line_of(const ZipEntry& entry) {
  return fmt::format("{} {} {}\n", entry.name, entry.size, entry.crc);
}

Result<void> each_entry(
    const std::string& out, std::size_t shelves,
    const std::function<void(const ZipEntry& entry, std::uint64_t header_at)>& use) {
  std::uint64_t at = 0;
  std::error_code error;
  for (std::size_t i = 0; i < shelves; ++i) {
    const auto path = part_path(out, i, "entries");
    if (std::filesystem::file_size(path, error) == 0 && !error) continue;
    const auto file = press::map_file(path);
    if (!file) return tl::unexpected(file.error());
    for (auto text = file->bytes; !text.empty();) {
      auto line = cut(text, '\n');
      ZipEntry entry;
      entry.name = cut(line, ' ');
      entry.size = number<std::uint32_t>(cut(line, ' '));
      entry.crc = number<std::uint32_t>(line);
      use(entry, at);
      at += zip_extent(entry);
    }
  }
  return {};
}

Result<void> write_directory(const std::string& out, std::size_t shelves, const File& file,
                             std::uint64_t at) {
  ZipDirectory directory{0, at, 0};
  std::string waiting;
  bool sound = true;
  const auto read = each_entry(out, shelves, [&](const ZipEntry& entry, std::uint64_t header_at) {
    const auto line = zip_directory_line(entry, header_at);
    ++directory.entries;
    directory.size += line.size();
    waiting += line;
    if (waiting.size() < worth_writing) return;
    sound = sound && file.write(waiting);
    waiting.clear();
  });
  if (!read) return read;
  sound = sound && file.write(waiting + zip_end(directory));
  return sound ? Result<void>() : failed(out + "/" + std::string(archive_name));
}
}  // namespace legwork::batch
