#include "bulk/part_file.hpp"

#include "press/io.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

namespace legwork::bulk {
namespace {
constexpr std::string_view white_space = " \t\r\n";

tl::unexpected<Error> refuse_errno(const std::string& path, int error) {
  return refuse(ErrorKind::unavailable, path,
                fmt::format("cannot be written: {}", std::strerror(error)));
}

bool write_all(int handle, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto wrote = ::write(handle, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

/// Looks at NDJSON as it passes.
class Look {
 public:
  void take(std::string_view bytes) {
    lines_ += static_cast<std::uint64_t>(std::ranges::count(bytes, '\n')) - blank_lines(bytes);
    const auto first = bytes.find_first_not_of(white_space);
    if (first == bytes.npos) return;
    if (!last_) first_ = bytes[first];
    last_ = bytes[bytes.find_last_not_of(white_space)];
  }
  Arrived end(bool unpacked) const {
    // The last line may lack its line break.
    const auto lines = lines_ + (open_line_ ? 1 : 0);
    return {lines, unpacked && (!last_ || (first_ == '{' && *last_ == '}'))};
  }

 private:
  /// Line breaks before which nothing stood; and whether the last line has begun.
  std::uint64_t blank_lines(std::string_view bytes) {
    std::uint64_t blank = 0;
    std::size_t at = 0;
    for (auto end = bytes.find('\n'); end != bytes.npos; end = bytes.find('\n', at)) {
      const bool holds = bytes.substr(at, end - at).find_first_not_of(white_space) != bytes.npos;
      if (!open_line_ && !holds) ++blank;
      open_line_ = false;
      at = end + 1;
    }
    if (bytes.substr(at).find_first_not_of(white_space) != bytes.npos) open_line_ = true;
    return blank;
  }

  std::uint64_t lines_ = 0;
  bool open_line_ = false;
  char first_ = 0;
  std::optional<char> last_;
};
}  // namespace

PartFile::PartFile(const Folder& folder, std::string name, int handle)
    : name_(std::move(name)),
      part_(folder.part(name_)),
      etag_path_(folder.etag(name_)),
      plain_(part_ + ".plain"),
      whole_(folder.whole(name_)),
      handle_(handle) {}

PartFile::PartFile(PartFile&& other) noexcept
    : name_(std::move(other.name_)),
      part_(std::move(other.part_)),
      etag_path_(std::move(other.etag_path_)),
      plain_(std::move(other.plain_)),
      whole_(std::move(other.whole_)),
      handle_(std::exchange(other.handle_, -1)),
      size_(other.size_),
      etag_(std::move(other.etag_)),
      error_(other.error_) {}

PartFile::~PartFile() {
  if (handle_ >= 0) ::close(handle_);
}

Result<PartFile> PartFile::open(const Folder& folder, const std::string& name) {
  const auto path = folder.part(name);
  const int handle = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (handle < 0) return refuse_errno(path, errno);
  PartFile file(folder, name, handle);
  auto etag = press::read_file(file.etag_path_, 4096);
  const auto size = ::lseek(handle, 0, SEEK_END);
  if (etag && size > 0) {
    file.etag_ = std::move(*etag);
    file.size_ = static_cast<std::uint64_t>(size);
  }
  return file;
}

std::vector<press::Header> PartFile::range() const {
  if (etag_.empty() || size_ == 0) return {};
  return {{"Range", fmt::format("bytes={}-", size_)}, {"If-Range", etag_}};
}

void PartFile::discard() {
  ::unlink(etag_path_.c_str());  // first: what is there belongs to no ETag from now on
  etag_.clear();
  size_ = 0;
  if (::ftruncate(handle_, 0) != 0 || ::lseek(handle_, 0, SEEK_SET) != 0) error_ = errno;
}

bool PartFile::begin_anew(const press::Fetched& head) {
  discard();
  const auto etag = head.header("ETag");
  const bool is_strong = etag.size() > 2 && etag.starts_with('"');  // not W/"…"
  if (is_strong && press::write_file(etag_path_, etag)) etag_ = etag;
  return error_ == 0;
}

bool PartFile::begin(const press::Fetched& head) {
  if (head.status == 200) return begin_anew(head);
  if (head.status == 206 &&
      head.header("Content-Range").starts_with(fmt::format("bytes {}-", size_)) && size_ > 0)
    return ::lseek(handle_, static_cast<off_t>(size_), SEEK_SET) >= 0;
  if (head.status == 206 || head.status == 416) discard();
  return false;
}

press::Sink PartFile::sink(Progress& progress) {
  return {[this](const press::Fetched& head) { return begin(head); },
          [this, &progress](std::string_view bytes) {
            if (!write_all(handle_, bytes)) {
              error_ = errno;
              return false;
            }
            size_ += bytes.size();
            progress.bytes += bytes.size();
            return true;
          }};
}

Result<void> PartFile::fault() const {
  if (error_ != 0) return refuse_errno(part_, error_);
  return {};
}

/// zlib reads both: what is packed, by its first two bytes, and what is not.
Result<Arrived> PartFile::look() const {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(part_.c_str(), "rb"), gzclose_r);
  if (!file) return refuse_errno(part_, errno);
  ::unlink(plain_.c_str());  // of an earlier look
  std::string bytes(std::size_t{1} << 18, '\0');
  const bool is_packed = gzdirect(file.get()) == 0;
  const int out = is_packed ? ::open(plain_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)
                            : ::dup(handle_);
  if (out < 0) return refuse_errno(plain_, errno);
  Look look;
  int got = 0;
  bool written = true;
  while (written && (got = gzread(file.get(), bytes.data(), unsigned(bytes.size()))) > 0) {
    const auto piece = std::string_view(bytes).substr(0, std::size_t(got));
    look.take(piece);
    if (is_packed) written = write_all(out, piece);
  }
  written = written && ::fsync(out) == 0;
  const int reason = errno;
  ::close(out);
  if (!written) return refuse_errno(plain_, reason);
  int state = Z_OK;
  gzerror(file.get(), &state);  // also where it ends too early
  return look.end(got == 0 && (state == Z_OK || state == Z_STREAM_END));
}

Result<void> PartFile::keep() const {
  const bool was_packed = ::access(plain_.c_str(), F_OK) == 0;
  const auto& from = was_packed ? plain_ : part_;
  if (::rename(from.c_str(), whole_.c_str()) != 0) return refuse_errno(whole_, errno);
  if (was_packed) ::unlink(part_.c_str());
  ::unlink(etag_path_.c_str());
  return {};
}
}  // namespace legwork::bulk
