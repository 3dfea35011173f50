#include "batch/file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace legwork::batch {
File::File(const std::string& path, int flags, unsigned mode)
    : handle_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}

File::~File() {
  if (handle_ >= 0) ::close(handle_);
}

bool File::write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto wrote = ::write(handle_, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return handle_ >= 0;
}

bool File::read(char* to, std::size_t size) const {
  while (size > 0) {
    const auto got = ::read(handle_, to, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    to += got;
    size -= static_cast<std::size_t>(got);
  }
  return handle_ >= 0;
}

bool File::cut(std::uint64_t length) const {
  return ::ftruncate(handle_, static_cast<off_t>(length)) == 0 && seek(length);
}

bool File::seek(std::uint64_t place) const {
  return ::lseek(handle_, static_cast<off_t>(place), SEEK_SET) >= 0;
}

bool File::sync() const { return ::fsync(handle_) == 0; }

bool File::sync_all() const { return ::syncfs(handle_) == 0; }
}  // namespace legwork::batch
