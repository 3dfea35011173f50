#include "batch/input.hpp"

#include "base/text.hpp"
#include "batch/unpack.hpp"
#include "press/mapped_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

namespace legwork::batch {
namespace {
namespace fs = std::filesystem;

/// Takes an ending off a name.
bool take_ending(std::string_view& name, std::string_view ending) {
  if (!name.ends_with(ending)) return false;
  name.remove_suffix(ending.size());
  return true;
}

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Where the line that `at` stands in ends: behind its line break, or the end.
std::uint64_t line_end(std::string_view bytes, std::uint64_t at) {
  const void* found = std::memchr(bytes.data() + at, '\n', bytes.size() - at);
  if (found == nullptr) return bytes.size();
  return static_cast<std::uint64_t>(static_cast<const char*>(found) - bytes.data()) + 1;
}

/// Hands over the lines of mapped bytes. Behind the last of them nothing can be read, so it goes
/// through a copy.
class MappedLines {
 public:
  MappedLines(std::string_view bytes, std::size_t padding,
              const std::function<void(const InputLine&)>& use)
      : bytes_(bytes),
        padding_(padding),
        mark_(bytes.starts_with(byte_order_mark) ? byte_order_mark.size() : 0),
        use_(use) {}

  /// The whole text.
  void read_all() { hand_over(mark_, bytes_.size(), 0); }

  /// Those that begin between the two places; how many line breaks they hold.
  std::size_t read(std::uint64_t begin, std::uint64_t end) {
    std::size_t number = 0, breaks = 0;
    for (auto at = begin; at < end;) {
      const auto next = line_end(bytes_, at);
      breaks += bytes_[next - 1] == '\n';
      hand_over(std::max(at, mark_), next, ++number);
      at = next;
    }
    return breaks;
  }

 private:
  void hand_over(std::uint64_t begin, std::uint64_t end, std::size_t number) {
    const auto text = trim(bytes_.substr(begin, end - begin));
    if (text.empty()) return;
    const auto offset = static_cast<std::uint64_t>(text.data() - bytes_.data());
    if (end + padding_ <= bytes_.size()) return use_({text, number, offset});
    copy_.assign(text);
    copy_.resize(text.size() + padding_);
    use_({std::string_view(copy_).substr(0, text.size()), number, offset});
  }

  std::string_view bytes_;
  std::size_t padding_;
  std::uint64_t mark_;  // where the text begins, behind a byte order mark
  const std::function<void(const InputLine&)>& use_;
  std::string copy_;
};

Result<std::size_t> each_mapped(const InputFile& file, const Piece& piece, std::size_t padding,
                                const std::function<void(const InputLine&)>& use) {
  if (file.size == 0) return 0;
  const auto mapped = press::map_file(file.path);
  if (!mapped) return tl::unexpected(mapped.error());
  const auto bytes = mapped->bytes;
  MappedLines lines(bytes, padding, use);
  if (!file.is_lines) {
    lines.read_all();
    return 0;
  }
  // A line belongs to the piece that it begins in.
  auto begin = piece.begin;
  if (piece.begin > 0 && bytes[piece.begin - 1] != '\n') begin = line_end(bytes, piece.begin);
  return lines.read(begin, std::min<std::uint64_t>(piece.end, bytes.size()));
}

/// The same for bytes that come in one after the other.
class UnpackedLines {
 public:
  UnpackedLines(const InputFile& file, std::size_t padding,
                const std::function<void(const InputLine&)>& use)
      : file_(file), padding_(padding), use_(use) {}

  bool take(std::string_view bytes) {
    rest_ += bytes;
    if (!file_.is_lines) return rest_.size() <= line_limit;
    std::size_t begin = 0;
    for (auto end = rest_.find('\n', searched_); end != rest_.npos; end = rest_.find('\n', begin)) {
      ++breaks_;
      hand_over(begin, end, breaks_);
      begin = end + 1;
    }
    rest_.erase(0, begin);
    gone_ += begin;
    searched_ = rest_.size();
    return rest_.size() <= line_limit;
  }

  std::size_t finish() {
    hand_over(0, rest_.size(), file_.is_lines ? breaks_ + 1 : 0);
    return breaks_;
  }

 private:
  void hand_over(std::size_t begin, std::size_t end, std::size_t number) {
    auto text = std::string_view(rest_).substr(begin, end - begin);
    if (number <= 1 && text.starts_with(byte_order_mark))
      text.remove_prefix(byte_order_mark.size());
    text = trim(text);
    if (text.empty()) return;
    const auto offset = static_cast<std::size_t>(text.data() - rest_.data());
    const auto size = text.size();
    rest_.reserve(rest_.size() + padding_);  // readable behind the last line, too
    use_({std::string_view(rest_).substr(offset, size), number, gone_ + offset});
  }

  const InputFile& file_;
  std::size_t padding_;
  const std::function<void(const InputLine&)>& use_;
  std::string rest_;
  std::size_t searched_ = 0, breaks_ = 0;
  std::uint64_t gone_ = 0;  // bytes before rest_
};
}  // namespace

std::optional<InputFile> input_file(std::string whole_name) {
  InputFile file;
  file.name = std::move(whole_name);
  std::string_view name = file.name;
  if (take_ending(name, ".gz"))
    file.packing = Packing::gzip;
  else if (take_ending(name, ".zst"))
    file.packing = Packing::zstd;
  file.is_lines = name.ends_with(".ndjson") || name.ends_with(".jsonl");
  if (!file.is_lines && (!name.ends_with(".json") || file.name == "manifest.json")) return {};
  return file;
}

Result<std::vector<InputFile>> find_input(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return refuse(ErrorKind::missing, folder, "is no folder; name the one that the export is in");
  std::vector<InputFile> files;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code
        gone;  // a link to nowhere is an input that cannot be read, not one to pass over
    if (at->is_directory(gone)) continue;
    if (!gone && !at->is_regular_file(gone)) continue;
    auto file = input_file(at->path().lexically_relative(folder).native());
    if (!file) continue;
    file->path = at->path().native();
    file->size = fs::file_size(at->path(), gone);
    // Before anything begins: what is not read is not negative, and a run without it is another.
    if (::access(file->path.c_str(), R_OK) != 0)
      return refuse(ErrorKind::unavailable, file->path,
                    fmt::format("cannot be read: {}; mend that and run again with --resume",
                                std::strerror(errno)));
    files.push_back(std::move(*file));
  }
  if (error) return refuse(ErrorKind::unavailable, folder, "cannot be listed: " + error.message());
  if (files.empty())
    return refuse(ErrorKind::missing, folder,
                  "holds no .ndjson or .json file, plain or packed as .gz or .zst");
  std::ranges::sort(files, {}, &InputFile::name);
  return files;
}

std::vector<Piece> cut(const std::vector<InputFile>& files, std::uint64_t bytes) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto size = files[i].size;
    const bool whole = files[i].packing != Packing::none || !files[i].is_lines || size <= bytes;
    if (whole) {
      pieces.push_back({i, 0, size});
      continue;
    }
    for (std::uint64_t at = 0; at < size; at += bytes)
      pieces.push_back({i, at, std::min(at + bytes, size)});
  }
  std::ranges::stable_sort(
      pieces, [&](const Piece& a, const Piece& b) { return a.end - a.begin > b.end - b.begin; });
  return pieces;
}

Result<std::size_t> each_line(const InputFile& file, const Piece& piece, std::size_t padding,
                              const std::function<void(const InputLine&)>& use) {
  if (file.packing == Packing::none && !file.is_pipe) return each_mapped(file, piece, padding, use);
  UnpackedLines lines(file, padding, use);
  bool fits = true;
  const auto unpacked = unpack(file.path, file.packing,
                               [&](std::string_view bytes) { return fits = lines.take(bytes); });
  if (!fits)
    return refuse(ErrorKind::unsupported, file.name,
                  "holds a line of more than a gigabyte; nothing after it is read");
  if (!unpacked) return tl::unexpected(unpacked.error());  // with half a line left
  return lines.finish();
}
}  // namespace legwork::batch
