#include "batch/join.hpp"

#include "batch/parts.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace legwork::batch {
namespace {
namespace fs = std::filesystem;

constexpr std::uint64_t worth_noting = std::uint64_t{64} << 20;

/// One part, added to the file. Gives its size.
Result<std::uint64_t> append(const File& file, const std::string& part, const std::string& path) {
  std::error_code error;
  const auto size = std::uint64_t{fs::file_size(part, error)};
  if (error) return refuse(ErrorKind::unavailable, part, error.message());
  const File from(part, O_RDONLY);
  std::string bytes;
  for (auto left = size; left > 0; left -= bytes.size()) {
    bytes.resize(std::min<std::uint64_t>(left, worth_writing));
    if (!from.read(bytes.data(), bytes.size()))
      return refuse(ErrorKind::unavailable, part, "cannot be read");
    if (!file.write(bytes)) return failed(path);
  }
  return size;
}

/// Adds the parts that are not in the file yet; `joined` is how far it is.
Result<void> append_all(const std::string& out, const Joining& joining, const File& file,
                        Joined& joined, Journal& journal) {
  const auto path = work_folder(out) + "/" + std::string(joining.name);
  std::uint64_t noted = joined.length;
  for (auto first = joined.shelves; joined.shelves < journal.shelves();) {
    const auto added = append(file, part_path(out, joined.shelves, joining.kind), path);
    if (!added) return tl::unexpected(added.error());
    joined.length += *added;
    ++joined.shelves;
    if (joined.length - noted < worth_noting && joined.shelves < journal.shelves()) continue;
    if (!file.sync()) return failed(path);
    if (auto kept = journal.note(joining.kind, joined); !kept) return kept;
    noted = joined.length;
    for (std::error_code ignored; first < joined.shelves; ++first)
      fs::remove(part_path(out, first, joining.kind), ignored);
  }
  return {};
}
}  // namespace

Result<void> join(const std::string& out, const Joining& joining, Journal& journal) {
  const auto path = out + "/" + std::string(joining.name);
  const auto work = work_folder(out) + "/" + std::string(joining.name);
  auto joined = journal.joined(joining.kind);
  std::error_code error;
  const bool is_named = joined.shelves == journal.shelves() && !fs::exists(work, error);
  if (is_named) return {};  // nothing but the name was still to be given

  const File file(work, O_WRONLY | O_CREAT, readable);
  if (!file.cut(joined.length)) return failed(work);
  if (joined.shelves == 0) {
    if (!file.write(joining.before)) return failed(work);
    joined.length = joining.before.size();
  }
  if (auto appended = append_all(out, joining, file, joined, journal); !appended) return appended;
  if (joining.after)
    if (auto written = joining.after(file, joined.length); !written) return written;
  if (!file.sync()) return failed(work);
  return ::rename(work.c_str(), path.c_str()) == 0 ? Result<void>() : failed(path);
}
}  // namespace legwork::batch
