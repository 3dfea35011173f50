#include "batch/input.hpp"

#include "base/text.hpp"
#include "batch/unpack.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

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

/// Bytes that come in one after the other, as lines. They wait in one buffer, which holds one line
/// and what was read at once with it.
class Lines {
 public:
  /// `begin`: where in the file the first byte stands. Lines that begin at `end` or after it are
  /// not handed over.
  Lines(const InputFile& file, std::uint64_t begin, std::uint64_t end, std::size_t padding,
        const std::function<void(const InputLine&)>& use)
      : file_(file), end_(end), padding_(padding), use_(use), gone_(begin) {}

  /// Where the next bytes are to be put, and that so many were.
  char* room(std::size_t size);
  void came(std::size_t size);

  void skip_first() { skips_ = true; }  ///< the end of another piece's line
  bool want_more() const { return wants_more_ && waiting() <= line_limit; }
  bool is_too_long() const { return wants_more_ && waiting() > line_limit; }
  /// Hands over what no line break follows. How many there were.
  std::size_t finish();

 private:
  std::size_t waiting() const { return size_ - begin_; }
  void hand_over(std::size_t begin, std::size_t end, std::size_t number);

  const InputFile& file_;
  std::uint64_t end_;
  std::size_t padding_;
  const std::function<void(const InputLine&)>& use_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0, searched_ = 0, size_ = 0;  // in the buffer
  std::uint64_t gone_;                               // of the file, before the buffer
  std::size_t breaks_ = 0;
  bool skips_ = false, wants_more_ = true;
};

char* Lines::room(std::size_t size) {
  if (begin_ > 0) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, waiting());
    gone_ += begin_;
    searched_ -= begin_;
    size_ -= begin_;
    begin_ = 0;
  }
  const auto needed = size_ + size + padding_;
  if (needed > capacity_) {
    capacity_ = std::max(needed, 2 * capacity_);
    std::unique_ptr<char[]> larger(new char[capacity_]);  // not filled with zeros
    if (size_ > 0) std::memcpy(larger.get(), buffer_.get(), size_);
    buffer_ = std::move(larger);
  }
  return buffer_.get() + size_;
}

void Lines::came(std::size_t size) {
  size_ += size;
  if (!file_.is_lines) return;
  while (wants_more_) {
    const auto* found =
        static_cast<const char*>(std::memchr(buffer_.get() + searched_, '\n', size_ - searched_));
    searched_ = found == nullptr ? size_ : static_cast<std::size_t>(found - buffer_.get()) + 1;
    if (found == nullptr && skips_) begin_ = size_;
    if (found == nullptr) return;
    if (!std::exchange(skips_, false)) {
      wants_more_ = gone_ + begin_ < end_;
      if (wants_more_) hand_over(begin_, searched_, ++breaks_);
    }
    begin_ = searched_;
  }
}

std::size_t Lines::finish() {
  const bool is_mine = wants_more_ && !skips_ && gone_ + begin_ < end_;
  if (is_mine) hand_over(begin_, size_, file_.is_lines ? breaks_ + 1 : 0);
  return breaks_;
}

void Lines::hand_over(std::size_t begin, std::size_t end, std::size_t number) {
  std::string_view text(buffer_.get() + begin, end - begin);
  if (gone_ + begin == 0 && text.starts_with(byte_order_mark))
    text.remove_prefix(byte_order_mark.size());
  text = trim(text);
  if (text.empty()) return;
  use_({text, number, gone_ + static_cast<std::uint64_t>(text.data() - buffer_.get())});
}

constexpr std::size_t block = std::size_t{1} << 18;  // stays in the processor's own memory

tl::unexpected<Error> unreadable(const InputFile& file) {
  return refuse(errno == ENOENT ? ErrorKind::missing : ErrorKind::unavailable, file.path,
                fmt::format("cannot be read: {}", std::strerror(errno)));
}

/// Reads a part of a plain file. A line belongs to the piece that it begins in.
Result<void> read_plain(const InputFile& file, const Piece& piece, Lines& lines) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> handle(std::fopen(file.path.c_str(), "rbe"),
                                                               &std::fclose);
  if (handle == nullptr) return unreadable(file);
  const auto from = piece.begin - (piece.begin > 0);
  if (piece.begin > 0) lines.skip_first();
  if (::fseeko(handle.get(), static_cast<off_t>(from), SEEK_SET) != 0) return unreadable(file);
  std::setvbuf(handle.get(), nullptr, _IONBF, 0);
  while (lines.want_more()) {
    char* const room = lines.room(block);
    const auto size = std::fread(room, 1, block, handle.get());
    lines.came(size);
    if (std::ferror(handle.get()) != 0) return unreadable(file);
    if (size < block) break;
  }
  return {};
}

Result<void> read_packed(const InputFile& file, Lines& lines,
                         const std::function<void(std::uint64_t)>& came) {
  const auto take = [&](std::string_view bytes) {
    std::memcpy(lines.room(bytes.size()), bytes.data(), bytes.size());
    lines.came(bytes.size());
    return lines.want_more();
  };
  return unpack(file.path, file.packing, take, came);
}
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
      return refuse(
          ErrorKind::unavailable, file->path,
          fmt::format("cannot be read: {}; mend that and run again", std::strerror(errno)));
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
                              const std::function<void(const InputLine&)>& use,
                              const std::function<void(std::uint64_t)>& came) {
  const bool plain = file.packing == Packing::none && !file.is_pipe;
  const bool to_the_end = !plain || !file.is_lines;
  Lines lines(file, piece.begin - (piece.begin > 0),
              to_the_end ? std::numeric_limits<std::uint64_t>::max() : piece.end, padding, use);
  const auto read = plain ? read_plain(file, piece, lines) : read_packed(file, lines, came);
  if (plain && came) came(piece.end - piece.begin);
  if (lines.is_too_long())
    return refuse(ErrorKind::unsupported, file.name,
                  "holds a line of more than a gigabyte; nothing after it is read");
  if (!read) return tl::unexpected(read.error());  // with half a line left
  return lines.finish();
}
}  // namespace legwork::batch
